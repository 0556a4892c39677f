//! Harbour Energy, week 46: a hand-made story whose numbers add up.
#![expect(clippy::unwrap_used, reason = "a fixture is right or the test is")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gapwise::calendar::{Calendar, Grain, Period};
use gapwise::config::{Amount, Brand, Individuals, Pack, Report};
use gapwise::model::{
    AgentSpread, Asked, Better, Breakdown, BreakdownRow, Cause, Chain, Check, Column, ColumnUnit, ComparedBy,
    Conclusion, Confidence, ControlChart, Decision, Drawn, Effect, EffectStep, EvidenceTable, Fact, Figure,
    Finding, FindingState, Gap, Headline, Judgement, Lane, Ledger, Link, Measure, Metric, Minutes, Move,
    NotJudged, PatternNamed, Phrase, Quality, Ranged, Reason, Rejected, Role, Row, Scope, Severity, Signal,
    SourceCount, SourceId, Spread, StageLevel, StageLevels, Story, TypeGroup, TypeGroups, TypeMember, Unit,
    UnitKind, Value, Verdict, VerdictId, WeightApplied, column,
};
use gapwise::report::{DecisionText, Frame, Named, RuleText, ThresholdText};
use gapwise::words::Locale;

pub(crate) const GAP: &[Column] = &[
    column("actual", ColumnUnit::Level, false, "Level in the window."),
    column("target", ColumnUnit::Level, true, "Target in force."),
    column("adverse", ColumnUnit::Difference, true, "Gap, positive when bad."),
    column("adverse_low", ColumnUnit::Difference, true, "Lower bound at 95 %."),
];
pub(crate) const REACH: &[Column] = &[
    column("share_out", ColumnUnit::Share, true, "Share of the gap out of reach."),
    column("p_structural", ColumnUnit::Probability, true, "Probability."),
];
pub(crate) const TYPES: &[Column] = &[
    column("actual", ColumnUnit::Level, false, "Level of the type."),
    column("carries", ColumnUnit::Difference, true, "Part of the gap."),
];

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn calendar() -> Calendar {
    Calendar { grain: Grain::Week { start: chrono::Weekday::Mon }, zone: chrono_tz::Europe::London }
}

pub(crate) fn period() -> Period {
    calendar().parse_label("2026-W46").unwrap()
}

fn metric(id: &str, label: &str, kind: UnitKind, target: Option<f64>, material: f64, role: Role) -> Metric {
    let source = match id {
        "fcr" | "aht" => SourceId::Contacts,
        "csat" => SourceId::Surveys,
        _ => SourceId::Evaluations,
    };
    Metric {
        id: id.into(),
        label: label.into(),
        source,
        measure: if kind == UnitKind::Share { Measure::Proportion } else { Measure::Mean },
        better: if id == "aht" { Better::Lower } else { Better::Higher },
        unit: Unit { kind, suffix: if kind == UnitKind::Share { "%".into() } else { String::new() } },
        target,
        target_by: (id == "fcr").then(|| "Head of Operations".to_owned()),
        means: (id == "fcr").then(|| "same customer, same reason, no return in 7 days".to_owned()),
        target_for: BTreeMap::new(),
        material,
        role,
        concept: None,
        matures_periods: i32::from(id == "fcr"),
        matures_days: if id == "fcr" { 7 } else { 0 },
        decimals: 0,
    }
}

fn threshold(name: &str, amount: Amount, line: usize) -> ThresholdText {
    ThresholdText { name: name.into(), amount, origin: format!("builtin:core/rules.toml:{line}") }
}

fn rule(
    id: &str,
    kind: &str,
    title: &str,
    say: &str,
    thresholds: Vec<ThresholdText>,
    line: usize,
) -> RuleText {
    RuleText {
        id: id.into(),
        signal: String::new(),
        kind: kind.into(),
        window: 12,
        title: Some(title.into()),
        say: Some(say.into()),
        observe: vec![],
        change_our_mind: None,
        note: None,
        thresholds,
        origin: format!("builtin:core/rules.toml:{line}"),
        changes: vec![],
        when: "adverse >= min_gap".into(),
        p_values: &[],
    }
}

