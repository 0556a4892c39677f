//! What each team is told about itself. Everything is made of a story from which the other teams are taken out, so
//! that none of their names and numbers can reach a page; what holds for the whole operation is said without a
//! figure, since a total beside the own would tell the rest.

mod names;

use std::collections::{BTreeMap, BTreeSet};

use super::{decisions, findings, metrics};
use crate::model::{
    Better, BreakdownRow, Confidence, EvidenceTable, Fact, Finding, Gap, Judgement, Metric, Scope, Severity,
    Story, Verdict, VerdictId,
};
use crate::report::OTHER;
use crate::report::context::{MetricRow, TeamFinding, TeamType, TeamTypes, TeamView};
use crate::report::view::{View, on_target};
use crate::words::{self, Locale, say};

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
        let worst = worst(view, &scope);
        let (lead, sentences) = answer(view, &scope, worst, &words::shortened(self.name));
        TeamView {
            name: words::shortened(self.name),
            full_name: words::shortened_to(self.name, 300),
            slug,
            lead,
            sentences,
            label: worst.map_or_else(String::new, |(_, verdict)| label(verdict, view.locale())),
            tone: worst.map_or_else(String::new, |(_, verdict)| verdict.verdict.name().to_owned()),
            meta: worst.map_or_else(Vec::new, |(_, verdict)| meta(view, verdict)),
            metrics: view.frame.metrics.iter().filter_map(|metric| row(view, metric, &scope)).collect(),
            decisions: decisions::decisions(view).into_iter().take(MOST).collect(),
            findings: found(view),
            types: types(view, &scope),
            operation: self.operation(),
            observe: self.observe(view),
            change_our_mind: self.change_our_mind(view),
            limits: limits(view, &scope),
        }
    }

    /// What was found of the whole operation, the worst first and without a figure.
    fn operation(&self) -> Vec<String> {
        let (view, locale) = (self.whole, self.whole.locale());
        let ranked = view.ranked();
        let gaps = ranked.iter().filter(|(_, verdict)| is_gap(verdict.verdict));
        let said = |(metric, verdict): &(&Metric, &Verdict)| {
            let label = view.frame.label(&metric.id);
            let (answer, confidence) = (verdict.verdict.name(), confidence(verdict));
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
        rows: table.rows.iter().filter(|(_, place, _)| place == scope).cloned().collect(),
        ..EvidenceTable { rows: Vec::new(), rule: table.rule.clone(), p_values: table.p_values, ..*table }
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

/// The answer to speak of first: a gap, what cannot be told, what is well; in the plan's order.
fn worst<'v>(view: View<'v>, scope: &Scope) -> Option<(&'v Metric, &'v Verdict)> {
    let rank = |verdict: &Verdict| match verdict.verdict {
        VerdictId::NoGap if on_target(verdict) => 3,
        VerdictId::NoGap => 2,
        VerdictId::NotEnoughEvidence => 1,
        _ => 0,
    };
    let known = view.frame.metrics.iter();
    let judged = known.filter_map(|metric| Some((metric, view.verdict(&metric.id, scope)?)));
    judged.min_by_key(|(_, verdict)| rank(verdict))
}

/// The first sentence of the page and those below it.
fn answer(
    view: View<'_>,
    scope: &Scope,
    worst: Option<(&Metric, &Verdict)>,
    team: &str,
) -> (String, Vec<String>) {
    let locale = view.locale();
    let Some((metric, _)) = worst else {
        return (say!(locale, "team-none", team), vec![say!(locale, "team-none-why", team)]);
    };
    (level(view, metric, scope), Vec::new())
}

/// `First-contact resolution is 64.1 %, 10.9 points under target.`
fn level(view: View<'_>, metric: &Metric, scope: &Scope) -> String {
    let (label, locale) = (view.frame.label(&metric.id), view.locale());
    let Some(gap) = view.gap(&metric.id, scope) else {
        return say!(locale, "team-level-unknown", label);
    };
    let (level, _) = metrics::level_and_range(gap, metric, locale);
    let Some(adverse) = gap.adverse else { return say!(locale, "team-level", label, level) };
    let size = words::difference(adverse.abs(), metric, locale);
    if !size.contains(|c: char| ('1'..='9').contains(&c)) {
        return say!(locale, "team-level-at", label, level);
    }
    let is_under = (adverse > 0.0) == (metric.better == Better::Higher);
    let side = if is_under { "under" } else { "over" };
    say!(locale, "team-level-off", label, level, size, side)
}

fn is_gap(verdict: VerdictId) -> bool {
    matches!(verdict, VerdictId::Structural | VerdictId::Behavioural | VerdictId::Mixed)
}

fn label(verdict: &Verdict, locale: &Locale) -> String {
    let answer = match verdict.verdict {
        VerdictId::NoGap if on_target(verdict) => "on-target",
        other => other.name(),
    };
    say!(locale, "team-answer", answer)
}

fn confidence(verdict: &Verdict) -> &'static str {
    match verdict.confidence {
        Some(Confidence::Strong) => "strong",
        Some(Confidence::Moderate) => "moderate",
        Some(Confidence::Weak) => "weak",
        None => "none",
    }
}

