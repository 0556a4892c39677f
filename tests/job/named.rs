//! Nothing that is written or said names anybody: every output is searched for what was planted in the data.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use gapwise::job::{self, Failure};
use gapwise::publish::privacy_key;

use crate::bench::{Bench, END, Files, files, world};

const PAGES: &str = "[[report]]\ntemplate = \"leadership.html\"\n[[report]]\ntemplate = \"investigation.html\"\n\
    [[report]]\ntemplate = \"investigation.md\"\n[[report]]\ntemplate = \"summary.md\"\n\
    [[report]]\ntemplate = \"team.html\"\n[[report]]\ntemplate = \"email.html\"\n\
    [[report]]\ntemplate = \"email.txt\"\n";

const INVESTIGATION: [&str; 2] = ["investigation.html", "investigation.md"];

/// An agent as one of three systems has it: a name, an address, a number. All have a mark.
fn agent(id: &str) -> String {
    let number: usize = id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
    match number % 3 {
        0 => format!("Zqäna Agent{number}"),
        1 => format!("zqagent{number}@client.example"),
        _ => format!("990077{number:03}"),
    }
}

/// The demonstration centre with people of every kind in it.
fn planted() -> Bench {
    let bench = Bench::northwind();
    for name in ["contacts", "evaluations", "coaching", "roster"] {
        bench.column(&format!("data/{name}.csv"), "agent_id", |_, cell| agent(cell));
    }
    bench.column("data/coaching.csv", "coach", |_, cell| format!("Zqoach {cell}"));
    bench.column("data/evaluations.csv", "evaluator", |_, cell| format!("Zqevaluator {cell}"));
    bench.column("data/contacts.csv", "contact_id", |row, _| format!("KONTAKT-{row}"));
    let customers = |row: usize| {
        if row.is_multiple_of(2) {
            format!("zqkunde{row}@mail.example")
        } else {
            format!("+49 30 555{row:05}")
        }
    };
    let added = |name: &str, column: &str, cell: &dyn Fn(usize, &[String]) -> String| {
        bench.rows(name, |mut rows| {
            rows[0].push(column.to_owned());
            for (at, row) in rows.iter_mut().enumerate().skip(1) {
                let cell = cell(at, row);
                row.push(cell);
            }
            rows
        });
    };
    added("data/contacts.csv", "customer", &|row, _| customers(row));
    let coach = bench.read("data/coaching.csv").lines().next().unwrap().split(',').position(|c| c == "coach");
    added("data/coaching.csv", "stopped", &|_, row| row[coach.unwrap()].clone());
    added("data/coaching.csv", "stuck", &|_, row| row[coach.unwrap()].to_uppercase());
    bench.column("data/contacts.csv", "started_at", |row, cell| {
        if row % 997 == 5 { format!("Zqäna called {}", customers(row)) } else { cell.to_owned() }
    });
    let mapped = "[sources.coaching] \ncolumns.cancelled-by = \"stopped\"\ncolumns.stuck = \"stuck\"\n";
    let text = bench.read("gapwise.toml");
    let line = text.lines().find(|line| line.starts_with("[sources.coaching]")).unwrap().to_owned();
    bench.replace("gapwise.toml", &line, mapped.trim_end());
    bench.replace(
        "gapwise.toml",
        "[\"builtin:contact-centre\", \"rules/*.toml\"]",
        "[\"builtin:contact-centre\", \"builtin:coaching-process\", \"rules/*.toml\"]",
    );
    bench.replace(
        "gapwise.toml",
        "columns.id = \"contact_id\"",
        "columns.id = \"contact_id\"\ncolumns.customer = \"customer\"",
    );
    let text = bench.read("gapwise.toml");
    let own = text.split("[[report]]").next().unwrap().to_owned();
    bench.write("gapwise.toml", own + PAGES);
    bench
}

/// Whether a text names an agent, a coach, an evaluator or a customer.
fn names_somebody(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["zq", "990077", "555000", "@client.example", "@mail.example"].iter().any(|mark| lower.contains(mark))
}

