//! How pages look and what they hold in every state: a client's brand, sections in a client's order, the page that
//! stands in place of a report, and what is never on a page for leaders.

mod never;

use std::collections::BTreeSet;

use gapwise::config::{Brand, Report, sections_of};
use gapwise::model::{Check, Phrase, SourceId, Story};
use gapwise::report::{Frame, Theme, assemble_in, render_in, render_page, withheld_in};
use gapwise::words::Locale;
use gapwise::words::phrases::texts;

use super::report_case::{frame, period, story};
use super::{Files, PAGES, days_missing, empty, ending, files, hostile, on_target, quiet_week, text};

/// Every story a page may be made of, with the frame it belongs to.
fn states() -> Vec<(&'static str, Frame, Story)> {
    let (evil, told) = hostile();
    vec![
        ("full", frame(), story()),
        ("empty", frame(), empty()),
        ("nothing new", frame(), quiet_week()),
        ("on target", frame(), on_target()),
        ("hostile", evil, told),
    ]
}

fn withheld(frame: &Frame, why: &[Check]) -> Files {
    text(render_in(frame, &withheld_in(frame, period(), why, &story().quality)).unwrap())
}

fn brand() -> Brand {
    let line = |words: &str| Some(format!("{words} </style></p><script>\" \\ {{{{ x }}}} \u{202E}"));
    Brand {
        logo: Some("data:image/png;base64,iVBORw0KGgo=".into()),
        accent: Some("#0b7a4b".into()),
        accent_dark: Some("#3fc28a".into()),
        footer: line("Harbour Energy, Customer Service"),
        confidentiality: line("For the leadership only"),
    }
}

#[test]
fn every_page_keeps_its_form_in_every_state_with_and_without_a_brand() {
    for (state, plain, story) in states() {
        for branded in [Brand::default(), brand()] {
            let frame = Frame { brand: branded.clone(), ..plain.clone() };
            let mut made = files(&frame, &story);
            made.extend(withheld(&frame, &[days_missing()]).into_iter().map(|(name, page)| {
                let (stem, ending) = name.rsplit_once('.').unwrap();
                (format!("{stem}-withheld.{ending}"), page)
            }));
            for (name, page) in made.iter().filter(|(name, _)| ["html", "md"].contains(&ending(name))) {
                keeps_its_form(&format!("{state}, {name}"), name, page, &branded);
            }
        }
    }
}

fn keeps_its_form(what: &str, name: &str, page: &str, brand: &Brand) {
    assert!(page.contains("do not use it in appraisal, pay, discipline or dismissal"), "{what}");
    assert!(!page.contains("<script") && !page.contains('\u{202E}'), "{what}");
    let has_line = page.contains("For the leadership only");
    assert_eq!(has_line, brand.confidentiality.is_some(), "{what}");
    if ending(name) == "md" {
        return;
    }
    assert_eq!(page.matches("<h1").count(), 1, "{what}");
    let styles = if brand.accent.is_some() { 2 } else { 1 };
    assert_eq!(
        (page.matches("<style>").count(), page.matches("</style>").count()),
        (styles, styles),
        "{what}"
    );
    let sources: Vec<&str> = page.split(" src=\"").skip(1).collect();
    assert_eq!(sources.len(), usize::from(brand.logo.is_some()), "{what}");
    assert!(sources.iter().all(|source| source.starts_with("data:image/png;base64,")), "{what}");
    assert_eq!(page.contains(":root{--gw-accent:#0b7a4b}"), brand.accent.is_some(), "{what}");
    assert_eq!(page.contains("Harbour Energy, Customer Service"), brand.footer.is_some(), "{what}");
}

fn with_sections(name: &str, sections: &[&str], story: &Story) -> String {
    let sections = sections.iter().map(|section| (*section).to_owned()).collect();
    let report = Report { sections, ..Report::of(name) };
    let frame = Frame { reports: vec![report], ..frame() };
    files(&frame, story).remove(name).unwrap()
}

/// Pages whose parts a report may choose.
fn divided() -> impl Iterator<Item = &'static str> {
    PAGES.into_iter().filter(|page| !sections_of(page).is_empty())
}

#[test]
fn a_template_without_a_list_shows_the_sections_that_the_configuration_knows() {
    assert_eq!(divided().count(), 3);
    for (_, frame, story) in states() {
        let context = assemble_in(&frame, &story).context;
        let theme = Theme { locale: &frame.locale, templates: &frame.templates };
        let all = files(&frame, &story);
        for page in divided() {
            let alone = String::from_utf8(render_page(page, &context, theme).unwrap()).unwrap();
            assert_eq!(alone, all[page], "{page}");
        }
    }
}

