//! The question asked before coaching is added: for each metric and scope, does the verdict allow it?

use crate::model::{Fact, MayAdd, MayAddAnswer, Scope, Verdict, VerdictId};

/// One answer for each verdict, in their order.
pub(crate) fn may_add(verdicts: &[Verdict], facts: &[(Option<String>, Scope, Fact)]) -> Vec<MayAdd> {
    verdicts.iter().map(|verdict| one(verdict, facts)).collect()
}

fn one(verdict: &Verdict, facts: &[(Option<String>, Scope, Fact)]) -> MayAdd {
    use crate::model::Conclusion::{DoesNotMove, Harmful};
    let here = |metric: &Option<String>, scope: &Scope| {
        metric.as_deref() == Some(&verdict.metric) && *scope == verdict.scope
    };
    let conclusion = facts.iter().find_map(|(metric, scope, fact)| match fact {
        Fact::Effect(effect) if here(metric, scope) => Some(effect.conclusion),
        _ => None,
    });
    let coachable: Vec<String> = facts
        .iter()
        .filter(|(metric, scope, _)| here(metric, scope))
        .filter_map(|(_, _, fact)| if let Fact::Breakdown(found) = fact { Some(found) } else { None })
        .flat_map(|found| &found.rows)
        .filter(|row| row.label.as_deref() == Some("behavioural"))
        .map(|row| row.contact_type.clone())
        .collect();
    let as_now = !matches!(conclusion, Some(DoesNotMove | Harmful));
    let answer = match verdict.verdict {
        VerdictId::Behavioural if as_now => MayAddAnswer::Yes,
        VerdictId::Behavioural => MayAddAnswer::InAnotherWay,
        VerdictId::Structural if coachable.is_empty() => MayAddAnswer::No,
        VerdictId::Mixed | VerdictId::Structural => MayAddAnswer::InSomeTypes,
        VerdictId::NoGap => MayAddAnswer::NoNeed,
        VerdictId::NotEnoughEvidence => MayAddAnswer::CannotTell,
    };
    let types = if answer == MayAddAnswer::InSomeTypes { coachable } else { Vec::new() };
    MayAdd { metric: verdict.metric.clone(), scope: verdict.scope.clone(), answer, contact_types: types }
}
