//! What one measure found, and the row it becomes.

use std::collections::{BTreeMap, BTreeSet};

use super::view::{Span, View, agents};
use crate::model::{Column, ColumnUnit as Unit, Row, Session, Value, column};
use crate::stats::dist::wilson;
use crate::stats::float;
use crate::stats::rates::{Estimate, Ranged, share_difference};
use crate::stats::sample::Sample;

pub(super) const LEVEL: f64 = 0.95;

/// Fewest sessions of a coach, and fewest such coaches, for the spread between coaches.
const OF_A_COACH: f64 = 5.0;
const COACHES: usize = 5;

pub(super) const COLUMNS: &[Column] = &[
    column(
        "value",
        Unit::Share,
        true,
        "The measure, where it is a share of sessions, agents, teams or hours.",
    ),
    column("low", Unit::Share, true, "Lower end of its 95 % range."),
    column("high", Unit::Share, true, "Upper end of its 95 % range."),
    column("amount", Unit::Plain, true, "The measure, where it is no share: hours, weeks, a ratio, a mean."),
    column("amount_low", Unit::Plain, true, "Lower end of its 95 % range."),
    column("amount_high", Unit::Plain, true, "Upper end of its 95 % range."),
    column("amount_before", Unit::Plain, true, "The amount in the equally long window before."),
    column("of", Unit::Count, false, "What the share is of: sessions, agents, teams or coaches."),
    column("expected", Unit::Share, true, "The share a fair comparison leads one to expect."),
    column("excess", Unit::Share, true, "Value less expected."),
    column("excess_low", Unit::Share, true, "Lower end of its 95 % range."),
    column(
        "p_excess",
        Unit::Probability,
        true,
        "Chance of an excess this large if there were none (one-sided).",
    ),
    column("trend", Unit::Share, true, "Value less its value in the equally long window before."),
    column("trend_low", Unit::Share, true, "Lower end of its 95 % range."),
    column("trend_high", Unit::Share, true, "Upper end of its 95 % range."),
    column("coaches", Unit::Share, true, "Standard deviation between coaches, luck taken out.")
        .about("coaches_seen"),
    column("coaches_low", Unit::Share, true, "Lower end of its 95 % range; above 0 the coaches differ.")
        .about("coaches_seen"),
    column("cost", Unit::Plain, true, "Hours times the cost of an hour, where one is given."),
    column("word", Unit::Text, true, "The commonest theme, or how the measure was made: given or inferred."),
    column("coaches_seen", Unit::People, true, "Coaches that `coaches` rests on."),
    column("of_coaches", Unit::People, true, "Coaches, where the measure is about coaches alone."),
];

/// One measure of the whole or of one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    pub(super) item: Option<String>,
    /// Sessions behind it.
    pub(super) n: usize,
    pub(super) agents: u32,
    pub(super) value: Option<Ranged>,
    pub(super) amount: Option<f64>,
    pub(super) amount_range: Option<(f64, f64)>,
    pub(super) amount_before: Option<f64>,
    pub(super) of: usize,
    pub(super) expected: Option<f64>,
    pub(super) excess: Option<Estimate>,
    pub(super) trend: Option<Ranged>,
    pub(super) coaches: Option<Ranged>,
    /// Coaches behind that spread.
    pub(super) coaches_seen: Option<usize>,
    /// Coaches, where it is about them alone.
    pub(super) of_coaches: Option<usize>,
    pub(super) cost: Option<f64>,
    pub(super) word: Option<Value>,
}

impl Found {
    /// A share `k` of `n`.
    pub(super) fn share(k: usize, n: usize) -> Self {
        Self { value: ratio(k, n), of: n, ..Self::default() }
    }

    pub(super) fn named(self, item: String) -> Self {
        Self { item: Some(item), ..self }
    }

    /// Sessions and agents it rests on.
    pub(super) fn resting_on(self, sessions: &[&Session]) -> Self {
        Self { n: sessions.len(), agents: agents(sessions.iter().copied()), ..self }
    }

    /// The hits of the value.
    pub(super) fn hits(&self) -> f64 {
        self.value.map_or(0.0, |value| (value.estimate * float(self.of)).round())
    }

    /// With the change against an earlier window of enough of the same.
    pub(super) fn against(self, earlier: Option<&Self>, least: usize) -> Self {
        let trend = earlier
            .filter(|one| one.of >= least)
            .and_then(|one| share_difference(self.hits(), float(self.of), one.hits(), float(one.of), LEVEL));
        Self { trend, amount_before: self.amount_before.or(earlier.and_then(|one| one.amount)), ..self }
    }

    pub(super) fn row(self, span: &Span) -> Row {
        let excess = self.excess.map(|one| one.ranged(LEVEL));
        let at = |of: Option<Ranged>, read: fn(&Ranged) -> f64| Value::from(of.as_ref().map(read));
        let values = vec![
            at(self.value, |r| r.estimate),
            at(self.value, |r| r.low),
            at(self.value, |r| r.high),
            self.amount.into(),
            self.amount_range.map(|range| range.0).into(),
            self.amount_range.map(|range| range.1).into(),
            self.amount_before.into(),
            float(self.of).into(),
            self.expected.into(),
            at(excess, |r| r.estimate),
            at(excess, |r| r.low),
            self.excess.and_then(|one| one.p_above()).into(),
            at(self.trend, |r| r.estimate),
            at(self.trend, |r| r.low),
            at(self.trend, |r| r.high),
            at(self.coaches, |r| r.estimate),
            at(self.coaches, |r| r.low),
            self.cost.into(),
            self.word.unwrap_or(Value::Null),
            self.coaches_seen.map(float).into(),
            self.of_coaches.map(float).into(),
        ];
        let window = (span.from, span.to);
        Row { item: self.item, n: self.n as u64, agents: self.agents, window, values, q: Vec::new() }
    }
}

