//! A year of stable weeks: how often is one of them called unusual, or a level said to have changed?

use gapwise::calendar::Period;
use gapwise::cube::Sums;
use gapwise::judge;
use gapwise::kinds::Depth;
use gapwise::model::{Judgement, Value};

use super::centre::{Centre, Drawn, Values, draw, float, signed};
use super::page::{Chapter, Gate, Kept, Mean, Table};
use super::random::Random;
use super::workspace::{LAST, Lab, Setting};

const YEAR: i32 = 52;
const WINDOW: i32 = 26;
/// Five in a hundred spans of fourteen weeks.
const DESIGNED: f64 = 0.05 * 52.0 / 14.0;

fn cases() -> Vec<(&'static str, Centre)> {
    let usual = |per_week, unrest| Centre {
        weeks: 78,
        unrest,
        work: vec![super::centre::Work { share: 1.0, gap: 0.02, sd: 0.04 }],
        ..Centre::usual(per_week, 0.0, 0.0)
    };
    vec![
        ("200 contacts a week, nothing but luck", usual(5.0, 0.0)),
        ("2,000 contacts a week, nothing but luck", usual(50.0, 0.0)),
        ("2,000 contacts a week, weeks vary by 1 point", usual(50.0, 0.01)),
        ("20,000 contacts a week, weeks vary by 1 point", usual(500.0, 0.01)),
    ]
}

pub(crate) fn chapter(runs: u64) -> anyhow::Result<Chapter> {
    let runs = (runs / 10).max(2);
    let mut setting = Setting::new(Values::Share, 0.75, 0.01);
    setting.pack = "builtin:core";
    let lab = Lab::new(&setting)?;
    let mut chapter = Chapter::default();
    chapter.say(&format!(
        "### Weeks called unusual\n\nFalse alarms in 52 weekly reports of a centre in which nothing happens but luck and, \
         where said, weeks that differ as weeks do; {runs} years of each. The naive chart is the textbook one for shares: \
         three sigma of pure luck around the mean of the last 26 weeks.",
    ));
    let mut table = Table::new(&[
        "truth",
        "weeks called unusual",
        "weeks with any sign (outside, or eight on one side)",
        "reports of a worse level",
        "naive chart: weeks outside",
    ]);
    for (name, centre) in cases() {
        let mut found = [Mean::default(), Mean::default(), Mean::default(), Mean::default()];
        for run in 0..runs {
            let drawn = draw(&centre, &lab, &mut Random::of(name, run));
            let alarms = alarms(&lab, &drawn);
            for (mean, count) in found.iter_mut().zip(alarms) {
                mean.add(float(count));
            }
        }
        let text = |mean: &Mean| format!("{:.2} ± {:.2}", mean.mean(), mean.error());
        table.row(&[vec![name.to_owned()], found.iter().map(text).collect()].concat());
        chapter.gates.push(Gate {
            name: format!("weeks falsely called unusual a year, {name}"),
            asked: format!("at most {DESIGNED:.2}"),
            found: text(&found[0]),
            kept: Kept::of(found[0].mean() - DESIGNED, found[0].error()),
        });
    }
    chapter.table(table);
    Ok(chapter)
}

fn alarms(lab: &Lab, drawn: &Drawn) -> [u64; 4] {
    let mut alarms = [0; 4];
    for week in LAST - YEAR + 1..=LAST {
        let said = judge::judge(&lab.plan, &drawn.data, Period(week), Depth::Verdicts);
        alarms[0] += u64::from(flag(&said, "outside"));
        alarms[1] += u64::from(flag(&said, "special_cause"));
        let worse = said.findings.iter().any(|finding| finding.rule == "level-got-worse");
        alarms[2] += u64::from(worse);
        alarms[3] += u64::from(outside(drawn, week));
    }
    alarms
}

/// A flag of the one row about the course over time.
fn flag(said: &Judgement, column: &str) -> bool {
    let table = said.evidence.iter().find(|table| table.kind == "trend");
    let value = table.and_then(|table| {
        let at = table.columns.iter().position(|one| one.name == column)?;
        table.rows.first()?.2.values.get(at)
    });
    matches!(value, Some(Value::Flag(true)))
}

/// Whether a week lies outside three sigma of luck around the mean of the weeks before.
fn outside(drawn: &Drawn, week: i32) -> bool {
    let cube = &drawn.data.cubes[0];
    let Some((_, Sums::Simple { n, sum, .. })) = cube.sums(0) else { return false };
    let level = |from: i32, to: i32| {
        let rows = || cube.between(Period(from), Period(to));
        let all = float(rows().map(|row| n[row]).sum());
        (rows().map(|row| signed(sum[row])).sum::<f64>() / all, all)
    };
    let ((usual, _), (now, rows)) = (level(week - WINDOW, week - 1), level(week, week));
    (now - usual).abs() > 3.0 * (usual * (1.0 - usual) / rows).sqrt()
}
