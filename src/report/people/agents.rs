//! Agents one by one, for a page that may show them: each level with its range, in no order of results.

use crate::judge::{AgentLevel, ByAgent};
use crate::model::{Figure, Scope};
use crate::report::context::{AgentRow, AgentsView};
use crate::report::view::View;
use crate::words::{self, say};

/// Half-width of a 95 % range in standard deviations.
const RANGE: f64 = 1.96;

/// Nothing where the page shows no spread between agents either.
pub(super) fn view(view: View<'_>, result: &ByAgent, name: &dyn Fn(u32) -> String) -> Option<AgentsView> {
    let metric = view.frame.metrics.get(result.metric)?;
    let is_shown = view.story.now.figures.iter().any(|drawn| {
        drawn.is_about(&metric.id, &Scope::Operation) && matches!(drawn.figure, Figure::AgentSpread(_))
    });
    let agents: Vec<&AgentLevel> =
        result.agents.iter().filter(|one| one.level.is_finite() && one.sd.is_finite()).collect();
    if !is_shown || agents.is_empty() {
        return None;
    }
    let (locale, calendar) = (view.locale(), &view.frame.calendar);
    let low = agents.iter().map(|one| one.level - RANGE * one.sd).fold(f64::INFINITY, f64::min);
    let high = agents.iter().map(|one| one.level + RANGE * one.sd).fold(f64::NEG_INFINITY, f64::max);
    let at = |level: f64| ((level - low) / (high - low).max(f64::MIN_POSITIVE) * 1000.0).round() / 10.0;
    let row = |one: &&AgentLevel| {
        let (low, high) = (one.level - RANGE * one.sd, one.level + RANGE * one.sd);
        AgentRow {
            name: name(one.agent),
            n: words::count(one.n, locale),
            level: words::level(one.level, metric, locale),
            range: words::range(
                &words::bare(low, metric, locale),
                &words::bare(high, metric, locale),
                locale,
            ),
            at: at(one.level),
            low: at(low),
            width: ((at(high) - at(low)) * 10.0).round() / 10.0,
        }
    };
    let mut rows: Vec<AgentRow> = agents.iter().map(row).collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let days = words::span(calendar.start(result.span.0), calendar.end(result.span.1), locale);
    Some(AgentsView {
        metric: view.frame.label(&metric.id),
        says: say!(
            locale,
            "people-agents",
            agents = rows.len(),
            days,
            level = words::level(result.mean, metric, locale),
        ),
        rows,
    })
}
