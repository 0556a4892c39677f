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
mod withheld;

use super::context::{Context, Head, PageKind, SCHEMA};
use super::frame::Frame;
use super::view::View;
use crate::calendar::Period;
use crate::config::Pack;
use crate::model::{Check, Quality, VerdictId};
use crate::words::{self, Locale, say};

pub(super) use decisions::text as decision_text;
pub(super) use findings::said;
pub(super) use limits::{agents_shown, nobody_named};
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
        brand: view.frame.brand.clone(),
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
    context.left_out = left_out(&mut context, view.locale());
    context.summary = quiet::summary(&context, view.locale());
    context
}

/// Entries of a list that a page shows.
const LONGEST: usize = 60;

/// A page has an end: the first of each list, in the order of concern, and how many more there are.
fn left_out(context: &mut Context, locale: &Locale) -> Vec<String> {
    fn cut<T>(list: &mut Vec<T>) -> usize {
        let more = list.len().saturating_sub(LONGEST);
        list.truncate(LONGEST);
        more
    }
    let left = [
        ("decisions", cut(&mut context.decisions_all)),
        ("answers", cut(&mut context.verdicts)),
        ("findings", cut(&mut context.findings)),
        ("not-judged", cut(&mut context.not_judged)),
    ];
    let more = left.into_iter().filter(|(_, n)| *n > 0);
    more.map(|(what, n)| say!(locale, "head-left-out", n, what)).collect()
}

/// What every requested page says when the data are not fit for a report.
pub(super) fn withheld(frame: &Frame, period: Period, why: &[Check], quality: &Quality) -> Context {
    let checks: Vec<&Check> = why.iter().collect();
    let mut context = Context {
        schema: SCHEMA.to_owned(),
        page: Head { maturity: Vec::new(), ..head(frame, period, PageKind::Withheld) },
        brand: frame.brand.clone(),
        withheld: Some(withheld::withheld(frame, period, why, quality)),
        quality: quality::quality(frame, quality, &checks),
        rules: quality::rules(frame),
        ..Context::default()
    };
    context.summary = quiet::summary(&context, &frame.locale);
    context
}

fn head(frame: &Frame, period: Period, kind: PageKind) -> Head {
    let (calendar, locale) = (&frame.calendar, &frame.locale);
    let (start, end) = (calendar.start(period), calendar.end(period));
    let name = words::period_name(period, calendar, locale);
    let client = words::shortened(&frame.client);
    Head {
        title: say!(locale, "head-title", client = client.as_str(), period = name.as_str()),
        client,
        kind,
        lang: locale.name().to_owned(),
        dir: locale.direction().to_owned(),
        locale: locale.name().to_owned(),
        label: calendar.label(period),
        days: words::days(start, end, locale),
        before: words::period_name(period.shift(-1), calendar, locale),
        next: say!(locale, "head-next", period = words::period_name(period.shift(1), calendar, locale)),
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
    let locale = &frame.locale;
    let line = |(periods, days, labels): (i32, u32, Vec<String>)| {
        let day = words::day(frame.calendar.end(period.shift(-periods)), locale);
        say!(locale, "head-counted-to", n = labels.len(), metrics = words::list(&labels, locale), day, days)
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
    let pack = |pack: &Pack| format!("{} {}", pack.name, pack.version);
    let packs: Vec<String> = frame.packs.iter().map(pack).collect();
    say!(&frame.locale, "head-rules", packs = packs.join(", "), n = frame.client_changes)
}
