//! Planted causes: how often is each named at realistic sizes, and how often is the opposite?

use gapwise::model::VerdictId::{self, Behavioural, Mixed, NoGap, NotEnoughEvidence, Structural};

use super::centre::{Centre, Skill, Work};
use super::counts::Beside;
use super::page::{Chapter, Gate, Table};
use super::workspace::Lab;

const LEAST: f64 = 0.85;

/// A planted cause: what it is called, what it should be called, and the centre at so many contacts a week.
struct Cause {
    name: &'static str,
    truth: VerdictId,
    centre: Centre,
    /// Far enough from the borders of the verdicts that the gate holds for it.
    gated: bool,
}

fn causes() -> Vec<Cause> {
    let usual = |gap, sd| Centre::usual(150.0, gap, sd);
    let by_topic = |gap, sd| Centre { skill: Skill::ByType, ..usual(gap, sd) };
    let two_types = |sd| usual(0.0, sd).with_gaps(&[0.2, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    let cause = |name, truth, centre| Cause { name, truth, centre, gated: true };
    let border = |name, truth, centre| Cause { name, truth, centre, gated: false };
    vec![
        cause(
            "agents differ by 6.3 points, gap of 5 (share within reach 1.0)",
            Behavioural,
            usual(0.05, 0.063),
        ),
        cause("the same, each agent by contact type", Behavioural, by_topic(0.05, 0.063)),
        cause("agents differ by 5.8 points, gap of 4", Behavioural, usual(0.04, 0.058)),
        cause(
            "agents differ by 5.4 points, their weeks by 3, gap of 3",
            Behavioural,
            Centre { shocks: 0.03, ..usual(0.03, 0.054) },
        ),
        cause("equal agents, gap of 6 everywhere (0)", Structural, usual(0.06, 0.0)),
        cause("2 of 8 types 20 points short, agents differ by 3.2 (0.13)", Structural, two_types(0.032)),
        cause("the same, agents differ by 5.4 (0.22)", Structural, two_types(0.054)),
        cause(
            "one type of 6 % of the work 30 points short, agents differ by 4.1 by type (0.11)",
            Structural,
            Centre { skill: Skill::ByType, ..small_type() },
        ),
        border(
            "the same, agents differ in general: who is there moves the net gap by 0.65",
            Structural,
            small_type(),
        ),
        cause("2 types 15 short, equal agents; 3 types 7 short, agents differ by 8.2", Mixed, by_type(0.0)),
        cause("the same, agents differ by 3 in the first two as well", Mixed, by_type(0.03)),
        border(
            "agents differ by 3.2 points, gap of 10 (0.26, near the border)",
            Structural,
            usual(0.1, 0.032),
        ),
        border("agents differ by 4 points, gap of 6.6 (0.50)", Mixed, usual(0.066, 0.04)),
        cause("on target by 2 points, agents differ by 4.1", NoGap, usual(-0.02, 0.041)),
        border("exactly on target, agents differ by 4.1", NoGap, usual(0.0, 0.041)),
    ]
}

fn small_type() -> Centre {
    let mut centre = Centre::usual(150.0, 0.0, 0.041);
    for (index, work) in centre.work.iter_mut().enumerate() {
        *work = if index == 0 {
            Work { share: 0.06, gap: 0.3, ..*work }
        } else {
            Work { share: 0.94 / 7.0, ..*work }
        };
    }
    centre
}

/// Two types are blocked for everybody, in three agents differ.
fn by_type(sd_of_blocked: f64) -> Centre {
    let mut centre = Centre::usual(150.0, 0.0, 0.03);
    for (index, work) in centre.work.iter_mut().enumerate() {
        (work.gap, work.sd) = match index {
            0 | 1 => (0.15, sd_of_blocked),
            2..=4 => (0.07, 0.082),
            _ => (0.0, 0.03),
        };
    }
    centre
}

/// The verdict that would send a leader the wrong way.
fn opposite(truth: VerdictId) -> Vec<VerdictId> {
    match truth {
        Behavioural => vec![Structural],
        Structural => vec![Behavioural],
        NoGap => vec![Structural, Behavioural, Mixed],
        _ => Vec::new(),
    }
}

pub(crate) fn chapter(lab: &Lab, runs: u64) -> Chapter {
    let mut chapter = Chapter::default();
    chapter.say(
        "## Planted causes\n\nForty agents, eight contact types, twelve weeks; in brackets the true share of the gap \
         that is within reach (below a third is structural, above two thirds behavioural). *Opposite* is behavioural \
         for structural and the other way round, or any cause where there is no gap. In per cent of runs.",
    );
    let mut table = Table::new(&[
        "planted",
        "contacts an agent a week",
        "truth",
        "right",
        "cannot tell",
        "opposite",
        "other",
        "naive spread right",
        "naive ratio right",
    ]);
    for cause in causes() {
        for volume in [150.0, 50.0] {
            let centre = Centre { per_week: volume, ..cause.centre.clone() };
            let found = Beside::of(&format!("power {} {volume}", cause.name), &centre, lab, runs);
            row(&mut table, &cause, &volume.to_string(), &found);
            if cause.gated && volume > 100.0 {
                let right = found.ours.rate(&[cause.truth]);
                chapter.gates.push(Gate::at_least(format!("right verdict, {}", cause.name), LEAST, right));
                let title = format!("opposite verdict, {}", cause.name);
                chapter.gates.push(Gate::at_most(title, 0.0, found.ours.rate(&opposite(cause.truth))));
            }
        }
    }
    chapter.table(table);
    sizes(&mut chapter, lab, runs);
    chapter
}

fn row(table: &mut Table, cause: &Cause, size: &str, found: &Beside) {
    let truth = cause.truth;
    let opposite = opposite(truth);
    let rest = VerdictId::ALL
        .into_iter()
        .filter(|verdict| *verdict != truth && *verdict != NotEnoughEvidence && !opposite.contains(verdict));
    let rest: Vec<VerdictId> = rest.collect();
    table.row(&[
        cause.name.into(),
        size.into(),
        truth.name().into(),
        found.ours.rate(&[truth]).text(),
        found.ours.rate(&[NotEnoughEvidence]).text(),
        found.ours.rate(&opposite).text(),
        found.ours.rate(&rest).text(),
        found.spread.rate(&[truth]).text(),
        found.ratio.rate(&[truth]).text(),
    ]);
}

/// The same by the number of agents and contacts.
fn sizes(chapter: &mut Chapter, lab: &Lab, runs: u64) {
    chapter.say(
        "### By size\n\nThe same with fewer agents, and with fewer contacts of each: what a small team can and \
         cannot show.",
    );
    let mut table = Table::new(&[
        "planted",
        "agents × contacts a week",
        "truth",
        "right",
        "cannot tell",
        "opposite",
        "other",
        "naive spread right",
        "naive ratio right",
    ]);
    let chosen = [0usize, 4, 5];
    for cause in chosen.into_iter().filter_map(|index| causes().into_iter().nth(index)) {
        for (agents, volume) in
            [(8, 150.0), (12, 150.0), (20, 150.0), (100, 150.0), (40, 25.0), (40, 10.0), (40, 5.0)]
        {
            let centre = Centre { agents, per_week: volume, ..cause.centre.clone() };
            let found = Beside::of(&format!("size {} {agents} {volume}", cause.name), &centre, lab, runs);
            row(&mut table, &cause, &format!("{agents} × {volume}"), &found);
        }
    }
    chapter.table(table);
}
