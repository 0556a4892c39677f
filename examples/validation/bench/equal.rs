//! All agents are equal, so nothing can be coached away: how often is a gap called behavioural?

use gapwise::model::VerdictId::{Behavioural, Mixed, NoGap, NotEnoughEvidence, Structural};

use super::centre::{Centre, Work};
use super::counts::Beside;
use super::page::{Chapter, Gate, Table};
use super::workspace::Lab;

const LIMIT: f64 = 0.02;

/// Name, contacts of an agent in a week, centre.
fn cases() -> Vec<(&'static str, f64, Centre)> {
    let mut cases = Vec::new();
    let mut add = |name, volumes: &[f64], centre: &dyn Fn(f64) -> Centre| {
        cases.extend(volumes.iter().map(|&n| (name, n, centre(n))));
    };
    let all = [5.0, 10.0, 25.0, 50.0, 100.0, 200.0];
    let some = [5.0, 25.0, 100.0];
    add("gap of 2 points", &all, &|n| Centre::usual(n, 0.02, 0.0));
    add("gap of 6 points", &all, &|n| Centre::usual(n, 0.06, 0.0));
    add("types and agents' mixes of work differ", &some, &uneven);
    add("agents' weeks vary by 4 points", &some, &|n| Centre { shocks: 0.04, ..Centre::usual(n, 0.06, 0.0) });
    add("10 agents, gap of 4 points", &some, &|n| Centre { agents: 10, ..Centre::usual(n, 0.04, 0.0) });
    add("4 weeks, gap of 4 points", &some, &|n| Centre { weeks: 4, ..Centre::usual(n, 0.04, 0.0) });
    add("on target", &some, &|n| Centre::usual(n, 0.0, 0.0));
    cases
}

/// Unlike types, and agents whose mixes of work differ widely.
fn uneven(per_week: f64) -> Centre {
    let gaps = [-0.06, -0.02, 0.02, 0.05, 0.08, 0.11, 0.14, 0.18];
    let shares = [0.30, 0.20, 0.15, 0.10, 0.08, 0.07, 0.06, 0.04];
    let work = gaps.iter().zip(shares).map(|(&gap, share)| Work { share, gap, sd: 0.0 }).collect();
    Centre { work, alike: 2.0, ..Centre::usual(per_week, 0.0, 0.0) }
}

pub(crate) fn chapter(lab: &Lab, runs: u64) -> Chapter {
    let mut chapter = Chapter::default();
    chapter.say(
        "## All agents equal\n\nForty agents, eight contact types and twelve weeks unless said otherwise, a target \
         of 75 %, and not the least difference between agents. *Structural* is the right answer, *cannot tell* an \
         honest one, *behavioural* and *mixed* are wrong. The naive rules: the raw standard deviation of agents' \
         averages above three points means coaching; the same standard deviation as a share of the gap, with the \
         cuts of a third and two thirds. In per cent of runs.",
    );
    let mut table = Table::new(&[
        "truth",
        "contacts an agent a week",
        "behavioural (wrong)",
        "mixed (wrong)",
        "structural",
        "cannot tell",
        "no gap shown",
        "naive spread: behavioural",
        "naive ratio: behavioural or mixed",
    ]);
    for (name, volume, centre) in cases() {
        let found = Beside::of(&format!("equal {name} {volume}"), &centre, lab, runs);
        let ours = |verdict| found.ours.rate(&[verdict]).text();
        table.row(&[
            name.into(),
            volume.to_string(),
            ours(Behavioural),
            ours(Mixed),
            ours(Structural),
            ours(NotEnoughEvidence),
            ours(NoGap),
            found.spread.rate(&[Behavioural]).text(),
            found.ratio.rate(&[Behavioural, Mixed]).text(),
        ]);
        let title = format!("false behavioural, {name}, {volume} contacts");
        chapter.gates.push(Gate::at_most(title, LIMIT, found.ours.rate(&[Behavioural])));
    }
    chapter.table(table);
    chapter
}
