//! `reach`: how much of the gap would close if everyone worked like the best agents, and how much would not?

use std::sync::Arc;

use super::desk::Study;
use super::panel::{Levels, Stratum};
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Column, ColumnUnit as Unit, Fact, Key, Ledger, Metric, Phrase, Reason, Row, Ty, Value, column, key,
    phrase,
};
use crate::stats::kappa::Kappa;
use crate::stats::layers::Unestimable;
use crate::stats::reach::{Class, Label, Reach, ReachOptions, reach};

pub(crate) static SPEC: Spec = Spec {
    name: "reach",
    doc: include_str!("reach.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: None,
    p_values: &["p_equal"],
    facts: &["ledger"],
    configure,
};

const COLUMNS: &[Column] = &[
    column("gap", Unit::Difference, false, "Net distance to the target; above 0 is short of it."),
    column(
        "reach",
        Unit::Difference,
        false,
        "Part that would close if everyone worked like the best agents.",
    ),
    column("reach_low", Unit::Difference, false, "Lower end of its 80 % range."),
    column("reach_high", Unit::Difference, false, "Upper end of its 80 % range."),
    column("out_of_reach", Unit::Difference, false, "Part that even then would stay."),
    column("unplaced", Unit::Difference, false, "Part spread too thin, or too unsure, to place."),
    column("ahead", Unit::Difference, false, "Contact types ahead of their target; never above 0."),
    column("best_half", Unit::Difference, true, "The same part if everyone worked like the best half."),
    column("best_quarter", Unit::Difference, true, "… like the best quarter."),
    column("best_tenth", Unit::Difference, true, "… like the best tenth."),
    column("share", Unit::Share, true, "Coachable share of the credible gap (median)."),
    column("share_low", Unit::Share, true, "Lower end of its 80 % range."),
    column("share_high", Unit::Share, true, "Upper end of its 80 % range."),
    column(
        "p_structural",
        Unit::Probability,
        true,
        "Probability that less than a third of the gap is within reach.",
    ),
    column(
        "p_behavioural",
        Unit::Probability,
        true,
        "Probability that more than two thirds are within reach.",
    ),
    column("p_mixed", Unit::Probability, true, "Probability of anything between."),
    column(
        "p_by_type",
        Unit::Probability,
        true,
        "Where types differ in kind: the weaker of the best structural and the best behavioural type's probability.",
    ),
    column(
        "p_equal",
        Unit::Probability,
        true,
        "Chance of the spread inside the short types if all agents were equal.",
    ),
    column("in_structural", Unit::Share, false, "Share of the credible gap in types that are structural."),
    column("in_behavioural", Unit::Share, false, "Share of the credible gap in types that are behavioural."),
    column(
        "moves_with_reach",
        Unit::Flag,
        true,
        "Whether best half, quarter and tenth would be called differently.",
    ),
    column(
        "own_class",
        Unit::Text,
        true,
        "What each type's own best four periods, as its target, would be called.",
    ),
    column(
        "depends_on_common_target",
        Unit::Flag,
        true,
        "Whether that is another call than with the targets in force.",
    ),
    column("localised", Unit::Flag, false, "Whether single contact types could be judged."),
    column(
        "power_of_opposite",
        Unit::Probability,
        true,
        "Chance that data of this size would have shown a behavioural gap, had it been one.",
    ),
    column("needed", Unit::Text, true, "What would settle an open question."),
];

const PARAMETERS: &[Key] = &[
    key(
        "reach",
        Ty::Choice(&["best-half", "best-quarter", "best-tenth"]),
        "\"best-quarter\"",
        "The agents whose level counts as within reach.",
    ),
    key(
        "structural-below",
        Ty::Number,
        "0.3333333333333333",
        "Coachable share below which a gap is structural.",
    ),
    key(
        "behavioural-above",
        Ty::Number,
        "0.6666666666666666",
        "Coachable share above which it is behavioural.",
    ),
    key("label-confidence", Ty::Number, "0.8", "Probability from which a single type is labelled."),
    key("benchmark-periods", Ty::Integer, "4", "Length of a type's own best block."),
];

struct Kind {
    options: ReachOptions,
    words: &'static str,
    block: i32,
}

/// The parameters that say what is within reach and what that is called, and who sets the level, in words.
pub(super) fn options(given: &Given) -> (ReachOptions, &'static str) {
    let (quantile, words) = match given.text("reach") {
        "best-half" => (0.5, "best half"),
        "best-tenth" => (0.9, "best tenth"),
        _ => (0.75, "best quarter"),
    };
    let options = ReachOptions {
        quantile,
        structural_below: given.number("structural-below"),
        behavioural_above: given.number("behavioural-above"),
        confidence: given.number("label-confidence"),
        ..ReachOptions::default()
    };
    (options, words)
}

fn configure(given: &Given) -> Configured {
    let (options, words) = options(given);
    if !(0.0 < options.structural_below && options.structural_below < options.behavioural_above) {
        return Err((
            "structural-below",
            "`structural-below` must lie between 0 and `behavioural-above`".into(),
        ));
    }
    if options.behavioural_above >= 1.0 {
        return Err(("behavioural-above", "`behavioural-above` must be below 1".into()));
    }
    if !(0.5..1.0).contains(&options.confidence) {
        return Err(("label-confidence", "`label-confidence` lies between 0.5 and 1".into()));
    }
    Ok(Arc::new(Kind { options, words, block: given.integer("benchmark-periods").max(1) }))
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
        if study.layers.overall.spread.as_ref().is_err_and(|why| *why == Unestimable::Degenerate) {
            return Answer::none(Reason::Degenerate, phrase!("need-values-that-differ"));
        }
        let Some(found) = case.desk.reach(case, &self.options) else {
            return Answer::none(Reason::NoTarget, phrase!("need-target-of-a-type", metric = &metric.label));
        };
        // Only a decided call can turn out to rest on asking the same of unlike types.
        let decided =
            !matches!(found.class(metric.material, &self.options), Class::NoCredibleGap | Class::NotEnough);
        let own = if decided { self.own_benchmark(case, metric, &study) } else { None };
        let row = Row {
            item: None,
            n: study.window.n,
            agents: study.agents(),
            window: study.window.span(),
            values: self.values(metric, &study, &found, own),
            q: Vec::new(),
        };
        Answer { rows: vec![row], facts: vec![Fact::Ledger(self.ledger(&found))], ..Answer::default() }
    }
}