/// The plan's texts.
pub(crate) fn frame() -> Frame {
    let mut concentrated = rule(
        "gap-concentrated",
        "concentration",
        "{{ item }} carries {{ carries }} of the gap in {{ metric.label }}",
        "{{ item }} stands at {{ actual }}; {{ n }} contacts of {{ agents }} agents, {{ window }}.",
        vec![threshold("min_share", Amount::Percent(0.3), 52)],
        48,
    );
    concentrated.observe = vec![
        "Follow 20 contacts in {{ item }} from end to end: who had to decide what?".into(),
        "Ask for the rule that sends {{ item }} to somebody else.".into(),
    ];
    let mut reach = rule(
        "out-of-reach",
        "reach",
        "{{ share_out }} of the gap in {{ metric.label }} is out of any agent's reach today",
        "The best quarter of agents misses the target in the same work. Judged with {{ p_structural }}.",
        vec![threshold("min_probability", Amount::Bare(0.8), 31)],
        27,
    );
    reach.change_our_mind = Some(
        "We would change our mind if 3 agents held {{ metric.target }} in Refund approval for 4 weeks, or another site \
         reaches it with the same rules."
            .into(),
    );
    Frame {
        client: "Harbour Energy".into(),
        slug: "harbour-energy".into(),
        calendar: calendar(),
        locale: Locale::default(),
        metrics: vec![
            metric("fcr", "First-contact resolution", UnitKind::Share, Some(0.75), 0.02, Role::Outcome),
            metric("quality", "Quality score", UnitKind::Plain, Some(85.0), 2.0, Role::Behaviour),
            metric("next-step", "'Confirms next step'", UnitKind::Share, Some(0.80), 0.03, Role::Behaviour),
            metric("csat", "Customer satisfaction", UnitKind::Plain, Some(4.2), 0.2, Role::Outcome),
            metric("aht", "Handle time", UnitKind::Seconds, Some(300.0), 15.0, Role::Activity),
        ],
        rules: vec![
            rule(
                "gap-is-real",
                "gap",
                "{{ metric.label }} is {{ adverse }} off target",
                "{{ actual }} against {{ target }}, at least {{ adverse_low }} off.",
                vec![threshold("min_gap", Amount::Times(1.0), 12)],
                9,
            ),
            reach,
            concentrated,
        ],
        names: gapwise::config::Names::default(),
        causes: vec![Named { id: "authority".into(), label: "Authority".into() }],
        decisions: vec![
            DecisionText {
                id: "give-an-owner".into(),
                what: "Give {{ contact_types }} an owner and a six-week test: one team approves refunds up to a set \
                       limit."
                    .into(),
                risk: None,
                cause: None,
            },
            DecisionText {
                id: "no-more-coaching".into(),
                what: "Add no coaching on {{ metric.label }} in {{ contact_types }}. About {{ hours_out_of_reach }} \
                       hours a week can go where agents do differ."
                    .into(),
                risk: Some("an effect of coaching of {{ metric.material }} or more is ruled out.".into()),
                cause: None,
            },
            DecisionText {
                id: "find-the-cause".into(),
                what: "Find out why {{ contact_types }} fails, before changing anything: the contacts to follow are \
                       in the full report."
                    .into(),
                risk: Some("the cause is not known yet.".into()),
                cause: None,
            },
        ],
        packs: vec![Pack { name: "contact-centre".into(), version: "1.2.0".into() }],
        client_changes: 2,
        min_group: 8,
        individuals: Individuals::Never,
        hold_for: 3,
        reports: ["leadership.html", "investigation.html", "investigation.md", "summary.md"].map(Report::of).into(),
        brand: Brand::default(),
        owners: vec![],
        next_try: None,
        templates: BTreeMap::new(),
    }
}

pub(crate) fn gap(actual: f64, half: f64, target: f64, adverse: f64, n: u64, agents: u32) -> Gap {
    Gap {
        actual,
        actual_low: actual - half,
        actual_high: actual + half,
        target: Some(target),
        adverse: Some(adverse),
        low: Some(adverse - half),
        high: Some(adverse + half),
        level: 0.95,
        n,
        agents,
        best_period: None,
        periods_seen: 26,
    }
}

