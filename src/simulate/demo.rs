//! The demonstration centre: a resolution gap that one contact type makes and nobody can close, coaching that
//! is spent on it all the same, and a habit in which agents truly differ.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::scenario::{Columns, ContactType, Measured, Policy, Programme, Range, Scenario, Truth};

/// 60 agents in 5 teams, 8 contact types, 26 weeks up to 15 November 2026. Planted:
///
/// * **First-contact resolution** misses 75 % because of `Refund approval` alone: 38 % whoever takes it, every
///   other type meets the target, and agents differ by 1 point.
/// * **Resolution coaching** is given to agents whose last week was bad, and adds nothing.
/// * **Confirming the next step** misses 80 % by about 6 points; agents differ by 10 points. Coaching on it is
///   scheduled and adds 8 points.
/// * **Handle time** and the **evaluation score** are on target.
pub fn demo() -> Scenario {
    Scenario {
        client: "Northwind Energy".to_owned(),
        timezone: "Europe/London".to_owned(),
        seed: 7,
        end: NaiveDate::from_ymd_opt(2026, 11, 15).unwrap_or_default(),
        weeks: 26,
        agents: 60,
        teams: 5,
        sites: vec!["North".to_owned(), "South".to_owned()],
        channels: BTreeMap::from([("voice".to_owned(), 0.7), ("chat".to_owned(), 0.3)]),
        contacts: Range { low: 100, high: 150 },
        absent: 0.03,
        evaluations: 4,
        noise: true,
        types: types(),
        fcr: Truth { spread: 0.01, week_spread: 0.01, ..measured(0.75, 0.02) },
        aht: Truth { spread: 20.0, week_spread: 5.0, ..measured(400.0, 15.0) },
        handle_cv: 0.6,
        confirms_next_step: Truth { level: Some(0.72), spread: 0.10, ..measured(0.80, 0.03) },
        qa: Truth { level: Some(87.5), spread: 2.5, ..measured(85.0, 1.0) },
        score_sd: 8.0,
        coaching: coaching(),
        cancelled: 0.15,
        no_focus: 0.06,
        columns: Columns::Few,
        ..Scenario::default()
    }
}

fn measured(target: f64, material: f64) -> Truth {
    Truth { target: Some(target), material: Some(material), ..Truth::default() }
}

fn types() -> Vec<ContactType> {
    vec![
        work("Billing question", 0.19, 0.77, 330.0, 0.02),
        work("Meter reading", 0.13, 0.80, 240.0, 0.01),
        work("Payment plan", 0.11, 0.77, 440.0, 0.04),
        work("Tariff change", 0.10, 0.77, 400.0, 0.03),
        work("Moving home", 0.09, 0.77, 430.0, 0.02),
        work("Outage report", 0.07, 0.78, 260.0, 0.02),
        work("Account access", 0.09, 0.79, 220.0, 0.01),
        // Every refund waits for an approval agents may not give.
        ContactType { hold: 95.0, blocked: true, ..work("Refund approval", 0.22, 0.38, 520.0, 0.38) },
    ]
}

fn work(name: &str, share: f64, fcr: f64, aht: f64, escalated: f64) -> ContactType {
    ContactType {
        name: name.to_owned(),
        share,
        fcr: Some(fcr),
        aht: Some(aht),
        hold: 20.0,
        escalated,
        ..ContactType::default()
    }
}

fn coaching() -> Vec<Programme> {
    let programme =
        |focus: &str, moves| Programme { policy: Policy::Scheduled, ..Programme::none(focus, moves) };
    vec![
        // The log reaches back 12 weeks before the contacts: until then handle time was the theme.
        Programme { from: -11, to: 4, per_week: 4, ..programme("Handle time", Measured::Aht) },
        Programme {
            policy: Policy::BadWeeks,
            from: 8,
            to: 24,
            per_week: 2,
            worst: 0.30,
            follow_ups: 4,
            ..programme("Resolution", Measured::Fcr)
        },
        Programme {
            from: 7,
            to: 20,
            per_week: 2,
            follow_ups: 3,
            effect: 0.08,
            ..programme("Confirm next step", Measured::ConfirmsNextStep)
        },
    ]
}
