//! Stories whose charts are worth looking at: few and many agents, one and forty contact types, hostile names.

use std::collections::BTreeMap;

use gapwise::model::{AgentSpread, Breakdown, BreakdownRow, Fact, Figure, Lane, StageLevel, Story};
use gapwise::report::Frame;
use gapwise::words::Locale;

use crate::report_case::{frame, story};

/// A story with so many agents as wide apart as `wider` times luck.
pub(super) fn with_agents(count: u32, wider: f64) -> Story {
    let mut story = story();
    let lane = |k: u32| {
        // Quantiles of a normal, by Tukey's lambda.
        let p = (f64::from(k) + 0.5) / f64::from(count);
        let z = 4.91 * (p.powf(0.14) - (1.0 - p).powf(0.14));
        Lane { level: 0.668 + 0.034 * wider * z, sd: 0.034 }
    };
    let agents: Vec<Lane> = (0..count).map(lane).collect();
    set_spread(&mut story, &agents);
    for (_, _, fact) in &mut story.now.facts {
        if let Fact::Spread(spread) = fact {
            spread.agents = count;
            spread.low = if wider > 1.2 { 0.01 } else { 0.0 };
            spread.seen = 0.034 * wider;
        }
    }
    story
}

pub(super) fn set_spread(story: &mut Story, agents: &[Lane]) {
    for drawn in &mut story.now.figures {
        if let Figure::AgentSpread(spread) = &mut drawn.figure {
            *spread = AgentSpread { mean: 0.668, target: Some(0.75), agents: agents.to_vec() };
        }
    }
}

pub(super) fn edit_types(story: &mut Story, edit: impl Fn(&mut Breakdown)) {
    for (_, _, fact) in &mut story.now.facts {
        if let Fact::Breakdown(breakdown) = fact {
            edit(breakdown);
        }
    }
}

/// So many contact types, the first ones far off target.
pub(super) fn with_types(count: u32, name: impl Fn(u32) -> String) -> Story {
    let mut story = story();
    let row = |k: u32| {
        let off = 0.37 / f64::from(1 + k * k) - 0.01 * f64::from(k % 3);
        let share = 1.0 / f64::from(count);
        BreakdownRow {
            contact_type: name(k),
            share,
            actual: 0.75 - off,
            target: Some(0.75),
            best_agents: (k % 4 != 3).then_some(0.75 - off + 0.04),
            carries: share * off,
            carries_se: Some(share * 0.02),
            credible: k < 2,
            label: None,
            n: 900,
            agents: 40,
        }
    };
    edit_types(&mut story, |breakdown| {
        breakdown.rows = (0..count).map(row).collect();
        breakdown.carriers = (0..count.min(2)).map(&name).collect();
    });
    for drawn in &mut story.now.figures {
        if let Figure::Stage(stage) = &mut drawn.figure {
            let level = |k: u32| StageLevel {
                contact_type: name(k),
                level: 0.1 + 0.01 * f64::from(k),
                ..stage.types[0].clone()
            };
            stage.types = (0..count).map(level).collect();
        }
        if let Figure::TypeGroups(found) = &mut drawn.figure {
            for group in &mut found.groups {
                for (member, k) in group.members.iter_mut().zip(0..) {
                    member.contact_type = name(k);
                }
            }
        }
    }
    story
}

const HOSTILE: &str =
    "<script>alert(1)</script>|`x`\n# =cmd() \u{202E}[a](http://evil) שלום & \"quoted\" 漢字漢字";

fn hostile(k: u32) -> String {
    format!("{k}{}{}", HOSTILE, "x".repeat(10_000))
}

/// The same pages in German.
pub(super) fn german(frame: &Frame) -> Frame {
    Frame { locale: Locale::named("de").unwrap(), ..frame.clone() }
}

/// Stories to look at, by name.
pub(super) fn gallery() -> BTreeMap<&'static str, (Frame, Story)> {
    let nine_stages = {
        let mut story = story();
        let stages: Vec<_> =
            story.now.figures.iter().filter(|d| matches!(d.figure, Figure::Stage(_))).cloned().collect();
        for name in ["transfer", "consult", "after-contact-work", "approval", "repeat", "wrong-information"] {
            let mut more = stages[1].clone();
            if let Figure::Stage(stage) = &mut more.figure {
                stage.stage = name.into();
            }
            story.now.figures.push(more);
        }
        story
    };
    let dots = Frame { individuals: gapwise::config::Individuals::Codes, ..frame() };
    BTreeMap::from([
        ("plain", (frame(), story())),
        ("agents-8", (frame(), with_agents(8, 2.0))),
        ("agents-40", (frame(), with_agents(40, 1.8))),
        ("agents-400", (frame(), with_agents(400, 1.0))),
        ("agents-2000", (frame(), with_agents(2000, 1.6))),
        ("dots-40", (dots.clone(), with_agents(40, 1.8))),
        ("dots-400", (dots, with_agents(400, 1.3))),
        ("types-1", (frame(), with_types(1, |_| "Everything".to_owned()))),
        (
            "types-40",
            (frame(), with_types(40, |k| format!("Contact type number {k} with a rather long name"))),
        ),
        ("hostile", (frame(), with_types(12, hostile))),
        ("nine-stages", (frame(), nine_stages)),
    ])
}
