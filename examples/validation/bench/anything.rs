//! Operations drawn at random: is a structural gap ever called behavioural, or the other way round, and do the
//! printed probabilities mean what they say?

use gapwise::model::VerdictId::{self, Behavioural, Mixed, NoGap, NotEnoughEvidence, Structural};

use super::centre::{Centre, HEADROOM, Skill, Work, draw};
use super::counts::Beside;
use super::page::{Chapter, Gate, Rate, Table};
use super::random::Random;
use super::said::Said;
use super::workspace::Lab;

/// Operations for each run asked for: 1,500 at the usual 400.
const PER_RUN: f64 = 3.75;

fn operation(random: &mut Random) -> Centre {
    let types = below(random, 4.0, 12.0);
    let sd = random.between(0.0, 0.08);
    let gap = random.between(0.02, 0.25);
    let concentrated = random.chance(0.5);
    let short = if concentrated { 1 + usize::from(random.chance(0.5)) } else { types };
    let weights: Vec<f64> = (0..types).map(|_| random.gamma(4.0)).collect();
    let all: f64 = weights.iter().sum();
    let mut work = Vec::new();
    for (index, weight) in weights.iter().enumerate() {
        let gap = if index < short { gap * random.between(0.8, 1.2) } else { random.between(-0.02, 0.0) };
        work.push(Work { share: weight / all, gap, sd });
    }
    Centre {
        agents: below(random, 12.0, 80.0),
        per_week: random.between(25.0, 150.0),
        shocks: if random.chance(0.5) { 0.03 } else { 0.0 },
        alike: random.between(1.5, 20.0),
        skill: if random.chance(0.5) { Skill::General } else { Skill::ByType },
        work,
        ..Centre::usual(0.0, 0.0, 0.0)
    }
}

/// A whole number between two.
fn below(random: &mut Random, low: f64, high: f64) -> usize {
    let drawn = random.between(low, high).round();
    usize::try_from(random.whole(drawn)).unwrap_or(0)
}

fn truth(centre: &Centre, material: f64) -> VerdictId {
    if centre.gap() < material {
        return NoGap;
    }
    match centre.kappa() {
        kappa if kappa < 1.0 / 3.0 => Structural,
        kappa if kappa > 2.0 / 3.0 => Behavioural,
        _ => Mixed,
    }
}

/// How often a thing was so, by the probability that was printed for it.
struct Calibration {
    name: &'static str,
    /// By the upper end of the band.
    bands: Vec<(f64, f64, f64, Rate)>,
}

impl Calibration {
    fn new(name: &'static str) -> Self {
        let ends = [0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0];
        let bands = ends.windows(2).map(|pair| (pair[0], pair[1], 0.0, Rate::default())).collect();
        Self { name, bands }
    }

    fn add(&mut self, said: Option<f64>, so: bool) {
        let Some(p) = said else { return };
        let inside = |band: &&mut (f64, f64, f64, Rate)| p <= band.1 || band.1 >= 1.0;
        if let Some((_, _, sum, rate)) = self.bands.iter_mut().find(inside) {
            *sum += p;
            rate.add(so);
        }
    }
}

pub(crate) fn chapter(lab: &Lab, runs: u64) -> Chapter {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of operations")]
    let operations = (super::centre::float(runs) * PER_RUN) as u64;
    let mut by_truth: Vec<(VerdictId, Beside)> =
        [Structural, Mixed, Behavioural].map(|truth| (truth, Beside::default())).into();
    let mut calibrations = ["p_structural", "p_behavioural", "p_mixed"].map(Calibration::new);
    let mut consistent = Calibration::new("p_consistent");
    for run in 0..operations {
        let mut random = Random::of("anything", run);
        let centre = operation(&mut random);
        let truth = truth(&centre, 0.01);
        let drawn = draw(&centre, lab, &mut random);
        let said = Said::of(lab, &drawn);
        if let Some((_, beside)) = by_truth.iter_mut().find(|one| one.0 == truth) {
            beside.add(lab, &drawn, &said);
        }
        for (calibration, class) in calibrations.iter_mut().zip([Structural, Behavioural, Mixed]) {
            let p = said.number("out-of-reach", calibration.name);
            calibration.add(p, class_of(centre.kappa()) == class);
        }
        if centre.skill == Skill::General {
            let matters = said.number("agents-vary", "matters_from").unwrap_or(f64::NAN);
            let sd = centre.work.first().map_or(0.0, |work| work.sd);
            consistent.add(said.number("agents-vary", "p_consistent"), sd <= matters);
        }
    }
    let mut chapter = Chapter::default();
    chapter.say(&format!(
        "## Operations drawn at random\n\n{operations} operations: 12 to 80 agents, 25 to 150 contacts an agent a \
         week, 4 to 12 types of unequal size, gaps of 2 to 25 points in one or two types or in all, agents who \
         differ by 0 to 8 points in general or by type, weeks that vary by 0 or 3 points, uneven mixes. The truth is \
         the true share within reach (headroom {HEADROOM:.3} standard deviations). In per cent of the operations of a row.",
    ));
    verdicts(&mut chapter, &by_truth);
    calibration(&mut chapter, &calibrations, &consistent);
    chapter
}

