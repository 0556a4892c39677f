//! What coaching is said to have done, when it did nothing and when it did something, by who was coached.

use gapwise::judge;
use gapwise::kinds::Depth;
use gapwise::model::{Conclusion, Effect, Fact};
use gapwise::stats::dist::t_quantile;
use gapwise::stats::effect::{Controls, did_compat};

use super::centre::{Values, count};
use super::naive;
use super::page::{Chapter, Gate, Mean, Rate, Table};
use super::random::Random;
use super::season::{Played, Policy, Season, play};
use super::workspace::{Lab, Setting};

const BIAS: f64 = 0.1;
const LEVEL: f64 = 0.95;

struct Case {
    name: &'static str,
    season: Season,
    /// Coaching follows bad weeks: the bias asked for holds.
    gated: bool,
}

fn cases() -> Vec<Case> {
    let gated = |name, season| Case { name, season, gated: true };
    let shown = |name, season| Case { name, season, gated: false };
    let new = Season::new;
    let small = |policy, effect| Season { per_week: 25, ..new(policy, effect) };
    let moody = |policy, effect| Season { shocks: (0.03, 0.5), ..new(policy, effect) };
    vec![
        gated("lowest tenth of last week", new(Policy::LowestTenth, 0.0)),
        gated("lowest tenth of last week", new(Policy::LowestTenth, 0.03)),
        gated("far below the own usual", new(Policy::OwnDip, 0.0)),
        gated("far below the own usual", new(Policy::OwnDip, 0.03)),
        gated("lowest tenth of the last four weeks", new(Policy::LowestMonth, 0.0)),
        gated("lowest tenth, 25 contacts a week", small(Policy::LowestTenth, 0.0)),
        gated("lowest tenth, 20 agents", Season { agents: 20, ..new(Policy::LowestTenth, 0.0) }),
        gated(
            "lowest tenth, bad spells last (3 points, half into the next week)",
            moody(Policy::LowestTenth, 0.0),
        ),
        gated("far below the own usual, bad spells last", moody(Policy::OwnDip, 0.0)),
        shown("a rota", new(Policy::Rota, 0.0)),
        shown("a rota", new(Policy::Rota, 0.03)),
        shown("leaders know who is weak", new(Policy::Ability, 0.0)),
        shown("leaders know who is weak", new(Policy::Ability, 0.03)),
        shown("leaders know who is weak, 25 contacts a week", small(Policy::Ability, 0.0)),
        shown("lowest tenth of evaluations", new(Policy::Evaluations, 0.0)),
        shown("lowest tenth of evaluations", new(Policy::Evaluations, 0.03)),
        shown("new hires first, still learning", new(Policy::NewHires, 0.0)),
    ]
}

/// What the runs of one case gave.
#[derive(Default)]
struct Found {
    trigger: Mean,
    months: Mean,
    months_holds: Rate,
    textbook: Mean,
    ours: Mean,
    holds: Rate,
    other: Mean,
    other_holds: Rate,
    step_holds: Rate,
    works: Rate,
    does_not_move: Rate,
    imputation: Rate,
    visible: Mean,
    p_small: Rate,
}

pub(crate) fn chapter(runs: u64) -> anyhow::Result<Chapter> {
    // An effect of a point and a half matters.
    let lab = Lab::new(&Setting::new(Values::Share, 0.75, 0.015))?;
    let mut chapter = Chapter::default();
    chapter.say(
        "## What coaching did\n\nForty agents who differ by 5 points, 26 weeks of 150 contacts, one metric at 70 %; \
         every second week up to four agents have their first session, chosen as the first column says; the effect \
         is there from the week after. Errors of the estimate in points (mean over runs). *Naive*: the bad week \
         against the four weeks after; the four weeks before against the four after, with a paired t-range. \
         *Textbook*: difference in differences against agents not yet coached, from the week before the session. \
         *Ours*: what the report prints, the imputation where a dip shows that bad weeks led to coaching and the \
         staggered comparison elsewhere. An effect of 1.5 points matters.",
    );
    let mut bias = Table::new(&[
        "coached",
        "true effect",
        "naive: bad week",
        "naive: 4 before and after",
        "textbook",
        "ours",
        "our other estimate",
    ]);
    let mut held = Table::new(&[
        "coached",
        "true effect",
        "95 % range holds the truth",
        "other's range holds",
        "ranges of single weeks hold",
        "naive range holds",
        "said to work",
        "said not to move it",
        "imputation leads",
        "smallest visible effect, points",
    ]);
    for case in cases() {
        let found = measure(&case, &lab, runs);
        let effect = format!("{:+.0}", 100.0 * case.season.effect);
        let head = [case.name.to_owned(), effect.clone()];
        let means = [&found.trigger, &found.months, &found.textbook, &found.ours, &found.other];
        bias.row(&[head.to_vec(), means.map(|mean| mean.text(100.0)).to_vec()].concat());
        let rates = [
            found.holds,
            found.other_holds,
            found.step_holds,
            found.months_holds,
            found.works,
            found.does_not_move,
            found.imputation,
        ];
        let visible = format!("{:.1}", 100.0 * found.visible.mean());
        held.row(&[head.to_vec(), rates.map(Rate::text).to_vec(), vec![visible]].concat());
        if case.gated && case.season.effect == 0.0 {
            chapter.gates.push(Gate::near_zero(
                format!("bias of the effect, {}", case.name),
                BIAS,
                &found.ours,
            ));
        }
        let title = |what: &str| format!("{what}, {}, true effect {effect}", case.name);
        let least = LEVEL - 0.02;
        chapter.gates.push(Gate::at_least(title("range of the effect"), least, found.holds));
        chapter.gates.push(Gate::at_least(title("range of the other estimate"), least, found.other_holds));
        chapter.gates.push(Gate::at_least(
            title("ranges of single weeks after coaching"),
            least,
            found.step_holds,
        ));
        if case.season.effect == 0.0 {
            chapter.gates.push(Gate::at_most(title("said to work"), 0.05, found.works));
            chapter.gates.push(Gate::at_most(title("`p_effect` at most .05"), 0.05, found.p_small));
        } else {
            chapter.gates.push(Gate::at_most(title("said not to move it"), 0.02, found.does_not_move));
        }
    }
    chapter.table(bias);
    chapter.table(held);
    Ok(chapter)
}