fn type_row(name: &str, share: f64, actual: f64, best: Option<f64>, agents: u32) -> BreakdownRow {
    let structural = best.is_some_and(|best| best < 0.7);
    BreakdownRow {
        contact_type: name.into(),
        share,
        actual,
        target: Some(0.75),
        best_agents: best,
        carries: share * (0.75 - actual),
        carries_se: Some(share * 0.008),
        credible: structural,
        label: structural.then(|| "structural".into()),
        n: 6_480,
        agents,
    }
}

pub(crate) fn breakdown() -> Breakdown {
    Breakdown {
        rows: vec![
            type_row("Refund approval", 0.15, 0.3833, Some(0.41), 58),
            type_row("Complaint", 0.10, 0.56, Some(0.58), 55),
            type_row("Billing", 0.25, 0.738, Some(0.79), 60),
            type_row("Tariff change", 0.20, 0.7425, Some(0.78), 60),
            type_row("Move home", 0.12, 0.736, Some(0.78), 57),
            type_row("Meter reading", 0.10, 0.744, Some(0.79), 52),
            type_row("Payment plan", 0.05, 0.742, None, 31),
            type_row("Boiler cover", 0.03, 0.735, None, 20),
        ],
        carriers: vec!["Refund approval".into(), "Complaint".into()],
        concentrated: true,
    }
}

fn effect(metric: &str) -> Effect {
    let quality = metric == "quality";
    Effect {
        headline: Headline::Imputation,
        naive: if quality { 4.6 } else { 0.049 },
        luck: if quality { 0.9 } else { 0.045 },
        trend: if quality { 0.3 } else { 0.001 },
        effect: if quality { 3.4 } else { 0.003 },
        low: if quality { 1.6 } else { -0.009 },
        high: if quality { 5.2 } else { 0.015 },
        level: 0.95,
        other: Some(if quality { 2.9 } else { 0.001 }),
        other_low: Some(if quality { 1.0 } else { -0.012 }),
        other_high: Some(if quality { 4.8 } else { 0.014 }),
        smallest_visible: if quality { 1.9 } else { 0.011 },
        conclusion: if quality { Conclusion::Works } else { Conclusion::DoesNotMove },
        agents: 31,
        controls: 44,
        steps: steps(if quality { 1.0 } else { 0.01 }),
        pre_trend: false,
        sessions: 2.0,
        minutes: Some(50.0),
        dosed: 30,
    }
}

/// A dip before the first session and a little after it.
fn steps(size: f64) -> Vec<EffectStep> {
    let step = |event: i32| {
        let wave = f64::from((event * 7).rem_euclid(5) - 2) * 0.12;
        let effect = size
            * if event == -1 {
                -4.4
            } else if event < 0 {
                wave
            } else {
                0.3 + wave
            };
        let half = size * (1.1 + 0.05 * f64::from(event.abs()));
        EffectStep {
            event,
            agents: 31 - event.unsigned_abs(),
            effect,
            low: effect - half,
            high: effect + half,
        }
    };
    (-6..=8).filter(|event| *event != 0).map(step).collect()
}

/// Effort and sessions rose, quality moved, resolution did not.
fn chain() -> Chain {
    let ranged =
        |value: f64, half: f64| Some(Ranged { value, low: value - half, high: value + half, level: 0.95 });
    Chain {
        minutes_before: Some(31.0),
        minutes_now: Some(43.0),
        minutes_change: ranged(12.0, 4.0),
        effort_up: Some(true),
        sessions_before: Some(1.1),
        sessions_now: Some(1.5),
        sessions_change: ranged(0.4, 0.2),
        activity_up: Some(true),
        behaviour_metric: Some("quality".into()),
        behaviour_change: ranged(4.1, 1.0),
        behaviour_effect: ranged(3.4, 1.8),
        behaviour_says: Some(Conclusion::Works),
        own_scored: Some(0.8),
        behaviour_independent: None,
        behaviour_up: Some(true),
        outcome_change: ranged(-0.001, 0.008),
        outcome_effect: ranged(0.003, 0.012),
        outcome_says: Conclusion::DoesNotMove,
        outcome_flat: Some(true),
        paradox: Some(true),
        link: Some(Link::Outcome),
        agents: 31,
        agents_needed: None,
    }
}

