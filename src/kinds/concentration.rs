//! `concentration`: which contact types carry the gap, and are agents short of target in them alike?

use std::collections::BTreeMap;
use std::sync::Arc;

use super::by_type::drawn_variance;
use super::desk::{Study, type_name};
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Breakdown, BreakdownRow, Column, ColumnUnit as Unit, Fact, Key, Metric, Reason, Row, Ty, Value, column,
    key, phrase,
};
use crate::stats::dist::normal_cdf;
use crate::stats::float;
use crate::stats::layers::StratumLayer;
use crate::stats::reach::{Label, Reach, ReachOptions, StratumReach};

pub(crate) static SPEC: Spec = Spec {
    name: "concentration",
    doc: include_str!("concentration.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("contact type"),
    p_values: &[],
    facts: &["breakdown"],
    configure,
};

const COLUMNS: &[Column] = &[
    column(
        "share",
        Unit::Share,
        false,
        "Share of the rows: of the item, or of the fewest types that carry most of the gap.",
    ),
    column("actual", Unit::Level, false, "The metric there."),
    column("target", Unit::Level, true, "Its target."),
    column("gap", Unit::Difference, false, "Distance to the target there; above 0 is short of it."),
    column("whole_gap", Unit::Difference, false, "Net distance of the whole scope to its target."),
    column(
        "carries",
        Unit::Difference,
        false,
        "Share times gap: the points of the whole gap that lie there.",
    ),
    column("carries_share", Unit::Share, true, "The same as a share of all shortfalls."),
    column("types", Unit::Count, false, "How many types that is."),
    column("concentrated", Unit::Flag, true, "Whether so few types carry so much of the gap."),
    column("credible", Unit::Flag, false, "Whether the shortfall there is credible on its own."),
    column("label", Unit::Text, true, "What the type alone would be called."),
    column("p_label", Unit::Probability, true, "Probability behind that."),
    column("best_agents", Unit::Level, true, "Level of the best quarter of agents there, luck taken out."),
    column(
        "uniformly_short",
        Unit::Flag,
        true,
        "Whether no agent credibly meets the target there and even the best tenth would miss it.",
    ),
];

const PARAMETERS: &[Key] = &[
    key("carry", Ty::Number, "0.8", "Share of all shortfalls that the carrying types must hold."),
    key("at-most", Ty::Number, "0.4", "Largest share of the rows at which that is called concentrated."),
];

struct Kind {
    carry: f64,
    at_most: f64,
}

fn configure(given: &Given) -> Configured {
    let kind = Kind { carry: given.number("carry"), at_most: given.number("at-most") };
    let share = |x: f64| x > 0.0 && x <= 1.0;
    if !share(kind.carry) {
        return Err(("carry", "`carry` is a share above 0, at most 1".into()));
    }
    if !share(kind.at_most) {
        return Err(("at-most", "`at-most` is a share above 0, at most 1".into()));
    }
    Ok(Arc::new(kind))
}

/// One contact type, its strata taken together.
struct Part {
    row: BreakdownRow,
    gap: f64,
    p_label: Option<f64>,
    uniformly_short: Option<bool>,
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        if !metric.has_target() {
            return Answer::none(Reason::NoTarget, phrase!("need-target", metric = &metric.label));
        }
        let (Some(study), Some(found)) =
            (case.desk.study(case), case.desk.reach(case, &ReachOptions::default()))
        else {
            return Answer::no_rows(&metric.label);
        };
        let parts = parts(case, metric, &study, &found);
        if parts.len() < 2 {
            return Answer::none(Reason::NoTypes, phrase!("need-two-types"));
        }
        self.tell(&study, parts)
    }
}

impl Kind {
    fn tell(&self, study: &Study, parts: Vec<Part>) -> Answer {
        let gross: f64 = parts.iter().map(|part| part.row.carries.max(0.0)).sum();
        let net: f64 = parts.iter().map(|part| part.row.carries).sum();
        let carriers = self.carriers(&parts, gross);
        let held: Vec<&Part> = parts.iter().take(carriers).collect();
        let share: f64 = held.iter().map(|part| part.row.share).sum();
        let carries: f64 = held.iter().map(|part| part.row.carries).sum();
        let credible = held.iter().all(|part| part.row.credible) && !held.is_empty();
        let concentrated = gross > 0.0 && credible && share <= self.at_most;
        let window = study.window.span();
        let mean = |read: fn(&Part) -> f64| {
            if share > 0.0 { held.iter().map(|p| p.row.share * read(p)).sum::<f64>() / share } else { 0.0 }
        };
        let whole = Row {
            item: None,
            n: study.window.n,
            agents: study.agents(),
            window,
            values: vec![
                share.into(),
                mean(|part| part.row.actual).into(),
                mean(|part| part.row.target.unwrap_or(0.0)).into(),
                mean(|part| part.gap).into(),
                net.into(),
                carries.into(),
                (gross > 0.0).then(|| carries / gross).into(),
                float(carriers).into(),
                if gross > 0.0 { concentrated.into() } else { Value::Null },
                credible.into(),
                Value::Null,
                Value::Null,
                Value::Null,
                Value::Null,
            ],
            q: Vec::new(),
        };
        let mut rows = vec![whole];
        rows.extend(parts.iter().map(|part| item(part, gross, net, window)));
        let names = if concentrated {
            held.iter().map(|part| part.row.contact_type.clone()).collect()
        } else {
            Vec::new()
        };
        let breakdown = Breakdown {
            carriers: names,
            concentrated,
            rows: parts.into_iter().map(|part| part.row).collect(),
        };
        Answer { rows, facts: vec![Fact::Breakdown(breakdown)], ..Answer::default() }
    }

