//! A report's content before it becomes files.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::audience::for_audience;
use super::context::Context;
use super::contract::{self, Contract, Status};
use super::frame::{Frame, source_name};
use super::index::Summary;
use super::people::People;
use super::view::View;
use super::{page, pages, render, series, tables};
use crate::calendar::Period;
use crate::config::Report;
use crate::model::{
    Asked, Check, EvidenceTable, FindingState, Quality, Reason, Rejected, Scope, Severity, SourceId, Story,
};
use crate::words::{self, say};

/// Everything that will be published, and what the job needs to know about it.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub period: Period,
    /// `2026-W46`.
    pub label: String,
    pub status: Status,
    /// A mail's subject line: no verdict word in it.
    pub subject: String,
    /// Whether verdicts or findings differ from the period before.
    pub changed: bool,
    /// The worst finding that is neither closed nor waived.
    pub worst: Option<Severity>,
    /// What is said beside a report that is published with warnings.
    pub warnings: Vec<String>,
    pub contract: Contract,
    /// What all reports have in common; [`Bundle::context_of`] adds what one of them alone may show.
    pub context: Context,
    /// Of the run, for the manifest: sources, times, version of the engine. Not part of what is reproducible.
    pub inputs: Value,
    evidence: Vec<EvidenceTable>,
    rejected: Vec<Rejected>,
    /// What charts show beside the evidence, by file name.
    series: series::Series,
    /// What single pages may show of people and contacts.
    people: People,
}

impl Bundle {
    pub(super) fn of(frame: &Frame, story: &Story) -> Self {
        let safe = for_audience(story, frame);
        let view = View { frame, story: &safe };
        let warnings = warnings(view);
        let status = if warnings.is_empty() { Status::Published } else { Status::PublishedWithWarnings };
        Self {
            period: safe.now.period,
            label: frame.calendar.label(safe.now.period),
            status,
            subject: page::subject(view),
            changed: changed(&safe),
            worst: worst(&safe),
            contract: contract::of(view, status),
            context: page::context(view, &warnings),
            inputs: Value::Null,
            evidence: safe.now.evidence.clone(),
            rejected: safe.quality.rejected.clone(),
            series: series::all(view),
            people: People::default(),
            warnings,
        }
    }

    pub(super) fn withheld(frame: &Frame, period: Period, why: &[Check], quality: &Quality) -> Self {
        let context = page::withheld(frame, period, why, quality);
        Self {
            period,
            label: frame.calendar.label(period),
            status: Status::Withheld,
            subject: context.withheld.as_ref().map(|page| page.heading.clone()).unwrap_or_default(),
            changed: true,
            worst: None,
            warnings: why
                .iter()
                .filter(|check| !check.passed)
                .map(|check| words::as_sentence(&words::phrase(&check.say, &frame.locale), 300))
                .collect(),
            contract: contract::withheld(frame, period, why, quality),
            context,
            inputs: Value::Null,
            evidence: Vec::new(),
            rejected: quality.rejected.clone(),
            series: series::Series::new(),
            people: People::default(),
        }
    }

    /// The same bundle with what the manifest says about the run.
    #[must_use]
    pub fn with_inputs(self, inputs: Value) -> Self {
        Self { inputs, ..self }
    }

    /// The same bundle with what single pages may show of people and contacts.
    #[must_use]
    pub fn with_people(self, people: People) -> Self {
        Self { people, ..self }
    }

    /// All that one report's template sees: what privacy lets that page show, and no more. Pages of teams hold a part
    /// for each.
    pub fn context_of(&self, frame: &Frame, report: &Report) -> Context {
        let seen = self.people.seen_on(report, &self.context, frame);
        if pages::is_of_teams(&report.template) { seen } else { Context { teams: Vec::new(), ..seen } }
    }

    /// The names of the files that a report is written to: one, or one for each team.
    pub fn files_of(&self, report: &str) -> Vec<String> {
        pages::files(report, &self.context)
    }

    /// Every file by path below the period's folder.
    pub(super) fn files(&self, frame: &Frame) -> Result<BTreeMap<String, Vec<u8>>> {
        let mut files = tables::of(frame, self.period, &self.evidence, &self.contract, &self.rejected)?;
        for (name, (header, rows)) in &self.series {
            files.insert(name.clone(), tables::csv(header, rows.iter().cloned())?);
        }
        for report in &frame.reports {
            let name = &report.template;
            ensure!(
                is_file_name(name) && !files.contains_key(name),
                "report `{name}` is not a free file name"
            );
            files.extend(render::report(name, &self.context_of(frame, report), frame.theme())?);
        }
        files.insert("findings.json".to_owned(), self.contract.bytes()?);
        let manifest = self.manifest(frame, &files)?;
        files.insert("manifest.json".to_owned(), manifest);
        Ok(files)
    }

