//! The investigation page in another language than the code's.

use gapwise::model::{Check, Confidence, Fact, Part, Phrase, Reason, Scope, Story, Value, VerdictId};
use gapwise::report::context::Context;
use gapwise::report::{Frame, assemble_in};
use gapwise::words::Locale;

use super::report_case::{frame, story};
use super::report_words::{english, german};
use super::{files, golden};

/// Lines that name what the rules of the hand-made week call their forms, causes, caps and weights.
const OF_RULES: [&str; 4] = ["Form", "Ursache", "Eingeschränkt durch", "Gewicht"];

/// The hand-made week in German, saying what lower layers say as they say it, and everything a verdict can have.
fn week() -> Story {
    let not_judged = story().now.not_judged;
    let mut story = german::story(story());
    story.now.not_judged = not_judged;
    let has = |least: f64, has: f64| vec![("least", Part::from(least)), ("has", Part::from(has))];
    story.now.not_judged[0].need = Phrase::new("need-answers", has(200.0, 64.0));
    story.now.not_judged[1].need =
        Phrase::new("need-contacts-to-tell-agents-apart", vec![("contacts", Part::from(1_240.0))]);
    for (_, _, fact) in &mut story.now.facts {
        if let Fact::Check(check) = fact {
            check.say = Phrase::new("check-days", vec![]);
        }
    }
    let unmapped = Check {
        id: "other-types".into(),
        passed: false,
        level: "warn".into(),
        value: Some(0.24),
        limit: Some(0.2),
        say: Phrase::new("check-other-types", vec![("share", Part::Share(0.24))]),
    };
    story.now.facts.push((None, Scope::Operation, Fact::Check(unmapped)));
    let waived = story.now.findings.last_mut().unwrap();
    waived.waived = Some(("2026-12-31".parse().unwrap(), "Umbau".into(), "Leitung".into()));
    story
}

/// What the page takes from code and catalogues alone, a sentence each.
fn said(context: &Context) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for verdict in &context.verdicts {
        all.extend(verdict.lines.iter().map(|line| line.label.clone()));
        let own = verdict.lines.iter().filter(|line| !OF_RULES.contains(&line.label.as_str()));
        all.extend(own.map(|line| line.text.clone()));
        all.extend(verdict.signals.iter().map(|signal| signal.answer.clone()));
    }
    for finding in &context.findings {
        all.extend([finding.severity.clone(), finding.state.clone(), finding.since.clone()]);
        all.extend(finding.waived.clone());
        all.extend(finding.against.iter().filter(|line| line.contains("Antwort ist")).cloned());
    }
    all.extend(context.not_judged.iter().flat_map(|one| [one.reason.clone(), one.need.clone()]));
    all.extend(context.quality.checks.iter().map(|check| check.say.clone()));
    all.extend(context.quality.sources.iter().map(|source| source.name.clone()));
    all.extend(context.warnings.clone());
    all
}

#[test]
fn the_german_investigation_page_reads_as_reviewed() {
    golden("investigation.de.md", &files(&german::frame(), &week())["investigation.md"]);
}

#[test]
fn no_english_word_reaches_what_german_says_of_verdicts_findings_and_data() {
    let mut story = week();
    let verdict = &mut story.now.verdicts[0];
    (verdict.confidence, verdict.runner_up) = (Some(Confidence::Moderate), Some(VerdictId::Mixed));
    verdict.provisional = true;
    let context = assemble_in(&german::frame(), &story).context;
    let said = said(&context);
    assert!(said.len() > 40, "only {} sentences", said.len());
    for sentence in &said {
        let outside_keys: String = sentence.split('`').step_by(2).collect();
        assert_eq!(english::word_of(&outside_keys), None, "{sentence}");
    }
}

/// Every reason in a sentence of its own, so that two are never said alike.
#[test]
fn reasons_are_told_apart_in_every_language() {
    const ALL: [Reason; 11] = [
        Reason::FewAgents,
        Reason::FewContacts,
        Reason::FewPeriods,
        Reason::NoColumn,
        Reason::NoSource,
        Reason::NoTarget,
        Reason::NoTypes,
        Reason::NoSessions,
        Reason::Degenerate,
        Reason::WideInterval,
        Reason::Error,
    ];
    for language in gapwise::words::phrases::languages() {
        let mut story = week();
        let one = story.now.not_judged[0].clone();
        story.now.not_judged = ALL
            .into_iter()
            .map(|reason| gapwise::model::NotJudged { reason, rule: format!("{reason:?}"), ..one.clone() })
            .collect();
        let frame = Frame { locale: Locale::named(language).unwrap(), ..frame() };
        let mut said: Vec<String> =
            assemble_in(&frame, &story).context.not_judged.into_iter().map(|one| one.reason).collect();
        said.sort();
        said.dedup();
        assert_eq!(said.len(), ALL.len(), "{language}: {said:?}");
    }
}

#[test]
fn a_sentence_in_the_evidence_is_in_the_client_s_language_in_every_file() {
    let mut story = week();
    let need = Phrase::new("need-more-periods", vec![]);
    story.now.findings[0].row.values[0] = Value::Phrase(need.clone());
    for table in story.now.evidence.iter_mut().filter(|table| table.rule == "gap-is-real") {
        table.rows[0].2.values[0] = Value::Phrase(need.clone());
    }
    let files = files(&german::frame(), &story);
    for name in ["findings.json", "evidence/gap-is-real.csv", "investigation.md"] {
        assert!(files[name].contains("mehr Zeit"), "{name}");
        assert!(!files[name].contains("more weeks") && !files[name].contains("need-more"), "{name}");
    }
    for said in ["200 Antworten, vorhanden: 64", "24,0 % der Kontakte gehören zu keinem benannten Anliegen"]
    {
        assert!(files["findings.json"].contains(said), "{said}");
    }
}
