//! Groups of coached agents by what their first session was, who held it, how much they got or how long they had
//! been there. Each agent is in one group.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{By, Comparison, Part, Told, conclusion, of_units};
use crate::kinds::Case;
use crate::kinds::spells::Effects;
use crate::model::{Phrase, Reason, Session, Value, phrase};
use crate::stats::effect::{UnitEffect, between_groups, between_units, slope_on};
use crate::stats::float;
use crate::stats::spread::Spread;

/// How far groups lie apart.
#[derive(Default)]
pub(super) struct Groups {
    pub(super) spread: Option<Spread>,
    pub(super) compared: usize,
    /// Each compared group's effect, pulled toward the others'.
    pub(super) shrunken: Vec<(String, f64)>,
}

impl Groups {
    pub(super) fn values(&self) -> [Value; 5] {
        let of = |read: fn(&Spread) -> f64| Value::from(self.spread.as_ref().map(read));
        [
            (self.compared > 0).then(|| float(self.compared)).into(),
            of(Spread::tau),
            of(|spread| spread.tau_interval().0),
            of(|spread| spread.tau_interval().1),
            of(|spread| spread.p_equal),
        ]
    }
}

pub(super) fn told(case: &Case<'_>, effects: &Effects, by: By, least: usize) -> Comparison {
    let Some((_, metric)) = case.metric else { return Ok(Told::default()) };
    let labels: Vec<Option<String>> =
        (0..effects.spells.len()).map(|unit| label(case, effects, by, unit)).collect();
    if labels.iter().all(Option::is_none) {
        return Err(missing(by));
    }
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (unit, label) in labels.iter().enumerate() {
        if let Some(label) = label {
            members.entry(label).or_default().push(unit);
        }
    }
    let mut told = Told { groups: compared(effects, &members, least), ..Told::default() };
    if by == By::Dose {
        told.per_session = per_session(case, effects);
    }
    // Coaches are never told apart by name, only whether they differ.
    if by == By::Coach {
        return Ok(told);
    }
    for (name, units) in &members {
        let both = of_units(effects, |unit| units.binary_search(&unit).is_ok());
        let Some(both) = both.filter(|(own, _)| own.treated >= least) else { continue };
        let Some(estimate) = both.0.with_error(effects.options.level) else { continue };
        let Some(conclusion) = conclusion(effects, metric.material, &both) else { continue };
        told.parts.push(Part {
            name: (*name).to_owned(),
            estimate,
            conclusion,
            n: count_rows(effects, units),
        });
    }
    Ok(told)
}

fn missing(by: By) -> (Reason, Phrase) {
    let need = match by {
        By::Coach => phrase!("need-column-of-log", column = "coach"),
        By::Touchpoint => phrase!("need-column-of-log", column = "touchpoint"),
        By::Tenure => phrase!("need-column-of-roster", column = "hired-on"),
        _ => phrase!("need-sessions-on-this"),
    };
    (Reason::NoColumn, need)
}

fn compared(effects: &Effects, members: &BTreeMap<&str, Vec<usize>>, least: usize) -> Groups {
    let Some(fit) = &effects.assessment.imputation else { return Groups::default() };
    let names: Vec<&str> = members.keys().copied().collect();
    let of = |units: &Vec<usize>| -> Vec<f64> {
        let own = fit.unit_effects.iter().filter(|one| units.binary_search(&one.unit).is_ok());
        own.map(|one| one.effect).collect()
    };
    let all: Vec<Vec<f64>> = members.values().map(of).collect();
    let Some((spread, kept)) = between_groups(&all, least) else { return Groups::default() };
    let shrunken = spread.shrunken();
    let named = kept.iter().zip(shrunken).map(|(at, one)| (names[*at].to_owned(), one.estimate));
    Groups { compared: kept.len(), shrunken: named.collect(), spread: Some(spread) }
}

fn count_rows(effects: &Effects, units: &[usize]) -> u64 {
    let times = effects.panel.times;
    let rows: f64 =
        units.iter().map(|u| effects.panel.weight[u * times..(u + 1) * times].iter().sum::<f64>()).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of rows")]
    let rows = rows as u64;
    rows
}

/// The group of a unit's spell; `None` where it has none, or where it is not known.
fn label(case: &Case<'_>, effects: &Effects, by: By, unit: usize) -> Option<String> {
    let session = effects.session(case.data, unit)?;
    match by {
        By::Focus => Some(focus(case, effects, session)),
        By::Touchpoint => session.touchpoint.clone(),
        By::Coach => session.coach.clone(),
        By::Dose => Some(band(effects.dose(case, unit)?.sessions).to_owned()),
        By::Tenure => tenure(case, session).map(str::to_owned),
        By::ContactType | By::Quarter => None,
    }
}

/// The one focus of a session that is meant to move the metric.
fn focus(case: &Case<'_>, effects: &Effects, session: &Session) -> String {
    let moving: Vec<&String> =
        session.focus.iter().filter(|one| case.desk.moves(std::slice::from_ref(*one), &effects.on)).collect();
    match moving.as_slice() {
        [] => "no focus".to_owned(),
        [one] => (*one).clone(),
        _ => "several at once".to_owned(),
    }
}

fn band(sessions: f64) -> &'static str {
    if sessions < 1.5 {
        "1 session"
    } else if sessions < 2.5 {
        "2 sessions"
    } else {
        "3 sessions or more"
    }
}

/// Time since hiring at the first session.
fn tenure(case: &Case<'_>, session: &Session) -> Option<&'static str> {
    let hired: NaiveDate =
        case.data.attribute(session.agent, "hired-on", session.date)?.trim().parse().ok()?;
    let days = (session.date - hired).num_days();
    Some(match days {
        ..=182 => "up to 6 months",
        183..=730 => "6 months to 2 years",
        _ => "over 2 years",
    })
}

fn per_session(case: &Case<'_>, effects: &Effects) -> Option<crate::stats::effect::Estimate> {
    let fit = effects.assessment.imputation.as_ref()?;
    let dose = |one: &UnitEffect| effects.dose(case, one.unit).map_or(f64::NAN, |dose| dose.sessions);
    let doses: Vec<f64> = fit.unit_effects.iter().map(dose).collect();
    let between = between_units(&fit.unit_effects)?.tau2;
    slope_on(&doses, &fit.unit_effects, between, effects.options.level)
}
