//! Pages and files of a hand-made week: the words a leader reads, and what must never be on a page.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "report_case/teams.rs"]
mod case_of_teams;
mod report_case;
mod report_charts;
mod report_mail;
mod report_teams;

use std::collections::BTreeMap;

use gapwise::calendar::Period;
use gapwise::model::{
    Asked, Breakdown, BreakdownRow, Check, Decision, EvidenceTable, Fact, FindingState, Judgement, NotJudged,
    Quality, Row, Scope, Story, Value, VerdictId,
};
use gapwise::report::{Frame, Status, assemble_in, embedded, render_in, withheld_in};
use report_case::{GAP, TYPES, finding, frame, period, story, verdict};

type Files = BTreeMap<String, String>;

/// Pages a client may ask for.
const PAGES: [&str; 4] = ["leadership.html", "investigation.html", "investigation.md", "summary.md"];

fn files(frame: &Frame, story: &Story) -> Files {
    text(render_in(frame, &assemble_in(frame, story)).unwrap_or_else(|error| panic!("{error:?}")))
}

fn text(files: BTreeMap<String, Vec<u8>>) -> Files {
    files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

fn empty() -> Story {
    Story {
        now: Judgement {
            period: period(),
            evidence: vec![],
            facts: vec![],
            figures: vec![],
            signals: vec![],
            verdicts: vec![],
            findings: vec![],
            decisions: vec![],
            pattern: None,
            not_judged: vec![],
        },
        timeline: vec![],
        resolved: vec![],
        moves: vec![],
        may_add: vec![],
        quality: Quality::default(),
        rules_in_force: 0,
        rules_judged: 0,
    }
}

fn days_missing() -> Check {
    Check {
        id: "days-contacts".into(),
        passed: false,
        level: "withhold".into(),
        value: Some(3.0),
        limit: Some(1.0),
        say: "The contact file ends on Wednesday 11 November: 3 of 7 days are missing.".into(),
    }
}

/// What `check` tries a client's templates on is what templates see.
#[test]
fn the_sample_reports_are_up_to_date() {
    let context = |story: &Story| serde_json::to_string(&assemble_in(&frame(), story).context).unwrap();
    let why = [days_missing()];
    let withheld = withheld_in(&frame(), period(), &why, &Quality::default()).context;
    let samples = [
        ("full", context(&case_of_teams::with_teams(story()))),
        ("quiet", context(&empty())),
        ("withheld", serde_json::to_string(&withheld).unwrap()),
    ];
    for (name, made) in samples {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/report/samples/{name}.json"));
        if std::env::var_os("GAPWISE_BLESS").is_some() {
            std::fs::write(&path, made.clone() + "\n").unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(written, made + "\n", "GAPWISE_BLESS=1 cargo test --test report_pages writes {name}.json");
    }
}

/// Compares with the reviewed file; `GAPWISE_BLESS=1` writes it for review.
fn golden(name: &str, found: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("GAPWISE_BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        reviewed == found,
        "{name} differs from the reviewed file; look at it with GAPWISE_BLESS=1 and git diff"
    );
}

#[test]
fn the_leadership_page_reads_as_reviewed() {
    golden("leadership.html", &files(&frame(), &story())["leadership.html"]);
}

#[test]
fn the_summary_and_the_contract_read_as_reviewed() {
    let files = files(&frame(), &story());
    golden("summary.md", &files["summary.md"]);
    golden("findings.json", &files["findings.json"]);
    golden("investigation.md", &files["investigation.md"]);
}

#[test]
fn every_page_renders_from_a_full_and_an_empty_story() {
    for story in [story(), empty()] {
        let files = files(&frame(), &story);
        for page in PAGES {
            assert!(!files[page].is_empty(), "{page}");
        }
    }
}

#[test]
fn an_empty_story_says_that_nothing_could_be_judged() {
    let files = files(&frame(), &empty());
    assert!(files["leadership.html"].contains("No metric could be judged."));
    assert!(assemble_in(&frame(), &empty()).subject.contains("nothing could be judged"));
}

#[test]
fn the_answer_stands_first_and_decisions_second() {
    let page = &files(&frame(), &story())["leadership.html"];
    let order = [
        "First-contact resolution is 66.8\u{a0}%, 8.2 points under target.",
        "7.4 of the 8.2 points sit in Refund approval and Complaint, where even our best agents miss it.",
        "0.7 points would close: this is not a coaching gap.",
        "the operation decides this",
        "Decisions asked",
        "up to 5.5 points. That is a ceiling, not a forecast.",
        "Changed since week 45",
        "nothing beyond the usual ±1.1 points",
        "Metrics",
        "Where the 8.2 points are",
        "Did the coaching work?",
        "412 → 577 (+40\u{a0}%; +38\u{a0}% per active agent)",
        "Before you rely on this",
        "about 9 of 10 cases",
        "This report looks for obstacles in how work is organised.",
    ];
    let mut from = 0;
    for words in order {
        let at = page[from..].find(words).unwrap_or_else(|| panic!("`{words}` is missing or too early"));
        from += at + words.len();
    }
}

#[test]
fn the_leadership_page_has_one_chart_and_none_of_the_forbidden_words() {
    let page = files(&frame(), &story())["leadership.html"].to_lowercase();
    assert_eq!(page.matches("<svg").count(), 1);
    assert!(page.len() <= 200_000);
    let body = &page[page.find("<main").unwrap()..];
    for word in [
        "significant",
        "kappa",
        " tau",
        "icc",
        "p-value",
        "forecast of",
        "wasted",
        "cannot do",
        "0.94",
        "94 %",
        "94\u{a0}%",
    ] {
        assert!(!body.contains(word), "`{word}`");
    }
}

#[test]
fn pages_are_one_file_without_scripts_or_network() {
    for story in [story(), empty()] {
        for (name, page) in files(&frame(), &story).iter().filter(|(name, _)| ending(name) == "html") {
            let bare = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
            for forbidden in ["<script", "http://", "https://", "@import", "src=", "<link"] {
                assert!(!bare.contains(forbidden), "{name}: {forbidden}");
            }
            for needed in
                ["<!doctype html>", "<html lang=\"en-GB\">", "<meta charset=\"utf-8\">", "name=\"viewport\""]
            {
                assert!(page.contains(needed), "{name}: {needed}");
            }
        }
    }
}

#[test]
fn every_chart_has_a_text_alternative() {
    let page = &files(&frame(), &story())["investigation.html"];
    let charts: Vec<&str> = page.split("<svg class").skip(1).collect();
    assert!(charts.len() >= 11, "{}", charts.len());
    let mut ids = std::collections::BTreeSet::new();
    for chart in charts {
        let head = &chart[..chart.find('>').unwrap()];
        let named = head.split("aria-labelledby=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(head.contains("role=\"img\""), "{head}");
        for id in named.split(' ') {
            let said = chart.split(&format!("id=\"{id}\">")).nth(1).unwrap().split('<').next().unwrap();
            assert!(said.len() > 20, "{id} says `{said}`");
            assert!(
                ids.insert(id.to_owned()) && page.matches(&format!("id=\"{id}\"")).count() == 1,
                "{id} twice"
            );
        }
    }
}

#[test]
fn the_parts_of_the_ledger_sum_to_the_gap_as_printed() {
    let bundle = assemble_in(&frame(), &story());
    let points = bundle.context.points.unwrap();
    let sum: f64 = points.bar.parts.iter().map(|part| part.value.parse::<f64>().unwrap()).sum();
    assert_eq!(format!("{sum:.1} points"), points.title);
    let carried = |text: &str| text.split(' ').find_map(|word| word.parse::<f64>().ok()).unwrap();
    let rows: f64 = points.rows.iter().map(|row| carried(&row.carries)).sum();
    assert_eq!(format!("{rows:.1} points"), points.title);
}

#[test]
fn types_ahead_of_target_are_said_where_one_type_carries_more_than_the_gap() {
    let mut story = story();
    for (_, _, fact) in &mut story.now.facts {
        match fact {
            Fact::Breakdown(breakdown) => {
                breakdown.rows.iter_mut().skip(2).for_each(|row| row.carries = -0.005);
            }
            Fact::Ledger(ledger) => (ledger.unplaced, ledger.ahead) = (0.0, -0.03),
            _ => {}
        }
    }
    let bundle = assemble_in(&frame(), &story);
    let said = &bundle.context.headline.sentences[1];
    assert!(
        said.starts_with(
            "In Refund approval and Complaint alone 7.4 points are missing, more than the whole gap"
        ),
        "{said}"
    );
    let points = bundle.context.points.unwrap();
    assert!(
        points.bar.chart.title.starts_with("6.7 points are out of any agent's reach today; −3.0 from"),
        "{}",
        points.bar.chart.title
    );
    assert_eq!(points.title, "4.4 points");
    assert_eq!(
        points.bar.ahead.as_deref(),
        Some("−3.0 from contact types that are better than their target")
    );
}

#[test]
fn what_followed_coaching_sums_as_printed() {
    let coaching = assemble_in(&frame(), &story()).context.coaching.unwrap();
    assert_eq!(coaching.effects.len(), 2);
    for effect in coaching.effects {
        let rows = effect.waterfall.unwrap().table.rows;
        let value = |row: usize| rows[row][1].replace('−', "-").parse::<f64>().unwrap();
        assert!((value(0) - value(1) - value(2) - value(3)).abs() < 1e-9, "{rows:?}");
    }
}

/// A name that tries everything.
const HOSTILE: &str = "<script>alert(1)</script>|`x`\n# =cmd() \u{202E}[a](http://evil) & \"quoted\"";

fn hostile() -> (Frame, Story) {
    let (mut frame, mut story) = (frame(), story());
    let long = format!("{HOSTILE}{}", "x".repeat(10_000));
    frame.client.clone_from(&long);
    for metric in &mut frame.metrics {
        metric.label.clone_from(&long);
    }
    for (_, _, fact) in &mut story.now.facts {
        if let Fact::Breakdown(breakdown) = fact {
            for (index, row) in breakdown.rows.iter_mut().enumerate() {
                row.contact_type = format!("{index}{long}");
            }
            breakdown.carriers = vec![format!("0{long}")];
        }
    }
    for finding in &mut story.now.findings {
        finding.item = Some(format!("=1+1{long}"));
        finding.row.item = Some(format!("=1+1{long}"));
    }
    for table in &mut story.now.evidence {
        for (_, _, row) in &mut table.rows {
            row.item = Some(format!("=1+1{long}"));
        }
    }
    for verdict in &mut story.now.verdicts {
        verdict.needs = vec![long.clone()];
        verdict.verdict = VerdictId::NotEnoughEvidence;
    }
    for decision in &mut story.now.decisions {
        decision.contact_types = vec![long.clone()];
        decision.owner_role.clone_from(&long);
    }
    story.quality.missing.insert(long.clone(), long);
    (frame, story)
}

#[test]
fn hostile_names_are_inert_and_short_everywhere() {
    let (frame, story) = hostile();
    let files = files(&frame, &story);
    for page in ["leadership.html", "investigation.html"] {
        let page = files[page].replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assert!(!page.contains("<script") && !page.contains('\u{202E}'));
        assert!(page.contains("&lt;script&gt;"));
        assert!(page.len() < 200_000, "{}", page.len());
    }
    for page in ["investigation.md", "summary.md"] {
        let unescaped = files[page].replace("\\]", "").replace("\\|", "");
        assert!(
            !["<script", "](", "http://", "\u{202E}"].iter().any(|mark| unescaped.contains(mark)),
            "{unescaped:.900}"
        );
    }
    let tables = files.iter().filter(|(name, _)| ending(name) == "csv");
    for (name, table) in tables {
        let mut reader = csv::ReaderBuilder::new().from_reader(table.as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                assert!(!cell.starts_with(['=', '+', '@']), "{name}: {cell:.40}");
            }
        }
    }
    serde_json::from_str::<serde_json::Value>(&files["findings.json"]).unwrap();
}

