//! The charts of the investigation page: which data each is drawn from, and where its rows are.

use crate::calendar::Period;
use crate::config::Individuals;
use crate::model::{Effect, Figure, Metric, Minutes, Scope, StageLevel, StageLevels, Value};
use crate::report::chart::{self, People, Voice};
use crate::report::context::{Chart, EffectCharts};
use crate::report::frame::spoken_id;
use crate::report::series;
use crate::report::tables::file_of;
use crate::report::view::View;
use crate::words::{self, Locale, say};

/// Metrics with charts of what coaching did.
const EFFECTS: usize = 12;

fn voice<'a>(view: View<'a>, metric: &'a Metric) -> Voice<'a> {
    Voice { metric, locale: view.locale() }
}

fn named(chart: Chart, id: &str, what: &str, numbers: String) -> Chart {
    Chart { id: format!("{id}-{what}"), numbers, ..chart }
}

pub(super) fn spread(view: View<'_>, metric: &Metric, scope: &Scope, id: &str) -> Option<Chart> {
    let (rule, figure) = view.figure(&metric.id, scope, |figure| match figure {
        Figure::AgentSpread(spread) => Some(spread),
        _ => None,
    })?;
    let people = if view.frame.individuals == Individuals::Never { People::Curve } else { People::Dots };
    let fact = view.spread(&metric.id, scope);
    let drawn = chart::spread(figure, fact, voice(view, metric), view.frame.min_group, people);
    Some(named(drawn, id, "spread", file_of(rule)))
}

pub(super) fn types(view: View<'_>, metric: &Metric, id: &str) -> Option<Chart> {
    let breakdown = view.breakdown(&metric.id, &Scope::Operation)?;
    let numbers = view.numbers("breakdown", Some(&metric.id), &Scope::Operation);
    Some(named(chart::types(breakdown, voice(view, metric)), id, "types", numbers))
}

pub(super) fn pareto(view: View<'_>, metric: &Metric, id: &str) -> Option<Chart> {
    let breakdown = view.breakdown(&metric.id, &Scope::Operation)?;
    let numbers = view.numbers("breakdown", Some(&metric.id), &Scope::Operation);
    Some(named(chart::pareto(breakdown, voice(view, metric)), id, "pareto", numbers))
}

pub(super) fn stages(view: View<'_>, metric: &Metric, id: &str) -> Option<Chart> {
    let mut columns: Vec<chart::Column<'_>> = Vec::new();
    let mut files: Vec<String> = Vec::new();
    for (rule, figure) in view.figures(&metric.id, &Scope::Operation) {
        let Figure::Stage(stage) = figure else { continue };
        let name = stage_name(&stage.stage, view.locale());
        if columns.iter().any(|column| column.name == name) {
            continue;
        }
        columns.extend(column(view, metric, rule, stage));
        if !files.contains(&file_of(rule)) {
            files.push(file_of(rule));
        }
    }
    if columns.is_empty() {
        return None;
    }
    let rows = view.breakdown(&metric.id, &Scope::Operation).map_or(&[][..], |found| &found.rows);
    let order: Vec<String> = rows.iter().map(|row| row.contact_type.clone()).collect();
    Some(named(chart::stages(columns, &order, view.locale()), id, "stages", files.join(", ")))
}

fn column<'a>(
    view: View<'a>,
    metric: &Metric,
    rule: &str,
    stage: &'a StageLevels,
) -> Option<chart::Column<'a>> {
    let measured_by = view.frame.metric(&stage.measured_by)?;
    let cell = |one: &StageLevel| chart::Cell {
        contact_type: one.contact_type.clone(),
        level: one.level,
        times: one.times,
        q: chance(view, metric, rule, &one.contact_type),
    };
    let known = stage.types.iter().filter(|one| one.level.is_finite());
    Some(chart::Column {
        name: stage_name(&stage.stage, view.locale()),
        voice: voice(view, measured_by),
        cells: known.map(cell).collect(),
    })
}

/// A stage that the shipped rules know has a name in each language; a client's own is called what its id says.
fn stage_name(id: &str, locale: &Locale) -> String {
    say!(locale, "chart-stage", id, name = spoken_id(id))
}