/// A share with its Wilson range; none of nothing.
pub(super) fn ratio(k: usize, n: usize) -> Option<Ranged> {
    let (low, high) = wilson(float(k), float(n), LEVEL);
    (n > 0).then(|| Ranged { estimate: float(k) / float(n), low, high })
}

type Test<'t> = &'t dyn Fn(&Session, &Span) -> bool;

/// A share of sessions: the whole, its trend and the spread between coaches, then one row for each group.
pub(super) fn shares(view: &View<'_>, of: Test<'_>, is: Test<'_>) -> Vec<Found> {
    let span = view.span;
    let counted = |span: &Span| -> Vec<&Session> {
        view.inside(span).into_iter().filter(|session| of(session, span)).collect()
    };
    let now = counted(&span);
    let hit = |session: &Session| is(session, &span);
    let earlier = view.earlier().map(|span| {
        let before = counted(&span);
        let hits = before.iter().filter(|session| is(session, &span)).count();
        Found::share(hits, before.len())
    });
    let whole = of_sessions(&now, hit);
    let (coaches, coaches_seen) = between_coaches(&now, hit).unzip();
    let mut rows = vec![Found { coaches, coaches_seen, ..whole }.against(earlier.as_ref(), view.ask.least)];
    rows.extend(grouped(view, &now).into_iter().map(|(name, sessions)| {
        let found = of_sessions(&sessions, hit);
        let enough = sessions.len() >= view.ask.least;
        Found { value: found.value.filter(|_| enough), ..found }.named(name)
    }));
    rows
}

fn of_sessions(sessions: &[&Session], hit: impl Fn(&Session) -> bool) -> Found {
    let hits = sessions.iter().filter(|session| hit(session)).count();
    Found::share(hits, sessions.len()).resting_on(sessions)
}

/// Sessions by what the rule groups by.
pub(super) fn grouped<'a>(view: &View<'a>, sessions: &[&'a Session]) -> BTreeMap<String, Vec<&'a Session>> {
    let mut groups: BTreeMap<String, Vec<&Session>> = BTreeMap::new();
    for session in sessions {
        for name in view.groups(session) {
            groups.entry(name).or_default().push(session);
        }
    }
    groups
}

/// The standard deviation between coaches that luck does not explain (Paule–Mandel, Q-profile), and how many they
/// are; nobody is named.
fn between_coaches(sessions: &[&Session], hit: impl Fn(&Session) -> bool) -> Option<(Ranged, usize)> {
    let mut coaches: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for session in sessions {
        let Some(coach) = session.coach.as_deref() else { continue };
        let sum = coaches.entry(coach).or_default();
        *sum = (sum.0 + f64::from(u8::from(hit(session))), sum.1 + 1.0);
    }
    let enough: Vec<(f64, f64)> = coaches.into_values().filter(|(_, n)| *n >= OF_A_COACH).collect();
    let (hits, n) = enough.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let within: f64 = enough.iter().map(|(k, n)| k - k * k / n).sum();
    let df = n - float(enough.len());
    if enough.len() < COACHES || hits == 0.0 || hits >= n || within <= 0.0 {
        return None;
    }
    let sample = Sample::new(enough.iter().map(|(k, n)| (k / n, within / df / n)));
    let (low, high) = sample.q_profile(LEVEL, df);
    let spread = Ranged { estimate: sample.paule_mandel().sqrt(), low: low.sqrt(), high: high.sqrt() };
    Some((spread, enough.len()))
}

/// Distinct things a list of words names, as the number of equally common ones (exponential of the entropy).
pub(super) fn effective_number(counts: &BTreeMap<String, usize>) -> Option<f64> {
    let n = float(counts.values().sum());
    let entropy: f64 = counts.values().map(|&k| float(k) / n).filter(|p| *p > 0.0).map(|p| -p * p.ln()).sum();
    (n > 0.0).then(|| entropy.exp())
}

/// The commonest word; of equally common ones the first.
pub(super) fn commonest(counts: &BTreeMap<String, usize>) -> Option<String> {
    counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(word, _)| word.clone())
}

/// A stable number for a name, for use as a cluster.
pub(super) fn numbered<'n>(names: impl IntoIterator<Item = &'n str>) -> BTreeMap<&'n str, u64> {
    let all: BTreeSet<&str> = names.into_iter().collect();
    all.into_iter().zip(0..).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_equally_common_words_count_as_four() {
        let counts: BTreeMap<String, usize> = ["a", "b", "c", "d"].map(|w| (w.to_owned(), 5)).into();
        assert!((effective_number(&counts).unwrap() - 4.0).abs() < 1e-12);
        assert_eq!(commonest(&counts).as_deref(), Some("a"));
        assert_eq!(effective_number(&BTreeMap::new()), None);
    }

    #[test]
    fn a_share_of_nothing_is_not_a_share() {
        assert_eq!(Found::share(0, 0).value, None);
        assert!((Found::share(3, 4).hits() - 3.0).abs() < 1e-12);
    }
}
