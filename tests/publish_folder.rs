//! Publications as their readers and their neighbours see them: through the folder alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use gapwise::publish::{ClaimError, Published, claim};
use tempfile::TempDir;

const SLUG: &str = "northwind";
const WEEK: &str = "2026-W46";
const NOW: &str = "2026-11-22T06:00:00Z";
/// Set for the test binary when it plays the other process.
const OUT: &str = "GAPWISE_TEST_OUT";

type Files = BTreeMap<String, Vec<u8>>;

fn files(named: &[(&str, &str)]) -> Files {
    named.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

fn publish(out: &Path, label: &str, named: &[(&str, &str)]) -> Published {
    claim(out, SLUG, label).unwrap().publish(&files(named), NOW).unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// Every path below a folder, links not followed, in order.
fn tree(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            paths.push(entry.path().strip_prefix(folder).unwrap().display().to_string());
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
        }
    }
    paths.sort();
    paths
}

#[test]
fn a_first_publication_creates_the_whole_folder_and_latest() {
    let out = TempDir::new().unwrap();
    let missing = out.path().join("not/there/yet");
    let published = publish(&missing, WEEK, &[("leadership.html", "<p>"), ("evidence/gap.csv", "n\n1\n")]);
    let root = missing.join(SLUG);
    assert_eq!(published.folder, root.join(WEEK));
    assert_eq!(published.latest, root.join("latest"));
    assert_eq!((published.replaced, published.changed), (false, vec![]));
    assert_eq!(read(&root.join("latest/evidence/gap.csv")), "n\n1\n");
    let expected = [
        ".lock",
        WEEK,
        "2026-W46/evidence",
        "2026-W46/evidence/gap.csv",
        "2026-W46/leadership.html",
        "latest",
    ];
    assert_eq!(tree(&root), expected);
}

#[test]
fn a_replacement_reports_and_records_what_changed() {
    let out = TempDir::new().unwrap();
    publish(out.path(), WEEK, &[("same.md", "s"), ("gone.csv", "g"), ("findings.json", "1")]);
    let files = [("same.md", "s"), ("new/deep.csv", "n"), ("findings.json", "2")];
    let published = publish(out.path(), WEEK, &files);
    assert!(published.replaced);
    assert_eq!(published.changed, ["findings.json", "gone.csv", "new/deep.csv"]);
    assert_eq!(tree(&published.folder), ["findings.json", "new", "new/deep.csv", "same.md"]);
    assert_eq!(read(&published.folder.join("findings.json")), "2");

    publish(out.path(), WEEK, &[("same.md", "changed again")]);
    let record = read(&out.path().join(SLUG).join("revisions.jsonl"));
    let lines: Vec<serde_json::Value> =
        record.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let changed = ["findings.json", "gone.csv", "new/deep.csv"];
    assert_eq!(lines[0], serde_json::json!({"at": NOW, "period": WEEK, "changed": changed}));
}

#[test]
fn an_identical_run_leaves_the_earlier_publication_untouched() {
    let out = TempDir::new().unwrap();
    let files = [("a.md", "a"), ("evidence/gap.csv", "n")];
    let first = publish(out.path(), WEEK, &files);
    let identity = |path: &Path| fs::metadata(path).map(|it| (it.ino(), it.mtime_nsec())).unwrap();
    let before = (identity(&first.folder), identity(&first.folder.join("a.md")));
    let second = publish(out.path(), WEEK, &files);
    assert_eq!((second.replaced, second.changed), (false, vec![]));
    assert_eq!((identity(&first.folder), identity(&first.folder.join("a.md"))), before);
    assert!(!out.path().join(SLUG).join("revisions.jsonl").exists());
}

