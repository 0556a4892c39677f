//! What a judgement says about the one metric of the bench, for the operation as a whole.

use gapwise::judge;
use gapwise::kinds::Depth;
use gapwise::model::{Breakdown, Fact, Judgement, Scope, Value, Verdict, VerdictId};

use super::centre::Drawn;
use super::workspace::Lab;

pub(crate) struct Said {
    pub(crate) judgement: Judgement,
}

impl Said {
    pub(crate) fn of(lab: &Lab, drawn: &Drawn) -> Self {
        Self { judgement: judge::judge(&lab.plan, &drawn.data, lab.period(), Depth::Verdicts) }
    }

    pub(crate) fn whole(&self) -> Option<&Verdict> {
        self.judgement.verdicts.iter().find(|verdict| verdict.scope == Scope::Operation)
    }

    pub(crate) fn verdict(&self) -> VerdictId {
        self.whole().map_or(VerdictId::NotEnoughEvidence, |verdict| verdict.verdict)
    }

    /// A column of a rule's row about the whole.
    pub(crate) fn number(&self, rule: &str, column: &str) -> Option<f64> {
        self.value(rule, column, None)?.number()
    }

    /// A column of a rule's row about one item.
    pub(crate) fn of_item(&self, rule: &str, column: &str, item: &str) -> Option<f64> {
        self.value(rule, column, Some(item))?.number()
    }

    fn value(&self, rule: &str, column: &str, item: Option<&str>) -> Option<&Value> {
        let table = self.judgement.evidence.iter().find(|table| table.rule == rule)?;
        let at = table.columns.iter().position(|one| one.name == column)?;
        let here = table
            .rows
            .iter()
            .find(|(_, scope, row)| *scope == Scope::Operation && row.item.as_deref() == item)?;
        here.2.values.get(at)
    }

    pub(crate) fn fired(&self, rule: &str) -> bool {
        self.judgement.signals.iter().any(|signal| {
            signal.rule == rule && signal.scope == Scope::Operation && signal.value == Some(true)
        })
    }

    /// The gap by contact type.
    pub(crate) fn breakdown(&self) -> Option<&Breakdown> {
        self.judgement.facts.iter().find_map(|(_, scope, fact)| match fact {
            Fact::Breakdown(breakdown) if *scope == Scope::Operation => Some(breakdown),
            _ => None,
        })
    }
}