/// Twenty-six weeks, lower since week 34, the last one usual.
pub(crate) fn control() -> ControlChart {
    let end = period().0 - 1;
    let value = |week: i32| {
        let wave = f64::from((week * 5).rem_euclid(7) - 3) * 0.002;
        if week < 13 { 0.702 + wave } else { 0.668 + wave }
    };
    let limits = |week: i32| if week < 13 { (0.691, 0.713) } else { (0.657, 0.679) };
    let mut values: Vec<f64> = (0..26).map(value).collect();
    values[20] = 0.684;
    ControlChart {
        periods: (0..26).map(|week| Period(end - 25 + week)).collect(),
        values,
        limits: (0..26).map(limits).collect(),
        centre: Some(0.668),
        target: Some(0.75),
        changes: vec![Period(end - 12)],
    }
}

/// One stage: the two types that carry the gap stand out, or none does.
fn stage(name: &str, measured_by: &str, usual: f64, high: f64, times: f64) -> Drawn {
    let level = |row: &BreakdownRow| {
        let carries = row.credible;
        StageLevel {
            contact_type: row.contact_type.clone(),
            agents: row.agents,
            share: row.share,
            level: if carries { high } else { usual },
            excess: Some(if carries { high - usual } else { 0.0 }),
            times: Some(if carries { times } else { 0.1 }),
            p_high: Some(if carries { 0.001 } else { 0.4 }),
        }
    };
    let types = breakdown().rows.iter().map(level).collect();
    let figure = StageLevels { stage: name.into(), measured_by: measured_by.into(), types };
    drawn(&format!("{name}-high"), Figure::Stage(figure))
}

fn type_groups() -> TypeGroups {
    let group = |name: &str, members: &[(&str, f64)], gap: f64| TypeGroup {
        like: name.into(),
        members: members
            .iter()
            .map(|(name, gap)| TypeMember { contact_type: (*name).into(), agents: 40, gap: Some(*gap) })
            .collect(),
        share: 0.25,
        gap: Some(gap),
        low: Some(gap - 0.02),
        high: Some(gap + 0.02),
    };
    let usual = [
        ("Billing", 0.012),
        ("Tariff change", 0.0075),
        ("Move home", 0.014),
        ("Meter reading", 0.006),
        ("Payment plan", 0.008),
        ("Boiler cover", 0.015),
    ];
    TypeGroups {
        groups: vec![
            group("Billing", &usual, 0.01),
            group("Refund approval", &[("Refund approval", 0.367), ("Complaint", 0.19)], 0.296),
        ],
        compared: 8,
        compared_by: ["First-contact resolution", "Handle time"].map(|m| ComparedBy::Level(m.into())).into(),
        found_again: Some(0.86),
    }
}

/// Every kind of figure, once.
fn figures(spread: AgentSpread) -> Vec<Drawn> {
    vec![
        drawn("agents-vary", Figure::AgentSpread(spread)),
        drawn("course-of-time", Figure::Control(control())),
        stage("hold", "aht", 290.0, 340.0, 3.3),
        stage("escalation", "next-step", 0.06, 0.31, 8.3),
        drawn("types-fail-alike", Figure::TypeGroups(type_groups())),
    ]
}

/// The tables that stages are looked up in.
fn stage_evidence(rule: &str) -> EvidenceTable {
    let one = |found: &BreakdownRow| {
        let own = Row {
            agents: found.agents,
            q: vec![if found.credible { 0.004 } else { 0.7 }.into()],
            ..row(Some(&found.contact_type), vec![0.1.into(), 0.2.into()])
        };
        (Some("fcr".to_owned()), Scope::Operation, own)
    };
    EvidenceTable {
        rule: rule.into(),
        kind: "stage-signals",
        columns: TYPES,
        p_values: &["p_high"],
        rows: breakdown().rows.iter().map(one).collect(),
    }
}

/// Eight weeks of answers at the operation.
fn timeline() -> Vec<(Period, String, Scope, VerdictId)> {
    let answer = |metric: &str, week: i32| match metric {
        "fcr" if week >= 3 => VerdictId::Structural,
        "fcr" => VerdictId::NotEnoughEvidence,
        "next-step" => VerdictId::Behavioural,
        "aht" if week < 7 => VerdictId::Mixed,
        _ => VerdictId::NoGap,
    };
    let of = |metric: &'static str| {
        (0..8).map(move |week| {
            (Period(period().0 - 7 + week), metric.to_owned(), Scope::Operation, answer(metric, week))
        })
    };
    ["fcr", "quality", "next-step", "aht"].into_iter().flat_map(of).collect()
}