#[test]
fn table_rows_in_markdown_have_the_cells_of_their_header() {
    let (frame, story) = hostile();
    let page = &files(&frame, &story)["investigation.md"];
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut expected = None;
    for line in page.lines() {
        match (line.starts_with('|'), expected) {
            (false, _) => expected = None,
            (true, None) => expected = Some(cells(line)),
            (true, Some(count)) => assert_eq!(cells(line), count, "{line:.80}"),
        }
    }
}

fn small_row(item: Option<&str>, agents: u32) -> Row {
    let values = vec![Value::Number(0.123_456), Value::Number(0.654_321)];
    Row {
        item: item.map(String::from),
        n: 777,
        agents,
        window: (Period(period().0 - 11), period()),
        values,
        q: vec![],
    }
}

#[test]
fn small_groups_reach_no_file() {
    let (frame, mut story) = (frame(), story());
    let fcr = || Some("fcr".to_owned());
    let team = |name: &str| Scope::Team(name.to_owned());
    let mut small = finding("gap-concentrated", TYPES, small_row(None, 3), FindingState::New);
    (small.scope, small.id) = (team("Tiny team"), "fcr/gap-concentrated/team/1".to_owned());
    let mut item = finding("gap-concentrated", TYPES, small_row(Some("Rare refund"), 2), FindingState::New);
    item.id = "fcr/gap-concentrated/operation/9".to_owned();
    story.now.findings.extend([small, item]);
    let rows = vec![
        (fcr(), team("Tiny team"), small_row(None, 3)),
        (fcr(), Scope::Operation, small_row(Some("Rare refund"), 2)),
    ];
    story.now.evidence.push(EvidenceTable {
        rule: "extra".into(),
        kind: "sql",
        columns: TYPES,
        p_values: &[],
        rows,
    });
    for (_, _, fact) in &mut story.now.facts {
        if let Fact::Breakdown(breakdown) = fact {
            add_rare_type(breakdown);
        }
    }
    let files = files(&frame, &story);
    for (name, content) in &files {
        for secret in ["Rare refund", "0.123456", "0.654321"] {
            assert!(!content.contains(secret), "{name} tells {secret}");
        }
    }
    assert!(!files["evidence/extra.csv"].contains("Tiny team"));
    let bundle = assemble_in(&frame, &story);
    let points = bundle.context.verdicts[0].breakdown.clone().unwrap();
    assert!(points.table.rows.iter().any(|row| row[0] == gapwise::report::OTHER));
    assert!(!points.table.rows.iter().any(|row| row[0] == "Boiler cover"), "the next smallest gives it away");
}

