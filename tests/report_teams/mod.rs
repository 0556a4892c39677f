//! A page for each team: its own work, and of the others nothing.

use gapwise::config::Report;
use gapwise::model::{Fact, Scope, Story};
use gapwise::report::{Frame, assemble_in, render_in, withheld_in};

use crate::case_of_teams::{NORTH, SOUTH, with_teams};
use crate::report_case::{frame, period, story};
use crate::report_states::HOSTILE;
use crate::{Files, days_missing, empty, files};

fn asking() -> Frame {
    Frame { reports: ["team.html", "leadership.html"].map(Report::of).into(), ..frame() }
}

fn pages(story: &Story) -> Files {
    files(&asking(), story).into_iter().filter(|(name, _)| name.starts_with("team")).collect()
}

/// What is read of a page: without its style sheet and its footer.
fn body(page: &str) -> &str {
    &page[page.find("<main").unwrap()..page.find("</main>").unwrap()]
}

#[test]
fn each_team_of_enough_agents_has_a_page_that_says_its_own_answer() {
    let pages = pages(&with_teams(story()));
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["team-north.html", "team-south.html"]);
    let order = [
        "For North: its own work",
        "First-contact resolution is 64.1\u{a0}%, 10.9 points under target.",
        "the operation decides this",
        "evidence strong · first reported in week 44",
        "Decisions asked",
        "Team leader of the desk",
        "64.1\u{a0}% <span class=\"range\">(62.9–65.3)</span>",
        "n = 27,431 · 31 agents · 17 August–8 November",
        "Found in this team",
        "First-contact resolution is 10.9 points off target",
        "Contact types in this team",
        "Billing",
        "Boiler cover",
        "Tariff change",
        "What holds for the whole operation",
        "First-contact resolution is off its target in the operation as a whole, most of it in Refund approval and \
         Complaint: the operation decides this, and the evidence is strong.",
        "What would change our mind:",
        "Nobody is named; groups under 8 are not shown.",
        "do not use it in appraisal",
    ];
    let page = &pages["team-north.html"];
    let mut from = 0;
    for words in order {
        let at =
            page[from..].find(words).unwrap_or_else(|| panic!("`{words}` is missing or too early in {page}"));
        from += at + words.len();
    }
}

#[test]
fn a_team_without_an_answer_of_its_own_says_so() {
    let pages = pages(&with_teams(story()));
    let page = body(&pages["team-south.html"]);
    assert!(page.contains("South has no answer of its own."), "{page}");
    assert_eq!(page.matches("no answer of its own").count(), 1, "{page}");
    assert!(!page.contains("gw-badge") && !page.contains("Decisions asked"), "{page}");
}

/// The names and numbers of one team that no other page may have.
fn own(team: &str) -> &'static [&'static str] {
    match team {
        NORTH => &["North", "64.1", "62.9", "65.3", "10.9 points", "27,431", "31 agents"],
        _ => &["South", "69.3", "68", "70.6", "23,519", "29 agents", "311"],
    }
}

#[test]
fn no_page_has_a_name_or_a_number_of_another_team_or_of_the_whole() {
    let pages = pages(&with_teams(story()));
    for (file, team, other) in [("team-north.html", NORTH, SOUTH), ("team-south.html", SOUTH, NORTH)] {
        let page = body(&pages[file]);
        assert!(own(team).iter().filter(|said| page.contains(**said)).count() > 4, "{page}");
        for said in own(other) {
            assert!(!page.contains(said), "{file} says `{said}`");
        }
        for of_all in ["66.8", "64,800", "60 agents", "8.2 points"] {
            assert!(!page.contains(of_all), "{file}: `{of_all}` and the own figure give the other team's");
        }
    }
}

#[test]
fn a_sentence_of_the_operation_that_names_another_team_is_left_out() {
    let mut frame = asking();
    for rule in &mut frame.rules {
        rule.observe = vec!["Ask South how it decides.".into(), "Follow one contact.".into()];
        rule.change_our_mind = Some("South reaches it.".into());
    }
    let files = files(&frame, &with_teams(story()));
    let (north, south) = (&files["team-north.html"], &files["team-south.html"]);
    assert!(!north.contains("South") && north.contains("Follow one contact."));
    assert!(south.contains("Ask South how it decides."));
}

#[test]
fn contact_types_stand_in_the_order_of_their_names() {
    let context = assemble_in(&asking(), &with_teams(story())).context;
    let rows = &context.teams[0].types[0].rows;
    let mut names: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(names.len(), 8);
    names.sort_unstable();
    assert_eq!(names, rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>());
}

