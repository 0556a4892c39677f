//! Laws of every chart, whatever the data: texts inside the frame and apart from each other on the narrowest page and
//! on a wide one, and every number drawn said in words. `GAPWISE_GALLERY=folder` writes the pages to look at.

mod gallery;
mod laws;

use gapwise::calendar::{Grain, Period};
use gapwise::model::{BreakdownRow, ControlChart, Fact, Figure, Lane, Story, UnitKind};
use gapwise::report::context::{Chart, Mark};
use gapwise::report::{Frame, assemble_in, render_in};
use gapwise::words::Locale;
use gapwise::words::phrases::texts;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof, proptest};

use super::report_case::{control, frame, story};
use gallery::{edit_types, gallery, german, set_spread, with_agents, with_types};
use laws::{all_hold, charts};

#[test]
fn every_chart_of_the_gallery_keeps_the_laws() {
    for (frame, story) in gallery().into_values() {
        all_hold(&frame, &story);
        all_hold(&german(&frame), &story);
    }
}

#[test]
fn charts_of_a_language_with_long_words_keep_the_laws() {
    let charts = texts("de").into_iter().filter(|(path, _)| path.contains("chart"));
    let longer: Vec<String> = charts.map(|(_, text)| text.lines().map(longer).collect()).collect();
    let wordy = Locale::with_phrases("de", &longer.iter().map(String::as_str).collect::<Vec<_>>());
    for (frame, story) in gallery().into_values() {
        all_hold(&Frame { locale: wordy.clone(), ..frame }, &story);
    }
}

/// A line of a catalogue with words in front of its own.
fn longer(line: &str) -> String {
    let words = [" = ", "] "].into_iter().find_map(|mark| Some((line.split_once(mark)?, mark)));
    match words {
        Some(((before, own), mark)) if !own.ends_with("->") && !line.starts_with('#') => {
            format!("{before}{mark}Kilometer und {own}\n")
        }
        _ => format!("{line}\n"),
    }
}

#[test]
fn german_charts_say_nothing_in_english() {
    const ENGLISH: [&str; 47] = [
        "above", "after", "agents", "all", "and", "answer", "are", "before", "best", "by", "cannot",
        "contact", "does", "first", "for", "from", "further", "gap", "has", "is", "its", "metric", "more",
        "no", "none", "not", "of", "one", "only", "other", "others", "out", "outside", "points", "range",
        "since", "target", "than", "that", "the", "to", "type", "types", "usual", "week", "weeks", "with",
    ];
    let grains = [Grain::Week { start: chrono::Weekday::Mon }, Grain::Day, Grain::Month];
    for (name, (frame, story)) in gallery().into_iter().filter(|(name, _)| *name != "hostile") {
        for grain in grains {
            let mut frame = german(&frame);
            frame.locale = frame.locale.with_grain(grain);
            let context = assemble_in(&frame, &story).context;
            for (id, chart) in charts(&context).into_iter().filter(|(id, _)| !id.ends_with("points")) {
                let said = without_clients_text(&words_of(chart), &frame, &story).to_lowercase();
                let english = said.split(|c: char| !c.is_alphabetic()).find(|word| ENGLISH.contains(word));
                assert_eq!(english, None, "{name}, {id}: {said}");
            }
        }
    }
}

/// Every text of a chart.
fn words_of(chart: &Chart) -> String {
    let marks = chart.marks.iter().filter_map(|mark| match mark {
        Mark::Text { text, .. } | Mark::Turned { text, .. } => Some(text.clone()),
        _ => None,
    });
    let own = [&chart.title, &chart.says, &chart.note, &chart.key].map(String::clone);
    let table = chart.table.head.iter().chain(chart.table.rows.iter().flatten()).cloned();
    own.into_iter().chain(table).chain(marks).collect::<Vec<String>>().join("\n")
}