fn add_rare_type(breakdown: &mut Breakdown) {
    breakdown.rows.push(BreakdownRow {
        contact_type: "Rare refund".into(),
        share: 0.001,
        actual: 0.123_456,
        target: Some(0.75),
        best_agents: None,
        carries: 0.0006,
        carries_se: Some(0.0002),
        credible: false,
        label: None,
        n: 77,
        agents: 2,
    });
}

#[test]
fn a_small_operation_shows_no_count_and_no_curve_of_its_people() {
    let (frame, mut story) = (frame(), story());
    for (_, _, fact) in &mut story.now.facts {
        match fact {
            Fact::Gap(gap) => gap.agents = 5,
            Fact::Effect(effect) => (effect.agents, effect.controls) = (5, 0),
            _ => {}
        }
    }
    for drawn in &mut story.now.figures {
        let gapwise::model::Figure::AgentSpread(spread) = &mut drawn.figure else { continue };
        spread.agents.truncate(5);
    }
    let files = files(&frame, &story);
    assert!(!files["leadership.html"].contains("5 agents,"));
    assert!(!files["investigation.html"].contains("against luck alone"));
    assert!(files["findings.json"].contains("\"effects\": []"));
    assert!(!files["leadership.html"].contains("After a session"));
}

#[test]
fn the_footer_and_the_caution_survive_a_template_that_drops_them() {
    let mut frame = frame();
    for own in ["<body>mine</body>", "mine", "<!-- </body> -->"] {
        frame.templates.insert("leadership.html".to_owned(), own.to_owned());
        let page = &files(&frame, &story())["leadership.html"];
        assert!(page.contains("do not use it in appraisal, pay, discipline or dismissal"), "{page}");
        assert!(page.contains("They are not evidence about any agent or any coach"), "{page}");
    }
}