fn resize(story: &mut Story, team: &str, agents: u32) {
    let own = |scope: &Scope| scope.name() == Some(team);
    for (_, scope, fact) in &mut story.now.facts {
        if let (true, Fact::Gap(gap)) = (own(scope), fact) {
            gap.agents = agents;
        }
    }
    for (_, scope, row) in story.now.evidence.iter_mut().flat_map(|table| &mut table.rows) {
        if own(scope) {
            row.agents = agents;
        }
    }
}

#[test]
fn a_small_team_has_no_page_and_neither_has_one_that_would_give_it_away() {
    let mut story = with_teams(story());
    resize(&mut story, SOUTH, 7);
    let pages = pages(&story);
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["team.html"]);
    let page = body(&pages["team.html"]);
    assert!(page.contains("No team has a page this week"), "{page}");
    assert!(!page.contains("South") && !page.contains("North"), "{page}");
}

#[test]
fn without_teams_one_page_says_that_there_are_none() {
    for story in [story(), empty()] {
        assert!(pages(&story)["team.html"].contains("No team has a page this week"));
    }
}

#[test]
fn a_withheld_week_is_one_page_without_a_value() {
    let bundle = withheld_in(&asking(), period(), &[days_missing()], &story().quality);
    let files = render_in(&asking(), &bundle).unwrap();
    let page = String::from_utf8(files["team.html"].clone()).unwrap();
    assert!(page.contains("No report for week 46") && !page.contains("66.8"), "{page}");
    assert_eq!(bundle.files_of("team.html"), ["team.html"]);
}

#[test]
fn hostile_teams_are_inert_and_cannot_leave_the_folder() {
    let mut story = with_teams(story());
    let names = [format!("../../{HOSTILE}{}", "x".repeat(10_000)), "/etc/passwd".to_owned()];
    let rename = |scope: &mut Scope| {
        let at = usize::from(scope.name() == Some(SOUTH));
        if matches!(scope, Scope::Team(_)) {
            *scope = Scope::Team(names[at].clone());
        }
    };
    let now = &mut story.now;
    now.facts.iter_mut().for_each(|(_, scope, _)| rename(scope));
    now.evidence.iter_mut().flat_map(|table| &mut table.rows).for_each(|(_, scope, _)| rename(scope));
    now.verdicts.iter_mut().for_each(|one| rename(&mut one.scope));
    now.findings.iter_mut().for_each(|one| rename(&mut one.scope));
    now.decisions.iter_mut().for_each(|one| rename(&mut one.scope));
    let pages = pages(&story);
    assert_eq!(pages.len(), 2);
    for (name, page) in &pages {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        assert!(name.chars().all(plain) && !name.contains("..") && name.len() < 60, "{name}");
        assert!(!page.contains("<script") && !page.contains('\u{202E}') && page.len() < 100_000, "{name}");
    }
}

#[test]
fn two_teams_of_one_slug_have_two_pages_and_no_page_of_the_clients_is_written_over() {
    let mut story = with_teams(story());
    let rename = |scope: &mut Scope| {
        if scope.name() == Some(SOUTH) {
            *scope = Scope::Team("NORTH!".to_owned());
        }
    };
    story.now.facts.iter_mut().for_each(|(_, scope, _)| rename(scope));
    story.now.evidence.iter_mut().flat_map(|table| &mut table.rows).for_each(|(_, scope, _)| rename(scope));
    let mut frame = asking();
    frame.reports.push(Report::of("team-north.html"));
    frame.templates.insert("team-north.html".to_owned(), "mine".to_owned());
    let files = files(&frame, &story);
    assert!(files["team-north.html"].starts_with("mine"));
    assert!(files.contains_key("team-north-2.html") && files.contains_key("team-north-3.html"));
    assert_eq!(
        assemble_in(&frame, &story).files_of("team.html"),
        ["team-north-2.html", "team-north-3.html"],
        "a delivery knows the report by its template"
    );
}

#[test]
fn a_template_sees_its_own_team_and_no_list_of_teams() {
    let mut frame = asking();
    let own = "{% for t in teams %}{{ t.name }}{% endfor %}|{% if team %}{{ team.name }}{% endif %}";
    for name in ["team.html", "leadership.html"] {
        frame.templates.insert(name.to_owned(), own.to_owned());
    }
    let files = files(&frame, &with_teams(story()));
    assert!(files["team-north.html"].starts_with("|North<footer"), "{}", files["team-north.html"]);
    assert!(files["leadership.html"].starts_with("|<footer"), "{}", files["leadership.html"]);
}

#[test]
fn a_german_team_reads_german() {
    let frame = Frame { locale: gapwise::words::Locale::named("de").unwrap(), ..asking() };
    let files = files(&frame, &with_teams(story()));
    let page = body(&files["team-south.html"]);
    assert!(
        page.contains("Für South allein gibt es keine Antwort.") && page.contains("69,3\u{a0}%"),
        "{page}"
    );
    assert!(files["team-north.html"].contains("Das entscheidet der Betrieb (Belege stark)."));
}
