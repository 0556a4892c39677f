//! A page can be rendered again from what its template saw: the same bytes, without data, and no more than it showed.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use gapwise::config::Report;
use gapwise::job::{self, Look};
use gapwise::report::context::Context;
use gapwise::report::{self, Bundle, Theme, render_page};

use crate::bench::{Bench, END, world};

const NOW: &str = "2026-11-18T06:00:00Z";
const PAGES: [&str; 4] = ["leadership.html", "investigation.html", "investigation.md", "summary.md"];

fn reports() -> String {
    PAGES.map(|page| format!("[[report]]\ntemplate = \"{page}\"\n")).concat()
}

/// The demonstration centre in a language, with every page asked for.
fn northwind(locale: &str) -> Bench {
    let bench = Bench::northwind();
    let own = bench.read("gapwise.toml").split("[[report]]").next().unwrap().to_owned();
    bench.write("gapwise.toml", format!("locale = \"{locale}\"\n{own}{}", reports()));
    bench
}

fn told(bench: &Bench, as_of: &str) -> (job::Opened, Bundle) {
    let look = Look { as_of: Some(as_of.into()), out: bench.out.clone(), back: 0 };
    let world = world(NOW);
    let opened = job::open(&bench.folder, &look, &world).unwrap();
    let bundle = job::tell_opened(&opened, &world).unwrap();
    (opened, bundle)
}

/// Holds every published page against the one rendered from its printed context.
fn rendered_again(bench: &Bench, as_of: &str) {
    let run = bench.run(as_of);
    let (opened, bundle) = told(bench, as_of);
    let plan = opened.plan();
    for page in PAGES {
        let context = report::context_of(plan, &Report::of(page), &bundle);
        let read = Context::read(&serde_json::to_string_pretty(&context).unwrap()).unwrap();
        assert_eq!(read, context, "{page} is not read back as it was printed");
        let theme = Theme { locale: &plan.locale, templates: &plan.templates };
        let again = render_page(page, &read, theme).unwrap();
        assert!(again == run.files[page], "{page} in {:?} is rendered otherwise", plan.locale);
    }
}

#[test]
fn every_page_is_the_same_bytes_from_its_context() {
    for locale in ["en-GB", "de"] {
        rendered_again(&northwind(locale), END);
    }
}

#[test]
fn a_withheld_page_is_the_same_bytes_from_its_context() {
    rendered_again(&northwind("en-GB"), "2026-11-29");
}

struct Said {
    code: i32,
    stdout: Vec<u8>,
    stderr: String,
}