fn facts() -> Vec<(Option<String>, Scope, Fact)> {
    let on = |metric: &str, fact: Fact| (Some(metric.to_owned()), Scope::Operation, fact);
    let mut refund = gap(0.3833, 0.012, 0.75, 0.3667, 9_720, 58);
    refund.best_period = Some(0.43);
    let ledger = Ledger {
        reach: 0.007,
        out_of_reach: 0.067,
        unplaced: 0.008,
        ahead: 0.0,
        reach_low: 0.004,
        reach_high: 0.009,
        level: 0.8,
        best_half: 0.003,
        best_quarter: 0.007,
        best_tenth: 0.011,
        reachable_as: "best quarter".into(),
    };
    let spread = |sd: f64, luck: f64, seen: f64| {
        Fact::Spread(Spread {
            between_agent_sd: sd,
            low: 0.0,
            high: sd * 1.7,
            level: 0.95,
            from_luck: luck,
            seen,
            agents: 60,
        })
    };
    let minutes = Minutes {
        minutes: 577.0 * 60.0,
        on_reachable: 188.0 * 60.0,
        on_out_of_reach: 214.0 * 60.0,
        undetermined: 0.0,
        no_focus: 175.0 * 60.0,
        sessions: 1150,
        cancelled: 48,
        minutes_before: 412.0 * 60.0,
        active_agents: 60,
        active_agents_before: 59,
        periods: 13,
    };
    let cause = Cause {
        id: "authority".into(),
        signs: 2,
        of: 3,
        because: vec!["escalation-uniform".into(), "resolved-only-above".into()],
        not_measured: vec![],
        contact_types: vec!["Refund approval".into()],
    };
    let check = Check {
        id: "fresh-contacts".into(),
        passed: true,
        level: "withhold".into(),
        value: Some(0.0),
        limit: Some(0.2),
        say: Phrase::as_is("All seven days are there."),
    };
    vec![
        on("fcr", Fact::Gap(gap(0.668, 0.0055, 0.75, 0.082, 64_800, 60))),
        (Some("fcr".into()), Scope::ContactType("Refund approval".into()), Fact::Gap(refund)),
        on("fcr", Fact::Ledger(ledger)),
        on("fcr", spread(0.012, 0.034, 0.036)),
        on("fcr", Fact::Breakdown(breakdown())),
        on("fcr", Fact::Cause(cause)),
        on("fcr", Fact::Effect(effect("fcr"))),
        on("fcr", Fact::Chain(chain())),
        on("quality", Fact::Gap(gap(85.9, 0.8, 85.0, -0.9, 1_430, 60))),
        on("quality", Fact::Effect(effect("quality"))),
        on("next-step", Fact::Gap(gap(0.71, 0.03, 0.80, 0.09, 1_430, 60))),
        on("next-step", spread(0.06, 0.034, 0.069)),
        on("aht", Fact::Gap(gap(298.0, 4.0, 300.0, -2.0, 64_800, 60))),
        (None, Scope::Operation, Fact::Minutes(minutes)),
        (None, Scope::Operation, Fact::Check(check)),
    ]
}

pub(crate) fn verdict(metric: &str, verdict: VerdictId, form: &str) -> Verdict {
    Verdict {
        metric: metric.into(),
        scope: Scope::Operation,
        verdict,
        form: Some(form.into()),
        provisional: false,
        this_period_alone: verdict,
        probability: Some(0.94),
        adjusted: Some(0.97),
        confidence: Some(Confidence::Strong),
        power_of_opposite: None,
        contact_types: vec![],
        signals: vec![],
        why: vec![],
        needs: vec![],
        weights: vec![],
        runner_up: None,
        caveats: vec![],
        since: Period(period().0 - 5),
        since_at_least: false,
    }
}

