//! What holds of every chart, and where its marks are.

use gapwise::model::Story;
use gapwise::report::context::{Chart, Context, Mark};
use gapwise::report::{Frame, assemble_in};

/// Widths a chart is laid out for: a small phone, a phone, a page.
const WIDTHS: [f64; 3] = [288.0, 328.0, 712.0];

/// Every chart of a context with its name.
pub(super) fn charts(context: &Context) -> Vec<(String, &Chart)> {
    let coaching = context.coaching.iter();
    let of_coaching = coaching.flat_map(|coaching| {
        let effects = coaching.effects.iter().flat_map(|e| [&e.chain, &e.waterfall, &e.event]);
        effects.chain([&coaching.minutes])
    });
    let of_verdicts = context
        .verdicts
        .iter()
        .flat_map(|v| [&v.spread, &v.breakdown, &v.pareto, &v.stages, &v.clusters, &v.control]);
    let all = of_coaching.chain(of_verdicts).chain([&context.timeline]).flatten();
    let points = context.points.iter().chain(context.verdicts.iter().filter_map(|v| v.points.as_ref()));
    all.chain(points.map(|points| &points.bar.chart)).map(|chart| (chart.id.clone(), chart)).collect()
}

/// From left to right and from top to bottom, in pixels.
#[derive(Clone, Debug)]
struct Place {
    text: String,
    across: (f64, f64),
    down: (f64, f64),
}

fn places(chart: &Chart, wide: f64) -> Vec<Place> {
    let place = |mark: &Mark| match mark {
        Mark::Text { x, y, dx, anchor, text, width, .. } => {
            let at = x / 100.0 * wide + dx;
            let across = match anchor.as_str() {
                "start" => (at, at + width),
                "end" => (at - width, at),
                _ => (at - width / 2.0, at + width / 2.0),
            };
            Some(Place { text: text.clone(), across, down: (y - 10.0, y + 3.0) })
        }
        Mark::Turned { x, y, text, width, .. } => {
            let at = x / 100.0 * wide;
            Some(Place { text: text.clone(), across: (at - 8.0, at + 5.0), down: (y - width, *y) })
        }
        _ => None,
    };
    chart.marks.iter().filter_map(place).collect()
}

fn meet(a: (f64, f64), b: (f64, f64)) -> bool {
    a.0 < b.1 - 0.5 && b.0 < a.1 - 0.5
}

fn texts_stay_inside_and_apart(id: &str, chart: &Chart) {
    for wide in WIDTHS {
        let places = places(chart, wide);
        for (at, one) in places.iter().enumerate() {
            assert!(
                one.across.0 >= -1.5 && one.across.1 <= wide + 1.5,
                "{id} at {wide}: `{}` leaves",
                one.text
            );
            assert!(
                one.down.0 >= -1.0 && one.down.1 <= chart.height + 1.0,
                "{id} at {wide}: `{}` leaves",
                one.text
            );
            for other in &places[at + 1..] {
                let overlap = meet(one.across, other.across) && meet(one.down, other.down);
                assert!(!overlap, "{id} at {wide}: `{}` meets `{}`", one.text, other.text);
            }
        }
    }
}

fn marks_stay_inside(id: &str, chart: &Chart) {
    let across = |x: f64| assert!((-0.1..=100.1).contains(&x), "{id}: {x} across");
    let down =
        |y: f64| assert!((-1.0..=chart.height + 1.0).contains(&y), "{id}: {y} down of {}", chart.height);
    for mark in &chart.marks {
        match mark {
            Mark::Line { x1, y1, x2, y2, .. } => {
                [*x1, *x2].into_iter().for_each(across);
                [*y1, *y2].into_iter().for_each(down);
            }
            Mark::Rect { x, y, width, height, .. } => {
                [*x, x + width].into_iter().for_each(across);
                [*y, y + height].into_iter().for_each(down);
            }
            Mark::Dot { x, y, .. } | Mark::Sign { x, y, .. } => {
                across(*x);
                down(*y);
            }
            Mark::Curve { y, height, d, .. } => {
                [*y, y + height].into_iter().for_each(down);
                let numbers = d.split(|c: char| "MLZ ".contains(c)).filter_map(|n| n.parse::<f64>().ok());
                assert!(numbers.clone().all(|n| (-5.0..=1001.0).contains(&n)), "{id}: {d}");
                assert!(!d.contains("NaN") && !d.contains("inf"), "{id}: {d}");
            }
            Mark::Text { .. } | Mark::Turned { .. } => {}
        }
    }
}

fn numbers_drawn_are_said(id: &str, chart: &Chart) {
    for mark in &chart.marks {
        if let Mark::Text { class, text, .. } = mark
            && (class.contains("t-value") || class.contains("t-heat"))
        {
            assert!(chart.says.contains(text.as_str()), "{id}: `{text}` is not in `{}`", chart.says);
        }
    }
}

/// Nothing drawn, and a sentence about it; or a chart that keeps every law.
fn holds(id: &str, chart: &Chart) {
    assert!(chart.says.len() > 20 && chart.says.ends_with('.'), "{id}: {chart:?}");
    if chart.height == 0.0 {
        assert!(chart.marks.is_empty(), "{id}");
        return;
    }
    assert!(
        chart.title.len() > 10 && !chart.marks.is_empty() && chart.height < 1500.0,
        "{id}: {}",
        chart.height
    );
    texts_stay_inside_and_apart(id, chart);
    marks_stay_inside(id, chart);
    numbers_drawn_are_said(id, chart);
}

pub(super) fn all_hold(frame: &Frame, story: &Story) -> Context {
    let context = assemble_in(frame, story).context;
    for (id, chart) in charts(&context) {
        holds(&id, chart);
    }
    context
}
