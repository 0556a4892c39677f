//! `change-effect`: after something was changed, did the level move, did agents come closer together, do more of
//! them reach the target? And is it the change's doing, or coaching's?

mod study;

use std::sync::Arc;

use super::series::changes;
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::calendar::Period;
use crate::model::{
    Change, Column, ColumnUnit as Unit, Key, Metric, Reason, Row, SourceId, Ty, Value, column, key, phrase,
};
use crate::stats::float;
use study::{Credit, Found, Level, Study};

pub(crate) static SPEC: Spec = Spec {
    name: "change-effect",
    doc: include_str!("../change_effect.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("change"),
    p_values: &["p_level"],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("what", Unit::Text, false, "What was changed, as the changes source says it."),
    column(
        "result",
        Unit::Text,
        false,
        "improved, worse, unmoved (no difference that matters), unclear, too-early.",
    ),
    column("level", Unit::Difference, true, "How far the level moved with the change; above 0 is better."),
    column("level_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("level_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column("p_level", Unit::Probability, true, "Chance of such a move if the change did nothing."),
    column("controlled", Unit::Flag, true, "Whether work that was not changed stands beside it."),
    column(
        "own_moves",
        Unit::Difference,
        true,
        "What work of this kind moves in a period without any change.",
    ),
    column("placebos", Unit::Count, true, "Unchanged types or teams that could be looked at as if changed."),
    column("placebos_further", Unit::Count, true, "How many of them moved as far."),
    column("sd_before", Unit::Difference, true, "Standard deviation between agents before, luck taken out."),
    column("sd_after", Unit::Difference, true, "The same after."),
    column("sd_ratio_high", Unit::Plain, true, "Upper end of the 90 % range of after over before."),
    column("closer", Unit::Flag, true, "Whether agents came closer together."),
    column("in_band_before", Unit::Share, true, "Share of agents who reach the target there before."),
    column("in_band_after", Unit::Share, true, "The same after."),
    column("more_in_band", Unit::Flag, true, "Whether that share has grown."),
    column(
        "signs",
        Unit::Count,
        true,
        "How many of the three are there: level, closer together, more in band.",
    ),
    column(
        "confirmed",
        Unit::Flag,
        true,
        "Whether the level moved against unchanged work and one of the other two came with it.",
    ),
    column(
        "credit",
        Unit::Text,
        true,
        "Whose doing it is where the level moved: system (coached and uncoached alike), coaching, both, unclear.",
    ),
    column("coached_moved", Unit::Difference, true, "How far agents coached on it in this time moved there.")
        .about("coached"),
    column("uncoached_moved", Unit::Difference, true, "How far the others moved.").about("uncoached"),
    column("coached", Unit::People, true, "Agents coached on it in this time."),
    column("uncoached", Unit::People, true, "Agents who were not."),
    column("periods_before", Unit::Periods, false, "Periods before the change that are looked at."),
    column("periods_after", Unit::Periods, false, "Periods after it that are looked at."),
    column("ago", Unit::Periods, false, "Periods since the change."),
    column("others", Unit::Count, false, "Other changes on record that touch the same in this time."),
    column("hypothesis", Unit::Text, true, "What it was expected to do, where the changes source says so."),
    column("owner", Unit::Text, true, "The role that answers for it, where the changes source says so."),
    column("ended", Unit::Flag, false, "Whether it was ended again."),
];

const PARAMETERS: &[Key] = &[
    key("side", Ty::Integer, "8", "Most periods looked at before and after a change."),
    key("least-side", Ty::Integer, "4", "Fewest periods needed before and after."),
    key(
        "least-rows",
        Ty::Integer,
        "5",
        "Rows an agent needs before and after, in changed and unchanged work.",
    ),
];

struct Kind {
    side: i32,
    least_side: i32,
    least_rows: f64,
}

fn configure(given: &Given) -> Configured {
    let (side, least_side) = (given.integer("side"), given.integer("least-side"));
    if !(2..=52).contains(&side) {
        return Err(("side", "`side` lies between 2 and 52 periods".into()));
    }
    if !(2..=side).contains(&least_side) {
        return Err(("least-side", "`least-side` lies between 2 and `side`".into()));
    }
    Ok(Arc::new(Kind { side, least_side, least_rows: given.number("least-rows") }))
}

/// The periods around a change: its own is left out.
#[derive(Clone, Copy)]
struct Span {
    from: Period,
    at: Period,
    to: Period,
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        let (from, to) = case.span();
        let all: Vec<&Change> =
            changes(case, metric).filter(|change| (from..=to).contains(&change.period)).collect();
        if all.is_empty() {
            return none(case, from);
        }
        let items: Vec<Row> = all.iter().map(|change| self.item(case, metric, change)).collect();
        let judged = |row: &&Row| row.values[LEVEL].number().is_some();
        let Some(latest) = items.iter().rev().find(judged) else {
            let (least, metric) = (self.least_side, &metric.label);
            let need = phrase!("need-periods-around-change", least, metric);
            return Answer { rows: items, not_judged: Some((Reason::FewPeriods, need)), ..Answer::default() };
        };
        let whole = Row { item: None, ..latest.clone() };
        Answer { rows: std::iter::once(whole).chain(items).collect(), ..Answer::default() }
    }
}

/// Where `level` stands among the columns.
const LEVEL: usize = 2;

fn none(case: &Case<'_>, from: Period) -> Answer {
    if case.data.changes.is_empty() {
        return Answer::none(Reason::NoSource, phrase!("need-changes", source = SourceId::Changes.name()));
    }
    let since = case.calendar.start(from);
    Answer::none(Reason::FewPeriods, phrase!("need-change-since", since))
}

impl Kind {
    /// First, own and last period of the comparison.
    fn span(&self, case: &Case<'_>, change: &Change) -> Span {
        let (_, to) = case.span();
        let ended = change.end.map_or(to, |end| case.calendar.of(end).shift(-1));
        let at = change.period;
        Span { from: at.shift(-self.side), at, to: at.shift(self.side).min(to).min(ended) }
    }

    fn item(&self, case: &Case<'_>, metric: &Metric, change: &Change) -> Row {
        let span = self.span(case, change);
        let study = Study::of(case, metric, change, span, self.least_rows);
        let study = study.filter(|study| study.sides().iter().all(|side| *side >= self.least_side));
        let found = study.as_ref().map(|study| study.found(case, metric));
        let (_, to) = case.span();
        let sides = study.as_ref().map_or([0, 0], Study::sides);
        let mut values = vec![
            Value::from(change.what.as_str()),
            Value::from(result(found.as_ref().and_then(|found| found.level.as_ref()), metric.material)),
        ];
        values.extend(levels(found.as_ref()));
        values.extend(spreads(found.as_ref()));
        values.extend(signs(found.as_ref()));
        values.extend(credits(found.as_ref().and_then(|found| found.credit.as_ref())));
        values.extend([
            f64::from(sides[0]).into(),
            f64::from(sides[1]).into(),
            f64::from(to.0 - change.period.0).into(),
            float(others(case, metric, change, span)).into(),
            text(change.hypothesis.as_deref()),
            text(change.owner.as_deref().filter(|owner| !is_person(case, owner))),
            change.end.is_some_and(|end| case.calendar.of(end) <= to).into(),
        ]);
        Row {
            item: Some(change.id.clone()),
            n: study.as_ref().map_or(0, Study::rows),
            agents: study.as_ref().map_or(0, Study::agents),
            window: (span.from, span.to.max(span.from)),
            values,
            q: Vec::new(),
        }
    }
}

/// What may be said of the level.
fn result(level: Option<&Level>, material: f64) -> &'static str {
    match level {
        None => "too-early",
        Some(level) if level.low > 0.0 => "improved",
        Some(level) if level.high < 0.0 => "worse",
        Some(level) if level.low > -material && level.high < material => "unmoved",
        Some(_) => "unclear",
    }
}

