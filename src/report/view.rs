//! Looking things up in a story, and numbers that add up when they are printed.

use super::frame::Frame;
use super::tables;
use crate::kinds;
use crate::model::{
    Breakdown, Cause, Chain, Check, Confidence, Effect, Fact, Figure, Gap, Ledger, Metric, Minutes, Row,
    Scope, Spread, Story, UnitKind, Verdict, VerdictId,
};
use crate::words::{self, Locale};

/// A story seen through a frame.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) frame: &'a Frame,
    pub(super) story: &'a Story,
}

macro_rules! slot {
    ($name:ident, $fact:ident) => {
        pub(super) fn $name(&self, metric: &str, scope: &Scope) -> Option<&'a $fact> {
            self.facts(Some(metric), scope).find_map(|fact| match fact {
                Fact::$fact(found) => Some(found),
                _ => None,
            })
        }
    };
}

impl<'a> View<'a> {
    slot!(gap, Gap);
    slot!(ledger, Ledger);
    slot!(spread, Spread);
    slot!(breakdown, Breakdown);
    slot!(effect, Effect);
    slot!(chain, Chain);

    pub(super) fn locale(&self) -> &'a Locale {
        &self.frame.locale
    }

    fn facts(&self, metric: Option<&str>, scope: &Scope) -> impl Iterator<Item = &'a Fact> {
        let all = self.story.now.facts.iter();
        all.filter(move |(m, s, _)| m.as_deref() == metric && s == scope).map(|(_, _, fact)| fact)
    }

    /// Every effect of coaching, with its metric and scope.
    pub(super) fn effects(&self) -> impl Iterator<Item = (Option<&'a str>, &'a Scope, &'a Effect)> {
        self.story.now.facts.iter().filter_map(|(metric, scope, fact)| match fact {
            Fact::Effect(effect) => Some((metric.as_deref(), scope, effect)),
            _ => None,
        })
    }

    pub(super) fn causes(&self, metric: &str, scope: &Scope) -> Vec<&'a Cause> {
        let causes = self.facts(Some(metric), scope).filter_map(|fact| match fact {
            Fact::Cause(cause) => Some(cause),
            _ => None,
        });
        causes.collect()
    }

    /// A figure about a metric and scope that `read` takes, with the rule it came from.
    pub(super) fn figure<T>(
        &self,
        metric: &str,
        scope: &Scope,
        read: impl Fn(&'a Figure) -> Option<T>,
    ) -> Option<(&'a str, T)> {
        self.figures(metric, scope).find_map(|(rule, figure)| Some((rule, read(figure)?)))
    }

    /// The figures about a metric and scope, each with the rule it came from.
    pub(super) fn figures(&self, metric: &str, scope: &Scope) -> impl Iterator<Item = (&'a str, &'a Figure)> {
        let own = self.story.now.figures.iter().filter(move |drawn| drawn.is_about(metric, scope));
        own.map(|drawn| (drawn.rule.as_str(), &drawn.figure))
    }

    /// Name of the file with the rows behind a fact; empty where no table has them.
    pub(super) fn numbers(&self, slot: &str, metric: Option<&str>, scope: &Scope) -> String {
        let fills = |kind: &str| kinds::find(kind).is_some_and(|kind| kind.facts.contains(&slot));
        let mut tables = self.story.now.evidence.iter().filter(|table| fills(table.kind));
        let about = |(m, s, _): &(Option<String>, Scope, Row)| m.as_deref() == metric && s == scope;
        let found = tables.find(|table| table.rows.iter().any(about));
        found.map(|table| tables::file_of(&table.rule)).unwrap_or_default()
    }

    /// Coaching minutes of the operation.
    pub(super) fn minutes(&self) -> Option<&'a Minutes> {
        self.story.now.facts.iter().find_map(|(_, scope, fact)| match fact {
            Fact::Minutes(minutes) if *scope == Scope::Operation => Some(minutes),
            _ => None,
        })
    }

    pub(super) fn checks(&self) -> Vec<&'a Check> {
        let checks = self.story.now.facts.iter().filter_map(|(_, _, fact)| match fact {
            Fact::Check(check) => Some(check),
            _ => None,
        });
        checks.collect()
    }

    pub(super) fn verdict(&self, metric: &str, scope: &Scope) -> Option<&'a Verdict> {
        self.story.now.verdicts.iter().find(|v| v.metric == metric && v.scope == *scope)
    }

    /// The operation's verdicts with their metrics, the worst first: what is wrong and known, what is wrong
    /// and uncertain, what is unknown, what is well; outcomes before behaviours, then in the plan's order.
    pub(super) fn ranked(&self) -> Vec<(&'a Metric, &'a Verdict)> {
        let metrics = self.frame.metrics.iter();
        let mut found: Vec<_> =
            metrics.filter_map(|m| self.verdict(&m.id, &Scope::Operation).map(|v| (m, v))).collect();
        found.sort_by_key(|(metric, verdict)| (self.concern(metric, verdict), metric.role));
        found
    }

    fn concern(&self, metric: &Metric, verdict: &Verdict) -> u8 {
        match verdict.verdict {
            VerdictId::NoGap | VerdictId::NotEnoughEvidence if !metric.has_target() => 6,
            VerdictId::NoGap if on_target(verdict) => 5,
            VerdictId::NoGap => 3,
            VerdictId::NotEnoughEvidence => {
                let gap = self.gap(&verdict.metric, &verdict.scope);
                if gap.and_then(|g| g.low).is_some_and(|low| low > 0.0) { 2 } else { 4 }
            }
            _ if verdict.confidence >= Some(Confidence::Moderate) => 0,
            _ => 1,
        }
    }

    /// First and last day behind a metric's gap: the window of the evidence that counts the same rows.
    pub(super) fn days(&self, metric: &str) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
        self.days_at(metric, &Scope::Operation)
    }

    /// [`View::days`] at any place.
    pub(super) fn days_at(
        &self,
        metric: &str,
        scope: &Scope,
    ) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
        let tables = self.story.now.evidence.iter().flat_map(|table| table.rows.iter());
        let gap = self.gap(metric, scope);
        let same = |row: &Row| gap.is_none_or(|gap| gap.n == row.n);
        let own = tables
            .filter(|(_, _, row)| same(row))
            .filter(|(m, place, _)| m.as_deref() == Some(metric) && place == scope);
        let (first, last) = own.map(|(_, _, row)| row.window).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        let calendar = &self.frame.calendar;
        Some((calendar.start(first), calendar.end(last)))
    }
}