fn allowed(individuals: &str, until: &str) -> String {
    format!(
        "[[privacy.allow]]\nreport = \"investigation.html\"\nindividuals = \"{individuals}\"\n\
         basis = \"works agreement, section 4\"\nagreed-by = \"Works council\"\nowner = \"Head of People\"\n\
         until = {until}\n"
    )
}

fn with_allowance(individuals: &str, until: &str) -> Bench {
    let bench = planted();
    let text = bench.read("gapwise.toml");
    let (privacy, rest) = (text.find("[privacy]"), text.find("[[report]]").unwrap());
    assert!(privacy.is_some_and(|at| at < rest));
    bench.write("gapwise.toml", format!("{}{}{}", &text[..rest], allowed(individuals, until), &text[rest..]));
    bench
}

/// Everything below a folder but the partial cubes in `kept`, which hold agents' keys and never leave the machine
/// that runs the job (`gapwise privacy` says so).
fn written(out: &Path) -> Files {
    files(out).into_iter().filter(|(name, _)| !name.contains("/kept/")).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Files that name somebody, each once: `latest` leads to the same as the period.
fn naming(files: &Files) -> Vec<&str> {
    let names = files.iter().filter(|(_, bytes)| names_somebody(&text(bytes)));
    let names: BTreeSet<&str> = names.map(|(name, _)| name.rsplit('/').next().unwrap()).collect();
    names.into_iter().collect()
}

#[test]
fn no_output_names_anybody() {
    let bench = planted();
    let folder = bench.folder.to_str().unwrap().to_owned();
    let out = bench.out.to_str().unwrap().to_owned();
    let (data, drafted) = (bench.folder.join("data"), bench.folder.join("drafted"));
    let (data, drafted) = (data.to_str().unwrap(), drafted.to_str().unwrap());
    let commands: [&[&str]; 14] = [
        &["run", &folder, "--as-of", END, "--out", &out],
        &["run", &folder, "--as-of", END, "--out", &out, "--rebuild"],
        &["run", &folder, "--as-of", END, "--out", &out, "--dry-run"],
        &["context", &folder, "--as-of", END, "--out", &out],
        &["check", &folder],
        &["privacy", &folder, "--out", &out],
        &["check", &folder, "--data", "--as-of", END, "--out", &out],
        &["check", &folder, "--data", "--as-of", END, "--out", &out, "--format", "json"],
        &["config", &folder, "--origin"],
        &["try", "agents-vary", "--workspace", &folder, "--as-of", END, "--out", &out, "--history", "3"],
        &["try", "agents-vary", "--workspace", &folder, "--as-of", END, "--out", &out, "--format", "json"],
        &["backtest", &folder, "--as-of", END, "--periods", "3", "--out", &out],
        &["backtest", &folder, "--as-of", END, "--periods", "3", "--out", &out, "--format", "json"],
        &["init", data, "--out", drafted],
    ];
    for command in commands {
        let done = Command::new(env!("CARGO_BIN_EXE_gapwise"))
            .args(command)
            .args(["--log-level", "debug"])
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(0), "{command:?}: {}", text(&done.stderr));
        for said in [&done.stdout, &done.stderr] {
            assert!(!names_somebody(&text(said)), "{command:?} says {}", text(said));
            assert!(!text(said).contains("KONTAKT-"), "{command:?} says {}", text(said));
        }
    }
    assert_eq!(naming(&files(Path::new(drafted))), Vec::<&str>::new());
    let written = written(&bench.out);
    assert!(written.len() > 20, "{} files", written.len());
    assert_eq!(naming(&written), Vec::<&str>::new());
    let rejected = written.iter().find(|(name, _)| name.ends_with("/rejected.csv")).unwrap();
    assert!(text(rejected.1).lines().count() > 3, "rows were refused");
    let with_contacts = written.iter().filter(|(_, bytes)| text(bytes).contains("KONTAKT-"));
    let with_contacts: BTreeSet<&str> =
        with_contacts.map(|(name, _)| name.rsplit('/').next().unwrap()).collect();
    assert_eq!(
        with_contacts,
        BTreeSet::from(INVESTIGATION),
        "contacts to follow are for investigators alone"
    );
    for (name, bytes) in &written {
        if INVESTIGATION.iter().any(|page| name.ends_with(page)) {
            assert!(text(bytes).contains("Watch the process, not the person"), "{name}");
        }
    }
}