fn measure(case: &Case, lab: &Lab, runs: u64) -> Found {
    let mut found = Found::default();
    let truth = case.season.effect;
    for run in 0..runs {
        let name = format!("coaching {} {truth}", case.name);
        let played = play(&case.season, lab, &mut Random::of(&name, run));
        found.before_and_after(&played, truth);
        if let Some(textbook) = textbook(&played) {
            found.textbook.add(textbook - truth);
        }
        let judgement = judge::judge(&lab.plan, &played.data, lab.period(), Depth::Full);
        let effect = judgement.facts.iter().find_map(|(_, _, fact)| match fact {
            Fact::Effect(effect) => Some(effect),
            _ => None,
        });
        if let Some(effect) = effect {
            found.add(effect, truth);
        }
        let table = judgement.evidence.iter().find(|table| table.rule == "coaching-moves");
        let p = table.and_then(|table| {
            let at = table.columns.iter().position(|column| column.name == "p_effect")?;
            table.rows.first()?.2.values[at].number()
        });
        if let Some(p) = p {
            found.p_small.add(p <= 0.05);
        }
    }
    found
}

impl Found {
    fn add(&mut self, effect: &Effect, truth: f64) {
        let holds = |low: f64, high: f64| low <= truth && truth <= high;
        self.ours.add(effect.effect - truth);
        self.holds.add(holds(effect.low, effect.high));
        if let (Some(other), Some(low), Some(high)) = (effect.other, effect.other_low, effect.other_high) {
            self.other.add(other - truth);
            self.other_holds.add(holds(low, high));
        }
        for step in effect.steps.iter().filter(|step| step.event >= 1) {
            self.step_holds.add(holds(step.low, step.high));
        }
        self.works.add(effect.conclusion == Conclusion::Works);
        self.does_not_move.add(effect.conclusion == Conclusion::DoesNotMove);
        self.imputation.add(effect.headline == gapwise::model::Headline::Imputation);
        self.visible.add(effect.smallest_visible);
    }

    /// The bad week, and four weeks, against the four after.
    fn before_and_after(&mut self, played: &Played, truth: f64) {
        let coached = || played.first.iter().zip(&played.y).filter_map(|(week, y)| Some(((*week)?, y)));
        let whole = |(week, y): &(usize, &Vec<f64>)| *week >= 4 && week + 4 < y.len();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / count(values.len());
        let after = |week: usize, y: &[f64]| mean(&y[week + 1..=week + 4]);
        let bad: Vec<f64> = coached().filter(whole).map(|(week, y)| after(week, y) - y[week - 1]).collect();
        let month: Vec<f64> =
            coached().filter(whole).map(|(week, y)| after(week, y) - mean(&y[week - 4..week])).collect();
        if bad.len() < 3 {
            return;
        }
        self.trigger.add(mean(&bad) - truth);
        self.months.add(mean(&month) - truth);
        let n = count(month.len());
        let half = t_quantile(0.975, n - 1.0) * naive::spread(&month) / n.sqrt();
        self.months_holds.add((mean(&month) - truth).abs() <= half);
    }
}

/// Difference in differences from the week before the session, weeks one to eight after.
fn textbook(played: &Played) -> Option<f64> {
    let fit = did_compat(&played.panel, Controls::NotYet)?;
    let after = fit.att_gt.iter().filter(|cell| (1..=8).contains(&(cell.time - cell.group)));
    let (sum, weight) = after.fold((0.0, 0.0), |(sum, weight), cell| {
        (sum + count(cell.treated) * cell.att, weight + count(cell.treated))
    });
    (weight > 0.0).then_some(sum / weight)
}