pub(super) fn on_target(verdict: &Verdict) -> bool {
    verdict.verdict == VerdictId::NoGap && verdict.form.as_deref() != Some("unproven")
}

/// A gap that somebody can close.
pub(super) fn is_gap(verdict: VerdictId) -> bool {
    matches!(verdict, VerdictId::Structural | VerdictId::Behavioural | VerdictId::Mixed)
}

/// Rounds parts to multiples of `step` so that they sum to the rounded total: down first, then the largest
/// remainders up (Hamilton's method).
pub(super) fn apportion(parts: &[f64], step: f64) -> Vec<f64> {
    let scaled: Vec<f64> =
        parts.iter().map(|part| if part.is_finite() { part / step } else { 0.0 }).collect();
    let total = scaled.iter().sum::<f64>().round();
    let mut whole: Vec<f64> = scaled.iter().map(|part| part.floor()).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| (scaled[*b] - whole[*b]).total_cmp(&(scaled[*a] - whole[*a])));
    let mut left = total - whole.iter().sum::<f64>();
    for index in order {
        if left < 0.5 {
            break;
        }
        whole[index] += 1.0;
        left -= 1.0;
    }
    whole.iter().map(|units| units * step).collect()
}

/// The step at which a metric's differences of this size are printed, in the metric's unit.
pub(super) fn step_of(metric: &Metric, size: f64) -> f64 {
    let decimals = words::decimals_of_difference(size, metric);
    let unit = 10f64.powi(-i32::try_from(decimals).unwrap_or(0));
    unit / percent(metric)
}

/// Parts of one whole as they are printed: with the whole's decimals, and so that they sum to it.
pub(super) struct Parts<'a> {
    rounded: Vec<f64>,
    decimals: usize,
    metric: &'a Metric,
    locale: &'a Locale,
}

impl<'a> Parts<'a> {
    pub(super) fn of(parts: &[f64], metric: &'a Metric, locale: &'a Locale) -> Self {
        let total: f64 = parts.iter().sum();
        let size = parts.iter().fold(total.abs(), |size, part| size.max(part.abs()));
        let rounded = apportion(parts, step_of(metric, size));
        Self { rounded, decimals: words::decimals_of_difference(size, metric), metric, locale }
    }

    /// One part in the metric's unit; zero where zero is printed.
    pub(super) fn value(&self, at: usize) -> f64 {
        self.rounded.get(at).copied().unwrap_or(0.0)
    }

    /// `6.7`.
    pub(super) fn said(&self, at: usize) -> String {
        self.bare(self.value(at))
    }

    /// `6.7 points`.
    pub(super) fn with_unit(&self, at: usize) -> String {
        words::difference_at(self.value(at), self.decimals, self.metric, self.locale)
    }

    /// The whole without its unit: `8.2`.
    pub(super) fn total(&self) -> String {
        self.bare(self.sum())
    }

    /// The whole: `8.2 points`.
    pub(super) fn whole(&self) -> String {
        words::difference_at(self.sum(), self.decimals, self.metric, self.locale)
    }

    /// [`Parts::whole`] without its sign.
    pub(super) fn size(&self) -> String {
        words::difference_at(self.sum().abs(), self.decimals, self.metric, self.locale)
    }

    fn sum(&self) -> f64 {
        self.rounded.iter().sum()
    }

    fn bare(&self, value: f64) -> String {
        words::fixed(value * percent(self.metric), self.decimals, self.locale)
    }
}

/// What a number of the metric is multiplied by to be printed.
pub(super) fn percent(metric: &Metric) -> f64 {
    if metric.unit.kind == UnitKind::Share { 100.0 } else { 1.0 }
}
