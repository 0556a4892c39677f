//! The same week in other languages: what German and American readers see, and that nothing English is left in it.

pub(crate) mod english;
pub(crate) mod german;

use gapwise::calendar::{Grain, Period};
use gapwise::model::{Asked, Better, Conclusion, Confidence, Fact, MayAddAnswer, Quality, Story, VerdictId};
use gapwise::report::context::Context;
use gapwise::report::{Frame, assemble_in, withheld_in};
use gapwise::words::Locale;
use serde_json::Value;

use super::{empty, files, frame, golden, on_target, period, quiet_week, story};

/// What a reader of the leadership page sees of a context. Charts and the investigation page are held elsewhere.
const PARTS: [&str; 14] = [
    "page",
    "headline",
    "decisions",
    "decisions_all",
    "decisions_more",
    "changed",
    "metrics",
    "points",
    "coaching",
    "may_add",
    "limits",
    "warnings",
    "summary",
    "left_out",
];

/// Names that templates choose by, and charts.
const NOT_READ: [&str; 12] = [
    "id", "tone", "kind", "lang", "locale", "period", "metric", "chart", "minutes", "effects", "quiet",
    "numbers",
];

/// Every text of the parts of a context, with where it stands.
fn texts(context: &Context) -> Vec<(String, String)> {
    fn collect(path: &str, value: &Value, into: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => into.push((path.to_owned(), text.clone())),
            Value::Array(list) => list.iter().for_each(|one| collect(path, one, into)),
            Value::Object(fields) => {
                let read = fields.iter().filter(|(name, _)| !NOT_READ.contains(&name.as_str()));
                read.for_each(|(name, value)| collect(&format!("{path}.{name}"), value, into));
            }
            _ => {}
        }
    }
    let whole = serde_json::to_value(context).unwrap();
    let mut found = Vec::new();
    for part in PARTS.into_iter().chain(["quiet", "withheld"]) {
        collect(part, &whole[part], &mut found);
    }
    found
}

fn assert_german(context: &Context) {
    for (path, text) in texts(context) {
        assert_eq!(english::word_of(&text), None, "{path}: {text}");
    }
}

fn german(of: Story) -> (Frame, Story) {
    (german::frame(), german::story(of))
}

#[test]
fn the_german_pages_read_as_reviewed() {
    for (name, of) in [("leadership", story()), ("nothing-new", quiet_week()), ("on-target", on_target())] {
        let (frame, story) = german(of);
        let files = files(&frame, &story);
        golden(&format!("{name}.de.html"), &files["leadership.html"]);
        if name == "leadership" {
            golden("summary.de.md", &files["summary.md"]);
        }
    }
}

#[test]
fn the_german_answer_reads_like_a_german_report() {
    let (frame, story) = german(story());
    let bundle = assemble_in(&frame, &story);
    let said = bundle.context.headline;
    assert_eq!(
        said.sentences,
        [
            "Erstlösungsquote liegt bei 66,8 %, 8,2 Punkte unter dem Ziel.",
            "7,4 der 8,2 Punkte liegen bei Erstattung und Beschwerde, wo selbst unsere besten Mitarbeitenden das Ziel \
             verfehlen.",
            "Würden alle arbeiten wie das beste Viertel der Mitarbeitenden, wäre die Lücke um 0,7 Punkte kleiner: Das ist \
             keine Coaching-Lücke.",
        ]
    );
    assert_eq!(said.label, "das entscheidet der Betrieb");
    assert_eq!(said.meta, ["Belege stark", "erstmals gemeldet in KW 41", "3 Entscheidungen stehen an"]);
    assert_eq!(
        bundle.subject,
        "KW 46: Erstlösungsquote 66,8 % (Ziel 75), zwei Anliegen halten den Wert zurück, 3 Entscheidungen"
    );
}

/// Stories that take every turn the words of the leadership page can take.
fn turns() -> Vec<Story> {
    let mut turns = vec![story(), quiet_week(), on_target(), empty(), moved()];
    for verdict in VerdictId::ALL {
        for confidence in [None, Some(Confidence::Weak), Some(Confidence::Moderate), Some(Confidence::Strong)]
        {
            turns.push(judged(verdict, confidence));
        }
    }
    let conclusions = [
        Conclusion::Works,
        Conclusion::Small,
        Conclusion::DoesNotMove,
        Conclusion::Harmful,
        Conclusion::Unclear,
        Conclusion::NotIdentified,
        Conclusion::NotYetTested,
    ];
    turns.extend(conclusions.map(coached));
    let answers = [
        MayAddAnswer::Yes,
        MayAddAnswer::InAnotherWay,
        MayAddAnswer::InSomeTypes,
        MayAddAnswer::No,
        MayAddAnswer::NoNeed,
        MayAddAnswer::CannotTell,
    ];
    turns.extend(answers.map(|answer| {
        let mut story = story();
        story.may_add[0].answer = answer;
        story
    }));
    turns
}