/// What is left where the client's own names are taken out, whole or cut at the end of a line.
fn without_clients_text(text: &str, frame: &Frame, story: &Story) -> String {
    let types = story.now.facts.iter().filter_map(|(_, _, fact)| match fact {
        Fact::Breakdown(breakdown) => Some(breakdown.rows.iter().map(|row| row.contact_type.clone())),
        _ => None,
    });
    let stages = story.now.figures.iter().filter_map(|drawn| match &drawn.figure {
        Figure::Stage(stage) => Some(stage.stage.replace('-', " ")),
        _ => None,
    });
    let labels = frame.metrics.iter().map(|metric| metric.label.clone());
    let names = types.flatten().chain(stages).chain(labels);
    let mut words: Vec<String> =
        names.flat_map(|name| name.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.into_iter().fold(text.to_owned(), |text, word| text.replace(&word, " "))
}

#[test]
fn every_kind_of_chart_is_drawn() {
    let context = all_hold(&frame(), &story());
    let drawn: Vec<String> =
        charts(&context).into_iter().filter(|(_, chart)| chart.height > 0.0).map(|(id, _)| id).collect();
    for what in [
        "points",
        "spread",
        "types",
        "pareto",
        "stages",
        "clusters",
        "control",
        "chain",
        "waterfall",
        "event",
        "minutes",
        "timeline",
    ] {
        assert!(drawn.iter().any(|id| id.ends_with(what)), "{what}: {drawn:?}");
    }
}

#[test]
fn a_gallery_is_written_where_it_is_asked_for() {
    let Some(folder) = std::env::var_os("GAPWISE_GALLERY") else { return };
    for (name, (frame, story)) in gallery() {
        for (language, frame) in [("", frame.clone()), ("german-", german(&frame))] {
            let files = render_in(&frame, &assemble_in(&frame, &story)).unwrap();
            for page in ["investigation.html", "investigation.md", "leadership.html"] {
                let path = std::path::Path::new(&folder).join(format!("{language}{name}-{page}"));
                std::fs::write(path, &files[page]).unwrap();
            }
        }
    }
}

#[test]
fn dots_are_never_drawn_of_fewer_than_twenty_nor_unless_allowed() {
    let dots = |frame: &Frame, count: u32| {
        let context = assemble_in(frame, &with_agents(count, 1.5)).context;
        let chart = context.verdicts[0].spread.clone().unwrap();
        chart.marks.iter().filter(|mark| matches!(mark, Mark::Dot { .. })).count()
    };
    let allowed = Frame { individuals: gapwise::config::Individuals::Codes, ..frame() };
    assert_eq!((dots(&frame(), 40), dots(&allowed, 19), dots(&allowed, 20)), (0, 0, 20));
}

#[test]
fn the_band_of_luck_holds_equal_agents_and_not_different_ones() {
    let leaves = |story: &Story| {
        let context = assemble_in(&frame(), story).context;
        let chart = context.verdicts[0].spread.clone().unwrap();
        let curve = |wanted: &str| -> Vec<(f64, f64)> {
            let of = |mark: &Mark| match mark {
                Mark::Curve { class, d, .. } if class == wanted => Some(d.clone()),
                _ => None,
            };
            let d = chart.marks.iter().find_map(of).unwrap();
            let pairs = d.trim_start_matches('M').trim_end_matches('Z').split('L');
            pairs
                .map(|pair| pair.split_once(' ').unwrap())
                .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
                .collect()
        };
        let (seen, band) = (curve("c-seen"), curve("c-luck"));
        let (high, low) = band.split_at(seen.len());
        let low: Vec<&(f64, f64)> = low.iter().rev().collect();
        seen.iter()
            .zip(high)
            .zip(low)
            .filter(|((seen, high), low)| seen.1 < high.1 - 0.2 || seen.1 > low.1 + 0.2)
            .count()
    };
    // Agents as far apart as luck puts them, one at each quantile; and twice as far.
    let equal = with_agents(400, 1.0);
    let different = with_agents(400, 2.0);
    assert!(leaves(&equal) <= 20, "{}", leaves(&equal));
    assert!(leaves(&different) >= 40, "{}", leaves(&different));
}

#[test]
fn the_table_of_types_sums_to_the_gap_and_names_what_is_not_drawn() {
    let context = all_hold(&frame(), &with_types(40, |k| format!("Type {k}")));
    let pareto = context.verdicts[0].pareto.clone().unwrap();
    assert_eq!(pareto.table.rows.len(), 12);
    assert!(pareto.table.rows[11][0].starts_with("29 other types"), "{:?}", pareto.table.rows[11]);
    let carried: f64 =
        pareto.table.rows.iter().map(|row| row[1].replace('−', "-").parse::<f64>().unwrap()).sum();
    let said = format!("gap of {carried:.1} points");
    assert!(pareto.says.contains(&said), "{said}: {}", pareto.says);
    assert!(context.verdicts[0].breakdown.clone().unwrap().says.contains("28 further types not drawn"));
}

#[test]
fn where_the_whole_is_ahead_there_is_no_gap_to_divide() {
    let mut ahead = story();
    edit_types(&mut ahead, |breakdown| {
        for (at, row) in breakdown.rows.iter_mut().enumerate() {
            row.carries = if at == 0 { 0.01 } else { -0.02 };
        }
    });
    let context = all_hold(&frame(), &ahead);
    let pareto = context.verdicts[0].pareto.clone().unwrap();
    assert!(pareto.marks.is_empty(), "{:?}", pareto.marks);
    assert!(pareto.says.contains("no gap to divide"), "{}", pareto.says);
}

#[test]
fn charts_say_which_file_has_their_rows_and_the_file_is_there() {
    let files = render_in(&frame(), &assemble_in(&frame(), &story())).unwrap();
    for file in [
        "evidence/course-of-time_by_period.csv",
        "evidence/answers_by_period.csv",
        "evidence/hold-high.csv",
        "evidence/gap-concentrated.csv",
    ] {
        let page = String::from_utf8(files["investigation.html"].clone()).unwrap();
        assert!(page.contains(file) && files.contains_key(file), "{file}");
    }
    let course = String::from_utf8(files["evidence/course-of-time_by_period.csv"].clone()).unwrap();
    assert_eq!(course.lines().count(), 27);
    assert!(course.lines().nth(1).unwrap().starts_with("fcr,operation,,2026-W20,"), "{course}");
}

#[test]
fn a_page_of_five_hundred_agents_forty_types_and_twelve_metrics_stays_small() {
    let (mut frame, one) = (frame(), with_types(40, |k| format!("Contact type {k}")));
    let mut story = Story { ..one.clone() };
    let five_hundred = with_agents(500, 1.3).now.figures[0].clone();
    let first = frame.metrics[0].clone();
    for k in 0..11 {
        let id = format!("metric-{k}");
        frame.metrics.push(gapwise::model::Metric {
            id: id.clone(),
            label: format!("Metric {k}"),
            ..first.clone()
        });
        let own = |metric: &Option<String>| metric.as_deref() == Some("fcr");
        let facts = one.now.facts.iter().filter(|(m, ..)| own(m)).cloned();
        story.now.facts.extend(facts.map(|(_, scope, fact)| (Some(id.clone()), scope, fact)));
        let mut figures: Vec<_> = one.now.figures.clone();
        figures[0] = five_hundred.clone();
        for drawn in &mut figures {
            drawn.metric = Some(id.clone());
        }
        story.now.figures.extend(figures);
        let verdict = one.now.verdicts[0].clone();
        story.now.verdicts.push(gapwise::model::Verdict { metric: id.clone(), ..verdict });
    }
    let context = all_hold(&frame, &story);
    assert!(context.verdicts.len() >= 12);
    let size = render_in(&frame, &assemble_in(&frame, &story)).unwrap()["investigation.html"].len();
    assert!((300_000..=1_000_000).contains(&size), "{size} bytes");
}

/// The frame in one of the shipped locales.
fn frame_in(locale: usize) -> Frame {
    Frame { locale: Locale::named(["en-GB", "en-US", "de"][locale]).unwrap(), ..frame() }
}

fn any_level() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -2.0..2.0f64, 1 => Just(f64::NAN), 1 => Just(0.0), 1 => Just(f64::INFINITY), 1 => -1e7..1e7f64]
}