fn verdicts() -> Vec<Verdict> {
    let mut fcr = verdict("fcr", VerdictId::Structural, "concentrated");
    fcr.power_of_opposite = Some(0.91);
    fcr.contact_types = vec!["Refund approval".into(), "Complaint".into()];
    fcr.signals = vec![
        ("gap".into(), Some(true)),
        ("out_of_reach".into(), Some(true)),
        ("concentrated".into(), Some(true)),
        ("agents_vary".into(), None),
    ];
    fcr.why = vec!["gap-is-real".into(), "out-of-reach".into()];
    fcr.weights = vec![WeightApplied { when: "coaching_does_not_move".into(), log_odds: 1.0 }];
    fcr.runner_up = Some(VerdictId::Mixed);
    let mut next = verdict("next-step", VerdictId::Behavioural, "general");
    next.confidence = Some(Confidence::Moderate);
    next.probability = Some(0.84);
    let mut quality = verdict("quality", VerdictId::NoGap, "on-target");
    quality.confidence = None;
    let mut aht = verdict("aht", VerdictId::NoGap, "on-target");
    aht.confidence = None;
    vec![fcr, quality, next, aht]
}

pub(crate) fn row(item: Option<&str>, values: Vec<Value>) -> Row {
    let end = Period(period().0 - 1);
    Row {
        item: item.map(String::from),
        n: 64_800,
        agents: 60,
        window: (Period(end.0 - 11), end),
        values,
        q: vec![],
    }
}

pub(crate) fn finding(rule: &str, columns: &'static [Column], row: Row, state: FindingState) -> Finding {
    Finding {
        id: format!("fcr/{rule}/operation"),
        rule: rule.into(),
        severity: Severity::High,
        metric: Some("fcr".into()),
        scope: Scope::Operation,
        item: row.item.clone(),
        state,
        since: Period(period().0 - 5),
        since_at_least: false,
        columns,
        row,
        thresholds: vec![],
        waived: None,
    }
}

fn findings() -> Vec<Finding> {
    let gap_row = row(None, vec![0.668.into(), 0.75.into(), 0.082.into(), 0.0765.into()]);
    let mut gap = finding("gap-is-real", GAP, gap_row, FindingState::Ongoing);
    gap.thresholds = vec![("min_gap".into(), 0.02)];
    let mut reach =
        finding("out-of-reach", REACH, row(None, vec![0.82.into(), 0.94.into()]), FindingState::Ongoing);
    reach.thresholds = vec![("min_probability".into(), 0.8)];
    let mut refund = row(Some("Refund approval"), vec![0.3833.into(), 0.055.into()]);
    (refund.n, refund.agents) = (9_720, 58);
    let mut refund = finding("gap-concentrated", TYPES, refund, FindingState::Ongoing);
    refund.id.push_str("/1");
    refund.thresholds = vec![("min_share".into(), 0.3)];
    vec![gap, reach, refund]
}

pub(crate) fn decision(template: &str, types: &[&str], owner: &str, due: &str) -> Decision {
    Decision {
        id: format!("fcr/{template}"),
        template: template.into(),
        metric: "fcr".into(),
        scope: Scope::Operation,
        finding: Some("fcr/gap-concentrated/operation/1".into()),
        contact_types: types.iter().map(|t| (*t).to_owned()).collect(),
        what: template.into(),
        owner_role: owner.into(),
        due: date(due),
        at_stake: None,
        waiting_per_period: None,
        since: Period(period().0 - 5),
        since_at_least: false,
        minutes_since: Some(2760.0),
        risk: None,
        state: Asked::Asked,
    }
}

fn decisions() -> Vec<Decision> {
    let mut owner =
        decision("give-an-owner", &["Refund approval"], "Head of Operations with Finance", "2026-11-27");
    owner.at_stake = Some(0.055);
    owner.waiting_per_period = Some(297.0);
    let both = ["Refund approval", "Complaint"];
    vec![
        owner,
        decision("no-more-coaching", &both, "Head of Customer Service", "2026-11-20"),
        decision("find-the-cause", &["Complaint"], "Quality lead", "2026-11-27"),
    ]
}

fn evidence() -> Vec<EvidenceTable> {
    let table = |rule: &str, kind: &'static str, columns, rows: Vec<Row>| EvidenceTable {
        rule: rule.into(),
        kind,
        columns,
        p_values: &[],
        rows: rows.into_iter().map(|row| (Some("fcr".to_owned()), Scope::Operation, row)).collect(),
    };
    let found = findings();
    vec![
        table("gap-is-real", "gap", GAP, vec![found[0].row.clone()]),
        table("out-of-reach", "reach", REACH, vec![found[1].row.clone()]),
        table("gap-concentrated", "concentration", TYPES, vec![found[2].row.clone()]),
        stage_evidence("hold-high"),
        stage_evidence("escalation-high"),
    ]
}

