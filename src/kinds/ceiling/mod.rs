//! `ceiling`: do the agents who do best in other work also miss here? And was anyone ever trained for it?

mod best;
mod trained;

use std::sync::Arc;

use self::best::{Best, Results};
use self::trained::{Trained, Trainings, gap_before, trained};
use super::desk::{Study, type_name};
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{Column, ColumnUnit as Unit, Key, Metric, Reason, Row, Ty, Value, column, key, phrase};
use crate::stats::float;
use crate::stats::reach::ReachOptions;

pub(crate) static SPEC: Spec = Spec {
    name: "ceiling",
    doc: include_str!("../ceiling.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("contact type"),
    p_values: &[],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("share", Unit::Share, false, "Share of the rows."),
    column("actual", Unit::Level, false, "The metric there."),
    column("target", Unit::Level, true, "Its target."),
    column(
        "whole_gap",
        Unit::Difference,
        true,
        "Net distance of the whole scope to its target; above 0 is short of it.",
    ),
    column("gap_all", Unit::Difference, true, "Distance of everyone there to the target."),
    column(
        "best",
        Unit::Level,
        false,
        "Level there of the agents who do best elsewhere: in other types, for the whole in the other weeks.",
    )
    .about("best_agents"),
    column("best_low", Unit::Level, false, "Lower end of its 95 % range.").about("best_agents"),
    column("best_high", Unit::Level, false, "Upper end of its 95 % range.").about("best_agents"),
    column("best_agents", Unit::People, false, "How many agents that is."),
    column("gap", Unit::Difference, true, "Their distance to the target; above 0 is short of it.")
        .about("best_agents"),
    column("gap_low", Unit::Difference, true, "Lower end of its 95 % range.").about("best_agents"),
    column("gap_high", Unit::Difference, true, "Upper end of its 95 % range.").about("best_agents"),
    column(
        "ahead",
        Unit::Difference,
        false,
        "How far they are ahead of the others there; above 0 is better.",
    )
    .about("best_agents"),
    column("ahead_low", Unit::Difference, false, "Lower end of its 95 % range.").about("best_agents"),
    column(
        "gap_before",
        Unit::Difference,
        true,
        "Everyone's distance to the target in the eight periods before the last change in the window.",
    ),
    column("trained", Unit::People, true, "Agents trained for it before the periods that are compared."),
    column("trained_share", Unit::Share, true, "Their share of the agents.").about("trained"),
    column("trained_gap", Unit::Difference, true, "Distance to the target of the trained.").about("trained"),
    column("trained_gap_high", Unit::Difference, true, "Upper end of its 95 % range.").about("trained"),
    column(
        "trained_ahead",
        Unit::Difference,
        true,
        "How far the trained are ahead of those not trained; above 0 is better.",
    )
    .about("trained"),
    column("trained_ahead_low", Unit::Difference, true, "Lower end of its 95 % range.").about("trained"),
];

const PARAMETERS: &[Key] = &[
    key("best", Ty::Number, "0.25", "Share of the agents that counts as the best."),
    key(
        "training",
        Ty::Text,
        "\"training\"",
        "The purpose or touchpoint that says a session was training. A roster column `trained-on` counts, too.",
    ),
];

struct Kind {
    best: f64,
    training: String,
}

fn configure(given: &Given) -> Configured {
    let kind = Kind { best: given.number("best"), training: given.text("training").trim().to_lowercase() };
    if !(kind.best > 0.0 && kind.best <= 0.5) {
        return Err(("best", "`best` is a share above 0, at most 0.5".into()));
    }
    Ok(Arc::new(kind))
}

/// The whole, or one contact type: its place among the types of the window.
struct Place<'a> {
    item: Option<&'a str>,
    share: f64,
    actual: f64,
    gap: Option<f64>,
    n: u64,
    best: Best,
    trained: Option<Trained>,
    gap_before: Option<f64>,
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        if !metric.has_target() {
            return Answer::none(Reason::NoTarget, phrase!("need-target", metric = &metric.label));
        }
        let Some(study) = case.desk.study(case) else {
            return Answer::no_rows(&metric.label);
        };
        let looked = Look {
            case,
            metric,
            study: &study,
            results: Results::new(&study, metric.better.sign(), self.best),
            trainings: Trainings::new(case, &self.training),
            net_gap: case.desk.reach(case, &ReachOptions::default()).map(|reach| reach.net_gap),
        };
        let types = looked.results.types().iter().filter_map(|kind| looked.of_type(*kind));
        let places = looked.whole().into_iter().chain(types);
        let rows: Vec<Row> = places.map(|place| looked.row(&place)).collect();
        if rows.is_empty() {
            return Answer::none(Reason::FewAgents, phrase!("need-agents-elsewhere", least = 8));
        }
        Answer { rows, ..Answer::default() }
    }
}

