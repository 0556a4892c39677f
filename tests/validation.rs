//! Small versions of the truth bench with fixed seeds: what `docs/validation.md` measures at length must not
//! break between two runs of it. Bounds are those of the page, widened to what so few runs can show.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

#[path = "../examples/validation/bench/mod.rs"]
#[expect(dead_code, reason = "the page's longer chapters")]
mod bench;

use bench::centre::{Centre, draw};
use bench::corrections::{Fault, faults};
use bench::random::Random;
use bench::said::Said;
use bench::season::{Policy, Season, play};
use bench::workspace::{Lab, Setting};
use gapwise::judge;
use gapwise::kinds::Depth;
use gapwise::model::{Fact, VerdictId};

/// Verdicts on so many draws of a centre.
fn verdicts(name: &str, centre: &Centre, runs: u64) -> Vec<VerdictId> {
    let lab = Lab::usual().unwrap();
    let judged = |run| {
        let drawn = draw(centre, &lab, &mut Random::of(name, run));
        Said::of(&lab, &drawn).verdict()
    };
    (0..runs).map(judged).collect()
}

#[test]
fn equal_agents_are_never_sent_to_coaching_where_the_naive_rule_sends_them_always() {
    for per_week in [5.0, 25.0, 100.0] {
        let centre = Centre::usual(per_week, 0.06, 0.0);
        for verdict in verdicts("test equal", &centre, 3) {
            assert_ne!(verdict, VerdictId::Behavioural, "{per_week} contacts a week");
        }
    }
}

#[test]
fn planted_causes_are_named_or_left_open_and_never_turned_round() {
    let concentrated = [0.2, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let cases = [
        (VerdictId::Behavioural, VerdictId::Structural, Centre::usual(150.0, 0.04, 0.058)),
        (VerdictId::Structural, VerdictId::Behavioural, Centre::usual(150.0, 0.06, 0.0)),
        (
            VerdictId::Structural,
            VerdictId::Behavioural,
            Centre::usual(150.0, 0.0, 0.054).with_gaps(&concentrated),
        ),
    ];
    for (truth, opposite, centre) in cases {
        let said = verdicts("test causes", &centre, 4);
        assert!(said.iter().filter(|verdict| **verdict == truth).count() >= 3, "{truth:?}: {said:?}");
        assert!(!said.contains(&opposite), "{truth:?}: {said:?}");
    }
}

/// Errors of the printed effect and of the bad week against the four after, at no true effect.
fn errors(policy: Policy, runs: u64) -> (f64, f64) {
    let lab = Lab::new(&Setting::new(bench::centre::Values::Share, 0.75, 0.015)).unwrap();
    let (mut ours, mut naive) = (0.0, 0.0);
    for run in 0..runs {
        let played = play(&Season::new(policy, 0.0), &lab, &mut Random::of("test coaching", run));
        let said = judge::judge(&lab.plan, &played.data, lab.period(), Depth::Verdicts);
        let effect = said.facts.iter().find_map(|(_, _, fact)| match fact {
            Fact::Effect(effect) => Some(effect),
            _ => None,
        });
        let effect = effect.unwrap();
        (ours, naive) = (ours + effect.effect, naive + effect.naive);
    }
    let runs = bench::centre::float(runs);
    (ours / runs, naive / runs)
}

#[test]
fn coaching_that_does_nothing_is_not_paid_for_the_recovery_from_bad_weeks() {
    for policy in [Policy::LowestTenth, Policy::OwnDip] {
        let (ours, naive) = errors(policy, 8);
        // The error of a mean of eight is 0.2 points.
        assert!(ours.abs() < 0.006, "{policy:?}: {ours}");
        assert!(naive > 0.03, "{policy:?}: before and after would show {naive}");
    }
}

#[test]
fn each_correction_is_needed_and_enough() {
    for Fault { name, wrong, with, without } in faults(4).unwrap() {
        assert!(without.hits > 0, "{name}: `{wrong}` is not said even without the correction");
        assert!(with.hits * 4 <= without.hits, "{name}: `{wrong}` in {with:?} with it, {without:?} without");
    }
}