#[test]
fn a_client_overrides_one_page_or_one_component() {
    let mut frame = frame();
    let bar = "{% component chart.bar(bar: map) %}<i>my bar</i>{% endcomponent chart.bar %}";
    frame.templates.insert("components/charts/bar.html".to_owned(), bar.to_owned());
    let spread =
        "{% component chart.spread(chart: map) %}<i>{{ chart.title }}</i>{% endcomponent chart.spread %}";
    frame.templates.insert("components/charts/spread.html".to_owned(), spread.to_owned());
    frame.templates.insert("summary.md".to_owned(), "{{ page.client }} only".to_owned());
    let files = files(&frame, &story());
    assert!(files["leadership.html"].contains("<i>my bar</i>"));
    assert!(files["investigation.html"].contains("<i>Agents doing the same work"));
    assert!(files["investigation.html"].contains("<svg class=\"gw-chart\""), "the others stay");
    assert!(files["summary.md"].starts_with("Harbour Energy only"));
}

#[test]
fn a_mistake_in_a_template_is_an_error_with_its_place() {
    let mut frame = frame();
    frame.templates.insert("leadership.html".to_owned(), "{{ headline.sentense }}".to_owned());
    let error = render_in(&frame, &assemble_in(&frame, &story())).unwrap_err();
    let told = format!("{error:#}");
    assert!(told.contains("sentense") && told.contains("leadership.html"), "{told}");
}

