//! From a story to what a page says. Each file here is one part of the page, in the order it is read.

mod changed;
mod charts;
mod coaching;
mod decisions;
mod findings;
mod headline;
mod limits;
mod metrics;
mod points;
mod quality;
mod quiet;
mod subject;
mod team;
mod verdicts;

use super::context::{Context, Head, PageKind, SCHEMA};
use super::frame::Frame;
use super::view::View;
use crate::calendar::Period;
use crate::model::{Check, Quality, VerdictId};
use crate::words;

pub(super) use decisions::text as decision_text;
pub(super) use findings::said;
pub(super) use limits::NOBODY;
pub(super) use subject::subject;

/// What the pages of a judged period say.
pub(super) fn context(view: View<'_>, warnings: &[String]) -> Context {
    let points = points::of_headline(view);
    let headline = headline::headline(view, points.as_ref());
    let quiet = quiet::quiet(view);
    let kind = quiet.as_ref().map_or(PageKind::Full, |(kind, _)| *kind);
    let decisions_all = decisions::decisions(view);
    let (decisions, decisions_more) = decisions::first(&decisions_all, view.locale());
    let mut context = Context {
        schema: SCHEMA.to_owned(),
        page: head(view.frame, view.story.now.period, kind),
        changed: changed::changed(view),
        timeline: Some(charts::timeline(view)),
        metrics: metrics::rows(view),
        coaching: coaching::coaching(view),
        may_add: coaching::may_add(view),
        limits: limits::limits(view),
        warnings: warnings.to_vec(),
        caution: caution(view),
        verdicts: verdicts::verdicts(view),
        teams: team::teams(view),
        findings: findings::findings(view),
        not_judged: quality::not_judged(view),
        quality: quality::quality(view.frame, &view.story.quality, &view.checks()),
        rules: quality::rules(view.frame),
        quiet: quiet.map(|(_, quiet)| quiet),
        headline,
        decisions,
        decisions_more,
        decisions_all,
        points,
        ..Context::default()
    };
    context.left_out = left_out(&mut context);
    context.summary = quiet::summary(&context);
    context
}

/// Entries of a list that a page shows.
const LONGEST: usize = 60;

/// A page has an end: the first of each list, in the order of concern, and how many more there are.
fn left_out(context: &mut Context) -> Vec<String> {
    fn cut<T>(list: &mut Vec<T>, what: &str, left: &mut Vec<String>) {
        let more = list.len().saturating_sub(LONGEST);
        list.truncate(LONGEST);
        if more > 0 {
            left.push(format!("{more} further {what} are in findings.json."));
        }
    }
    let mut left = Vec::new();
    cut(&mut context.decisions_all, "decisions", &mut left);
    cut(&mut context.verdicts, "answers", &mut left);
    cut(&mut context.findings, "findings", &mut left);
    cut(&mut context.not_judged, "entries of what could not be judged", &mut left);
    left
}

/// What every requested page says when the data are not fit for a report.
pub(super) fn withheld(frame: &Frame, period: Period, why: &[Check], quality: &Quality) -> Context {
    let checks: Vec<&Check> = why.iter().collect();
    let mut context = Context {
        schema: SCHEMA.to_owned(),
        page: head(frame, period, PageKind::Withheld),
        withheld: Some(quiet::withheld(frame, period, why, quality)),
        quality: quality::quality(frame, quality, &checks),
        rules: quality::rules(frame),
        ..Context::default()
    };
    context.summary = quiet::summary(&context);
    context
}

fn head(frame: &Frame, period: Period, kind: PageKind) -> Head {
    let (calendar, locale) = (&frame.calendar, &frame.locale);
    let (start, end) = (calendar.start(period), calendar.end(period));
    let name = words::period_name(period, calendar, locale);
    let client = words::shortened(&frame.client);
    Head {
        title: format!("{client}, {name}"),
        client,
        kind,
        lang: locale.name().to_owned(),
        locale: locale.name().to_owned(),
        label: calendar.label(period),
        days: words::days(start, end, locale),
        before: words::period_name(period.shift(-1), calendar, locale),
        next: format!("when {} is complete", words::period_name(period.shift(1), calendar, locale)),
        period: locale.grain().to_owned(),
        maturity: maturity(frame, period),
        rules: rules_line(frame),
        name,
    }
}

/// One line per waiting time: which metrics' figures end earlier than the period.
fn maturity(frame: &Frame, period: Period) -> Vec<String> {
    let waiting = frame.metrics.iter().filter(|metric| metric.matures_periods > 0);
    let mut groups: Vec<(i32, u32, Vec<String>)> = Vec::new();
    for metric in waiting {
        let label = frame.label(&metric.id);
        match groups.iter_mut().find(|(periods, _, _)| *periods == metric.matures_periods) {
            Some((_, _, labels)) => labels.push(label),
            None => groups.push((metric.matures_periods, metric.matures_days, vec![label])),
        }
    }
    let line = |(periods, days, labels): (i32, u32, Vec<String>)| {
        let last = words::day(frame.calendar.end(period.shift(-periods)), &frame.locale);
        let (verb, their) = if labels.len() == 1 { ("is", "it takes") } else { ("are", "they take") };
        format!(
            "{} {verb} counted to {last}: {their} {days} days to settle.",
            words::list(&labels, &frame.locale)
        )
    };
    groups.into_iter().map(line).collect()
}

/// Whether coaching is spoken of where the operation decides the result.
fn caution(view: View<'_>) -> bool {
    let spent = view.minutes().is_some_and(|minutes| minutes.on_out_of_reach > 0.0);
    let decided = |id: VerdictId| matches!(id, VerdictId::Structural | VerdictId::Mixed);
    spent || view.story.now.verdicts.iter().any(|verdict| decided(verdict.verdict))
}

fn rules_line(frame: &Frame) -> String {
    let pack = |pack: &crate::config::Pack| format!("{} {}", pack.name, pack.version);
    let packs: Vec<String> = frame.packs.iter().map(pack).collect();
    match frame.client_changes {
        0 => packs.join(", "),
        1 => format!("{} + 1 change by client", packs.join(", ")),
        n => format!("{} + {n} changes by client", packs.join(", ")),
    }
}