fn any_row() -> impl Strategy<Value = BreakdownRow> {
    let values = (any_level(), prop::option::of(any_level()), prop::option::of(any_level()), -1.0..1.0f64);
    (".{0,60}", 0.0..1.0f64, values, prop::option::of(0.0..0.5f64)).prop_map(
        |(contact_type, share, (actual, target, best_agents, carries), carries_se)| BreakdownRow {
            contact_type,
            share,
            actual,
            target,
            best_agents,
            carries,
            carries_se,
            credible: false,
            label: None,
            n: 9,
            agents: 40,
        },
    )
}

fn any_control() -> impl Strategy<Value = ControlChart> {
    let values = prop::collection::vec((any_level(), 0.0..1.0f64), 0..80);
    (
        values,
        prop::option::of(any_level()),
        prop::option::of(any_level()),
        prop::collection::vec(0usize..80, 0..4),
    )
        .prop_map(|(values, centre, target, changes)| {
            let end = control().periods[25].0;
            let period = |back: usize| Period(end - i32::try_from(values.len() - back).unwrap());
            ControlChart {
                periods: (0..values.len()).map(period).collect(),
                limits: values.iter().map(|(value, half)| (value - half, value + half)).collect(),
                changes: changes.into_iter().filter(|at| *at < values.len()).map(period).collect(),
                values: values.iter().map(|(value, _)| *value).collect(),
                centre,
                target,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn types_of_any_kind_keep_the_laws(
        rows in prop::collection::vec(any_row(), 0..45),
        carriers in 0usize..4,
        seconds in any::<bool>(),
        locale in 0usize..3,
    ) {
        let (mut frame, mut story) = (frame_in(locale), story());
        if seconds {
            frame.metrics[0].unit.kind = UnitKind::Seconds;
            frame.metrics[0].unit.suffix = "kilometres an hour".into();
        }
        edit_types(&mut story, |breakdown| {
            breakdown.rows = rows.clone();
            breakdown.carriers = rows.iter().take(carriers).map(|row| row.contact_type.clone()).collect();
        });
        all_hold(&frame, &story);
    }

    #[test]
    fn courses_of_any_kind_keep_the_laws(course in any_control(), locale in 0usize..3) {
        let (frame, mut story) = (frame_in(locale), story());
        for drawn in &mut story.now.figures {
            if let Figure::Control(figure) = &mut drawn.figure {
                *figure = course.clone();
            }
        }
        all_hold(&frame, &story);
    }

    #[test]
    fn agents_of_any_kind_keep_the_laws(
        levels in prop::collection::vec((any_level(), 0.0..0.2f64), 0..120),
        dots in any::<bool>(),
        locale in 0usize..3,
    ) {
        let mut frame = frame_in(locale);
        if dots {
            frame.individuals = gapwise::config::Individuals::Codes;
        }
        let mut story = story();
        let agents: Vec<Lane> = levels.into_iter().map(|(level, sd)| Lane { level, sd }).collect();
        set_spread(&mut story, &agents);
        all_hold(&frame, &story);
    }

    #[test]
    fn ledgers_and_effects_of_any_kind_keep_the_laws(
        parts in (0.0..0.3f64, 0.0..0.3f64, 0.0..0.3f64, -0.2..0.0f64),
        naive in (any_level(), any_level(), -1.0..1.0f64, 0.0..2.0f64),
        minutes in (0.0..9e4f64, 0.0..9e4f64, 0.0..9e4f64, 0.0..9e4f64),
    ) {
        let mut story = story();
        for (_, _, fact) in &mut story.now.facts {
            match fact {
                Fact::Ledger(ledger) => {
                    (ledger.reach, ledger.out_of_reach, ledger.unplaced, ledger.ahead) = parts;
                    (ledger.reach_low, ledger.reach_high) = (parts.0 * 0.6, parts.0 * 1.7);
                }
                Fact::Effect(effect) => {
                    (effect.luck, effect.trend, effect.effect) = (naive.0, naive.1, naive.2);
                    effect.naive = effect.luck + effect.trend + effect.effect;
                    (effect.low, effect.high) = (effect.effect - naive.3, effect.effect + naive.3);
                }
                Fact::Minutes(spent) => {
                    (spent.on_reachable, spent.on_out_of_reach, spent.undetermined, spent.no_focus) = minutes;
                }
                Fact::Chain(chain) => {
                    let ranges = [&mut chain.outcome_effect, &mut chain.behaviour_effect, &mut chain.minutes_change];
                    for range in ranges.into_iter().flatten() {
                        (range.value, range.low, range.high) = (naive.2, naive.2 - naive.3, naive.2 + naive.3);
                    }
                }
                _ => {}
            }
        }
        all_hold(&frame_in(2), &story);
        let context = all_hold(&frame(), &story);
        if let Some(points) = context.points {
            let number = |text: &str| text.replace('−', "-").parse::<f64>().unwrap();
            let ahead = points.bar.ahead.as_deref().and_then(|ahead| ahead.split(' ').next()).map_or(0.0, number);
            let sum: f64 = points.bar.parts.iter().map(|part| number(&part.value)).sum::<f64>() + ahead;
            let total = number(points.title.split(' ').next().unwrap());
            assert!((sum - total).abs() < 0.051, "{sum} {}", points.title);
        }
    }
}