/// Changes that touch the same within the compared periods.
fn others(case: &Case<'_>, metric: &Metric, change: &Change, span: Span) -> usize {
    let meets =
        |a: &[String], b: &[String]| a.is_empty() || b.is_empty() || a.iter().any(|name| b.contains(name));
    let same = |other: &&Change| {
        other.id != change.id
            && (span.from..=span.to).contains(&other.period)
            && meets(&other.contact_types, &change.contact_types)
            && meets(&other.teams, &change.teams)
    };
    changes(case, metric).filter(same).count()
}

/// A role is named, a person is not: whoever takes contacts or coaches stays out of the rows.
fn is_person(case: &Case<'_>, name: &str) -> bool {
    let is = |known: &str| known.trim().eq_ignore_ascii_case(name.trim());
    case.data.agents.iter().any(|agent| is(agent))
        || case.data.sessions.iter().any(|session| session.coach.as_deref().is_some_and(is))
}

fn text(said: Option<&str>) -> Value {
    said.filter(|said| !said.is_empty()).map_or(Value::Null, Value::from)
}

fn flag(answer: Option<bool>) -> Value {
    answer.map_or(Value::Null, Value::Flag)
}

fn levels(found: Option<&Found>) -> Vec<Value> {
    let level = found.and_then(|found| found.level.as_ref());
    let control = level.and_then(|level| level.control.as_ref());
    vec![
        level.map(|level| level.estimate).into(),
        level.map(|level| level.low).into(),
        level.map(|level| level.high).into(),
        level.map(|level| level.p).into(),
        flag(level.map(|level| level.control.is_some())),
        control.map(|fit| fit.shock_sd).into(),
        control.and_then(|fit| fit.placebos).map(|(_, all)| float(all)).into(),
        control.and_then(|fit| fit.placebos).map(|(further, _)| float(further)).into(),
    ]
}

fn spreads(found: Option<&Found>) -> Vec<Value> {
    let spread = found.and_then(|found| found.spread.as_ref());
    let band = spread.and_then(|spread| spread.band);
    vec![
        spread.map(|spread| spread.before).into(),
        spread.map(|spread| spread.after).into(),
        spread.map(|spread| spread.ratio_high).into(),
        flag(spread.map(study::Spreads::closer)),
        band.map(|band| band.0).into(),
        band.map(|band| band.1).into(),
        flag(band.map(|band| band.2 > 0.0)),
    ]
}

fn signs(found: Option<&Found>) -> Vec<Value> {
    let Some((level, found)) = found.and_then(|found| Some((found.level.as_ref()?, found))) else {
        return vec![Value::Null, Value::Null];
    };
    let better = level.low > 0.0;
    let closer = found.spread.as_ref().is_some_and(study::Spreads::closer);
    let more = found.spread.as_ref().and_then(|spread| spread.band).is_some_and(|band| band.2 > 0.0);
    let signs = [better, closer, more].iter().filter(|sign| **sign).count();
    let confirmed = better && level.control.is_some() && (closer || more);
    vec![float(signs).into(), confirmed.into()]
}

fn credits(credit: Option<&Credit>) -> Vec<Value> {
    vec![
        credit.and_then(|credit| credit.word).map_or(Value::Null, Value::from),
        credit.and_then(|credit| credit.coached_moved).into(),
        credit.and_then(|credit| credit.uncoached_moved).into(),
        credit.map(|credit| float(credit.coached)).into(),
        credit.map(|credit| float(credit.uncoached)).into(),
    ]
}