fn meta(view: View<'_>, verdict: &Verdict) -> Vec<String> {
    let locale = view.locale();
    let since = words::period_name(verdict.since, &view.frame.calendar, locale);
    let sure = verdict.confidence.map(|_| say!(locale, "team-sure", confidence = confidence(verdict)));
    sure.into_iter().chain([say!(locale, "team-since", since)]).collect()
}

/// A metric in the team; none where it is not measured there.
fn row(view: View<'_>, metric: &Metric, scope: &Scope) -> Option<MetricRow> {
    let gap = view.gap(&metric.id, scope)?;
    let (verdict, locale) = (view.verdict(&metric.id, scope), view.locale());
    let (now, range) = metrics::level_and_range(gap, metric, locale);
    Some(MetricRow {
        id: metric.id.clone(),
        label: view.frame.label(&metric.id),
        full_label: words::shortened_to(&metric.label, 300),
        now,
        range,
        target: gap.target.map_or_else(String::new, |target| words::trimmed_level(target, metric, locale)),
        what: what(verdict, locale),
        tone: verdict.map_or("unknown", |one| one.verdict.name()).to_owned(),
        judged: true,
        beside: beside(view, metric, scope, gap),
    })
}

fn what(verdict: Option<&Verdict>, locale: &Locale) -> String {
    let Some(verdict) = verdict else { return say!(locale, "team-no-answer") };
    let answer = label(verdict, locale);
    if verdict.confidence.is_none() || !is_gap(verdict.verdict) {
        return answer;
    }
    say!(locale, "team-answer-sure", answer, confidence = confidence(verdict))
}

/// What stands beside a number: rows, agents and days behind it.
fn beside(view: View<'_>, metric: &Metric, scope: &Scope, gap: &Gap) -> String {
    let locale = view.locale();
    let n = words::count(words::whole(gap.n), locale);
    let days = view.days_at(&metric.id, scope).map(|(first, last)| words::span(first, last, locale));
    let agents = usize::try_from(gap.agents).unwrap_or(0);
    let counted = match agents {
        0 => say!(locale, "team-counted", n),
        agents => say!(locale, "team-counted-agents", n, agents),
    };
    [Some(counted), days].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The most severe first. What only looks things up says nothing.
fn found(view: View<'_>) -> Vec<TeamFinding> {
    let locale = view.locale();
    let mut own: Vec<&Finding> =
        view.story.now.findings.iter().filter(|finding| finding.severity > Severity::Info).collect();
    own.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.id.cmp(&b.id)));
    let one = |finding: &Finding| {
        let said = findings::said(view, finding);
        let since = words::period_name(finding.since, &view.frame.calendar, locale);
        TeamFinding { title: said.title, say: said.say, since: say!(locale, "team-finding-since", since) }
    };
    own.into_iter().take(MOST).map(one).collect()
}

/// Contact types inside the team by name; those of few agents together at the end.
fn types(view: View<'_>, scope: &Scope) -> Vec<TeamTypes> {
    let of_metric = |metric: &Metric| {
        let mut rows: Vec<&BreakdownRow> = view.breakdown(&metric.id, scope)?.rows.iter().collect();
        rows.sort_by_key(|row| (row.contact_type == OTHER, row.contact_type.to_lowercase()));
        let rows = rows.into_iter().map(|row| type_row(row, metric, view.locale())).collect();
        Some(TeamTypes { metric: view.frame.label(&metric.id), rows })
    };
    view.frame.metrics.iter().filter_map(of_metric).collect()
}

fn type_row(row: &BreakdownRow, metric: &Metric, locale: &Locale) -> TeamType {
    TeamType {
        label: words::shortened(&row.contact_type),
        full_label: words::shortened_to(&row.contact_type, 300),
        share: words::percent(row.share, 0, locale),
        now: words::level(row.actual, metric, locale),
        target: row.target.map_or_else(String::new, |target| words::trimmed_level(target, metric, locale)),
    }
}

/// What is behind the figures and what they are not for.
fn limits(view: View<'_>, scope: &Scope) -> Vec<String> {
    let locale = view.locale();
    let shares: BTreeSet<String> = view
        .frame
        .metrics
        .iter()
        .filter_map(|metric| view.gap(&metric.id, scope))
        .map(|gap| words::percent(gap.level, 0, locale))
        .collect();
    let shares: Vec<String> = shares.into_iter().collect();
    let ranges = (!shares.is_empty())
        .then(|| say!(locale, "team-limits-ranges", level = words::list(&shares, locale)));
    let least = usize::try_from(view.frame.min_group).unwrap_or(0);
    let fixed = [say!(locale, "team-limits-luck"), say!(locale, "team-limits-nobody", least)];
    ranges.into_iter().chain(fixed).collect()
}
