//! Chance, or none: a centre is drawn, or every count comes out as planted.

use std::collections::BTreeMap;

use super::random::{Random, standardise};

/// What a running remainder is kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    Takes,
    Resolves,
    Escalates,
    Handles,
    ConfirmsNextStep,
    Scores,
    /// A measure, by its number.
    Measures(usize),
    Answers(usize),
}

/// One thing that can happen to one agent in one contact type.
pub(super) type Slot = (Event, usize, usize);

/// Without noise every event keeps what it is owed, so that after `n` chances of `p` it has happened
/// `floor(n p + 1/2)` times.
#[derive(Clone, Debug)]
pub(super) struct Luck {
    pub(super) random: Random,
    owed: Option<BTreeMap<Slot, f64>>,
}

/// Remainders are compared with this slack, since shares such as 0.1 are not exact in binary.
const SLACK: f64 = 1e-9;

impl Luck {
    pub(super) fn new(seed: u64, noise: bool) -> Self {
        Self { random: Random::new(seed), owed: (!noise).then(BTreeMap::new) }
    }

    /// Whether something of probability `p` happens this time.
    pub(super) fn happens(&mut self, slot: Slot, p: f64) -> bool {
        let Some(owed) = &mut self.owed else { return self.random.chance(p) };
        let due = owed.entry(slot).or_insert(0.5);
        *due += p;
        let happens = *due >= 1.0 - SLACK;
        if happens {
            *due -= 1.0;
        }
        happens
    }

    /// The contact type of an agent's next contact, given the running total of shares.
    pub(super) fn takes(&mut self, agent: usize, running: &[f64]) -> usize {
        let Some(owed) = &mut self.owed else { return self.random.pick(running) };
        let (mut most, mut taken, mut before) = (f64::MIN, 0, 0.0);
        for (index, total) in running.iter().enumerate() {
            let due = owed.entry((Event::Takes, agent, index)).or_insert(0.0);
            *due += total - before;
            before = *total;
            if *due > most + SLACK {
                (most, taken) = (*due, index);
            }
        }
        if let Some(due) = owed.get_mut(&(Event::Takes, agent, taken)) {
            *due -= 1.0;
        }
        taken
    }

    /// A log-normal duration; without noise one standard deviation above and below the mean in turn.
    pub(super) fn duration(&mut self, slot: Slot, mean: f64, cv: f64) -> f64 {
        if self.owed.is_none() {
            return self.random.log_normal(mean, cv);
        }
        mean * (1.0 + self.side(slot) * cv)
    }

    /// A normal value; without noise one standard deviation above and below the mean in turn.
    pub(super) fn score(&mut self, slot: Slot, mean: f64, sd: f64) -> f64 {
        if self.owed.is_none() {
            return mean + sd * self.random.normal();
        }
        mean + self.side(slot) * sd
    }

    /// An exponential duration; without noise its mean.
    pub(super) fn wait(&mut self, mean: f64) -> f64 {
        if self.owed.is_none() { self.random.exponential(mean) } else { mean }
    }

    /// A normal deviation; none without noise.
    pub(super) fn shock(&mut self, sd: f64) -> f64 {
        if sd > 0.0 { sd * self.random.normal() } else { 0.0 }
    }

    /// Deviations of `n` agents with exactly this standard deviation; without noise evenly spaced.
    pub(super) fn agents(&mut self, n: usize, sd: f64) -> Vec<f64> {
        if self.owed.is_none() {
            return self.random.deviations(n, sd);
        }
        even(n, sd)
    }

    fn side(&mut self, slot: Slot) -> f64 {
        if self.happens(slot, 0.5) { 1.0 } else { -1.0 }
    }
}

/// `n` evenly spaced deviations with this standard deviation.
pub(super) fn even(n: usize, sd: f64) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "far fewer agents than 2^52")]
    let mut even: Vec<f64> = (0..n).map(|i| i as f64).collect();
    standardise(&mut even, sd);
    even
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_noise_an_event_happens_as_often_as_planted() {
        let mut luck = Luck::new(1, false);
        for (p, planted) in [(0.0, 0), (0.1, 100), (0.37, 370), (0.7, 700), (1.0, 1000)] {
            let mut fresh = luck.clone();
            let times = (0..1000).filter(|_| fresh.happens((Event::Resolves, 0, 0), p)).count();
            assert_eq!(times, planted, "{p}");
        }
        let types: Vec<usize> = (0..10).map(|_| luck.takes(0, &[0.7, 1.0])).collect();
        assert_eq!(types.iter().filter(|&&t| t == 0).count(), 7);
    }
}
