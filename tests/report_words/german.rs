//! The week of Harbour Energy as a German client would have it: its own names and texts in German.

use gapwise::model::{Breakdown, Fact, Scope, Story};
use gapwise::report::{Frame, RuleText};
use gapwise::words::Locale;

const METRICS: [(&str, &str); 5] = [
    ("fcr", "Erstlösungsquote"),
    ("quality", "Qualitätswert"),
    ("next-step", "‚Nennt nächsten Schritt‘"),
    ("csat", "Kundenzufriedenheit"),
    ("aht", "Bearbeitungszeit"),
];

const TYPES: [(&str, &str); 8] = [
    ("Refund approval", "Erstattung"),
    ("Complaint", "Beschwerde"),
    ("Billing", "Abrechnung"),
    ("Tariff change", "Tarifwechsel"),
    ("Move home", "Umzug"),
    ("Meter reading", "Zählerstand"),
    ("Payment plan", "Ratenplan"),
    ("Boiler cover", "Heizungsschutz"),
];

/// Title, what is said, what would change our mind.
const RULES: [(&str, &str, &str, Option<&str>); 3] = [
    (
        "gap-is-real",
        "{{ metric.label }} liegt {{ adverse }} neben dem Ziel",
        "{{ actual }} gegenüber {{ target }}, mindestens {{ adverse_low }} daneben.",
        None,
    ),
    (
        "out-of-reach",
        "{{ share_out }} der Lücke bei {{ metric.label }} sind heute für niemanden erreichbar",
        "Auch das beste Viertel verfehlt bei gleicher Arbeit das Ziel.",
        Some("Drei Mitarbeitende halten bei Erstattung vier Wochen lang {{ metric.target }}."),
    ),
    (
        "gap-concentrated",
        "{{ item }} trägt {{ carries }} der Lücke bei {{ metric.label }}",
        "{{ item }} steht bei {{ actual }}; {{ n }} Kontakte, {{ window }}.",
        None,
    ),
];

/// What is asked, its risk, and of whom.
const DECISIONS: [(&str, &str, Option<&str>, &str); 3] = [
    (
        "give-an-owner",
        "{{ contact_types }} bekommt für sechs Wochen eine zuständige Stelle, die bis zu einer Grenze selbst freigibt.",
        None,
        "Betriebsleitung mit Finanzen",
    ),
    (
        "no-more-coaching",
        "Kein weiteres Coaching zu {{ metric.label }} bei {{ contact_types }}. Etwa {{ hours_out_of_reach }} Stunden pro \
         Woche werden frei.",
        Some("Eine Wirkung von Coaching über {{ metric.material }} ist ausgeschlossen."),
        "Leitung Kundenservice",
    ),
    (
        "find-the-cause",
        "Herausfinden, woran {{ contact_types }} scheitert, bevor etwas geändert wird.",
        Some("Die Ursache ist noch nicht bekannt."),
        "Leitung Qualität",
    ),
];

/// The texts of [`super::frame`] in German.
pub(crate) fn frame() -> Frame {
    let mut frame = super::frame();
    frame.locale = Locale::named("de").unwrap();
    "kundendienst".clone_into(&mut frame.packs[0].name);
    for metric in &mut frame.metrics {
        METRICS.iter().find(|(id, _)| *id == metric.id).unwrap().1.clone_into(&mut metric.label);
        metric.means =
            metric.means.as_ref().map(|_| "keine Rückkehr aus demselben Grund binnen 7 Tagen".to_owned());
        metric.target_by = metric.target_by.as_ref().map(|_| "Betriebsleitung".to_owned());
    }
    frame.rules.iter_mut().for_each(reword);
    for decision in &mut frame.decisions {
        let (_, what, risk, _) = DECISIONS.iter().find(|(id, ..)| *id == decision.id).unwrap();
        (decision.what, decision.risk) = ((*what).to_owned(), risk.map(str::to_owned));
    }
    frame
}

fn reword(rule: &mut RuleText) {
    let (_, title, say, mind) = RULES.iter().find(|(id, ..)| *id == rule.id).unwrap();
    (rule.title, rule.say) = (Some((*title).to_owned()), Some((*say).to_owned()));
    rule.change_our_mind = mind.map(str::to_owned);
    rule.observe.clear();
}

/// A story of [`super::story`] with German names of types and owners. What rules call themselves and what they miss goes: the client or the rules say it.
pub(crate) fn story(mut story: Story) -> Story {
    for (_, scope, fact) in &mut story.now.facts {
        if let Scope::ContactType(name) = scope {
            rename(name);
        }
        if let Fact::Breakdown(Breakdown { rows, carriers, .. }) = fact {
            rows.iter_mut().map(|row| &mut row.contact_type).chain(carriers).for_each(rename);
        }
    }
    for finding in &mut story.now.findings {
        finding.item.iter_mut().chain(&mut finding.row.item).for_each(rename);
    }
    for decision in &mut story.now.decisions {
        decision.contact_types.iter_mut().for_each(rename);
        let own = DECISIONS.iter().find(|(id, ..)| *id == decision.template).unwrap();
        own.3.clone_into(&mut decision.owner_role);
    }
    for finding in &mut story.resolved {
        "lücke".clone_into(&mut finding.rule);
    }
    story.now.not_judged.clear();
    story
}

fn rename(name: &mut String) {
    TYPES.iter().find(|(english, _)| english == name).unwrap().1.clone_into(name);
}