/// Sixty levels around 66.8 %, wider than luck by a little.
fn lanes() -> Vec<Lane> {
    (0..60).map(|k| Lane { level: 0.668 + 0.0012 * (f64::from(k) - 29.5), sd: 0.034 }).collect()
}

fn quality() -> Quality {
    let source = |source, read: u64, used: u64, unusable: &[(&str, u64)]| SourceCount {
        source,
        read,
        used,
        filtered: read - used - 12,
        later: 0,
        rejected: 12,
        reasons: BTreeMap::from([("bad-time".to_owned(), 12)]),
        unusable: unusable.iter().map(|(metric, n)| ((*metric).to_owned(), *n)).collect(),
        first_day: Some(date("2026-03-02")),
        last_day: Some(date("2026-11-15")),
        files: 3,
    };
    Quality {
        sources: vec![
            source(SourceId::Contacts, 206_012, 204_900, &[("fcr", 6_147)]),
            source(SourceId::Evaluations, 4_512, 4_500, &[]),
            source(SourceId::Coaching, 1_212, 1_200, &[]),
        ],
        rejected: vec![Rejected {
            source: SourceId::Contacts,
            file: "data/contacts/2026-11.csv".into(),
            line: Some(17),
            reason: "bad-time".into(),
        }],
        missing: BTreeMap::new(),
        ..Quality::default()
    }
}

fn signals() -> Vec<Signal> {
    let signal = |name: &str, rule: &str, value| Signal {
        name: name.into(),
        rule: rule.into(),
        metric: Some("fcr".into()),
        scope: Scope::Operation,
        value,
        because: vec![],
    };
    vec![
        signal("gap", "gap-is-real", Some(true)),
        signal("out_of_reach", "out-of-reach", Some(true)),
        signal("concentrated", "gap-concentrated", Some(true)),
        signal("agents_vary", "agents-vary", None),
    ]
}

/// The week as judged.
pub(crate) fn story() -> Story {
    let csat = NotJudged {
        rule: "gap-is-real".into(),
        metric: Some("csat".into()),
        scope: Scope::Operation,
        reason: Reason::FewContacts,
        need: Phrase::as_is("4 % of contacts answered the survey, about 7 more weeks needed"),
    };
    let spread = AgentSpread { mean: 0.668, target: Some(0.75), agents: lanes() };
    let closed = NotJudged {
        rule: "agents-vary".into(),
        reason: Reason::WideInterval,
        metric: Some("fcr".into()),
        need: Phrase::as_is("about 20 more agents"),
        scope: Scope::Operation,
    };
    Story {
        now: Judgement {
            period: period(),
            evidence: evidence(),
            facts: facts(),
            figures: figures(spread),
            signals: signals(),
            verdicts: verdicts(),
            findings: findings(),
            decisions: decisions(),
            pattern: Some(PatternNamed {
                id: "coaching-paradox".into(),
                label: "Coaching paradox".into(),
                score: 0.7,
                runner_up: Some("firefighting".into()),
            }),
            not_judged: vec![csat, closed],
        },
        timeline: timeline(),
        resolved: vec![resolved()],
        moves: vec![
            Move { metric: "fcr".into(), now: 0.668, before: 0.669, usual: 0.011 },
            Move { metric: "aht".into(), now: 298.0, before: 305.0, usual: 9.0 },
        ],
        may_add: vec![gapwise::model::MayAdd {
            metric: "fcr".into(),
            scope: Scope::Operation,
            answer: gapwise::model::MayAddAnswer::No,
            contact_types: vec![],
        }],
        quality: quality(),
        rules_in_force: 24,
        rules_judged: 23,
    }
}

/// A figure about resolution in the whole operation.
fn drawn(rule: &str, figure: Figure) -> Drawn {
    Drawn { rule: rule.into(), metric: Some("fcr".into()), scope: Scope::Operation, figure }
}

fn resolved() -> Finding {
    let values = vec![305.0.into(), 300.0.into(), 5.0.into(), Value::Null];
    let mut gone = finding("gap-is-real", GAP, row(None, values), FindingState::Resolved);
    gone.id = "aht/gap-is-real/operation".into();
    gone.metric = Some("aht".into());
    gone
}