/// What every place of one case is looked at with.
struct Look<'a> {
    case: &'a Case<'a>,
    metric: &'a Metric,
    study: &'a Study,
    results: Results<'a>,
    trainings: Trainings<'a>,
    net_gap: Option<f64>,
}

impl Look<'_> {
    fn whole(&self) -> Option<Place<'_>> {
        Some(Place {
            item: None,
            share: 1.0,
            actual: self.study.layers.overall.mean,
            gap: self.net_gap,
            n: self.study.window.n,
            best: self.results.over_weeks()?,
            trained: trained(self.case, self.study, &self.trainings, None),
            gap_before: gap_before(self.case, self.metric, None),
        })
    }

    fn of_type(&self, kind: u32) -> Option<Place<'_>> {
        let name = type_name(self.case.data, kind);
        let strata = &self.study.window.strata;
        let layers = self.study.layers.strata.iter();
        let own = layers.filter(|layer| strata[layer.stratum as usize].contact_type == kind);
        let (mut share, mut level, mut n) = (0.0, 0.0, 0.0);
        for layer in own {
            share += layer.share;
            level += layer.share * layer.mean;
            n += layer.n;
        }
        let actual = if share > 0.0 { level / share } else { return None };
        let gap = |target| self.metric.better.sign() * (target - actual);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row count")]
        let n = n as u64;
        Some(Place {
            item: Some(name),
            share,
            actual,
            gap: self.metric.target_of(name).map(gap),
            n,
            best: self.results.of_type(kind)?,
            trained: trained(self.case, self.study, &self.trainings, Some(kind)),
            gap_before: gap_before(self.case, self.metric, Some(kind)),
        })
    }

    /// Deviations count from everyone's level there; gaps are adverse-positive, leads improvement-positive.
    fn row(&self, place: &Place<'_>) -> Row {
        const TWO_SIDED_95: f64 = 1.959_964;
        let sign = self.metric.better.sign();
        let best = &place.best;
        let half = TWO_SIDED_95 * best.v.sqrt();
        let half_ahead = TWO_SIDED_95 * best.ahead_v.sqrt();
        let gap = place.gap.map(|gap| gap - sign * best.mean);
        let trained = place.trained.as_ref();
        let trained_gap =
            trained.zip(place.gap).map(|(trained, gap)| (gap - sign * trained.mean, trained.half));
        let trained_ahead =
            trained.and_then(|trained| trained.ahead).map(|(ahead, half)| (sign * ahead, half));
        Row {
            item: place.item.map(str::to_owned),
            n: place.n,
            agents: u32::try_from(best.agents).unwrap_or(u32::MAX),
            window: self.study.window.span(),
            values: vec![
                place.share.into(),
                place.actual.into(),
                place.gap.map(|gap| place.actual + sign * gap).into(),
                self.net_gap.into(),
                place.gap.into(),
                (place.actual + best.mean).into(),
                (place.actual + best.mean - half).into(),
                (place.actual + best.mean + half).into(),
                float(best.best).into(),
                gap.into(),
                gap.map(|gap| gap - half).into(),
                gap.map(|gap| gap + half).into(),
                (sign * best.ahead).into(),
                (sign * best.ahead - half_ahead).into(),
                place.gap_before.into(),
                trained.map_or(Value::Null, |trained| float(trained.agents).into()),
                trained.map_or(Value::Null, |trained| trained.share.into()),
                trained_gap.map(|(gap, _)| gap).into(),
                trained_gap.map(|(gap, half)| gap + half).into(),
                trained_ahead.map(|(ahead, _)| ahead).into(),
                trained_ahead.map(|(ahead, half)| ahead - half).into(),
            ],
            q: Vec::new(),
        }
    }
}