impl Kind {
    fn values(&self, metric: &Metric, study: &Study, found: &Reach, own: Option<Class>) -> Vec<Value> {
        let kappa = found.kappa;
        let of = |read: fn(&Kappa) -> f64| Value::from(kappa.as_ref().map(read));
        let at = |quantile: f64| Value::from(at_quantile(found, quantile).map(|q| q.reach));
        let class = found.class(metric.material, &self.options);
        let moves = kappa.is_some().then(|| self.moves(found));
        let depends = own.map(|own| depends(class, own));
        vec![
            found.net_gap.into(),
            found.ledger.reach.into(),
            found.ledger.reach_low.into(),
            found.ledger.reach_high.into(),
            found.ledger.out_of_reach.into(),
            found.ledger.unplaced.into(),
            found.ledger.ahead.into(),
            at(0.5),
            at(0.75),
            at(0.9),
            of(|k| k.median),
            of(|k| k.low),
            of(|k| k.high),
            of(|k| k.p_structural),
            of(|k| k.p_behavioural),
            of(|k| k.p_mixed),
            by_type(found).into(),
            found.p_gate.into(),
            found.structural_share.into(),
            found.behavioural_share.into(),
            moves.map_or(Value::Null, Value::Flag),
            own.map_or(Value::Null, |own| Value::from(class_word(own))),
            depends.map_or(Value::Null, Value::Flag),
            (!found.not_localised).into(),
            found.power.filter(|_| study.agents() >= LEAST_FOR_POWER).map(|power| power.behavioural).into(),
            needed(study, found, class).map_or(Value::Null, Value::Phrase),
        ]
    }

    /// Whether the middle of the coachable share changes side between the best half, quarter and tenth.
    fn moves(&self, found: &Reach) -> bool {
        let side = |kappa: &Kappa| {
            if kappa.median < self.options.structural_below {
                -1
            } else {
                i32::from(kappa.median > self.options.behavioural_above)
            }
        };
        let sides: Vec<i32> = found.at_quantiles.iter().map(|at| side(&at.kappa)).collect();
        sides.iter().any(|one| Some(one) != sides.first())
    }

    fn ledger(&self, found: &Reach) -> Ledger {
        let at = |quantile: f64| at_quantile(found, quantile).map_or(0.0, |q| q.reach);
        Ledger {
            reach: found.ledger.reach,
            out_of_reach: found.ledger.out_of_reach,
            unplaced: found.ledger.unplaced,
            ahead: found.ledger.ahead,
            reach_low: found.ledger.reach_low,
            reach_high: found.ledger.reach_high,
            level: self.options.kappa_level,
            best_half: at(0.5),
            best_quarter: at(0.75),
            best_tenth: at(0.9),
            reachable_as: self.words.into(),
        }
    }