fn gapwise(args: &[&str], stdin: &[u8]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
    let output = command.args(args).write_stdin(stdin).env_remove("GAPWISE_LOG").output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn context_of(bench: &Bench, more: &[&str]) -> Said {
    let (folder, out) = (bench.folder.to_str().unwrap(), bench.out.to_str().unwrap());
    gapwise(&[&["context", folder, "--as-of", END, "--out", out], more].concat(), b"")
}

#[test]
fn what_context_prints_render_makes_the_published_page_of() {
    // Spoken by the shipped German and what the client says of it.
    let bench = northwind("de-AT");
    fs::create_dir_all(bench.path("templates/phrases")).unwrap();
    bench.write("templates/phrases/de.ftl", "");
    let run = bench.run(END);
    let said = context_of(&bench, &["--report", "investigation.html"]);
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
    for theme in [&[][..], &["--workspace", bench.folder.to_str().unwrap()]] {
        let page = gapwise(&[&["render", "--context", "-"], theme].concat(), &said.stdout);
        assert_eq!((page.code, page.stderr.as_str()), (0, ""));
        assert!(page.stdout == run.files["investigation.html"]);
    }
    let other = gapwise(&["render", "--context", "-", "--report", "summary.md"], &said.stdout);
    assert_eq!(String::from_utf8(other.stdout).unwrap(), run.text("summary.md"));
}

#[test]
fn the_first_report_is_meant_where_none_is_named() {
    let bench = Bench::small();
    let context: serde_json::Value = serde_json::from_slice(&context_of(&bench, &[]).stdout).unwrap();
    assert_eq!(context["schema"], "gapwise/context/1");
    assert_eq!(context["report"], "leadership.html");
    assert_eq!(context["people"]["contacts"], serde_json::json!([]), "contacts are for investigators alone");
    assert_eq!(fs::read_dir(bench.out.join("rule-test")).unwrap().count(), 1, "only `kept`");
    let said = context_of(&bench, &["--report", "leadrship.html"]);
    assert_eq!((said.code, said.stdout.len()), (2, 0));
    assert_eq!(
        said.stderr,
        "error: `leadrship.html` is not a report this workspace writes; did you mean `leadership.html`?\n"
    );
}

/// A context as text, made without data.
fn sample() -> String {
    include_str!("../../src/report/samples/full.json").to_owned()
}

fn rendered(folder: &Path, context: &str, more: &[&str]) -> Said {
    let file = folder.join("context.json");
    fs::write(&file, context).unwrap();
    let report = if more.contains(&"--report") { &[][..] } else { &["--report", "leadership.html"] };
    let mut said = gapwise(&[&["render", "--context", file.to_str().unwrap()], report, more].concat(), b"");
    said.stderr = said.stderr.replace(folder.to_str().unwrap(), "…");
    said
}

#[test]
fn what_is_no_context_is_said_in_one_line_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let known = sample();
    let cases = [
        ("{", "it is not JSON: EOF while parsing an object at line 1 column 1"),
        (
            "{\"client\":\"x\"}",
            "it names no schema; `gapwise context` prints one that begins with `gapwise/context/1`",
        ),
        (
            "{\"schema\":\"gapwise/findings/1\"}",
            "its schema is `gapwise/findings/1`; `gapwise context` prints `gapwise/context/1`",
        ),
        (
            "{\"schema\":\"gapwise/context/1\",\"report\":\"\"}",
            "missing field `page` at line 1 column 42; what a template sees is whole or not at all; \
             print it again with `gapwise context`",
        ),
    ];
    for (text, expected) in cases {
        let said = rendered(folder.path(), text, &[]);
        assert_eq!((said.code, said.stdout.len()), (2, 0), "{text}");
        assert_eq!(said.stderr, format!("error: `…/context.json` is not a context: {expected}\n"));
    }
    let no_look = r#""brand":{"logo":null,"accent":null"#;
    assert!(known.contains(no_look));
    for (look, key) in [
        (r#""brand":{"logo":"https://host.invalid/a.png","accent":null"#, "`brand.logo`"),
        (r##""brand":{"logo":null,"accent":"#fff}b{background:url(//host.invalid)""##, "`brand.accent`"),
    ] {
        let said = rendered(folder.path(), &known.replace(no_look, look), &[]);
        assert_eq!((said.code, said.stdout.len(), said.stderr.lines().count()), (2, 0, 1));
        assert!(said.stderr.contains(key), "{}", said.stderr);
    }
    let said = rendered(folder.path(), &known, &["--report", "leadershp.html"]);
    assert_eq!(said.code, 2);
    assert_eq!(
        said.stderr,
        "error: template `leadershp.html` is neither shipped nor under `templates/`; did you mean `leadership.html`?\n"
    );
    let french = known.replace("\"locale\":\"en-GB\"", "\"locale\":\"fr\"");
    let said = rendered(folder.path(), &french, &[]);
    assert!(said.stderr.contains("`fr`, which is not shipped") && said.stderr.contains("--workspace"));
    assert_eq!((said.code, said.stderr.lines().count()), (2, 1));
}

#[test]
fn a_page_is_written_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let printed = rendered(folder.path(), &sample(), &[]);
    let file = folder.path().join("page.html");
    let said = rendered(folder.path(), &sample(), &["--out", file.to_str().unwrap()]);
    assert_eq!((said.code, said.stdout.len(), said.stderr.as_str()), (0, 0, ""));
    assert_eq!(fs::read(file).unwrap(), printed.stdout);
    let nowhere = folder.path().join("nowhere/page.html");
    let said = rendered(folder.path(), &sample(), &["--out", nowhere.to_str().unwrap()]);
    assert!(said.code == 6 && said.stderr.contains("nowhere/page.html"), "{}", said.stderr);
}

#[test]
fn a_clients_templates_and_phrases_are_used_whatever_its_rules_say() {
    let bench = Bench::small();
    for folder in ["templates/phrases", "rules"] {
        fs::create_dir_all(bench.path(folder)).unwrap();
    }
    bench.write("rules/own.toml", "no TOML [");
    bench.write("gapwise.toml", "neither ]");
    bench.write("templates/summary.md", "{{ page.client }} alone");
    bench.write("templates/phrases/fr.ftl", "fixed-purposes = x\n");
    let with = |context: &str| {
        let more = ["--report", "summary.md", "--workspace", bench.folder.to_str().unwrap()];
        rendered(&bench.folder, context, &more)
    };
    let said = with(&sample());
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
    assert!(String::from_utf8(said.stdout).unwrap().starts_with("Harbour Energy alone"));

    let french = sample().replace("\"locale\":\"en-GB\"", "\"locale\":\"fr\"");
    let said = with(&french);
    assert!(said.code == 2 && said.stderr.contains("error[GW141]"), "{}", said.stderr);
    bench.write("templates/phrases/fr.ftl", "");
    assert_eq!(with(&french).code, 0);

    bench.write("templates/summary.md", "{{ page.clint }}");
    let said = with(&sample());
    assert!(said.code == 2 && said.stdout.is_empty(), "{}", said.stderr);
    assert!(
        said.stderr.contains("templates/summary.md:1:9") && said.stderr.contains("did you mean `client`?")
    );

    let nobody = tempfile::tempdir().unwrap();
    let said = rendered(nobody.path(), &sample(), &["--workspace", nobody.path().to_str().unwrap()]);
    assert!(said.code == 2 && said.stderr.contains("there is no `gapwise.toml` in"), "{}", said.stderr);
}