fn class_of(kappa: f64) -> VerdictId {
    if kappa < 1.0 / 3.0 {
        Structural
    } else if kappa > 2.0 / 3.0 {
        Behavioural
    } else {
        Mixed
    }
}

fn verdicts(chapter: &mut Chapter, by_truth: &[(VerdictId, Beside)]) {
    let mut table = Table::new(&[
        "truth",
        "operations",
        "structural",
        "mixed",
        "behavioural",
        "cannot tell",
        "no gap",
        "naive spread right",
        "naive ratio right",
    ]);
    let (mut swaps, mut naive_swaps, mut ratio_swaps) = (Rate::default(), Rate::default(), Rate::default());
    let (mut decided, mut right) = (Rate::default(), Rate::default());
    for (truth, beside) in by_truth {
        let ours = |verdict| beside.ours.rate(&[verdict]);
        table.row(&[
            truth.name().into(),
            ours(Structural).of.to_string(),
            ours(Structural).text(),
            ours(Mixed).text(),
            ours(Behavioural).text(),
            ours(NotEnoughEvidence).text(),
            ours(NoGap).text(),
            beside.spread.rate(&[*truth]).text(),
            beside.ratio.rate(&[*truth]).text(),
        ]);
        let wrong = match truth {
            Structural => vec![Behavioural],
            Behavioural => vec![Structural],
            _ => Vec::new(),
        };
        for (sum, given) in [
            (&mut swaps, &beside.ours),
            (&mut naive_swaps, &beside.spread),
            (&mut ratio_swaps, &beside.ratio),
        ] {
            let rate = given.rate(&wrong);
            (sum.hits, sum.of) = (sum.hits + rate.hits, sum.of + rate.of);
        }
        let given = beside.ours.rate(&[Structural, Mixed, Behavioural]);
        (decided.hits, decided.of) = (decided.hits + given.hits, decided.of + given.of);
        (right.hits, right.of) = (right.hits + ours(*truth).hits, right.of + given.hits);
    }
    chapter.table(table);
    chapter.say(&format!(
        "Decided {} %, right when decided {} %. Behavioural and structural swapped: {} % (naive spread {} %, naive \
         ratio {} %).",
        decided.text(),
        right.text(),
        swaps.text(),
        naive_swaps.text(),
        ratio_swaps.text(),
    ));
    chapter.gates.push(Gate::at_most("behavioural and structural swapped", 0.0, swaps));
}

fn calibration(chapter: &mut Chapter, of: &[Calibration], consistent: &Calibration) {
    chapter.say(
        "### Printed probabilities\n\nWhat was so, in per cent, by the probability the report printed for it: the \
         mean of the printed probability before the arrow, the share that was so behind it. No rule of thumb prints a probability.",
    );
    let mut head = vec!["printed".to_owned()];
    let all: Vec<&Calibration> = of.iter().chain([consistent]).collect();
    head.extend(all.iter().map(|one| format!("`{}`", one.name)));
    let mut table = Table::new(&head.iter().map(String::as_str).collect::<Vec<_>>());
    for band in 0..all[0].bands.len() {
        let (low, high, ..) = all[0].bands[band];
        let mut cells = vec![format!("{low:.1} to {high:.1}")];
        for one in &all {
            let (_, _, sum, rate) = &one.bands[band];
            let said = 100.0 * sum / super::centre::float(rate.of);
            cells.push(if rate.of == 0 {
                "–".into()
            } else {
                format!("{said:.0} → {} (of {})", rate.text(), rate.of)
            });
        }
        table.row(&cells);
    }
    chapter.table(table);
    for one in &all {
        let high: Vec<&(f64, f64, f64, Rate)> = one.bands.iter().filter(|band| band.0 >= 0.8).collect();
        let mut rate = Rate::default();
        let mut sum = 0.0;
        for band in &high {
            (rate.hits, rate.of) = (rate.hits + band.3.hits, rate.of + band.3.of);
            sum += band.2;
        }
        if rate.of > 0 {
            let said = sum / super::centre::float(rate.of);
            let title = format!("`{}` where it says .8 or more (says {:.0} %)", one.name, 100.0 * said);
            chapter.gates.push(Gate::at_least(title, said - 0.05, rate));
        }
    }
}
