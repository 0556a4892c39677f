//! Bias, coverage and power on centres whose truth is known. How leaders choose whom to coach must not show in the
//! answer, and neither must what happened before the data begin.
//!
//! Measured with 400 seeds each, 40 units over 26 times, level 70 %, 5 points between units; bias of the headlined
//! estimate in points ± its standard error / coverage of its 95 % range; how often "works" is said at a true effect
//! of 0 and of 3 points; how often 1.5 points or more are ruled out at 0 (at 3 points: never, in any row):
//!
//! | chosen by | observations | at 0 | at 3 points | works | ruled out | naive at 0 |
//! |---|---|---|---|---|---|---|
//! | worst results | 150 | −.02 ± .03 / .95 | −.02 ± .03 / .95 | .02, .96 | .59 | +4.9 |
//! | worst results | 25 | −.11 ± .06 / .96 | −.05 ± .06 / .94 | .02, .68 | .17 | +14.5 |
//! | own dip | 150 | −.02 ± .02 / .96 | +.01 ± .02 / .95 | .02, .98 | .86 | +6.0 |
//! | own dip | 25 | −.04 ± .06 / .95 | +.02 ± .05 / .96 | .02, .70 | .26 | +14.8 |
//! | schedule | 150 | −.02 ± .03 / .97 | −.02 ± .03 / .97 | .02, .99 | .75 | 0 |
//! | schedule | 25 | −.05 ± .06 / .97 | −.05 ± .06 / .97 | .02, .55 | .16 | 0 |
//! | knowledge outside the data | 150 | −.00 ± .03 / .97 | −.00 ± .03 / .97 | .02, .95 | .48 | 0 |
//! | knowledge outside the data | 25 | −.03 ± .08 / .96 | −.03 ± .08 / .96 | .01, .30 | .08 | 0 |
//! | worst results, and before the panel too | 150 | −.03 ± .03 / .96 | −.12 ± .03 / .95 | .02, .99 | .77 | +4.1 |
//! | worst results, and before the panel too | 25 | −.13 ± .07 / .93 | −.07 ± .07 / .94 | .02, .52 | .11 | +11.4 |
//!
//! Choice by the worst mean of four times lies inside the base of the comparison as well. With 200 seeds and the dip
//! looked for in the last time alone, the imputation led in 15 % of draws and the answer at 0 was off by +.49 ± .06
//! (150 observations; 25: 38 %, +1.96 ± .14, coverage .69). Looked for over the last four times against an earlier
//! base too, it leads in 62 % and the answer is off by +.11 ± .05 / .98 (25: 99 %, −.11 ± .10 / .93). On a schedule the
//! imputation led in 3 % of draws before and leads in 4 % now; the bias is −.02 ± .03 (25: −.05 ± .08).
//!
//! An effect of 6 points that falls to a third in four times is seen to fade in 71 % of draws, one that lasts in
//! 1.5 %. Before units treated ahead of the panel were a kind of their own, the last pair of rows (60 units, 40
//! observations, quiet 12 of 38 times) was off by +.19 ± .04 at 0 and by −.59 ± .06 at 8 points; it is −.02 and +.08
//! with it.

use super::*;
use crate::stats::testing::Pcg;

const UNITS: usize = 40;
/// Times in the panel; those before it are the run-in.
const TIMES: usize = 26;
const MATERIAL: f64 = 0.015;

/// Whom leaders take, each other time.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Choice {
    /// The lowest results of the time before.
    Bottom,
    /// The largest drops below the unit's own mean so far.
    OwnDip,
    /// The lowest means of the last four times.
    BottomOfFour,
    /// Anybody.
    Schedule,
    /// The lowest true levels, as somebody knows who sees more than the data.
    Hidden,
    /// Two of the worst quarter every time, and many had been chosen in the same way before the panel begins.
    BottomWithRunIn,
}

#[derive(Clone, Copy, Debug)]
struct Scene {
    choice: Choice,
    effect: f64,
    /// Times in which the effect falls to a third.
    fades_over: f64,
    observations: f64,
    between: f64,
}

impl Scene {
    fn of(choice: Choice, effect: f64) -> Self {
        Self { choice, effect, fades_over: f64::INFINITY, observations: 150.0, between: 0.05 }
    }

    fn gain(&self, since: usize) -> f64 {
        self.effect * (-float(since) / self.fades_over).exp()
    }
}

/// A unit as it is drawn.
struct Unit {
    level: f64,
    results: Vec<f64>,
    begins: Vec<usize>,
}

const REST: usize = 16;
const QUIET: usize = 12;