/// The chance of a type's excess at a stage, after control for all that was looked at, as its evidence has it.
fn chance(view: View<'_>, metric: &Metric, rule: &str, contact_type: &str) -> Option<f64> {
    let table = view.story.now.evidence.iter().find(|table| table.rule == rule)?;
    let own = table.rows.iter().find(|(m, scope, row)| {
        m.as_ref() == Some(&metric.id)
            && *scope == Scope::Operation
            && row.item.as_deref() == Some(contact_type)
    });
    own.and_then(|(_, _, row)| row.q.first()).and_then(Value::number)
}

pub(super) fn clusters(view: View<'_>, metric: &Metric, id: &str) -> Option<Chart> {
    let (rule, found) = view.figure(&metric.id, &Scope::Operation, |figure| match figure {
        Figure::TypeGroups(found) => Some(found),
        _ => None,
    })?;
    Some(named(chart::clusters(found, voice(view, metric)), id, "clusters", file_of(rule)))
}

pub(super) fn control(view: View<'_>, metric: &Metric, id: &str) -> Option<Chart> {
    let (rule, figure) = view.figure(&metric.id, &Scope::Operation, |figure| match figure {
        Figure::Control(figure) => Some(figure),
        _ => None,
    })?;
    let drawn = chart::control(figure, voice(view, metric), &view.frame.calendar);
    Some(named(drawn, id, "control", series::periods_of(rule)))
}

pub(super) fn minutes(view: View<'_>, minutes: &Minutes) -> Chart {
    let numbers = view.numbers("minutes", None, &Scope::Operation);
    named(chart::minutes(minutes, view.locale()), "coaching", "minutes", numbers)
}

/// What coaching did to each of these metrics, those with nothing to draw left out.
pub(super) fn effects(view: View<'_>, effects: &[(&Metric, &Effect)]) -> Vec<EffectCharts> {
    let one = |(at, (metric, effect)): (usize, &(&Metric, &Effect))| {
        let (id, voice) = (format!("coaching-{at}"), voice(view, metric));
        let about = |slot: &str| view.numbers(slot, Some(&metric.id), &Scope::Operation);
        let followed = |id: &String| view.frame.metric(id).map(|metric| Voice { metric, ..voice });
        let chain = view.chain(&metric.id, &Scope::Operation).map(|chain| {
            let behaviour = chain.behaviour_metric.as_ref().and_then(followed);
            named(chart::chain(chain, voice, behaviour), &id, "chain", about("chain"))
        });
        let events = series::events_of(&about("effect"));
        EffectCharts {
            metric: view.frame.label(&metric.id),
            chain,
            waterfall: Some(named(chart::waterfall(effect, voice), &id, "waterfall", about("effect"))),
            event: Some(named(chart::event(effect, voice), &id, "event", events)),
        }
    };
    effects.iter().take(EFFECTS).enumerate().map(one).collect()
}

/// The operation's answers of the periods shown, metrics in the order of concern.
pub(super) fn timeline(view: View<'_>) -> Chart {
    let whole = || view.story.timeline.iter().filter(|(_, _, scope, _)| *scope == Scope::Operation);
    let periods = whole().map(|(period, ..)| period.0);
    let span = periods.clone().min().zip(periods.max());
    let all: Vec<Period> = span.map(|(from, to)| (from..=to).map(Period).collect()).unwrap_or_default();
    let name = |period: &Period| words::period_name(*period, &view.frame.calendar, view.locale());
    let answers = |(metric, _): (&Metric, _)| {
        let held = |period: &Period| {
            whole().find(|(at, id, _, _)| at == period && *id == metric.id).map(|(.., verdict)| *verdict)
        };
        chart::Answers { label: view.frame.label(&metric.id), held: all.iter().map(held).collect() }
    };
    let answers: Vec<chart::Answers> = view.ranked().into_iter().map(answers).collect();
    let names: Vec<String> = all.iter().map(name).collect();
    let drawn = chart::timeline(&answers, &names, view.locale());
    named(drawn, "answers", "timeline", series::ANSWERS.to_owned())
}
