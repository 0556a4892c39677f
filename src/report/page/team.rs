//! What each team is told about itself. Everything is made of a story from which the other teams are taken out, so
//! that none of their names and numbers can reach a page; what holds for the whole operation is said without a
//! figure, since a total beside the own would tell the rest.

mod names;
mod own;

use std::collections::BTreeMap;

use super::{decisions, findings};
use crate::model::{EvidenceTable, Fact, Finding, Judgement, Metric, Scope, Story, Verdict};
use crate::report::context::TeamView;
use crate::report::view::{View, is_gap};
use crate::words::{self, say};

/// Entries of one list on a team's page.
const MOST: usize = 6;

/// One page a team of enough agents with something to show, in the order of their names.
pub(super) fn teams(view: View<'_>) -> Vec<TeamView> {
    let sizes = sizes(view.story);
    let slugs = names::slugs(sizes.keys().copied(), &view.frame.reports);
    let shown = sizes.iter().zip(slugs).filter(|((_, agents), _)| **agents >= view.frame.min_group.max(1));
    let others = |own: &str| sizes.keys().copied().filter(|name| *name != own).collect::<Vec<&str>>();
    shown.map(|((name, _), slug)| Team { whole: view, name, others: others(name) }.page(slug)).collect()
}

/// Every team that something is said of, with the most agents it is said of.
fn sizes(story: &Story) -> BTreeMap<&str, u32> {
    let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
    let now = &story.now;
    let facts = now.facts.iter().map(|(_, scope, fact)| match fact {
        Fact::Gap(gap) => (scope, gap.agents),
        Fact::Spread(spread) => (scope, spread.agents),
        _ => (scope, 0),
    });
    let findings = now.findings.iter().map(|finding| (&finding.scope, finding.row.agents));
    let rows = now.evidence.iter().flat_map(|table| &table.rows);
    let rows = rows.map(|(_, scope, row)| (scope, row.agents));
    for (scope, agents) in facts.chain(findings).chain(rows) {
        if let Scope::Team(name) = scope {
            let most = sizes.entry(name).or_default();
            *most = (*most).max(agents);
        }
    }
    sizes
}

/// One team in the story of all.
struct Team<'a> {
    whole: View<'a>,
    name: &'a str,
    /// What the others are called.
    others: Vec<&'a str>,
}

impl Team<'_> {
    fn page(&self, slug: String) -> TeamView {
        let scope = Scope::Team(self.name.to_owned());
        let story = only(self.whole.story, &scope);
        let view = View { story: &story, ..self.whole };
        let worst = own::worst(view, &scope);
        let (lead, sentences) = own::answer(view, &scope, worst, &words::shortened(self.name));
        TeamView {
            name: words::shortened(self.name),
            full_name: words::shortened_to(self.name, 300),
            slug,
            lead,
            sentences,
            label: worst.map_or_else(String::new, |(_, verdict)| own::label(verdict, view.locale())),
            tone: worst.map_or_else(String::new, |(_, verdict)| verdict.verdict.name().to_owned()),
            meta: worst.map_or_else(Vec::new, |(_, verdict)| own::meta(view, verdict)),
            metrics: own::rows(view, &scope),
            decisions: decisions::decisions(view).into_iter().take(MOST).collect(),
            findings: own::found(view),
            types: own::types(view, &scope),
            operation: self.operation(),
            observe: self.observe(view),
            change_our_mind: self.change_our_mind(view),
            limits: own::limits(view, &scope),
        }
    }

    /// What was found of the whole operation, the worst first and without a figure.
    fn operation(&self) -> Vec<String> {
        let (view, locale) = (self.whole, self.whole.locale());
        let ranked = view.ranked();
        let gaps = ranked.iter().filter(|(_, verdict)| is_gap(verdict.verdict));
        let said = |(metric, verdict): &(&Metric, &Verdict)| {
            let label = view.frame.label(&metric.id);
            let (answer, confidence) = (verdict.verdict.name(), own::confidence(verdict));
            let types = verdict.contact_types.iter().take(4).map(|name| words::shortened(name));
            match types.collect::<Vec<_>>().as_slice() {
                [] => say!(locale, "team-operation", label, answer, confidence),
                types => {
                    let types = words::list(types, locale);
                    say!(locale, "team-operation-types", label, types, answer, confidence)
                }
            }
        };
        let lines: Vec<String> = gaps.take(MOST).map(said).collect();
        match (lines.is_empty(), ranked.is_empty()) {
            (false, _) => lines,
            (true, false) => vec![say!(locale, "team-operation-no-gap")],
            (true, true) => vec![say!(locale, "team-operation-not-judged")],
        }
    }

    /// What the team's own findings ask to look at, then those behind the answers of the operation.
    fn observe(&self, own: View<'_>) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let of_own = own.story.now.findings.iter().flat_map(|finding| findings::said(own, finding).observe);
        let of_all = self.behind_answers().flat_map(|finding| findings::said(self.whole, finding).observe);
        for line in of_own.chain(of_all).filter(|line| self.is_own(line)) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines.truncate(MOST);
        lines
    }

    /// The first falsifier there is, the team's own before the operation's.
    fn change_our_mind(&self, own: View<'_>) -> Option<String> {
        let of_own = own.story.now.findings.iter().map(|finding| findings::said(own, finding));
        let of_all = self.behind_answers().map(|finding| findings::said(self.whole, finding));
        of_own.chain(of_all).filter_map(|said| said.change_our_mind).find(|line| self.is_own(line))
    }

    /// Findings of the whole operation that an answer rests on.
    fn behind_answers(&self) -> impl Iterator<Item = &Finding> {
        let ranked = self.whole.ranked();
        let is_behind = move |finding: &&Finding| {
            let answers = ranked.iter().filter(|(_, verdict)| is_gap(verdict.verdict));
            finding.scope == Scope::Operation
                && answers.clone().any(|(metric, verdict)| {
                    finding.metric.as_ref() == Some(&metric.id) && verdict.why.contains(&finding.rule)
                })
        };
        self.whole.story.now.findings.iter().filter(is_behind)
    }

    /// Whether a text that was not made for this page speaks of no other team.
    fn is_own(&self, text: &str) -> bool {
        !self.others.iter().any(|name| names::speaks_of(text, name))
    }
}

/// What the story says of one place.
fn only(story: &Story, scope: &Scope) -> Story {
    let now = &story.now;
    let table = |table: &EvidenceTable| EvidenceTable {
        rule: table.rule.clone(),
        rows: table.rows.iter().filter(|(_, place, _)| place == scope).cloned().collect(),
        ..*table
    };
    Story {
        now: Judgement {
            period: now.period,
            evidence: now.evidence.iter().map(table).filter(|table| !table.rows.is_empty()).collect(),
            facts: now.facts.iter().filter(|(_, place, _)| place == scope).cloned().collect(),
            figures: Vec::new(),
            signals: Vec::new(),
            verdicts: now.verdicts.iter().filter(|one| one.scope == *scope).cloned().collect(),
            findings: now.findings.iter().filter(|one| one.scope == *scope).cloned().collect(),
            decisions: now.decisions.iter().filter(|one| one.scope == *scope).cloned().collect(),
            pattern: None,
            not_judged: Vec::new(),
        },
        timeline: Vec::new(),
        resolved: Vec::new(),
        moves: Vec::new(),
        may_add: Vec::new(),
        quality: story.quality.clone(),
        rules_in_force: story.rules_in_force,
        rules_judged: story.rules_judged,
    }
}