/// Draws run-in and panel; only a first treatment after the quiet time counts.
fn drawn(scene: Scene, seed: u64) -> EffectPanel {
    let mut random = Pcg::new(seed);
    let run_in = if scene.choice == Choice::BottomWithRunIn { QUIET } else { 0 };
    let noise = (0.7_f64 * 0.3 / scene.observations).sqrt();
    let mut units: Vec<Unit> = (0..UNITS)
        .map(|_| Unit {
            level: 0.7 + scene.between * random.normal(),
            results: Vec::new(),
            begins: Vec::new(),
        })
        .collect();
    let from = if run_in > 0 { 1 } else { 7 };
    for time in 0..run_in + TIMES {
        if time >= from && (run_in > 0 || time % 2 == 1) {
            choose(scene.choice, time, &mut units, &mut random);
        }
        for unit in &mut units {
            let past = unit.begins.iter().filter(|begin| **begin < time);
            let gain: f64 = past.map(|begin| scene.gain(time - begin)).sum();
            unit.results.push(unit.level + gain + noise * random.normal());
        }
    }
    panel(&units, run_in, noise * noise, scene.observations)
}

fn choose(choice: Choice, time: usize, units: &mut [Unit], random: &mut Pcg) {
    let mut keys: Vec<(f64, usize)> = units
        .iter()
        .enumerate()
        .map(|(at, unit)| {
            let last = unit.results[time - 1];
            let key = match choice {
                Choice::Bottom | Choice::BottomWithRunIn => last,
                Choice::BottomOfFour => unit.results[time - 4..].iter().sum(),
                Choice::OwnDip => last - unit.results.iter().sum::<f64>() / float(time),
                Choice::Schedule => random.uniform(),
                Choice::Hidden => unit.level + 0.03 * random.normal(),
            };
            (key, at)
        })
        .collect();
    keys.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rested = |at: &usize| units[*at].begins.last().is_none_or(|begin| time >= begin + REST);
    let chosen: Vec<usize> = if choice == Choice::BottomWithRunIn {
        // Two of the worst quarter.
        let worst = keys.into_iter().map(|(_, at)| at).take(UNITS / 4).filter(rested);
        let mut drawn: Vec<(f64, usize)> = worst.map(|at| (random.uniform(), at)).collect();
        drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
        drawn.into_iter().map(|(_, at)| at).take(2).collect()
    } else {
        keys.into_iter().map(|(_, at)| at).take(4).filter(rested).collect()
    };
    for at in chosen {
        units[at].begins.push(time);
    }
}

fn panel(units: &[Unit], run_in: usize, variance: f64, observations: f64) -> EffectPanel {
    let cells = UNITS * TIMES;
    let mut panel = EffectPanel {
        units: UNITS,
        times: TIMES,
        y: vec![f64::NAN; cells],
        variance: vec![variance; cells],
        weight: vec![observations; cells],
        first: Vec::new(),
        kind: Vec::new(),
    };
    for (at, unit) in units.iter().enumerate() {
        let before = unit.begins.iter().filter(|begin| **begin < run_in);
        let entry = before.clone().map(|begin| begin + QUIET).max().unwrap_or(run_in).max(run_in);
        let first = unit.begins.iter().find(|begin| **begin >= entry);
        panel.first.push(first.map_or(First::Never, |begin| First::At(begin - run_in)));
        panel.kind.push(before.count().min(1));
        let seen = entry - run_in;
        panel.y[at * TIMES + seen..(at + 1) * TIMES].copy_from_slice(&unit.results[entry..]);
    }
    panel
}

/// What many draws of one scene gave.
#[derive(Debug, Default)]
struct Told {
    bias: f64,
    error: f64,
    covered: f64,
    naive: f64,
    works: f64,
    does_not_move: f64,
    fades: f64,
    /// How often the imputation leads.
    imputed: f64,
}

fn told(scene: Scene, runs: u64) -> Told {
    let options = EffectOptions::default();
    let mut told = Told::default();
    let mut squares = 0.0;
    let n = float(usize::try_from(runs).unwrap());
    for seed in 0..runs {
        let panel = drawn(scene, seed);
        let found = assess(&panel, MATERIAL, &options);
        let (Some(fit), Some(effect)) = (found.imputation.as_ref(), found.effect) else { continue };
        let truth = truth(scene, &panel, &options);
        let miss = effect.estimate - truth;
        told.bias += miss / n;
        squares += miss * miss / n;
        told.covered += f64::from(effect.low <= truth && truth <= effect.high) / n;
        told.naive += fit.identity(effect.estimate).naive / n;
        told.works += f64::from(found.conclusion == Conclusion::Works) / n;
        told.does_not_move += f64::from(found.conclusion == Conclusion::DoesNotMove) / n;
        told.imputed += f64::from(found.headline == Some(Headline::Imputation)) / n;
        told.fades += f64::from(fit.fading.is_some_and(|fading| fading.high < 0.0)) / n;
    }
    told.error = ((squares - told.bias * told.bias) / n).sqrt();
    told
}