    fn manifest(&self, frame: &Frame, files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>> {
        let packs: Vec<Value> =
            frame.packs.iter().map(|pack| json!({ "name": pack.name, "version": pack.version })).collect();
        let listed: Vec<Value> = files
            .iter()
            .map(|(path, bytes)| {
                json!({ "path": path, "bytes": bytes.len(), "blake3": blake3::hash(bytes).to_hex().as_str() })
            })
            .collect();
        let manifest = json!({
            "schema": "gapwise/manifest/1",
            "result": {
                "gapwise": env!("CARGO_PKG_VERSION"),
                "client": frame.client,
                "period": self.label,
                "status": self.status,
                "packs": packs,
                "client_changes": frame.client_changes,
                "summary": self.summary(frame),
                "files": listed,
            },
            "inputs": self.inputs,
        });
        let mut bytes = serde_json::to_vec_pretty(&manifest)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The report's line in an index over clients.
    fn summary(&self, frame: &Frame) -> Summary {
        let (page, headline) = (&self.context.page, &self.context.headline);
        let leads = self.contract.verdicts.iter().find(|verdict| {
            headline.metric.as_ref() == Some(&verdict.metric) && verdict.scope == Scope::Operation
        });
        let since = leads.and_then(|verdict| frame.calendar.parse_label(&verdict.since));
        let quiet = self.context.quiet.as_ref().map(|quiet| &quiet.heading);
        let first = quiet.or(headline.sentences.first());
        Summary {
            period: page.name.clone(),
            days: page.days.clone(),
            page: page.kind.name().to_owned(),
            headline: first.filter(|_| self.status != Status::Withheld).cloned(),
            decisions_asked: self.contract.decisions.iter().filter(|one| one.state == Asked::Asked).count(),
            since: since.map(|since| words::period_name(since, &frame.calendar, &frame.locale)),
        }
    }
}

/// A report lands in the period's folder, nowhere else.
fn is_file_name(name: &str) -> bool {
    let name = std::path::Path::new(name);
    let mut parts = name.components();
    matches!((parts.next(), parts.next()), (Some(std::path::Component::Normal(_)), None))
}

/// What a reader is told above everything else: failed checks, missing sources, rules that met an error.
fn warnings(view: View<'_>) -> Vec<String> {
    let locale = view.locale();
    let failed = view.checks().into_iter().filter(|check| !check.passed);
    let mut lines: Vec<String> =
        failed.map(|check| words::as_sentence(&words::phrase(&check.say, locale), 300)).collect();
    let said: BTreeSet<String> = view.checks().iter().map(|check| check.id.clone()).collect();
    for (source, why) in &view.story.quality.missing {
        if said.contains(&format!("source-{source}")) {
            continue;
        }
        let source =
            SourceId::parse(source).map_or_else(|| words::shortened(source), |id| source_name(id, locale));
        let line = say!(locale, "warning-source", source, why = why.as_str());
        lines.push(words::as_sentence(&line, 300));
    }
    let errors = view.story.now.not_judged.iter().filter(|entry| entry.reason == Reason::Error);
    let rules: BTreeSet<&str> = errors.map(|entry| entry.rule.as_str()).collect();
    if !rules.is_empty() {
        let names: Vec<&str> = rules.iter().copied().take(5).collect();
        let (n, count) = (rules.len(), words::spelt(rules.len(), locale));
        lines.push(say!(locale, "warning-rules", n, count, rules = words::list(&names, locale)));
    }
    lines
}

fn changed(story: &Story) -> bool {
    let moved = story
        .now
        .findings
        .iter()
        .any(|finding| !matches!(finding.state, FindingState::Ongoing | FindingState::Waived));
    let began = story.now.verdicts.iter().any(|verdict| verdict.since == story.now.period);
    moved || began || !story.resolved.is_empty()
}

fn worst(story: &Story) -> Option<Severity> {
    let open = story.now.findings.iter();
    open.filter(|f| !matches!(f.state, FindingState::Resolved | FindingState::Waived))
        .map(|f| f.severity)
        .max()
}