#[test]
fn each_section_is_a_part_of_its_page_that_can_be_left_out() {
    for page in divided() {
        let all = sections_of(page);
        let whole = with_sections(page, all, &story()).len();
        // Single contacts and single agents are no part of the story: tests/job has them.
        for left in all.iter().filter(|section| !["contacts", "agents"].contains(section)) {
            let rest: Vec<&str> = all.iter().copied().filter(|section| section != left).collect();
            let without = with_sections(page, &rest, &story()).len();
            assert!(without + 20 < whole, "{page} without {left}: {without} of {whole}");
        }
    }
}

#[test]
fn sections_stand_in_the_order_that_is_asked_for() {
    let page = with_sections("leadership.html", &["limits", "metrics", "answer"], &story());
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("`{words}` is missing"));
    assert!(at("Before you rely on this") < at("<h2>Metrics"));
    assert!(at("<h2>Metrics") < at("8.2 points under target"));
    assert!(!page.contains("Decisions asked") && !page.contains("<svg"));
    for story in [empty(), quiet_week(), on_target()] {
        assert!(with_sections("leadership.html", &["limits", "answer"], &story).contains("gw-lead"));
    }
}

#[test]
fn a_withheld_page_says_one_cause_one_thing_to_do_and_no_figure() {
    let owners = vec![(SourceId::Contacts, "Contact Platform Support".to_owned())];
    let named = Frame { owners, next_try: Some("today at 10:00 and 14:00".into()), ..frame() };
    let mut log = days_missing();
    (log.id, log.say) = ("fresh-coaching".into(), Phrase::as_is("the coaching log ends two weeks ago"));
    let mut quality = story().quality;
    let until = "2026-11-11".parse().ok();
    quality.sources.iter_mut().for_each(|source| source.last_day = until);
    let bundle = withheld_in(&named, period(), &[log, days_missing()], &quality);
    let page = bundle.context.withheld.clone().unwrap();
    assert_eq!(page.because, ["The contact file ends on Wednesday 11 November: 3 of 7 days are missing."]);
    assert_eq!(page.needed, ["Needed: the contacts for 12–15 November 2026, from Contact Platform Support."]);
    assert_eq!(page.again, "We try again today at 10:00 and 14:00.");
    assert_eq!(page.also, ["The coaching log ends two weeks ago."]);
    assert_eq!(page.fine, "Fine: evaluations.");
    let files = text(render_in(&named, &bundle).unwrap());
    for name in PAGES {
        let body = never::read(&files[name]);
        assert!(!body.contains('%') && !body.contains("points") && !body.contains("counted to"), "{body}");
    }
}

#[test]
fn a_withheld_page_names_no_role_and_no_hour_that_nobody_gave() {
    let page = withheld(&frame(), &[days_missing()]).remove("leadership.html").unwrap();
    assert!(page.contains("Needed: the contacts for 9–15 November 2026."), "{page}");
    assert!(page.contains("Then 2026-W46 can be run again.") && !page.contains("We try again"));
    let nothing = withheld(&frame(), &[]).remove("summary.md").unwrap();
    assert!(nothing.contains("The data are not fit for a report."), "{nothing}");
}

#[test]
fn a_summary_ends_with_the_address_of_the_report() {
    let link = Some("https://reports.example/harbour/latest/leadership.html".to_owned());
    let report = Report { link, ..Report::of("summary.md") };
    let page = files(&Frame { reports: vec![report], ..frame() }, &story()).remove("summary.md").unwrap();
    let told: Vec<&str> = page.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(told.len(), 5, "four lines and a link: {page}");
    assert_eq!(told[4], "Full report: <https://reports.example/harbour/latest/leadership.html>");
}

/// Whole messages of a language by id, those without a variable.
fn fixed_messages(language: &str) -> Vec<(String, String)> {
    let files = texts(language).into_iter();
    let lines = files.flat_map(|(_, text)| text.lines()).filter_map(|line| line.split_once(" = "));
    lines
        .filter(|(_, words)| !words.contains('{'))
        .map(|(id, words)| (id.to_owned(), words.to_owned()))
        .collect()
}

#[test]
fn german_pages_take_no_word_of_the_templates_from_english() {
    let german: BTreeSet<(String, String)> = fixed_messages("de").into_iter().collect();
    let parts = ["page-", "parts-", "investigation-", "withheld-"];
    let english: Vec<(String, String)> = fixed_messages("en-GB")
        .into_iter()
        .filter(|one| parts.iter().any(|part| one.0.starts_with(part)) && !german.contains(one))
        .filter(|(_, words)| words.contains(' ') || words.ends_with([':', '.']))
        .collect();
    assert!(english.len() > 15, "{english:?}");
    let german = Frame { locale: Locale::named("de").unwrap(), ..frame() };
    let mut made: Vec<Files> = [story(), empty(), quiet_week()].iter().map(|s| files(&german, s)).collect();
    made.push(withheld(&german, &[days_missing()]));
    for (name, page) in made.iter().flatten().filter(|(name, _)| PAGES.contains(&name.as_str())) {
        for (id, words) in &english {
            assert!(!page.contains(&format!(">{words}<")), "{name} says `{id}` in English: {words}");
        }
    }
}