#[test]
fn a_report_lands_nowhere_but_in_its_folder() {
    for name in ["../leadership.html", "/leadership.html", "a/b.html", "..", "findings.csv"] {
        let mut frame = frame();
        frame.reports = vec![name.to_owned()];
        let error = render_in(&frame, &assemble_in(&frame, &story())).unwrap_err();
        assert!(error.to_string().contains("not a free file name"), "{error}");
    }
}

#[test]
fn long_lists_end_and_say_so() {
    let mut story = story();
    let one = story.now.not_judged[0].clone();
    let other = |n: usize| NotJudged { need: format!("{n} more agents"), ..one.clone() };
    story.now.not_judged.extend((1..=500).map(other));
    let page = &files(&frame(), &story)["investigation.html"];
    assert!(page.contains("442 further entries of what could not be judged are in findings.json."));
    assert!(page.len() < 200_000);
}

#[test]
fn what_several_rules_miss_is_said_once() {
    let mut story = story();
    let other = NotJudged { rule: "another-rule".into(), ..story.now.not_judged[0].clone() };
    story.now.not_judged.push(other);
    let page = &files(&frame(), &story)["investigation.html"];
    assert!(page.contains("gap-is-real, another-rule"));
}

#[test]
fn a_withheld_report_says_why_and_shows_no_value() {
    let why = [days_missing()];
    let bundle = withheld_in(&frame(), period(), &why, &story().quality);
    assert_eq!(bundle.status, Status::Withheld);
    let files = text(render_in(&frame(), &bundle).unwrap());
    for page in PAGES {
        let page = &files[page];
        assert!(page.contains("No report for week 46") && page.contains("3 of 7 days are missing"), "{page}");
        assert!(!page.contains("66.8") && !page.contains("Fine: contacts"), "{page}");
    }
    assert!(files["findings.json"].contains("\"status\": \"withheld\""));
    assert!(files.contains_key("manifest.json") && files.contains_key("rejected.csv"));
}

#[test]
fn a_period_with_few_coached_agents_is_not_told() {
    let mut story = story();
    for (_, _, fact) in &mut story.now.facts {
        let Fact::Effect(effect) = fact else { continue };
        effect.steps.iter_mut().filter(|step| step.event == 8).for_each(|step| step.agents = 7);
    }
    let coaching = assemble_in(&frame(), &story).context.coaching.unwrap();
    let events: Vec<String> =
        coaching.effects[0].event.clone().unwrap().table.rows.into_iter().map(|row| row[0].clone()).collect();
    assert!(events.contains(&"+7".to_owned()) && !events.contains(&"+8".to_owned()), "{events:?}");
}