/// The headline's verdict: provisional, of this week, with another answer of this week alone.
fn judged(verdict: VerdictId, confidence: Option<Confidence>) -> Story {
    let mut story = story();
    let first = &mut story.now.verdicts[0];
    (first.verdict, first.confidence, first.form) = (verdict, confidence, Some("unproven".to_owned()));
    (first.provisional, first.this_period_alone) = (true, VerdictId::Mixed);
    (first.power_of_opposite, first.since_at_least) = (Some(0.3), true);
    if confidence.is_none() {
        (first.since, first.form) = (period(), Some("changed-recently".to_owned()));
    }
    story.now.decisions.truncate(1);
    story
}

fn coached(conclusion: Conclusion) -> Story {
    let mut story = story();
    for (_, _, fact) in &mut story.now.facts {
        match fact {
            Fact::Effect(effect) => (effect.conclusion, effect.naive) = (conclusion, -effect.naive),
            Fact::Minutes(minutes) => (minutes.minutes_before, minutes.cancelled) = (0.0, 0),
            _ => {}
        }
    }
    story
}

/// Numbers moved, decisions were taken, types are ahead, a rule failed, no type ever met the target.
fn moved() -> Story {
    let mut story = story();
    story.moves[0].now = 0.6;
    story.now.verdicts[3].verdict = VerdictId::Behavioural;
    for (decision, state) in story.now.decisions.iter_mut().zip([Asked::Accepted, Asked::Done]) {
        (decision.state, decision.since) = (state, period());
    }
    let more = story.now.decisions.clone();
    story.now.decisions.extend(more);
    for (_, _, fact) in &mut story.now.facts {
        match fact {
            Fact::Breakdown(breakdown) => {
                breakdown.carriers.truncate(1);
                breakdown.rows.iter_mut().skip(1).for_each(|row| row.carries = -0.005);
                breakdown.rows.truncate(6);
            }
            Fact::Ledger(ledger) => (ledger.unplaced, ledger.ahead) = (0.0, -0.03),
            Fact::Gap(gap) => gap.best_period = gap.target.map(|target| target - 0.1),
            Fact::Minutes(minutes) => (minutes.active_agents_before, minutes.undetermined) = (0, 900.0),
            _ => {}
        }
    }
    story.quality.missing.insert("roster".to_owned(), "roster.csv".to_owned());
    story
}

#[test]
fn no_english_word_reaches_a_german_page() {
    for of in turns() {
        let (frame, story) = german(of);
        assert_german(&assemble_in(&frame, &story).context);
    }
    let (mut frame, _) = german(story());
    assert_german(&withheld_in(&frame, period(), &[], &story().quality).context);
    assert_german(&withheld_in(&frame, period(), &[], &Quality::default()).context);
    frame.metrics.iter_mut().for_each(|metric| metric.target = None);
    frame.metrics[0].better = Better::Lower;
    assert_german(&assemble_in(&frame, &german::story(story())).context);
}

#[test]
fn no_english_word_reaches_a_german_page_by_day_or_month() {
    for grain in [Grain::Day, Grain::Month] {
        let (mut frame, mut story) = german(story());
        frame.calendar.grain = grain;
        frame.locale = frame.locale.with_grain(grain);
        let now = frame.calendar.of("2026-11-10".parse().unwrap());
        let by = now.0 - story.now.period.0;
        story.now.period = now;
        story.now.verdicts.iter_mut().for_each(|verdict| verdict.since = Period(verdict.since.0 + by));
        let context = assemble_in(&frame, &story).context;
        assert_german(&context);
        let month = if grain == Grain::Month { "im Juni 2026" } else { "am Donnerstag, 5. November" };
        assert!(context.headline.meta[1].ends_with(month), "{:?}", context.headline.meta);
    }
}

/// Words that Americans spell otherwise.
const SPELT: [(&str, &str); 2] = [("cancelled", "canceled"), ("towards", "toward")];

#[test]
fn americans_read_the_same_words_with_their_dates_percentages_and_spelling() {
    let mut american = frame();
    american.locale = Locale::named("en-US").unwrap();
    let sorted = |text: &str| {
        let american =
            |word| SPELT.iter().find(|(british, _)| *british == word).map_or(word, |(_, american)| *american);
        let mut all: Vec<String> = english::words(text).map(american).map(str::to_owned).collect();
        all.sort();
        all
    };
    for mut story in turns() {
        story.now.not_judged.clear();
        let british = texts(&assemble_in(&frame(), &story).context);
        let here = texts(&assemble_in(&american, &story).context);
        assert_eq!(british.len(), here.len());
        for ((path, british), (_, here)) in british.iter().zip(&here) {
            assert_eq!(sorted(british), sorted(here), "{path}");
            assert!(!here.contains(" %"), "{path}: {here}");
            let is_british =
                english::words(here).any(|word| SPELT.iter().any(|(british, _)| *british == word));
            assert!(!is_british, "{path}: {here}");
        }
    }
    let page = &files(&american, &story())["leadership.html"];
    assert!(page.contains("by November 27") && page.contains("how work is organized"), "{page}");
}

#[test]
fn one_of_a_kind_is_said_in_the_singular() {
    for (locale, asked) in [("en-GB", "1 decision asked"), ("de", "1 Entscheidung steht an")] {
        let mut frame = frame();
        frame.locale = Locale::named(locale).unwrap();
        let context = assemble_in(&frame, &judged(VerdictId::Mixed, Some(Confidence::Weak))).context;
        assert_eq!(context.headline.meta.last().map(String::as_str), Some(asked));
    }
}