    /// The call with each type's own best block of periods as its target.
    fn own_benchmark(&self, case: &Case<'_>, metric: &Metric, study: &Study) -> Option<Class> {
        const LOOKED_BACK: i32 = 52;
        let (_, to) = case.span();
        let past = case.desk.levels(case, to.shift(1 - LOOKED_BACK), to)?;
        let best = best_blocks(&past, metric.better.sign(), self.block);
        let target = |stratum: &Stratum| {
            let at = past.strata.iter().position(|one| one == stratum)?;
            metric.target_of(super::desk::type_name(case.data, stratum.contact_type)).and(best[at])
        };
        let targets: Vec<f64> = study.window.strata.iter().map(|s| target(s).unwrap_or(f64::NAN)).collect();
        let found = reach(&study.window.panel, &study.layers, &targets, metric.better.sign(), &self.options)?;
        Some(found.class(metric.material, &self.options))
    }
}

fn at_quantile(found: &Reach, quantile: f64) -> Option<&crate::stats::reach::AtQuantile> {
    found.at_quantiles.iter().find(|at| (at.quantile - quantile).abs() < 1e-9)
}

/// Another decided call means that the verdict rests on asking the same of unlike types.
fn depends(class: Class, own: Class) -> bool {
    let decided = |class| matches!(class, Class::Structural | Class::Behavioural | Class::Mixed);
    decided(class) && decided(own) && class != own
}

fn class_word(class: Class) -> &'static str {
    match class {
        Class::NoCredibleGap => "no-gap",
        Class::Structural => "structural",
        Class::Behavioural => "behavioural",
        Class::Mixed => "mixed",
        Class::NotEnough => "not-enough-evidence",
    }
}

/// The weaker of the best labelled structural and behavioural types' probabilities.
fn by_type(found: &Reach) -> Option<f64> {
    let best = |label: Label, read: fn(&Kappa) -> f64| {
        let of = found.strata.iter().filter(|s| s.label == label).filter_map(|s| s.kappa.as_ref().map(read));
        of.fold(None, |best: Option<f64>, p| Some(best.map_or(p, |b| b.max(p))))
    };
    Some(best(Label::Structural, |k| k.p_structural)?.min(best(Label::Behavioural, |k| k.p_behavioural)?))
}

/// Level of each stratum's best `block` consecutive periods. The block is chosen by every other period and its
/// level read off the periods between, so that the luck which made it the best is not in its level.
fn best_blocks(levels: &Levels, sign: f64, block: i32) -> Vec<Option<f64>> {
    let times = levels.times.max(1);
    let length = usize::try_from(block).unwrap_or(4).clamp(2, times.max(2));
    levels.sums.chunks(times).map(|stratum| best_block(stratum, sign, length)).collect()
}

fn best_block(stratum: &[(f64, f64)], sign: f64, length: usize) -> Option<f64> {
    let mean = |start: usize, parity: usize| {
        let of = stratum[start..start + length].iter().zip(start..).filter(|(_, time)| time % 2 == parity);
        let (weight, sum) =
            of.fold((0.0, 0.0), |total, ((weight, sum), _)| (total.0 + weight, total.1 + sum));
        (weight > 0.0).then(|| sum / weight)
    };
    let starts = 0..=stratum.len().checked_sub(length)?;
    let chosen = starts.filter_map(|start| Some((mean(start, 0)?, mean(start, 1)?)));
    let best = chosen.fold(None, |best: Option<(f64, f64)>, one| match best {
        Some(best) if sign * best.0 >= sign * one.0 => Some(best),
        _ => Some(one),
    });
    best.map(|(_, level)| level)
}

/// Below this many agents the approximation of power is too rough to print.
const LEAST_FOR_POWER: u32 = 10;

/// What would settle an open call: agents first, then contacts an agent.
fn needed(study: &Study, found: &Reach, class: Class) -> Option<Phrase> {
    const ENOUGH_AGENTS: u32 = 20;
    if class != Class::NotEnough {
        return None;
    }
    if study.agents() < ENOUGH_AGENTS {
        let (about, has) = (ENOUGH_AGENTS, study.agents());
        return Some(phrase!("need-agents-to-tell-reach", about, has));
    }
    let Ok(spread) = &study.layers.overall.spread else {
        return Some(phrase!("need-agents-in-same-types"));
    };
    let sigma2 = study.layers.strata.iter().map(|s| s.sigma2 * s.share).sum();
    let matters = found.net_gap.abs() / 3.0 / crate::stats::kappa::normal_headroom(0.75);
    let n = spread.detectable(sigma2, matters).n_per_unit;
    let has = study.layers.overall.n / f64::from(study.agents().max(1));
    if !n.is_finite() || n <= has {
        return Some(phrase!("need-more-periods"));
    }
    Some(phrase!("need-contacts-an-agent", about = n.ceil(), has = has.round()))
}