/// The week after: the same verdicts, nothing moved.
fn quiet_week() -> Story {
    let mut story = story();
    story.resolved.clear();
    story.now.decisions.iter_mut().for_each(|decision| decision.state = Asked::Accepted);
    let before = Period(period().0 - 1);
    story.timeline.clear();
    for verdict in &story.now.verdicts {
        for at in [before, period()] {
            story.timeline.push((at, verdict.metric.clone(), verdict.scope.clone(), verdict.verdict));
        }
    }
    story
}

#[test]
fn a_week_without_news_asks_for_nothing_new() {
    let page = &files(&frame(), &quiet_week())["leadership.html"];
    assert!(page.contains("Nothing new, week 46"), "{page}");
    assert!(page.contains(
        "still open: First-contact resolution is 66.8\u{a0}%, 8.2 points under target, since week 41"
    ));
    assert!(page.contains("23 of 24 rules could be judged."));
    golden("nothing-new.html", page);
}

#[test]
fn a_decision_still_asked_is_never_hidden_by_a_quiet_week() {
    let mut story = quiet_week();
    story.now.decisions[0].state = Asked::Asked;
    let page = &files(&frame(), &story)["leadership.html"];
    assert!(!page.contains("Nothing new") && page.contains("Give Refund approval an owner"));
}

#[test]
fn a_metric_without_a_target_never_leads() {
    let (mut frame, mut story) = (frame(), story());
    frame.metrics[0].target = None;
    story.now.verdicts =
        ["fcr", "quality"].map(|metric| verdict(metric, VerdictId::NoGap, "unproven")).to_vec();
    let bundle = assemble_in(&frame, &story);
    assert_eq!(bundle.context.headline.metric.as_deref(), Some("quality"));
    assert_eq!(bundle.context.metrics[0].what, "no target set");
}

#[test]
fn a_verdict_that_changed_is_news() {
    let mut story = quiet_week();
    story.timeline[0].3 = VerdictId::Mixed;
    assert!(!files(&frame(), &story)["leadership.html"].contains("Nothing new"));
}

fn better(gap: &mut gapwise::model::Gap, level: f64) {
    let by = level - gap.actual;
    (gap.actual, gap.actual_low, gap.actual_high) = (level, gap.actual_low + by, gap.actual_high + by);
    gap.adverse = gap.adverse.map(|adverse| adverse - by);
}

#[test]
fn all_on_target_is_its_own_page() {
    let mut story = story();
    story.now.decisions.clear();
    story.now.findings.clear();
    let metrics = ["fcr", "quality", "next-step", "csat", "aht"];
    story.now.verdicts = metrics.map(|metric| verdict(metric, VerdictId::NoGap, "on-target")).to_vec();
    for (metric, _, fact) in &mut story.now.facts {
        match (metric.as_deref(), fact) {
            (Some("fcr"), Fact::Gap(gap)) => better(gap, 0.761),
            (Some("next-step"), Fact::Gap(gap)) => better(gap, 0.846),
            (_, Fact::Minutes(minutes)) => minutes.on_out_of_reach = 0.0,
            _ => {}
        }
    }
    let page = &files(&frame(), &story)["leadership.html"];
    assert!(
        page.contains("On target, week 46") && page.contains("All five metrics with a target are on target"),
        "{page}"
    );
    golden("on-target.html", page);
}

#[test]
fn a_failed_warning_or_an_error_is_said_first_and_sets_the_status() {
    let mut story = story();
    let check = Check {
        id: "fresh-coaching".into(),
        passed: false,
        level: "warn".into(),
        value: None,
        limit: None,
        say: "The coaching log ends two weeks ago.".into(),
    };
    story.now.facts.push((None, Scope::Operation, Fact::Check(check)));
    let bundle = assemble_in(&frame(), &story);
    assert_eq!(bundle.status, Status::PublishedWithWarnings);
    let page = &files(&frame(), &story)["leadership.html"];
    assert!(page.find("The coaching log ends two weeks ago.") < page.find("8.2 points under target"));
}

