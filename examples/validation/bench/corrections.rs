//! Four ways in which an earlier form of the diagnosis was wrong. Each is drawn as it happens, and judged by
//! the shipped rules and by rules without the correction: the wrong answer must be there without and not with it.

use gapwise::calendar::Period;
use gapwise::judge;
use gapwise::kinds::Depth;
use gapwise::model::{Change, Confidence, VerdictId};

use super::centre::{Centre, Drawn, Values, draw};
use super::page::{Chapter, Gate, Rate, Table};
use super::random::Random;
use super::said::Said;
use super::season::{Policy, Season, play};
use super::workspace::{LAST, Lab, Setting};

/// One fault: how often the wrong thing was said with the shipped rules and without the correction.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) with: Rate,
    pub(crate) without: Rate,
}

pub(crate) fn faults(runs: u64) -> anyhow::Result<Vec<Fault>> {
    Ok(vec![large_gap(runs)?, unlike_types(runs)?, removed_constraint(runs)?, one_reach(runs)?])
}

pub(crate) fn chapter(runs: u64) -> anyhow::Result<Chapter> {
    let mut chapter = Chapter::default();
    chapter.say(
        "## Four faults corrected\n\nHow often the wrong thing is said, in per cent of runs, by the shipped rules and by \
         the same rules with the correction taken out.",
    );
    let mut table = Table::new(&["truth", "wrong", "shipped", "without the correction"]);
    for fault in faults(runs)? {
        table.row(&[fault.name.into(), fault.wrong.into(), fault.with.text(), fault.without.text()]);
        chapter.gates.push(Gate::at_most(format!("{}: {}", fault.name, fault.wrong), 0.05, fault.with));
    }
    chapter.table(table);
    Ok(chapter)
}

/// A client's rules file that takes a shipped rule out.
fn without(rule: &str) -> String {
    format!("[[disable]]\nrule = \"{rule}\"\nwhy = \"to see what it is for\"\n")
}

fn lab(target: f64, rules: String) -> anyhow::Result<Lab> {
    let mut setting = Setting::new(Values::Share, target, 0.015);
    setting.rules = rules;
    Lab::new(&setting)
}

fn large_gap(runs: u64) -> anyhow::Result<Fault> {
    let lab = lab(0.90, String::new())?;
    let (mut with, mut without) = (Rate::default(), Rate::default());
    for run in 0..runs {
        let played =
            play(&Season::new(Policy::LowestTenth, 0.03), &lab, &mut Random::of("correction large gap", run));
        let judgement = judge::judge(&lab.plan, &played.data, lab.period(), Depth::Verdicts);
        let said = Said { judgement };
        with.add(said.fired("coaching-moves") && said.fired("coaching-does-not-move"));
        without.add(old_conclusions(&said) == (true, true));
    }
    let name = "coaching adds 3 points where 20 are missing";
    Ok(Fault { name, wrong: "it both works and does not move the metric", with, without })
}

/// Works and does not move, as they were concluded once: what mattered was a quarter of the gap, and the two did
/// not exclude one another.
fn old_conclusions(said: &Said) -> (bool, bool) {
    const QUARTER_OF_GAP: f64 = 0.05;
    let column = |name| said.number("coaching-moves", name).unwrap_or(f64::NAN);
    (column("low") > 0.0 && column("other") > 0.0, column("both_high") < QUARTER_OF_GAP)
}

/// Agents differ by 5.4 points and are all 3 points below what each type gave before; types lie 10 points apart.
fn unlike_types(runs: u64) -> anyhow::Result<Fault> {
    // Natural levels around the one target: a standard deviation of 10 points.
    const APART: [f64; 8] = [-0.142, -0.099, -0.056, -0.018, 0.018, 0.056, 0.099, 0.142];
    let gaps = |below: f64| APART.map(|level| level + below).to_vec();
    let centre = Centre {
        weeks: 32,
        target: 0.75,
        past: Some((12, gaps(0.0))),
        ..Centre::usual(150.0, 0.0, 0.054).with_gaps(&gaps(0.03))
    };
    let too_sure = |said: &Said| {
        let verdict = said.whole();
        verdict.is_some_and(|verdict| {
            matches!(verdict.verdict, VerdictId::Structural | VerdictId::Mixed)
                && verdict.confidence > Some(Confidence::Weak)
        })
    };
    let labs = [lab(0.75, String::new())?, lab(0.75, without("common-target"))?];
    let [with, without] = both("correction unlike types", &centre, &labs, runs, too_sure);
    let name = "behavioural, types' own levels 10 points apart, one target for all";
    Ok(Fault { name, wrong: "structural or mixed, and surer than weak", with, without })
}

/// Two types were 20 points short until six weeks ago.
fn removed_constraint(runs: u64) -> anyhow::Result<Fault> {
    const SINCE: usize = 6;
    let mut gaps = vec![0.0; 8];
    gaps[..2].fill(0.2);
    let centre = Centre { past: Some((SINCE, gaps)), ..Centre::usual(150.0, 0.0, 0.02) };
    let lab = lab(0.75, String::new())?;
    let structural = |said: &Said| said.verdict() == VerdictId::Structural;
    let first = LAST + 1 - i32::try_from(SINCE).unwrap_or(0);
    let recorded = |drawn: &mut Drawn| {
        drawn.data.changes.push(Change {
            id: "fix".into(),
            date: lab.plan.calendar.start(Period(first)),
            period: Period(first),
            what: "approval no longer needed".into(),
            contact_types: vec!["type 00000".into(), "type 00001".into()],
            teams: Vec::new(),
            metrics: Vec::new(),
            state: None,
            decision: None,
            owner: None,
            end: None,
            hypothesis: None,
        });
    };
    let (mut with, mut without) = (Rate::default(), Rate::default());
    for run in 0..runs {
        let mut drawn = draw(&centre, &lab, &mut Random::of("correction removed constraint", run));
        without.add(structural(&Said::of(&lab, &drawn)));
        recorded(&mut drawn);
        with.add(structural(&Said::of(&lab, &drawn)));
    }
    let name = "a constraint in two types was removed six weeks ago, and the change is on record";
    Ok(Fault { name, wrong: "still structural", with, without })
}

/// A quarter of the gap is within reach of the best quarter, four tenths of the best tenth.
fn one_reach(runs: u64) -> anyhow::Result<Fault> {
    let centre = Centre { agents: 80, ..Centre::usual(150.0, 0.1, 0.0304) };
    let sure = |said: &Said| {
        let verdict = said.whole();
        verdict.is_some_and(|verdict| {
            verdict.verdict == VerdictId::Structural && verdict.confidence == Some(Confidence::Strong)
        })
    };
    let labs = [lab(0.75, String::new())?, lab(0.75, without("moves-with-reach"))?];
    let [with, without] = both("correction reach", &centre, &labs, runs, sure);
    let name = "structural by the best quarter, mixed by the best tenth";
    Ok(Fault { name, wrong: "structural, and strong", with, without })
}

/// The same draws judged twice.
fn both(name: &str, centre: &Centre, labs: &[Lab; 2], runs: u64, wrong: impl Fn(&Said) -> bool) -> [Rate; 2] {
    let mut rates = [Rate::default(); 2];
    for run in 0..runs {
        let drawn = draw(centre, &labs[0], &mut Random::of(name, run));
        for (rate, lab) in rates.iter_mut().zip(labs) {
            rate.add(wrong(&Said::of(lab, &drawn)));
        }
    }
    rates
}
