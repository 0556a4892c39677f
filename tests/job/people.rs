//! What a report may not do to people: name them, or carry what somebody typed into a field as anything but text.

use crate::bench::{Bench, END, Run};

const CONTACTS: &str = "data/contacts.csv";
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "=cmd('calc')",
    "a | b \\| c",
    "line\nbreak\r\n# heading",
    "\u{202e}desrever\u{202c}",
    "\"quote' & <b>&lt;",
    "{{ 7 * 7 }}{% raw %}",
    "[x](javascript:alert(1)) ![y](http://e.example/p.png)",
];

const PAGES: &str = "[[report]]\ntemplate = \"leadership.html\"\n[[report]]\ntemplate = \"investigation.html\"\n\
    [[report]]\ntemplate = \"investigation.md\"\n[[report]]\ntemplate = \"summary.md\"\n\
    [[report]]\ntemplate = \"team.html\"\n[[report]]\ntemplate = \"email.html\"\n\
    [[report]]\ntemplate = \"email.txt\"\n";

/// A centre whose labels are all hostile.
fn hostile() -> Run {
    let bench = Bench::small();
    let long = "x".repeat(10_000);
    let pick = |row: usize| if row % 9 == 8 { long.clone() } else { HOSTILE[row % 9].to_owned() };
    bench.column(CONTACTS, "reason", |row, cell| {
        format!("{}{}", pick(usize::from(cell == "Refund") * 2), pick(row % 9))
    });
    bench.column(CONTACTS, "agent_id", |_, cell| format!("<script>alert({cell})</script>\n=cmd|"));
    bench.column(CONTACTS, "team", |_, cell| format!("=cmd()|<script>{cell}</script>\n"));
    bench.column(CONTACTS, "channel", |row, _| pick(row % 8));
    bench.replace(
        "gapwise.toml",
        "client = \"Rule test\"",
        "client = \"<script>alert(1)</script> | =cmd() \\n# x\"\nslug = \"rule-test\"",
    );
    bench.replace(
        "gapwise.toml",
        "[\"builtin:contact-centre\"]",
        "[\"builtin:contact-centre\", \"own.toml\"]",
    );
    bench.write("own.toml", EVERYWHERE);
    bench.append("gapwise.toml", PAGES);
    bench.run(END)
}

/// Says the name of every team and channel, and quotes itself.
const EVERYWHERE: &str = r#"
[[rule]]
id = "short-somewhere"
kind = "gap"
metrics = ["m"]
scopes = ["team", "channel", "contact-type"]
when = "n > 0"
title = "{{ metric.label }} in {{ scope.name }} is {{ actual }}"
say = "<b>Bold</b> [x](javascript:alert(2)) in {{ scope.name }}."
observe = ["=watch({{ scope.name }})"]
change-our-mind = "<script>alert(3)</script>"
"#;

#[test]
fn hostile_text_stays_text_in_every_file() {
    let run = hostile();
    assert!([0, 4].contains(&run.outcome.exit), "{:?}", run.outcome.warnings);
    for (name, bytes) in &run.files {
        let text = std::str::from_utf8(bytes).unwrap();
        match name.rsplit('.').next().unwrap() {
            "html" => assert_inert_html(name, text),
            "md" => assert_inert_markdown(name, text),
            "csv" => assert_inert_csv(name, bytes),
            "txt" => assert_inert_text(name, text),
            _ => drop(serde_json::from_str::<serde_json::Value>(text).unwrap()),
        }
    }
    assert!(run.text("leadership.html").contains("&lt;script&gt;"), "the hostile client is on the page");
    let own = run.findings()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["rule"] == "short-somewhere")
        .count();
    assert!(own >= 4, "only {own} findings speak of a team, channel or type");
}

fn assert_inert_html(name: &str, text: &str) {
    let lower = text.to_lowercase();
    for tag in ["<script", "=\"javascript:", "<img", "<iframe", "onerror=", "<b>&lt;"] {
        assert!(!lower.contains(tag), "`{name}` has {tag}");
    }
    assert!(!text.contains(&"x".repeat(1000)), "`{name}` prints a name of 10 kB");
    assert!(!text.contains('\u{202e}'), "`{name}` has an override of direction");
    assert!(!text.contains(">49<"), "`{name}` evaluated a name");
}

fn assert_inert_markdown(name: &str, text: &str) {
    for line in text.lines() {
        assert!(!line.contains("<script"), "`{name}`: {line}");
        assert!(
            !line.starts_with("# heading") && !line.starts_with("# x"),
            "`{name}` has a heading of a name"
        );
        let links = line.match_indices("](").filter(|(at, _)| !line[..*at].ends_with('\\')).count();
        assert_eq!(links, 0, "`{name}` has a link: {line}");
    }
}

fn assert_inert_text(name: &str, text: &str) {
    assert!(!text.contains('\u{202e}') && !text.contains("://"), "`{name}` turns around or leads away");
    assert!(text.lines().all(|line| line.chars().count() <= 72), "`{name}` has a long line");
}

fn assert_inert_csv(name: &str, bytes: &[u8]) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    for cell in
        reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
    {
        let formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
            || cell.starts_with('-') && cell.parse::<f64>().is_err();
        assert!(!formula, "`{name}` has the formula {cell}");
    }
}

#[test]
fn a_whole_operation_smaller_than_the_least_group_shows_no_figure() {
    let few = gapwise::simulate::Centre { agents: 5, teams: 1, contacts: 60, ..crate::bench::centre() };
    let with = |min_group: u32| {
        let bench = Bench::of(&few);
        bench.append("gapwise.toml", &format!("[privacy]\nmin-group = {min_group}\n\n{PAGES}"));
        bench.run(END)
    };
    let (open, closed) = (with(5), with(6));
    let actual = |metric: &str| {
        let verdicts = open.findings()["verdicts"].as_array().unwrap().clone();
        verdicts.iter().find(|v| v["metric"] == metric).unwrap()["gap"]["actual"].as_f64().unwrap()
    };
    let figures = [format!("{:.1} %", actual("m") * 100.0), format!("{:.0} s", actual("handle"))];
    for figure in &figures {
        assert!(
            plain(&open.text("investigation.md")).contains(figure),
            "{figure} is not shown of a group of 5"
        );
        let pages = ["leadership.html", "investigation.html", "investigation.md", "summary.md", "team.html"];
        for page in pages.into_iter().chain(["email.html", "email.txt"]) {
            assert!(!plain(&closed.text(page)).contains(figure), "`{page}` shows {figure} of fewer than 6");
        }
    }
    for list in ["verdicts", "findings", "decisions"] {
        assert_eq!(closed.findings()[list].as_array().map(Vec::len), Some(0), "{list}");
    }
    for (name, bytes) in closed.files.iter().filter(|(name, _)| name.starts_with("evidence/")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.contains(",m,") && !text.contains(",handle,"), "{name}: {text}");
    }
}

/// The text with every kind of space as a plain one.
fn plain(text: &str) -> String {
    text.replace("&nbsp;", " ").chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}