#[test]
fn an_allowance_names_agents_on_its_page_alone() {
    let bench = with_allowance("names", "2027-03-31");
    let run = bench.run(END);
    assert_eq!(naming(&written(&bench.out)), ["investigation.html"]);
    let page = run.text("investigation.html");
    assert!(page.contains("zqagent4@client.example") && page.contains("Agents, one by one"));
    assert!(
        !page.to_lowercase().contains("zqoach") && !page.contains("mail.example"),
        "agents and no others"
    );
    assert!(page.contains("No decision about a person may rest on it"));
    assert!(page.contains("on the basis of: works agreement, section 4. Agreed by Works council"));
    assert!(!page.contains("Nobody is named") && run.text("leadership.html").contains("Nobody is named"));
    assert!(!run.text("leadership.html").contains("Individual view"));
}

#[test]
fn a_context_that_shows_agents_makes_no_other_page() {
    let bench = with_allowance("names", "2099-03-31");
    let gapwise = |args: &[&str], stdin: &[u8]| {
        Command::new(env!("CARGO_BIN_EXE_gapwise")).args(args).write_stdin(stdin).output().unwrap()
    };
    let context = |report: &str| {
        let (folder, out) = (bench.folder.to_str().unwrap(), bench.out.to_str().unwrap());
        let done = gapwise(&["context", folder, "--as-of", END, "--out", out, "--report", report], b"");
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        done.stdout
    };
    let (open, closed) = (context("investigation.html"), context("leadership.html"));
    assert!(names_somebody(&text(&open)) && !names_somebody(&text(&closed)));
    let own = gapwise(&["render", "--context", "-"], &open);
    assert!(text(&own.stdout).contains("No decision about a person may rest on it"));
    let other = gapwise(&["render", "--context", "-", "--report", "leadership.html"], &open);
    assert_eq!((other.status.code(), other.stdout.len()), (Some(2), 0));
    assert!(
        text(&other.stderr)
            .contains("`investigation.html` may show single agents and `leadership.html` may not")
    );
}

#[test]
fn codes_need_a_key_and_name_nobody() {
    let bench = with_allowance("codes", "2027-03-31");
    match bench.try_run(END) {
        Err(failure @ Failure::Usage(_)) => {
            assert_eq!(failure.exit(), 2);
            assert!(format!("{failure:?}").contains("privacy.key"));
        }
        other => panic!("{other:?}"),
    }
    assert!(!bench.out.exists(), "nothing is written without a key");
    let key = privacy_key::create(&bench.folder).unwrap();
    let run = bench.run(END);
    assert_eq!(naming(&run.files), Vec::<&str>::new());
    let page = run.text("investigation.html");
    let codes = page.split("<td class=\"name\">").filter_map(|rest| rest.split('<').next());
    let codes: BTreeSet<&str> = codes
        .filter(|code| code.len() == 7 && code.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()))
        .collect();
    assert!(codes.len() >= 20, "{codes:?}");
    let secret = fs::read_to_string(key).unwrap();
    for (name, bytes) in written(&bench.out) {
        let text = text(&bytes);
        assert!(!text.contains(secret.trim()), "{name} holds the key");
        assert!(
            name.ends_with("investigation.html") || !codes.iter().any(|code| text.contains(code)),
            "{name} holds a code"
        );
    }
}

#[test]
fn an_allowance_that_has_ended_shows_nobody_whatever_period_is_judged() {
    let bench = with_allowance("names", "2026-11-17");
    let run = bench.run(END);
    assert_eq!(naming(&run.files), Vec::<&str>::new());
    assert!(run.outcome.warnings.iter().any(|said| said.contains("ended on 2026-11-17")));
    let before = job::run(&bench.folder, &bench.asked(END), &world("2026-11-17T06:00:00Z")).unwrap();
    assert_eq!(naming(&files(&before.folder.unwrap())), ["investigation.html"]);
}
