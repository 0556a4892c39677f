//! A large centre, for timing: a million cells of three metrics.

use gapwise::cube::{Cube, Data, Sums};
use gapwise::model::SourceId;

use super::centre::Values;
use super::random::Random;
use super::workspace::{LAST, Lab, Setting};

const METRICS: &str = r#"
[metrics.repeat]
type = "proportion"
value = "repeated = 'Y'"
better = "lower"
target = 0.12
material = 0.01

[metrics.handle]
type = "mean"
value = "handle_s"
unit = "s"
better = "lower"
target = 300
material = 10
"#;

pub(crate) fn lab() -> anyhow::Result<Lab> {
    let mut setting = Setting::new(Values::Share, 0.75, 0.01);
    setting.metrics = METRICS.into();
    Lab::new(&setting)
}

/// `agents` x `types` x `weeks` cells of a few contacts each. Agents differ, two types are blocked.
pub(crate) fn large(lab: &Lab, agents: u32, types: u32, weeks: u32) -> Data {
    let mut random = Random::of("large", 0);
    let skill: Vec<f64> = (0..agents).map(|_| random.normal()).collect();
    let cells = (agents * types * weeks) as usize;
    let column = || Vec::<u32>::with_capacity(cells);
    let (mut agent, mut contact_type) = (column(), column());
    let (mut period, mut n) = (Vec::with_capacity(cells), Vec::with_capacity(cells));
    let mut sums: [[Vec<i64>; 2]; 3] = Default::default();
    let scale = 10f64.powi(lab.plan.metrics[2].decimals.cast_signed());
    for week in 0..weeks {
        for (a, z) in (0..agents).zip(&skill) {
            for c in 0..types {
                let rows = 3 + random.whole(4.0 * random_share(c));
                let level = if c < 2 { 0.5 } else { 0.73 + 0.04 * z };
                period.push(LAST - weeks.cast_signed() + 1 + week.cast_signed());
                agent.push(a);
                contact_type.push(c);
                n.push(rows);
                for (metric, level) in [level, 0.15 - 0.02 * z].into_iter().enumerate() {
                    let hits = random.binomial(rows, level).cast_signed();
                    sums[metric].iter_mut().for_each(|column| column.push(hits));
                }
                let seconds =
                    (0..rows).map(|_| ((310.0 + 20.0 * z + 100.0 * random.normal()) * scale).round());
                #[expect(clippy::cast_possible_truncation, reason = "seconds of a contact")]
                let (sum, squares) =
                    seconds.fold((0, 0), |(sum, squares), s| (sum + s as i64, squares + (s * s) as i64));
                sums[2][0].push(sum);
                sums[2][1].push(squares);
            }
        }
    }
    let metrics =
        sums.into_iter().zip(&lab.plan.metrics).enumerate().map(|(index, ([sum, squares], metric))| {
            (index, metric.decimals, Sums::Simple { n: n.clone(), sum, squares })
        });
    let names = |word: &str, count: u32| (0..count).map(|index| format!("{word} {index:05}")).collect();
    let teams = agents.div_ceil(12);
    let cube = Cube {
        source: SourceId::Contacts,
        team: agent.iter().map(|agent| agent % teams).collect(),
        metrics: metrics.collect(),
        period,
        agent,
        contact_type,
        segments: Vec::new(),
        rows: n,
    };
    Data {
        agents: names("agent", agents),
        teams: names("team", teams),
        contact_types: names("type", types),
        cubes: vec![cube],
        ..Data::default()
    }
}

/// Some types are rarer than others.
fn random_share(c: u32) -> f64 {
    2.0 / (1.0 + f64::from(c % 5))
}
