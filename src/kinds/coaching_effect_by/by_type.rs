//! The effect in single contact types, and in those whose gap is structural against those where it is behavioural:
//! coaching should work in the second only.

use std::collections::{BTreeMap, BTreeSet};

use super::{Comparison, Part, Told};
use crate::kinds::coaching_effect::stated;
use crate::kinds::desk::type_name;
use crate::kinds::spells::{Effects, Terms};
use crate::kinds::{Case, Depth, Given, reach};
use crate::model::Reason;
use crate::model::{Conclusion, phrase};
use crate::stats::effect::{Estimate, Headline, Replicated, assess};
use crate::stats::reach::{Label, ReachOptions};

/// Share of agent-periods with an outcome over all types that a single type must have too.
const COVERED: f64 = 0.6;

/// How contact types are called structural or behavioural.
pub(super) struct Labelling {
    options: ReachOptions,
    window: i32,
}

impl Labelling {
    pub(super) fn of(given: &Given) -> Self {
        let (options, _) = reach::options(given);
        Self { options, window: given.integer("label-window").max(1) }
    }

    pub(super) fn told(&self, case: &Case<'_>, terms: &Terms, effects: &Effects, least: usize) -> Comparison {
        let types: BTreeSet<u32> = effects.study.window.strata.iter().map(|one| one.contact_type).collect();
        if types.len() < 2 {
            return Err((Reason::NoTypes, phrase!("need-two-types")));
        }
        let labels = self.labels(case);
        let of = |label: Label| -> BTreeSet<u32> {
            labels.iter().filter(|(_, one)| **one == label).map(|(at, _)| *at).collect()
        };
        let fit = |types: &BTreeSet<u32>| restricted(case, terms, effects, types);
        let (structural, behavioural) = (fit(&of(Label::Structural)), fit(&of(Label::Behavioural)));
        let mut told = Told {
            structural: structural.as_ref().and_then(|one| enough(one, least)),
            behavioural: behavioural.as_ref().and_then(|one| enough(one, least)),
            ..Told::default()
        };
        if told.structural.is_some() && told.behavioural.is_some() {
            told.contrast = structural.zip(behavioural).and_then(|(structural, behavioural)| {
                let level = effects.options.level;
                headlined(effects, &behavioural)?.minus(&headlined(effects, &structural)?)?.with_error(level)
            });
        }
        if case.depth == Depth::Full {
            let parts = types.iter().filter_map(|one| part(case, terms, effects, *one, least));
            told.parts = parts.collect();
            told.parts.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Ok(told)
    }

    /// The label of each contact type with a credible gap, by the stratum that carries most of it.
    fn labels(&self, case: &Case<'_>) -> BTreeMap<u32, Label> {
        let case = Case { window: self.window, ..*case };
        let targeted = case.metric.is_some_and(|(_, metric)| metric.has_target());
        let found = if targeted { case.desk.reach(&case, &self.options) } else { None };
        let Some((found, study)) = found.zip(case.desk.study(&case)) else { return BTreeMap::new() };
        let mut largest: BTreeMap<u32, (f64, Label, bool)> = BTreeMap::new();
        for one in &found.strata {
            let at = study.window.strata[one.stratum as usize].contact_type;
            let known = largest.entry(at).or_insert((f64::MIN, Label::Unplaced, false));
            known.2 |= one.credible;
            if one.contribution > known.0 {
                (known.0, known.1) = (one.contribution, one.label);
            }
        }
        largest.into_iter().filter(|(_, (_, _, credible))| *credible).map(|(at, (_, l, _))| (at, l)).collect()
    }
}

/// The same spells, looked at in some contact types only.
fn restricted(case: &Case<'_>, terms: &Terms, effects: &Effects, types: &BTreeSet<u32>) -> Option<Effects> {
    let (_, metric) = case.metric?;
    let study = &effects.study;
    if types.is_empty() {
        return None;
    }
    let inside = |stratum: u32| types.contains(&study.window.strata[stratum as usize].contact_type);
    let panel = crate::kinds::spells::panel(metric, study, &effects.spells, terms, inside);
    let seen = |panel: &crate::stats::effect::EffectPanel| panel.weight.iter().filter(|w| **w > 0.0).count();
    #[expect(clippy::cast_precision_loss, reason = "agent-periods are far below 2^53")]
    let covered = seen(&panel) as f64 >= COVERED * seen(&effects.panel) as f64;
    if !covered {
        return None;
    }
    let assessment = assess(&panel, metric.material, &effects.options);
    Some(Effects {
        study: study.clone(),
        spells: effects.spells.clone(),
        panel,
        options: effects.options.clone(),
        assessment,
        on: effects.on.clone(),
    })
}

fn enough(one: &Effects, least: usize) -> Option<Estimate> {
    one.assessment.effect.filter(|effect| effect.treated >= least)
}

/// The estimator that leads over all types, in some of them.
fn headlined(whole: &Effects, one: &Effects) -> Option<Replicated> {
    let events = &whole.options.events;
    let counts = |event: i32| usize::try_from(event).is_ok_and(|event| events.contains(&event));
    match whole.assessment.headline? {
        Headline::Imputation => one.assessment.imputation.as_ref()?.replicated(|_, _| true),
        Headline::Staggered => one.assessment.staggered.as_ref()?.replicated(|_| true, counts),
    }
}

fn part(case: &Case<'_>, terms: &Terms, effects: &Effects, contact_type: u32, least: usize) -> Option<Part> {
    let one = restricted(case, terms, effects, &BTreeSet::from([contact_type]))?;
    let rows: f64 = one.panel.weight.iter().sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of rows")]
    let n = rows as u64;
    let conclusion = stated(&one);
    Some(Part {
        name: type_name(case.data, contact_type).to_owned(),
        estimate: enough(&one, least).filter(|_| conclusion != Conclusion::NotIdentified)?,
        conclusion,
        n,
    })
}