    /// The smallest number of types, largest first, that hold enough of the shortfalls.
    fn carriers(&self, parts: &[Part], gross: f64) -> usize {
        let mut sum = 0.0;
        for (index, part) in parts.iter().enumerate() {
            if gross <= 0.0 || sum >= self.carry * gross {
                return index;
            }
            sum += part.row.carries.max(0.0);
        }
        parts.len()
    }
}

fn item(
    part: &Part,
    gross: f64,
    net: f64,
    window: (crate::calendar::Period, crate::calendar::Period),
) -> Row {
    let row = &part.row;
    Row {
        item: Some(row.contact_type.clone()),
        n: row.n,
        agents: row.agents,
        window,
        values: vec![
            row.share.into(),
            row.actual.into(),
            row.target.into(),
            part.gap.into(),
            net.into(),
            row.carries.into(),
            (gross > 0.0).then(|| row.carries.max(0.0) / gross).into(),
            1.0.into(),
            Value::Null,
            row.credible.into(),
            row.label.as_deref().map_or(Value::Null, Value::from),
            part.p_label.into(),
            row.best_agents.into(),
            part.uniformly_short.map_or(Value::Null, Value::Flag),
        ],
        q: Vec::new(),
    }
}

/// Contact types with a target, the largest carrier first; strata of one type are taken together.
fn parts(case: &Case<'_>, metric: &Metric, study: &Study, found: &Reach) -> Vec<Part> {
    let mut by_type: BTreeMap<&str, Vec<(&StratumReach, &StratumLayer)>> = BTreeMap::new();
    for one in &found.strata {
        let Some(layer) = study.layers.strata.iter().find(|layer| layer.stratum == one.stratum) else {
            continue;
        };
        let name = type_name(case.data, study.window.strata[one.stratum as usize].contact_type);
        by_type.entry(name).or_default().push((one, layer));
    }
    let mut parts: Vec<Part> =
        by_type.into_iter().map(|(name, strata)| part(name, metric.better.sign(), &strata)).collect();
    parts.sort_by(|a, b| {
        b.row.carries.total_cmp(&a.row.carries).then_with(|| a.row.contact_type.cmp(&b.row.contact_type))
    });
    parts
}

fn part(name: &str, sign: f64, strata: &[(&StratumReach, &StratumLayer)]) -> Part {
    let share: f64 = strata.iter().map(|(one, _)| one.share).sum();
    let mean = |read: &dyn Fn(&StratumReach) -> f64| {
        if share > 0.0 {
            strata.iter().map(|(one, _)| one.share * read(one)).sum::<f64>() / share
        } else {
            0.0
        }
    };
    let largest = strata.iter().max_by(|a, b| a.0.contribution.total_cmp(&b.0.contribution));
    let label = largest.map(|(one, _)| one.label);
    let kappa = largest.and_then(|(one, _)| one.kappa);
    let best: Option<f64> =
        strata.iter().map(|(one, layer)| Some(one.share * best_agents(layer, sign)?)).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "row counts")]
    let n = strata.iter().map(|(_, layer)| layer.n as u64).sum();
    let credible = strata.iter().any(|(one, _)| one.credible);
    Part {
        gap: mean(&|one| one.gap),
        p_label: kappa.and_then(|kappa| match label {
            Some(Label::Structural) => Some(kappa.p_structural),
            Some(Label::Behavioural) => Some(kappa.p_behavioural),
            Some(Label::Mixed) => Some(kappa.p_mixed),
            _ => None,
        }),
        uniformly_short: largest.and_then(|(one, layer)| uniformly_short(one, layer, sign)),
        row: BreakdownRow {
            contact_type: name.to_owned(),
            share,
            actual: mean(&|one| one.mean),
            target: Some(mean(&|one| one.target)),
            best_agents: best.filter(|_| share > 0.0).map(|sum| sum / share),
            carries: strata.iter().map(|(one, _)| one.contribution).sum(),
            carries_se: Some(carries_variance(strata).sqrt()),
            credible,
            label: label.filter(|_| credible).map(|label| label_word(label).to_owned()),
            n,
            agents: strata
                .iter()
                .map(|(_, layer)| layer.units.len())
                .max()
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(0),
        },
    }
}

fn carries_variance(strata: &[(&StratumReach, &StratumLayer)]) -> f64 {
    strata.iter().map(|(one, layer)| one.share.powi(2) * drawn_variance(layer)).sum()
}

fn label_word(label: Label) -> &'static str {
    match label {
        Label::Structural => "structural",
        Label::Behavioural => "behavioural",
        Label::Mixed => "mixed",
        Label::Unplaced => "undetermined",
    }
}

/// Mean level of the best quarter of agents: the mean of a normal's upper quarter lies 1.2711 standard
/// deviations above its centre.
fn best_agents(layer: &StratumLayer, sign: f64) -> Option<f64> {
    const UPPER_QUARTER: f64 = 1.271_106;
    let spread = layer.spread.as_ref().ok()?;
    Some(spread.centre + sign * UPPER_QUARTER * spread.tau())
}

/// No agent credibly at target (95 %), and the best tenth under the largest plausible spread still short.
fn uniformly_short(one: &StratumReach, layer: &StratumLayer, sign: f64) -> Option<bool> {
    const BEST_TENTH: f64 = 1.281_552;
    let spread = layer.spread.as_ref().ok()?;
    let (_, upper) = spread.tau_interval();
    let reaches = |agent: &crate::stats::layers::Shrunken| {
        let z = sign * (agent.estimate - one.target) / agent.sd.max(f64::MIN_POSITIVE);
        normal_cdf(z) >= 0.95
    };
    let none = !spread.shrunken().iter().any(reaches);
    Some(none && sign * (spread.centre - one.target) + BEST_TENTH * upper < 0.0)
}
