//! The mail: as a page that needs no style sheet, and as plain text.

use gapwise::config::Report;
use gapwise::model::{Asked, BreakdownRow, Fact, Scope, Story};
use gapwise::report::{Frame, assemble_in, render_in, withheld_in};

use crate::report_case::{frame, period, story};
use crate::report_states::HOSTILE;
use crate::{Files, days_missing, empty, ending, files, hostile, quiet_week, text};

const MAILS: [&str; 2] = ["email.html", "email.txt"];

fn asking(frame: Frame) -> Frame {
    Frame { reports: MAILS.map(Report::of).to_vec(), ..frame }
}

fn mails(story: &Story) -> Files {
    files(&asking(frame()), story)
}

/// A page as a reader without style sheets sees it: its words alone.
fn words(page: &str) -> String {
    let (mut said, mut inside) = (String::new(), false);
    let page = match page.split_once("<style>").zip(page.split_once("</style>")) {
        Some(((before, _), (_, after))) => format!("{before}{after}"),
        None => page.to_owned(),
    };
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => (inside, said) = (false, said + " "),
            c if !inside => said.push(if c == '\u{a0}' { ' ' } else { c }),
            _ => {}
        }
    }
    one_line(&said.replace("&nbsp;", " "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn both_parts_say_the_answer_the_decisions_and_what_stands_behind_in_this_order() {
    let mails = mails(&story());
    for said in [words(&mails["email.html"]), one_line(&mails["email.txt"])] {
        let order = [
            "Harbour Energy · week 46 (9–15 November 2026)",
            "First-contact resolution is 66.8 %, 8.2 points under target.",
            "this is not a coaching gap",
            "the operation decides this",
            "evidence strong · first reported in week 41 · 3 decisions asked",
            "Give Refund approval an owner",
            "Who: Head of Operations with Finance, by 27 November.",
            "At stake: up to 5.5 points. That is a ceiling, not a forecast.",
            "Worse: nothing beyond the usual ±1.1 points.",
            "66.8 % (66.3–67.3)",
            "target 75 %",
            "6.7 out of any agent's reach today",
            "Refund approval",
            "Hours held",
            "60 agents, 64,800 contacts",
            "This report looks for obstacles in how work is organised.",
        ];
        let mut from = 0;
        for words in order {
            let at = said[from..]
                .find(words)
                .unwrap_or_else(|| panic!("`{words}` is missing or too early in {said}"));
            from += at + words.len();
        }
    }
}

#[test]
fn every_state_of_the_week_has_a_mail() {
    let quiet = mails(&quiet_week());
    let nothing = mails(&empty());
    let bundle = withheld_in(&asking(frame()), period(), &[days_missing()], &story().quality);
    let withheld = text(render_in(&asking(frame()), &bundle).unwrap());
    for name in MAILS {
        assert!(
            quiet[name].contains("Nothing new, week 46") && quiet[name].contains("Next report"),
            "{name}"
        );
        assert!(!one_line(&quiet[name]).to_lowercase().contains("decisions asked"), "{name}");
        assert!(nothing[name].contains("No metric could be judged."), "{name}");
        assert!(withheld[name].contains("No report for week 46"), "{name}");
        assert!(!withheld[name].contains("66.8") && !withheld[name].contains("Metrics"), "{name}");
        assert!(one_line(&withheld[name]).contains("do not use it in appraisal"), "{name}");
    }
}

#[test]
fn a_mail_has_no_picture_no_script_and_no_reference_to_anywhere() {
    for story in [story(), quiet_week(), empty()] {
        let page = &mails(&story)["email.html"];
        for forbidden in
            ["<script", "<svg", "<img", "<link", "http", "url(", "src=", "href=", "data:", "cid:"]
        {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }
}

/// Mail programs drop sheets: all but the look in the dark stands beside its element.
#[test]
fn every_rule_stands_beside_its_element() {
    let page = &mails(&story())["email.html"];
    let sheet = &page[page.find("<style>").unwrap() + 7..page.find("</style>").unwrap()];
    assert!(sheet.trim_start().starts_with("@media (prefers-color-scheme:dark)"), "{sheet}");
    assert_eq!(sheet.matches('@').count(), 1, "{sheet}");
    for rule in sheet.split(';').filter(|rule| rule.contains("color:")) {
        assert!(rule.contains("!important"), "a rule beside an element would win over {rule}");
    }
    let body = &page[page.find("<body").unwrap()..];
    for element in ["<body", "<h1", "<h2", "<td", "<p", "<footer"] {
        for found in body.split(element).skip(1).filter(|rest| rest.starts_with([' ', '>'])) {
            let head = found.split('>').next().unwrap();
            assert!(head.contains("style=\"") || head.contains("align="), "{element}{head}");
        }
    }
    assert!(body.contains("role=\"presentation\"") && body.contains("max-width:600px"));
    assert_eq!(body.matches("<table").count(), body.matches("role=\"presentation\"").count());
}

#[test]
fn the_bar_is_made_of_cells_whose_labels_are_words() {
    let page = &mails(&story())["email.html"];
    for (width, colour) in [("81.7%", "#12395b"), ("8.5%", "#c68400"), ("9.8%", "#d4dae0")] {
        assert!(page.contains(&format!("width=\"{width}\" bgcolor=\"{colour}\"")), "{width}");
    }
    let said = words(page);
    for label in ["6.7 out of any agent's reach today", "0.7 (0.4–0.9) would close", "0.8 spread too thin"]
    {
        assert!(said.contains(label), "{label}");
    }
}

#[test]
fn the_text_is_72_columns_wide_and_escapes_nothing() {
    let (frame, hostile) = hostile();
    let hostile = files(&asking(frame), &hostile);
    for text in [&mails(&story())["email.txt"], &mails(&quiet_week())["email.txt"], &hostile["email.txt"]] {
        for line in text.lines() {
            assert!(line.chars().count() <= 72 && line == line.trim_end(), "{line}");
        }
        assert!(!text.contains('\\') && !text.contains("&amp;") && !text.contains("\n\n\n"), "{text}");
    }
    let text = &mails(&story())["email.txt"];
    assert!(text.contains("\nDECISIONS ASKED\n") && text.contains("\n1  Give Refund approval"), "{text}");
}

#[test]
fn hostile_names_are_inert_in_both_parts_and_in_the_subject() {
    let (frame, hostile) = hostile();
    let mails = files(&asking(frame.clone()), &hostile);
    let page = &mails["email.html"];
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;") && !page.contains('\u{202E}'));
    let text = &mails["email.txt"];
    assert!(!text.contains('\u{202E}') && !text.contains("http://"), "{text}");
    assert!(HOSTILE.contains("http://"));
    let subject = assemble_in(&frame, &hostile).subject;
    assert!(!subject.contains(char::is_control) && subject.chars().count() < 200, "{subject}");
}

/// Many of everything: twelve metrics, forty types, long names.
fn large() -> (Frame, Story) {
    let (mut frame, mut story) = (frame(), story());
    for number in 0..7 {
        let mut metric = frame.metrics[number % 5].clone();
        metric.id = format!("more-{number}");
        metric.label = format!("{} of another kind of work, number {number}", metric.label);
        let gaps = story.now.facts.iter().filter(|(_, scope, fact)| {
            *scope == Scope::Operation && matches!(fact, Fact::Gap(_) | Fact::Ledger(_))
        });
        let gap = gaps.map(|(_, _, fact)| fact.clone()).next().unwrap();
        story.now.facts.push((Some(metric.id.clone()), Scope::Operation, gap));
        frame.metrics.push(metric);
    }
    for (_, _, fact) in &mut story.now.facts {
        if let Fact::Breakdown(breakdown) = fact {
            let one = breakdown.rows[2].clone();
            let more = (0..32).map(|n| BreakdownRow {
                contact_type: format!("Another reason to call, number {n}"),
                share: 0.001,
                ..one.clone()
            });
            breakdown.rows.extend(more);
        }
    }
    let decisions = story.now.decisions.clone();
    story
        .now
        .decisions
        .extend(decisions.into_iter().map(|one| gapwise::model::Decision { state: Asked::Asked, ..one }));
    (frame, story)
}

#[test]
fn a_large_week_is_a_small_mail() {
    let (frame, large) = large();
    let (hostile_frame, hostile) = hostile();
    for mails in [files(&asking(frame), &large), files(&asking(hostile_frame), &hostile)] {
        for name in MAILS {
            assert!(mails[name].len() < 100_000, "{name}: {}", mails[name].len());
        }
    }
}

#[test]
fn a_german_mail_reads_german() {
    let frame = Frame { locale: gapwise::words::Locale::named("de").unwrap(), ..asking(frame()) };
    let mails = files(&frame, &story());
    for (name, mail) in mails.iter().filter(|(name, _)| MAILS.contains(&name.as_str())) {
        let said = if ending(name) == "html" { words(mail) } else { one_line(mail) };
        assert!(said.contains("Ziel 75 %") && said.contains("66,8 % (66,3–67,3)"), "{said}");
    }
}

#[test]
fn the_subject_has_the_level_what_holds_it_back_and_the_decisions_but_no_verdict() {
    let subject = |story: &Story| assemble_in(&frame(), story).subject;
    let mut spread_out = story();
    for (_, _, fact) in &mut spread_out.now.facts {
        if let Fact::Breakdown(breakdown) = fact {
            (breakdown.concentrated, breakdown.carriers) = (false, Vec::new());
        }
    }
    spread_out.now.decisions.truncate(1);
    assert_eq!(
        subject(&story()),
        "Week 46: First-contact resolution 66.8 % (target 75), two contact types hold it back, 3 decisions"
    );
    assert_eq!(subject(&spread_out), "Week 46: First-contact resolution 66.8 % (target 75), 1 decision");
    assert_eq!(subject(&empty()), "Week 46: nothing could be judged");
    let german = Frame { locale: gapwise::words::Locale::named("de").unwrap(), ..frame() };
    assert_eq!(
        assemble_in(&german, &story()).subject,
        "KW 46: First-contact resolution 66,8 % (Ziel 75), zwei Anliegen halten den Wert zurück, 3 Entscheidungen"
    );
}
