//! Every interval a report prints about a gap and the spread behind it: how often does it hold the truth?

use gapwise::stats::dist::{chi2_quantile, normal_quantile};

use super::centre::{Centre, Drawn, HEADROOM, Skill, Values, Work, count, draw};
use super::naive;
use super::page::{Chapter, Gate, Mean, Rate, Table};
use super::random::Random;
use super::said::Said;
use super::workspace::{Lab, Setting};

/// Nominal level less what is allowed.
const ALLOWED: f64 = 0.02;

struct Case {
    name: &'static str,
    centre: Centre,
    material: f64,
}

fn cases() -> Vec<Case> {
    let share = |name, centre| Case { name, centre, material: 0.01 };
    let usual = Centre::usual;
    let two = [0.2, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    vec![
        share("share, agents differ by 6.3, 150 a week", usual(150.0, 0.05, 0.063)),
        share("share, agents differ by 6.3, 25 a week", usual(25.0, 0.05, 0.063)),
        share("share, equal agents, 150 a week", usual(150.0, 0.06, 0.0)),
        share("share, agents differ by 3.2, gap of 10", usual(150.0, 0.1, 0.032)),
        share(
            "share, by type, agents differ by 4",
            Centre { skill: Skill::ByType, ..usual(150.0, 0.066, 0.04) },
        ),
        share("share, 2 of 8 types short", usual(150.0, 0.0, 0.032).with_gaps(&two)),
        share("share, weeks vary by 3", Centre { shocks: 0.03, ..usual(150.0, 0.05, 0.05) }),
        share("share, 12 agents", Centre { agents: 12, ..usual(150.0, 0.05, 0.05) }),
        share("share, 5 a week", usual(5.0, 0.05, 0.05)),
        Case { name: "seconds (variation .9), 50 a week", centre: seconds(50.0, 20.0), material: 6.0 },
        Case { name: "seconds, 150 a week, equal agents", centre: seconds(150.0, 0.0), material: 6.0 },
        Case { name: "score, 3 evaluations a week", centre: score(5.0), material: 1.0 },
        Case { name: "score, equal agents", centre: score(0.0), material: 1.0 },
    ]
}

fn seconds(per_week: f64, sd: f64) -> Centre {
    let work = vec![Work { share: 0.25, gap: 24.0, sd }; 4];
    Centre { values: Values::Seconds(0.9), target: 300.0, work, ..Centre::usual(per_week, 0.0, 0.0) }
}

fn score(sd: f64) -> Centre {
    let work = vec![Work { share: 0.5, gap: 4.0, sd }; 2];
    Centre { values: Values::Score(10.0), target: 80.0, work, ..Centre::usual(3.0, 0.0, 0.0) }
}

/// One printed interval over the runs of a case.
struct Held {
    name: &'static str,
    level: f64,
    ours: Rate,
    naive: Rate,
    error: Mean,
    naive_error: Mean,
}

impl Held {
    fn new(name: &'static str, level: f64) -> Self {
        let (ours, naive) = (Rate::default(), Rate::default());
        Self { name, level, ours, naive, error: Mean::default(), naive_error: Mean::default() }
    }

    fn add(&mut self, truth: f64, found: Option<Interval>, naive: Option<Interval>) {
        let holds = |one: &Interval| one.low - 1e-12 <= truth && truth <= one.high + 1e-12;
        if let Some(found) = found {
            self.ours.add(holds(&found));
            self.error.add(found.estimate - truth);
        }
        if let Some(naive) = naive {
            self.naive.add(holds(&naive));
            self.naive_error.add(naive.estimate - truth);
        }
    }
}

#[derive(Clone, Copy)]
struct Interval {
    estimate: f64,
    low: f64,
    high: f64,
}

fn of(said: &Said, rule: &str, names: [&str; 3]) -> Option<Interval> {
    let [estimate, low, high] = names.map(|name| said.number(rule, name));
    Some(Interval { estimate: estimate?, low: low?, high: high? })
}

pub(crate) fn chapter(runs: u64) -> anyhow::Result<Chapter> {
    let mut chapter = Chapter::default();
    chapter.say(
        "## Ranges\n\nHow often a printed range holds the truth, in per cent of the runs in which it was printed; the \
         mean error of its estimate in points (for seconds and scores in their own unit). The naive range of the gap \
         takes every contact as independent, that of the spread is the raw spread with its textbook range, that of \
         the part within reach is the raw spread put in place of the true one (it has no range).",
    );
    let mut table = Table::new(&[
        "range",
        "of",
        "nominal",
        "holds the truth",
        "printed in",
        "mean error",
        "naive holds",
        "naive mean error",
    ]);
    for case in cases() {
        let lab = Lab::new(&Setting::new(case.centre.values, case.centre.target, case.material))?;
        let scale = if case.centre.values == Values::Share { 100.0 } else { 1.0 };
        for held in measure(&case, &lab, runs) {
            if held.ours.of == 0 {
                continue;
            }
            table.row(&[
                held.name.into(),
                case.name.into(),
                format!("{:.0}", 100.0 * held.level),
                held.ours.text(),
                Rate { hits: held.ours.of, of: runs }.text(),
                held.error.text(scale),
                held.naive.text(),
                held.naive_error.text(scale),
            ]);
            let title = format!("{}, {}", held.name, case.name);
            chapter.gates.push(Gate::at_least(title, held.level - ALLOWED, held.ours));
        }
    }
    chapter.table(table);
    Ok(chapter)
}

fn measure(case: &Case, lab: &Lab, runs: u64) -> Vec<Held> {
    let mut gap = Held::new("gap", 0.95);
    let mut spread = Held::new("spread between agents", 0.95);
    let mut by_type = Held::new("spread in the first type", 0.95);
    let mut reach = Held::new("part within reach", 0.80);
    let mut share = Held::new("share within reach", 0.80);
    let mut of_these = Held::new("part within reach of these agents", 0.80);
    let mut share_of_these = Held::new("share within reach of these agents", 0.80);
    let centre = &case.centre;
    for run in 0..runs {
        let drawn = draw(centre, lab, &mut Random::of(case.name, run));
        let said = Said::of(lab, &drawn);
        gap.add(
            drawn.gap_of_these,
            of(&said, "gap-is-real", ["adverse", "low", "high"]),
            independent(centre, &drawn),
        );
        if centre.skill == Skill::General {
            spread.add(centre.work[0].sd, of(&said, "agents-vary", ["sd", "sd_low", "sd_high"]), raw(&drawn));
        }
        by_type.add(centre.work[0].sd, first_type(&said), None);
        if let Some(parts) = parts(&drawn.types, &said) {
            let placed =
                of(&said, "out-of-reach", ["reach", "reach_low", "reach_high"]).filter(|_| parts.placed > 0);
            let naive = naive_reach(centre, &drawn);
            of_these.add(parts.reach, placed, naive);
            share_of_these.add(
                parts.share,
                of(&said, "out-of-reach", ["share", "share_low", "share_high"]),
                None,
            );
        }
        if let Some(parts) = parts(&centre.work, &said) {
            let placed =
                of(&said, "out-of-reach", ["reach", "reach_low", "reach_high"]).filter(|_| parts.placed > 0);
            reach.add(parts.reach, placed, naive_reach(centre, &drawn));
            share.add(parts.share, of(&said, "out-of-reach", ["share", "share_low", "share_high"]), None);
        }
    }
    vec![gap, spread, by_type, of_these, reach, share_of_these, share]
}

fn first_type(said: &Said) -> Option<Interval> {
    let [estimate, low, high] =
        ["sd", "sd_low", "sd_high"].map(|name| said.of_item("agents-vary", name, "type 00000"));
    Some(Interval { estimate: estimate?, low: low?, high: high? })
}

/// What the printed parts should be: over the types that were placed, and over those with a credible gap.
struct Parts {
    placed: usize,
    reach: f64,
    share: f64,
}

fn parts(types: &[Work], said: &Said) -> Option<Parts> {
    let breakdown = said.breakdown()?;
    let mut parts = Parts { placed: 0, reach: 0.0, share: 0.0 };
    let (mut closes, mut gap) = (0.0, 0.0);
    for row in breakdown.rows.iter().filter(|row| row.credible) {
        let index: usize = row.contact_type.trim_start_matches("type ").parse().ok()?;
        let work = types[index];
        let within = work.share * work.gap.max(0.0).min(HEADROOM * work.sd);
        closes += within;
        gap += work.share * work.gap.max(0.0);
        if row.label.as_deref().is_some_and(|label| label != "undetermined") {
            parts.placed += 1;
            parts.reach += within;
        }
    }
    parts.share = closes / gap;
    (gap > 0.0).then_some(parts)
}

/// The gap as if every contact were drawn alone.
fn independent(centre: &Centre, drawn: &Drawn) -> Option<Interval> {
    let cube = drawn.data.cubes.first()?;
    let (decimals, sums) = cube.sums(0)?;
    let scale = 10f64.powi(decimals.cast_signed());
    let gapwise::cube::Sums::Simple { n, sum, squares } = sums else { return None };
    let n = super::centre::float(n.iter().sum());
    let whole = |sums: &[i64]| sums.iter().map(|sum| super::centre::signed(*sum)).sum::<f64>();
    let mean = whole(sum) / scale / n;
    let variance = whole(squares) / scale / scale / n - mean * mean;
    let (estimate, half) =
        (centre.sign() * (centre.target - mean), (variance / n).sqrt() * normal_quantile(0.975));
    Some(Interval { estimate, low: estimate - half, high: estimate + half })
}

/// The raw standard deviation of agents' averages with its textbook range.
fn raw(drawn: &Drawn) -> Option<Interval> {
    let estimate = naive::spread(&drawn.averages);
    let df = count(drawn.averages.len().checked_sub(1)?);
    let bound = |p| estimate * (df / chi2_quantile(p, df)).sqrt();
    Some(Interval { estimate, low: bound(0.975), high: bound(0.025) })
}

fn naive_reach(centre: &Centre, drawn: &Drawn) -> Option<Interval> {
    let estimate = drawn.gap_of_these.min(HEADROOM * naive::spread(&drawn.averages));
    (centre.gap() > 0.0).then_some(Interval { estimate, low: estimate, high: estimate })
}