#[test]
fn other_inputs_replace_the_manifest_without_counting_as_a_change() {
    let out = TempDir::new().unwrap();
    let manifest = |mtime: u32| format!(r#"{{"result": {{"fcr": 0.7}}, "inputs": {{"mtime": {mtime}}}}}"#);
    publish(out.path(), WEEK, &[("manifest.json", &manifest(1))]);
    let published = publish(out.path(), WEEK, &[("manifest.json", &manifest(2))]);
    assert_eq!((published.replaced, published.changed), (true, vec![]));
    assert_eq!(read(&published.folder.join("manifest.json")), manifest(2));
    assert!(!out.path().join(SLUG).join("revisions.jsonl").exists());
}

#[test]
fn latest_is_relative_and_never_moves_backwards() {
    let out = TempDir::new().unwrap();
    let link = out.path().join(SLUG).join("latest");
    let target = || fs::read_link(&link).unwrap();
    publish(out.path(), "2025-W52", &[("a", "1")]);
    assert_eq!(target(), Path::new("2025-W52"));
    publish(out.path(), "2026-W01", &[("a", "1")]);
    assert_eq!(target(), Path::new("2026-W01"));
    publish(out.path(), "2025-W52", &[("a", "2")]);
    assert_eq!(target(), Path::new("2026-W01"));
    let moved = TempDir::new().unwrap();
    fs::rename(out.path().join(SLUG), moved.path().join(SLUG)).unwrap();
    assert_eq!(read(&moved.path().join(SLUG).join("latest/a")), "1");
}

#[test]
fn a_missing_or_dangling_latest_is_put_right_by_an_identical_run() {
    let out = TempDir::new().unwrap();
    let link = publish(out.path(), WEEK, &[("a", "1")]).latest;
    fs::remove_file(&link).unwrap();
    publish(out.path(), WEEK, &[("a", "1")]);
    assert_eq!(read(&link.join("a")), "1");
    fs::remove_file(&link).unwrap();
    symlink("2027-W01", &link).unwrap();
    publish(out.path(), WEEK, &[("a", "1")]);
    assert_eq!(read(&link.join("a")), "1");
}

#[test]
fn latest_follows_the_grain_being_published() {
    let out = TempDir::new().unwrap();
    publish(out.path(), WEEK, &[("a", "week")]);
    let link = publish(out.path(), "2026-11", &[("a", "month")]).latest;
    assert_eq!(fs::read_link(link).unwrap(), Path::new("2026-11"));
}

#[test]
fn a_second_claim_of_a_workspace_is_held_until_the_first_ends() {
    let out = TempDir::new().unwrap();
    let place = claim(out.path(), SLUG, WEEK).unwrap();
    assert!(matches!(claim(out.path(), SLUG, "2026-W47"), Err(ClaimError::Held)));
    assert!(claim(out.path(), "another", WEEK).is_ok());
    drop(place);
    assert!(claim(out.path(), SLUG, WEEK).is_ok());
}

#[test]
fn a_running_process_holds_the_lock_and_a_killed_one_does_not() {
    let out = TempDir::new().unwrap();
    let mut other = play("the_other_process_holds_the_lock", out.path());
    let said = BufReader::new(other.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(said.into_iter().any(|line| line.ends_with("claimed")), "the other process claims");
    assert!(matches!(claim(out.path(), SLUG, WEEK), Err(ClaimError::Held)));
    other.kill().unwrap();
    other.wait().unwrap();
    assert!(out.path().join(SLUG).join(".lock").exists());
    publish(out.path(), WEEK, &[("a", "1")]);
}

#[test]
#[ignore = "the other process of a_running_process_holds_the_lock_and_a_killed_one_does_not"]
fn the_other_process_holds_the_lock() {
    let out = PathBuf::from(std::env::var_os(OUT).unwrap());
    let _place = claim(&out, SLUG, WEEK).unwrap();
    let mut stdout = std::io::stdout();
    writeln!(stdout, "\nclaimed").unwrap();
    stdout.flush().unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[test]
fn a_disk_that_fills_up_is_named_and_leaves_the_former_publication_whole() {
    let out = TempDir::new().unwrap();
    let former = publish(out.path(), WEEK, &[("a.md", "former"), ("evidence/gap.csv", "former")]);
    let other = play("the_other_process_meets_a_full_disk", out.path()).wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&other.stdout);
    assert!(other.status.success(), "{said}");
    assert!(said.contains(".staging/evidence/gap.csv"), "{said}");
    let left = [".lock", WEEK, "2026-W46/a.md", "2026-W46/evidence", "2026-W46/evidence/gap.csv", "latest"];
    assert_eq!(tree(&out.path().join(SLUG)), left);
    assert_eq!(read(&former.folder.join("evidence/gap.csv")), "former");
}

#[test]
#[ignore = "the other process of a_disk_that_fills_up_is_named_and_leaves_the_former_publication_whole"]
fn the_other_process_meets_a_full_disk() {
    let out = PathBuf::from(std::env::var_os(OUT).unwrap());
    let too_large = "x".repeat(1 << 20);
    let files = files(&[("a.md", "new"), ("evidence/gap.csv", &too_large)]);
    let error = claim(&out, SLUG, WEEK).unwrap().publish(&files, NOW).unwrap_err();
    writeln!(std::io::stdout(), "\n{error:#}").unwrap();
}

/// Runs one ignored test of this file in a process of its own, which may write no file beyond 64 KiB.
fn play(test: &str, out: &Path) -> Child {
    let script = r#"trap "" XFSZ; ulimit -f 64; exec "$0" "$@""#;
    let this = std::env::current_exe().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).arg(this).args([test, "--exact", "--ignored", "--nocapture"]);
    shell.env(OUT, out).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

#[test]
fn an_output_folder_that_cannot_be_written_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("reports");
    fs::write(&file, "a file, not a folder").unwrap();
    // Nobody, root included, can create a folder in `/proc`.
    for out in [file.as_path(), Path::new("/proc")] {
        let Err(ClaimError::Io(error)) = claim(out, SLUG, WEEK) else { panic!("claimed {}", out.display()) };
        let error = format!("{error:#}");
        assert!(error.contains(&format!("`{}`", out.join(SLUG).display())), "{error}");
    }
}

#[test]
fn links_below_the_output_folder_are_refused_and_not_written_through() {
    let elsewhere = TempDir::new().unwrap();
    for name in ["", WEEK, "kept", ".staging", ".replaced", ".lock", ".journal", "revisions.jsonl"] {
        let out = TempDir::new().unwrap();
        let link = if name.is_empty() { out.path().join(SLUG) } else { out.path().join(SLUG).join(name) };
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(elsewhere.path(), &link).unwrap();
        let Err(ClaimError::Refused(why)) = claim(out.path(), SLUG, WEEK) else { panic!("claimed {name}") };
        assert!(why.contains(&format!("`{}` is a symbolic link", link.display())), "{why}");
    }
    assert_eq!(tree(elsewhere.path()), Vec::<String>::new());
}

#[test]
fn the_output_folder_itself_may_be_a_link() {
    let (out, links) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let link = links.path().join("reports");
    symlink(out.path(), &link).unwrap();
    publish(&link, WEEK, &[("a", "1")]);
    assert_eq!(read(&out.path().join(SLUG).join(WEEK).join("a")), "1");
}

#[test]
fn a_folder_where_latest_belongs_is_refused() {
    let out = TempDir::new().unwrap();
    fs::create_dir_all(out.path().join(SLUG).join("latest")).unwrap();
    let Err(ClaimError::Refused(why)) = claim(out.path(), SLUG, WEEK) else { panic!("claimed") };
    assert!(why.contains("latest` is something else where a symbolic link belongs"), "{why}");
}

#[test]
fn hostile_slugs_and_labels_are_refused_before_anything_is_written() {
    let out = TempDir::new().unwrap();
    for (slug, label) in
        [("../up", WEEK), ("/tmp", WEEK), ("", WEEK), (SLUG, "latest"), (SLUG, "../2026-W46")]
    {
        assert!(matches!(claim(out.path(), slug, label), Err(ClaimError::Refused(_))), "{slug} {label}");
    }
    assert_eq!(tree(out.path()), Vec::<String>::new());
}

#[test]
fn hostile_file_names_are_refused_and_the_former_publication_stands() {
    let out = TempDir::new().unwrap();
    let former = publish(out.path(), WEEK, &[("a", "former")]);
    for name in ["../escaped", "/etc/gapwise", "evidence/../../escaped", ".lock", "x\0y", ""] {
        let place = claim(out.path(), SLUG, WEEK).unwrap();
        let error = place.publish(&files(&[("a", "new"), (name, "x")]), NOW).unwrap_err().to_string();
        assert!(error.contains("cannot name a published file"), "{error}");
    }
    assert_eq!(tree(&out.path().join(SLUG)), [".lock", WEEK, "2026-W46/a", "latest"]);
    assert_eq!(read(&former.folder.join("a")), "former");
}

#[test]
fn a_name_that_is_file_and_folder_at_once_leaves_nothing_behind() {
    let out = TempDir::new().unwrap();
    let place = claim(out.path(), SLUG, WEEK).unwrap();
    let error = place.publish(&files(&[("a", "file"), ("a/b", "inside")]), NOW).unwrap_err();
    assert!(error.to_string().contains(".staging/a"), "{error}");
    assert_eq!(tree(&out.path().join(SLUG)), [".lock"]);
}

#[test]
fn a_link_inside_an_earlier_publication_is_replaced_and_not_followed() {
    let (out, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let folder = publish(out.path(), WEEK, &[("evidence/gap.csv", "n")]).folder;
    let secret = elsewhere.path().join("gap.csv");
    fs::write(&secret, "n").unwrap();
    fs::remove_dir_all(folder.join("evidence")).unwrap();
    symlink(elsewhere.path(), folder.join("evidence")).unwrap();
    let published = publish(out.path(), WEEK, &[("evidence/gap.csv", "n")]);
    assert_eq!(published.changed, ["evidence", "evidence/gap.csv"]);
    assert!(fs::symlink_metadata(folder.join("evidence")).unwrap().is_dir());
    assert_eq!(read(&secret), "n");
}

#[test]
fn leftovers_of_a_crashed_first_publication_are_cleaned_at_the_claim() {
    let out = TempDir::new().unwrap();
    let staging = out.path().join(SLUG).join(".staging/evidence");
    fs::create_dir_all(&staging).unwrap();
    fs::write(staging.join("half.csv"), "half").unwrap();
    let place = claim(out.path(), SLUG, WEEK).unwrap();
    assert_eq!(tree(&out.path().join(SLUG)), [".lock"]);
    place.publish(&files(&[("a", "1")]), NOW).unwrap();
}

#[test]
fn kept_survives_publications() {
    let out = TempDir::new().unwrap();
    let place = claim(out.path(), SLUG, WEEK).unwrap();
    let kept = place.kept();
    fs::write(kept.join("cube"), "cells").unwrap();
    place.publish(&files(&[("a", "1")]), NOW).unwrap();
    publish(out.path(), WEEK, &[("a", "2")]);
    assert_eq!(kept, out.path().join(SLUG).join("kept"));
    assert_eq!(read(&kept.join("cube")), "cells");
}

#[test]
fn a_reader_never_sees_a_missing_or_half_written_report() {
    const PUBLICATIONS: usize = 100;
    const LINES: usize = 40;
    let out = TempDir::new().unwrap();
    let text = |generation: usize| format!("{generation}\n").repeat(LINES);
    publish(out.path(), WEEK, &[("a.md", &text(0)), ("b.md", &text(0))]);
    let (latest, done) = (out.path().join(SLUG).join("latest"), AtomicBool::new(false));
    let generation_of = |name: &str| {
        let text = read(&latest.join(name));
        let first = text.lines().next().unwrap().to_owned();
        assert!(text.lines().all(|line| line == first) && text.lines().count() == LINES, "{name} is whole");
        first.parse::<usize>().unwrap()
    };
    let seen = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = vec![0];
            while !done.load(Ordering::Acquire) {
                seen.push(generation_of("a.md"));
                seen.push(generation_of("b.md"));
            }
            seen
        });
        // A publication that fails must end the reader too, or the test would never say so.
        let published = std::panic::catch_unwind(|| {
            for generation in 1..=PUBLICATIONS {
                publish(out.path(), WEEK, &[("a.md", &text(generation)), ("b.md", &text(generation))]);
            }
        });
        done.store(true, Ordering::Release);
        let seen = reader.join().unwrap();
        published.unwrap();
        seen
    });
    assert!(seen.is_sorted(), "a reader goes from a publication to a later one, never back: {seen:?}");
    assert_eq!(generation_of("a.md"), PUBLICATIONS);
}