/// Mean effect over the treated times inside the panel.
fn truth(scene: Scene, panel: &EffectPanel, options: &EffectOptions) -> f64 {
    let (mut sum, mut cells) = (0.0, 0.0);
    for first in &panel.first {
        let First::At(begin) = first else { continue };
        for event in options.events.clone().filter(|event| begin + event < TIMES) {
            sum += scene.gain(event);
            cells += 1.0;
        }
    }
    sum / cells
}

const CHOICES: [Choice; 5] =
    [Choice::Bottom, Choice::OwnDip, Choice::Schedule, Choice::Hidden, Choice::BottomWithRunIn];

#[test]
fn however_agents_are_chosen_the_effect_is_found_and_nothing_else() {
    for choice in CHOICES {
        for effect in [0.0, 0.03] {
            let told = told(Scene::of(choice, effect), 40);
            // A tenth of a point, and what 40 draws leave to chance.
            assert!(told.bias.abs() < 0.001 + 3.0 * told.error, "{choice:?} {effect}: {told:?}");
            assert!(told.covered >= 0.85, "{choice:?} {effect}: {told:?}");
            if effect == 0.0 {
                assert!(told.works <= 0.10 && told.does_not_move >= 0.25, "{choice:?}: {told:?}");
            } else {
                assert!(told.works >= 0.75 && told.does_not_move == 0.0, "{choice:?}: {told:?}");
            }
        }
    }
}

#[test]
fn bad_weeks_alone_look_like_four_points_of_coaching() {
    assert!(told(Scene::of(Choice::Bottom, 0.0), 20).naive > 0.035);
    assert!(told(Scene::of(Choice::OwnDip, 0.0), 20).naive > 0.035);
}

#[test]
fn an_effect_that_fades_is_seen_to() {
    let fading = Scene { fades_over: 4.0, ..Scene::of(Choice::Bottom, 0.06) };
    let told = told(fading, 40);
    assert!(told.bias.abs() < 0.001 + 3.0 * told.error && told.fades >= 0.5, "{told:?}");
    let lasting = self::told(Scene::of(Choice::Bottom, 0.06), 40);
    assert!(lasting.fades <= 0.15, "{lasting:?}");
}

#[test]
fn those_coached_before_the_panel_begins_are_a_kind_of_their_own() {
    // Agents with bad weeks in the run-in enter late; without a mean of their own they would be expected to be
    // as good as the others, and the others worse than they are.
    let scene = Scene { between: 0.06, observations: 40.0, ..Scene::of(Choice::BottomWithRunIn, 0.0) };
    let miss = |forget: bool| {
        let one = |seed: u64| {
            let mut panel = drawn(scene, seed);
            if forget {
                panel.kind.clear();
            }
            imputation(&panel, &EffectOptions::default()).unwrap().att.estimate
        };
        (0..60).map(one).sum::<f64>() / 60.0
    };
    let (with, without) = (miss(false), miss(true));
    assert!(with < without - 0.001, "{with} {without}");
}

#[test]
fn a_bad_month_that_reaches_into_the_base_is_seen_as_the_trigger() {
    let told = told(Scene::of(Choice::BottomOfFour, 0.0), 40);
    assert!(told.bias.abs() < 0.001 + 3.0 * told.error, "{told:?}");
    assert!(told.covered >= 0.85 && told.works <= 0.10 && told.imputed >= 0.4, "{told:?}");
    let scheduled = self::told(Scene::of(Choice::Schedule, 0.0), 40);
    assert!(scheduled.imputed <= 0.15, "{scheduled:?}");
}

/// Prints the figures of this module's opening paragraph.
#[test]
#[ignore = "minutes; run it to measure again"]
fn figures() {
    for choice in CHOICES.into_iter().chain([Choice::BottomOfFour]) {
        for (observations, between) in [(150.0, 0.05), (25.0, 0.05)] {
            let scene = |effect| Scene { observations, between, ..Scene::of(choice, effect) };
            let (none, three) = (told(scene(0.0), 400), told(scene(0.03), 400));
            let points =
                |t: &Told| format!("{:+.2} ± {:.2} / {:.2}", 100.0 * t.bias, 100.0 * t.error, t.covered);
            let line = format!(
                "{choice:?} {observations}: {} | {} | works {:.2} {:.2} | dnm {:.2} {:.2} | naive {:+.2}",
                points(&none),
                points(&three),
                none.works,
                three.works,
                none.does_not_move,
                three.does_not_move,
                100.0 * none.naive
            );
            assert!(
                std::io::Write::write_all(&mut std::io::stdout(), format!("{line}\n").as_bytes()).is_ok()
            );
        }
    }
    for fades_over in [4.0, f64::INFINITY] {
        let told = told(Scene { fades_over, ..Scene::of(Choice::Bottom, 0.06) }, 400);
        let line = format!("fading over {fades_over}: {told:?}\n");
        assert!(std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes()).is_ok());
    }
}
