//! `coaching-effect-by`: does coaching work everywhere, or only in some of it? Groups of sessions, agents or work, set
//! side by side; never a ranking, and never a person.

mod by_type;
mod groups;
mod over_time;

use std::sync::Arc;

use self::groups::Groups;
use super::coaching_effect::{
    AFTER, LEAST_ROWS, QUIET, conclusion_word, judged, stated, terms, unidentified,
};
use super::spells::{Effects, Terms};
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Column, ColumnUnit as Unit, Conclusion, Key, Phrase, Reason, Row, Ty, Value, column, key,
};
use crate::stats::effect::{self, Estimate, Replicated};
use crate::stats::float;

pub(crate) static SPEC: Spec = Spec {
    name: "coaching-effect-by",
    doc: include_str!("../coaching_effect_by.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("group"),
    p_values: &["p_groups_equal"],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("effect", Unit::Difference, true, "The part left for coaching in the group; above 0 is better."),
    column("low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("high", Unit::Difference, true, "Upper end of its 95 % range."),
    column(
        "chance",
        Unit::Probability,
        true,
        "Groups: chance of an effect this far from 0 if there were none, the number of groups accounted for.",
    ),
    column(
        "shrunken",
        Unit::Difference,
        true,
        "Groups: the effect pulled toward the others' by how little it is known.",
    ),
    column("conclusion", Unit::Text, true, "What may be said of it: works, does-not-move and so on."),
    column("treated", Unit::People, false, "Agents whose first sessions it rests on."),
    column("groups", Unit::Count, true, "The whole: groups of at least `least-agents` that were compared.")
        .about("coaches"),
    column(
        "group_sd",
        Unit::Difference,
        true,
        "The whole: how far the groups' true effects lie apart, luck taken out.",
    )
    .about("coaches"),
    column("group_sd_low", Unit::Difference, true, "Lower end of its 95 % range.").about("coaches"),
    column("group_sd_high", Unit::Difference, true, "Upper end of its 95 % range.").about("coaches"),
    column(
        "p_groups_equal",
        Unit::Probability,
        true,
        "The whole: chance of groups this unlike if coaching did the same in all of them.",
    )
    .about("coaches"),
    column(
        "structural_effect",
        Unit::Difference,
        true,
        "By contact type: effect in the types whose gap is structural, pooled.",
    ),
    column("structural_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("structural_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column(
        "behavioural_effect",
        Unit::Difference,
        true,
        "By contact type: effect in the types whose gap is behavioural, pooled.",
    ),
    column("behavioural_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("behavioural_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column("contrast", Unit::Difference, true, "The second less the first, the same agents in both."),
    column("contrast_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("contrast_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column(
        "per_session",
        Unit::Difference,
        true,
        "By dose: what one more session in the first five periods went with; an association, not an effect.",
    ),
    column("per_session_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("per_session_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column("changed_from", Unit::Text, true, "By quarter: the quarter from which spells did something else."),
    column("earlier", Unit::Difference, true, "Effect of the spells begun before that quarter."),
    column("earlier_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("later", Unit::Difference, true, "Effect of the spells begun from that quarter on."),
    column("later_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column("changed_by", Unit::Difference, true, "Later less earlier."),
    column(
        "changed_low",
        Unit::Difference,
        true,
        "Lower end of its 95 % range, the number of quarters tried accounted for.",
    ),
    column("changed_high", Unit::Difference, true, "Upper end of it."),
    column(
        "beside",
        Unit::Text,
        true,
        "Changes on record within four periods of that quarter's first spell.",
    ),
    column("coaches", Unit::People, true, "By coach: coaches of at least `least-agents` that were compared."),
];

const PARAMETERS: &[Key] = &[
    QUIET,
    AFTER,
    LEAST_ROWS,
    key(
        "by",
        Ty::Choice(&["focus", "touchpoint", "contact-type", "quarter", "coach", "dose", "tenure"]),
        "\"focus\"",
        "What the groups are.",
    ),
    key("least-agents", Ty::Integer, "4", "Coached agents a group needs."),
    key(
        "label-window",
        Ty::Integer,
        "12",
        "By contact type: periods over which types are called structural.",
    ),
    key(
        "reach",
        Ty::Choice(&["best-half", "best-quarter", "best-tenth"]),
        "\"best-quarter\"",
        "By contact type: as in `reach`.",
    ),
    key("structural-below", Ty::Number, "0.3333333333333333", "By contact type: as in `reach`."),
    key("behavioural-above", Ty::Number, "0.6666666666666666", "By contact type: as in `reach`."),
    key("label-confidence", Ty::Number, "0.8", "By contact type: as in `reach`."),
];

/// What the groups are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Focus,
    Touchpoint,
    ContactType,
    Quarter,
    Coach,
    Dose,
    Tenure,
}

struct Kind {
    terms: Terms,
    by: By,
    least: usize,
    types: by_type::Labelling,
}

fn configure(given: &Given) -> Configured {
    let by = match given.text("by") {
        "touchpoint" => By::Touchpoint,
        "contact-type" => By::ContactType,
        "quarter" => By::Quarter,
        "coach" => By::Coach,
        "dose" => By::Dose,
        "tenure" => By::Tenure,
        _ => By::Focus,
    };
    let least = usize::try_from(given.integer("least-agents")).unwrap_or(0);
    if least < 4 {
        return Err(("least-agents", "`least-agents` is 4 or more: fewer have no range".into()));
    }
    Ok(Arc::new(Kind { terms: terms(given)?, by, least, types: by_type::Labelling::of(given) }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let (_, effects) = match judged(case, &self.terms) {
            Ok(judged) => judged,
            Err(answer) => return answer,
        };
        if let Some(why) = effects.assessment.not_identified {
            let (reason, need) = unidentified(why, &effects);
            return Answer::none(reason, need);
        }
        let told = match self.by {
            By::ContactType => self.types.told(case, &self.terms, &effects, self.least),
            By::Quarter => over_time::told(case, &effects, self.least),
            By::Focus | By::Touchpoint | By::Coach | By::Dose | By::Tenure => {
                groups::told(case, &effects, self.by, self.least)
            }
        };
        match told {
            Err((reason, need)) => Answer::none(reason, need),
            Ok(told) => Answer { rows: rows(&effects, &told, self.by), ..Answer::default() },
        }
    }
}

/// One group's effect.
struct Part {
    name: String,
    estimate: Estimate,
    conclusion: Conclusion,
    n: u64,
}

/// What a comparison of groups found.
#[derive(Default)]
struct Told {
    parts: Vec<Part>,
    groups: Groups,
    structural: Option<Estimate>,
    behavioural: Option<Estimate>,
    contrast: Option<Estimate>,
    per_session: Option<Estimate>,
    change: Option<over_time::Change>,
}

/// A comparison, or why there is none.
type Comparison = Result<Told, (Reason, Phrase)>;

/// The headlined estimator over some of the treated units, with the other's answer.
fn of_units(effects: &Effects, keep: impl Fn(usize) -> bool) -> Option<(Replicated, Option<Replicated>)> {
    let imputed = effects.assessment.imputation.as_ref().and_then(|fit| fit.replicated(|unit, _| keep(unit)));
    let events = &effects.options.events;
    let counts = |event: i32| usize::try_from(event).is_ok_and(|event| events.contains(&event));
    let compared = effects.assessment.staggered.as_ref().and_then(|fit| fit.replicated(&keep, counts));
    match effects.assessment.headline? {
        effect::Headline::Imputation => Some((imputed?, compared)),
        effect::Headline::Staggered => Some((compared?, imputed)),
    }
}

/// What may be said of one group.
fn conclusion(
    effects: &Effects,
    material: f64,
    (own, other): &(Replicated, Option<Replicated>),
) -> Option<Conclusion> {
    let level = effects.options.level;
    let other = other.as_ref().and_then(|other| other.with_error(level));
    let trend = effects.assessment.trend_before;
    Some(match effect::conclude(&own.with_error(level)?, other.as_ref(), material, trend) {
        effect::Conclusion::Harmful => Conclusion::Harmful,
        effect::Conclusion::DoesNotMove => Conclusion::DoesNotMove,
        effect::Conclusion::Small => Conclusion::Small,
        effect::Conclusion::Works => Conclusion::Works,
        effect::Conclusion::Unclear => Conclusion::Unclear,
        effect::Conclusion::NotIdentified => Conclusion::NotIdentified,
    })
}

fn rows(effects: &Effects, told: &Told, by: By) -> Vec<Row> {
    let row = |item: Option<String>, n: u64, agents: u32, values: Vec<Value>| Row {
        item,
        n,
        agents,
        window: effects.study.window.span(),
        values,
        q: Vec::new(),
    };
    let mut rows = vec![row(None, effects.study.window.n, effects.study.agents(), whole(effects, told, by))];
    let chances: Vec<f64> = told.parts.iter().map(|part| part.estimate.p()).collect();
    let chances = crate::stats::adjust::bh(&chances);
    for (part, chance) in told.parts.iter().zip(chances) {
        let shrunken = told.groups.shrunken.iter().find(|(name, _)| *name == part.name).map(|(_, x)| *x);
        let agents = u32::try_from(part.estimate.treated).unwrap_or(u32::MAX);
        rows.push(row(Some(part.name.clone()), part.n, agents, item(part, chance, shrunken)));
    }
    rows
}

fn three(estimate: Option<&Estimate>) -> [Value; 3] {
    let of = |read: fn(&Estimate) -> f64| Value::from(estimate.map(read));
    [of(|e| e.estimate), of(|e| e.low), of(|e| e.high)]
}

fn whole(effects: &Effects, told: &Told, by: By) -> Vec<Value> {
    let mut values = Vec::with_capacity(COLUMNS.len());
    values.extend(three(effects.assessment.effect.as_ref()));
    values.extend([
        Value::Null,
        Value::Null,
        Value::from(conclusion_word(stated(effects))),
        float(effects.treated()).into(),
    ]);
    values.extend(told.groups.values());
    values.extend(three(told.structural.as_ref()));
    values.extend(three(told.behavioural.as_ref()));
    values.extend(three(told.contrast.as_ref()));
    values.extend(three(told.per_session.as_ref()));
    values.extend(over_time::values(told.change.as_ref()));
    values.push((by == By::Coach).then(|| float(told.groups.compared)).into());
    values
}

fn item(part: &Part, chance: f64, shrunken: Option<f64>) -> Vec<Value> {
    let mut values = Vec::with_capacity(COLUMNS.len());
    values.extend(three(Some(&part.estimate)));
    values.extend([
        chance.into(),
        shrunken.into(),
        Value::from(conclusion_word(part.conclusion)),
        float(part.estimate.treated).into(),
    ]);
    values.resize(COLUMNS.len(), Value::Null);
    values
}