#[test]
fn a_decision_may_use_every_name_it_is_checked_against() {
    let mut frame = frame();
    let every =
        gapwise::words::DECISION.map(|name| format!("{{{{ {name} }}}} {{{{ raw.{name} }}}}")).join("; ");
    assert_eq!(gapwise::words::check_decision(&every), []);
    frame.decisions[0].what = format!("All of {every}");
    let bundle = assemble_in(&frame, &story());
    let what = &bundle.context.decisions[0].what;
    assert!(what.starts_with("All of Refund approval Refund approval; "), "{what}");
}

#[test]
fn no_more_than_three_decisions_are_asked_on_one_page() {
    let mut story = story();
    let more: Vec<Decision> =
        story.now.decisions.iter().cloned().map(|d| Decision { state: Asked::Asked, ..d }).collect();
    story.now.decisions.extend(more);
    let bundle = assemble_in(&frame(), &story);
    assert_eq!(bundle.context.decisions.len(), 3);
    assert_eq!(bundle.context.decisions_more.as_deref(), Some("Three further decisions in the full report."));
}

#[test]
fn the_manifest_lists_every_other_file_with_its_hash() {
    let bundle = assemble_in(&frame(), &story()).with_inputs(serde_json::json!({"engine": "polars"}));
    let files = render_in(&frame(), &bundle).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let listed = manifest["result"]["files"].as_array().unwrap();
    assert_eq!(listed.len(), files.len() - 1);
    for entry in listed {
        let bytes = &files[entry["path"].as_str().unwrap()];
        assert_eq!(entry["blake3"].as_str().unwrap(), blake3::hash(bytes).to_hex().as_str());
    }
    assert_eq!(manifest["inputs"]["engine"], "polars");
}

#[test]
fn the_same_story_gives_the_same_bytes() {
    let (frame, story) = (frame(), story());
    assert_eq!(files(&frame, &story), files(&frame, &story));
}

#[test]
fn evidence_is_written_with_shortest_decimals_and_blanks_where_nothing_is_known() {
    let mut story = story();
    story.now.evidence = vec![EvidenceTable {
        rule: "gap-is-real".into(),
        kind: "gap",
        columns: GAP,
        p_values: &["adverse_low"],
        rows: vec![(
            Some("fcr".into()),
            Scope::ContactType("-Refund".into()),
            Row {
                item: None,
                n: 9,
                agents: 30,
                window: (period(), period()),
                values: vec![0.1.into(), Value::Number(-0.0), Value::Null, 1e-7.into()],
                q: vec![0.25.into()],
            },
        )],
    }];
    let files = files(&frame(), &story);
    let expected = "period,metric,scope_level,scope,item,n,agents,window_start,window_end,actual,target,adverse,adverse_low,q_adverse_low\n\
        2026-W46,fcr,contact-type,'-Refund,,9,30,2026-11-09,2026-11-15,0.1,0,,0.0000001,0.25\n";
    assert_eq!(files["evidence/gap-is-real.csv"], expected);
}

#[test]
fn every_embedded_template_is_a_page_or_a_component() {
    let names: Vec<String> = embedded().into_keys().collect();
    for page in PAGES.into_iter().chain([
        "layout.html",
        "team.html",
        "email.html",
        "email.txt",
        "no-team.html",
        "withheld.html",
        "withheld.md",
        "components/charts/figure.html",
    ]) {
        assert!(names.iter().any(|name| name == page), "{page} is not embedded: {names:?}");
    }
}

#[test]
fn german_and_american_numbers_and_dates_reach_the_page() {
    let mut frame = frame();
    frame.locale = gapwise::words::Locale::named("de").unwrap();
    let german = &files(&frame, &story())["leadership.html"];
    assert!(
        german.contains("66,8\u{a0}%")
            && german.contains("9.–15. November 2026")
            && german.contains("64.800")
    );
    frame.locale = gapwise::words::Locale::named("en-US").unwrap();
    let american = &files(&frame, &story())["leadership.html"];
    assert!(american.contains("66.8%") && american.contains("November 9–15, 2026"));
}
