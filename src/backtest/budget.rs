//! The noise budget: how many findings a period may raise before nobody reads them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Backtest;

/// A budget and the periods over it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Budget {
    pub max_per_period: usize,
    /// The loudest first, then the oldest.
    pub periods_over: Vec<Over>,
}

/// A period over the budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Over {
    pub label: String,
    pub raised: usize,
    /// (rule, its findings among them), most first.
    pub rules: Vec<(String, usize)>,
}

impl Budget {
    pub fn is_kept(&self) -> bool {
        self.periods_over.is_empty()
    }

    /// The rules behind all that is over, most first.
    pub fn loudest(&self) -> Vec<(String, usize)> {
        let all = self.periods_over.iter().flat_map(|over| &over.rules);
        most_first(all.map(|(rule, count)| (rule.as_str(), *count)))
    }
}

/// Holds what each period raised against a number of findings.
pub fn budget(backtest: &Backtest, max_per_period: usize) -> Budget {
    let over = backtest.periods.iter().filter(|period| period.raised() > max_per_period);
    let mut periods_over: Vec<Over> = over
        .map(|period| {
            let raised = period.findings.iter().filter(|finding| finding.is_raised());
            Over {
                label: period.label.clone(),
                raised: period.raised(),
                rules: most_first(raised.map(|finding| (finding.rule.as_str(), 1))),
            }
        })
        .collect();
    periods_over.sort_by(|a, b| b.raised.cmp(&a.raised).then(a.label.cmp(&b.label)));
    Budget { max_per_period, periods_over }
}

fn most_first<'a>(counts: impl Iterator<Item = (&'a str, usize)>) -> Vec<(String, usize)> {
    let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
    for (rule, count) in counts {
        *sums.entry(rule).or_default() += count;
    }
    let mut all: Vec<(String, usize)> =
        sums.into_iter().map(|(rule, count)| (rule.to_owned(), count)).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}
