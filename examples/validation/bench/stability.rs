//! A year of weekly runs at a truth that does not change: how often does the verdict?

use gapwise::judge;
use gapwise::model::{Scope, VerdictId};

use super::centre::{Centre, Drawn, Skill, count, draw, signed};
use super::naive;
use super::page::{Chapter, Gate, Kept, Mean, Rate, Table};
use super::random::Random;
use super::workspace::{LAST, Lab, Setting};

const YEAR: i32 = 52;
/// Weeks a verdict looks back, and a hold on top.
const BEFORE: usize = 18;
const WINDOW: i32 = 12;

struct Case {
    name: &'static str,
    centre: Centre,
    /// Far from the borders of the verdicts.
    gated: bool,
}

fn cases() -> Vec<Case> {
    let gated = |name, centre| Case { name, centre, gated: true };
    let shown = |name, centre| Case { name, centre, gated: false };
    let usual = |volume, gap, sd| Centre { weeks: 52 + BEFORE, ..Centre::usual(volume, gap, sd) };
    let two = [0.2, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    vec![
        gated("behavioural: gap 4, agents differ by 5.8 (1.0)", usual(150.0, 0.04, 0.058)),
        gated("structural: equal agents, gap 6 (0)", usual(150.0, 0.06, 0.0)),
        gated("structural: 2 of 8 types 20 short (0.13)", usual(150.0, 0.0, 0.032).with_gaps(&two)),
        gated(
            "mixed: gap 6.6, agents differ by 4 by type (0.50)",
            Centre { skill: Skill::ByType, ..usual(150.0, 0.066, 0.04) },
        ),
        gated("on target by 2", usual(150.0, -0.02, 0.041)),
        shown("near a border: gap 10, agents differ by 3.2 (0.26)", usual(150.0, 0.1, 0.032)),
        shown("near a border: gap 6.6, agents differ by 5.3 (0.66)", usual(150.0, 0.066, 0.053)),
        shown("near a border: gap of 1 point", usual(150.0, 0.01, 0.041)),
        shown("little to go by: equal agents, gap 4, 25 a week", usual(25.0, 0.04, 0.0)),
        shown(
            "little to go by: 12 agents, gap 5, differ by 6.3",
            Centre { agents: 12, ..usual(150.0, 0.05, 0.063) },
        ),
    ]
}

pub(crate) fn chapter(runs: u64) -> anyhow::Result<Chapter> {
    // A year is 58 judgements, twice.
    let runs = (runs / 20).max(2);
    let held = Lab::new(&year("history = 52"))?;
    let raw = Lab::new(&year("history = 52\nhold = { for = 1, memory = 1 }"))?;
    let mut chapter = Chapter::default();
    chapter.say(&format!(
        "## A year of weekly runs\n\nChanges of the verdict in 52 weekly reports at a truth that does not change, in \
         {runs} years of each kind: as each week alone would say, as the reports say (a change needs three equal \
         answers within six weeks), and by the naive spread rule on the same twelve weeks. *Published*: share of \
         weeks in which the report said the commonest verdict of the year.",
    ));
    let mut table =
        Table::new(&["truth", "each week alone", "as reported", "naive spread", "naive ratio", "published"]);
    let mut usual = Rate::default();
    for case in cases() {
        let mut found = [Mean::default(), Mean::default(), Mean::default(), Mean::default()];
        let mut same = Rate::default();
        for run in 0..runs {
            let drawn = draw(&case.centre, &held, &mut Random::of(case.name, run));
            let reported = told(&held, &drawn, &mut usual);
            let alone = told(&raw, &drawn, &mut Rate::default());
            let [spread, ratio] = by_thumb(&case.centre, &drawn, &held);
            for (mean, series) in found.iter_mut().zip([&alone, &reported, &spread, &ratio]) {
                mean.add(count(series.windows(2).filter(|pair| pair[0] != pair[1]).count()));
            }
            let most = VerdictId::ALL.map(|verdict| reported.iter().filter(|said| **said == verdict).count());
            same.hits += most.into_iter().max().unwrap_or(0) as u64;
            same.of += reported.len() as u64;
        }
        let text = |mean: &Mean| format!("{:.2} ± {:.2}", mean.mean(), mean.error());
        let [alone, reported, spread, ratio] = &found;
        let published = format!("{:.0}", 100.0 * same.share());
        table.row(&[case.name.into(), text(alone), text(reported), text(spread), text(ratio), published]);
        if case.gated {
            chapter.gates.push(Gate {
                name: format!("changes of verdict a year, {}", case.name),
                asked: "at most 1".into(),
                found: text(reported),
                kept: Kept::of(reported.mean() - 1.0, reported.error()),
            });
        }
    }
    chapter.table(table);
    chapter.say(&format!(
        "The usual week-to-week step printed beside each metric (95 %) held the last step in {} % of years.",
        usual.text()
    ));
    chapter.gates.push(Gate::at_least("usual week-to-week step", 0.93, usual));
    Ok(chapter)
}

fn year(top: &str) -> Setting {
    let mut setting = Setting::new(super::centre::Values::Share, 0.75, 0.01);
    setting.top = top.into();
    setting
}

/// The verdict in force in each of the year's weeks.
fn told(lab: &Lab, drawn: &Drawn, usual: &mut Rate) -> Vec<VerdictId> {
    let story = judge::history(&lab.plan, &drawn.data, lab.period());
    for step in &story.moves {
        usual.add((step.now - step.before).abs() <= step.usual);
    }
    let whole = story.timeline.iter().filter(|(_, _, scope, _)| *scope == Scope::Operation);
    whole.map(|(_, _, _, verdict)| *verdict).collect()
}

/// The naive verdicts on each of the year's windows.
fn by_thumb(centre: &Centre, drawn: &Drawn, lab: &Lab) -> [Vec<VerdictId>; 2] {
    let material = lab.plan.metrics[0].material;
    let windows = (LAST - YEAR + 1..=LAST).map(|end| {
        let averages = averages(drawn, end);
        let gap = centre.target - averages.iter().sum::<f64>() / count(averages.len());
        [naive::by_spread(gap, &averages, 0.03, material), naive::by_ratio(gap, &averages, material)]
    });
    let both: Vec<[VerdictId; 2]> = windows.collect();
    [0, 1].map(|which| both.iter().map(|pair| pair[which]).collect())
}

fn averages(drawn: &Drawn, end: i32) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); drawn.data.agents.len()];
    let cube = &drawn.data.cubes[0];
    let Some((_, gapwise::cube::Sums::Simple { n, sum, .. })) = cube.sums(0) else { return Vec::new() };
    for row in 0..cube.len() {
        if (end - WINDOW + 1..=end).contains(&cube.period[row]) {
            let one: &mut (f64, f64) = &mut sums[cube.agent[row] as usize];
            *one = (one.0 + signed(sum[row]), one.1 + super::centre::float(n[row]));
        }
    }
    sums.into_iter().filter(|sum| sum.1 > 0.0).map(|(sum, n)| sum / n).collect()
}
