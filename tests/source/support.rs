//! A workspace in a temporary folder with a plan made by hand.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use gapwise::calendar::{Calendar, Grain, Period};
use gapwise::config::{
    ColumnPlan, Event, EventEffect, Gate, Hold, Identity, Individuals, MeasurePlan, Origin, Plan, Privacy,
    SourcePlan, Test, TextFormat, ValueMap, Where,
};
use gapwise::cube::{Data, Sums};
use gapwise::model::{Better, Measure, Metric, Role, SourceCount, SourceId, Unit, UnitKind};
use gapwise::sql;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn metric(id: &str, measure: Measure, kind: UnitKind, decimals: u32) -> Metric {
    Metric {
        id: id.into(),
        label: id.into(),
        source: SourceId::Contacts,
        measure,
        better: Better::Higher,
        unit: Unit { kind, suffix: String::new() },
        target: None,
        target_by: None,
        means: None,
        target_for: BTreeMap::new(),
        material: 0.01,
        role: Role::Outcome,
        concept: None,
        matures_periods: 0,
        matures_days: 0,
        decimals,
    }
}

pub(crate) fn source(id: SourceId, path: &str, columns: &[(&str, &str)]) -> SourcePlan {
    let column = |raw: &str| ColumnPlan { raw: raw.split('+').map(str::to_owned).collect(), aliases: vec![] };
    SourcePlan {
        owner: None,
        id,
        path: path.into(),
        required: id == SourceId::Contacts,
        text: TextFormat::default(),
        columns: columns.iter().map(|(name, raw)| ((*name).to_owned(), column(raw))).collect(),
        segments: vec![],
        filter: None,
        values: BTreeMap::new(),
        measures: vec![],
        moves: BTreeMap::new(),
        dedupe: None,
    }
}

pub(crate) fn measure(metric: usize, value: &str) -> MeasurePlan {
    MeasurePlan { metric, value: sql::parse(value).unwrap(), denominator: None }
}

pub(crate) fn ratio(metric: usize, numerator: &str, denominator: &str) -> MeasurePlan {
    let denominator = Some(sql::parse(denominator).unwrap());
    MeasurePlan { metric, value: sql::parse(numerator).unwrap(), denominator }
}

pub(crate) fn values(pairs: &[(&str, &str)], otherwise: Option<&str>) -> ValueMap {
    let patterns = pairs.iter().map(|(pattern, value)| ((*pattern).to_owned(), (*value).to_owned()));
    ValueMap { patterns: patterns.collect(), otherwise: otherwise.map(str::to_owned) }
}

pub(crate) fn left_out(dates: &[&str], tests: &[(&str, &str)]) -> Event {
    let tests = tests.iter().map(|(level, value)| ((*level).to_owned(), Test::In(vec![(*value).to_owned()])));
    Event {
        what: "outage".into(),
        dates: dates.iter().map(|text| day(text)).collect(),
        filter: Where { tests: tests.collect(), place: None },
        effect: EventEffect::LeaveOut,
        origin: Origin { file: "gapwise.toml".into(), line: 1 },
    }
}

/// Contacts with resolution and handle time, as most tests here have them.
pub(crate) fn contacts(path: &str) -> SourcePlan {
    let mut contacts = source(
        SourceId::Contacts,
        path,
        &[("at", "at"), ("agent", "agent"), ("team", "team"), ("contact_type", "type")],
    );
    contacts.measures = vec![measure(0, "resolved"), measure(1, "handle")];
    contacts
}

pub(crate) fn plan(folder: &Path, sources: Vec<SourcePlan>) -> Plan {
    let metrics = vec![
        metric("fcr", Measure::Proportion, UnitKind::Share, 0),
        metric("aht", Measure::Mean, UnitKind::Seconds, 0),
        metric("score", Measure::Mean, UnitKind::Plain, 2),
        metric("ratio", Measure::Ratio, UnitKind::Plain, 0),
    ];
    Plan {
        folder: folder.into(),
        client: "Client".into(),
        slug: "client".into(),
        calendar: Calendar {
            grain: Grain::Week { start: chrono::Weekday::Mon },
            zone: chrono_tz::Tz::Europe__London,
        },
        locale: gapwise::words::Locale::default(),
        metrics,
        sources,
        conditions: vec![],
        preconditions: BTreeMap::new(),
        history: 8,
        hold: Hold { periods: 3, memory: 6 },
        rules: vec![],
        verdicts: vec![],
        weights: vec![],
        caps: vec![],
        patterns: vec![],
        causes: vec![],
        decisions: vec![],
        names: gapwise::config::Names::default(),
        waivers: vec![],
        events: vec![],
        gate: Gate { missing_days: 0.5, rejected: 0.5, next_try: None },
        identity: Identity::default(),
        privacy: Privacy {
            individuals: Individuals::Never,
            min_group: 8,
            sensitive: vec![],
            retain_days: None,
            allows: vec![],
        },
        reports: vec![],
        brand: gapwise::config::Brand::default(),
        deliveries: vec![],
        packs: vec![],
        client_changes: 0,
        disabled: vec![],
        templates: BTreeMap::new(),
    }
}

/// Reads the weeks 2026-W40 to 2026-W46.
pub(crate) fn read(plan: &Plan) -> anyhow::Result<Data> {
    gapwise::source::read(plan, weeks(plan, "2026-09-28", "2026-11-15"), day("2026-11-15"), None)
}

pub(crate) fn weeks(plan: &Plan, from: &str, to: &str) -> (Period, Period) {
    (plan.calendar.of(day(from)), plan.calendar.of(day(to)))
}

/// One contacts file read with the usual plan.
pub(crate) fn read_text(name: &str, bytes: &[u8], change: impl FnOnce(&mut Plan)) -> anyhow::Result<Data> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let mut plan = plan(folder.path(), vec![contacts(name)]);
    change(&mut plan);
    read(&plan)
}

/// (n, sum, sum of squares) of a metric over all cells.
pub(crate) fn totals(data: &Data, metric: usize) -> (u64, i64, i64) {
    match data.cubes[0].sums(metric) {
        Some((_, Sums::Simple { n, sum, squares })) => {
            (n.iter().sum(), sum.iter().sum(), squares.iter().sum())
        }
        other => panic!("no simple sums but {other:?}"),
    }
}

/// The account of the first source, which must add up.
pub(crate) fn account(data: &Data) -> &SourceCount {
    let count = &data.quality.sources[0];
    assert_eq!(count.read, count.used + count.filtered + count.later + count.rejected, "{count:?}");
    assert_eq!(count.rejected, count.reasons.values().sum::<u64>(), "{count:?}");
    assert_eq!(data.cubes[0].rows.iter().sum::<u64>(), count.used);
    count
}

/// (line, reason) of the refused rows.
pub(crate) fn refused(data: &Data) -> Vec<(Option<u64>, &str)> {
    data.quality.rejected.iter().map(|row| (row.line, row.reason.as_str())).collect()
}
