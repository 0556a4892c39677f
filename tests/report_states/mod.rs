//! States of a page: the hand-made week as it is, with nothing to say, the week after, on target, and with names that
//! try everything.

use gapwise::calendar::Period;
use gapwise::model::{Asked, Check, Fact, Gap, Judgement, Phrase, Quality, Story, VerdictId};
use gapwise::report::Frame;

use crate::report_case::{frame, period, story, verdict};

/// Nothing was judged.
pub(crate) fn empty() -> Story {
    Story {
        now: Judgement {
            period: period(),
            evidence: vec![],
            facts: vec![],
            figures: vec![],
            signals: vec![],
            verdicts: vec![],
            findings: vec![],
            decisions: vec![],
            pattern: None,
            not_judged: vec![],
        },
        timeline: vec![],
        resolved: vec![],
        moves: vec![],
        may_add: vec![],
        quality: Quality::default(),
        rules_in_force: 0,
        rules_judged: 0,
    }
}

pub(crate) fn days_missing() -> Check {
    Check {
        id: "days-contacts".into(),
        passed: false,
        level: "withhold".into(),
        value: Some(3.0),
        limit: Some(1.0),
        say: Phrase::as_is("The contact file ends on Wednesday 11 November: 3 of 7 days are missing."),
    }
}

/// A name that tries everything.
pub(crate) const HOSTILE: &str =
    "<script>alert(1)</script>|`x`\n# =cmd() \u{202E}[a](http://evil) & \"quoted\"";

pub(crate) fn hostile() -> (Frame, Story) {
    let (mut frame, mut story) = (frame(), story());
    let long = format!("{HOSTILE}{}", "x".repeat(10_000));
    frame.client.clone_from(&long);
    for metric in &mut frame.metrics {
        metric.label.clone_from(&long);
    }
    for (_, _, fact) in &mut story.now.facts {
        if let Fact::Breakdown(breakdown) = fact {
            for (index, row) in breakdown.rows.iter_mut().enumerate() {
                row.contact_type = format!("{index}{long}");
            }
            breakdown.carriers = vec![format!("0{long}")];
        }
    }
    for finding in &mut story.now.findings {
        finding.item = Some(format!("=1+1{long}"));
        finding.row.item = Some(format!("=1+1{long}"));
    }
    for table in &mut story.now.evidence {
        for (_, _, row) in &mut table.rows {
            row.item = Some(format!("=1+1{long}"));
        }
    }
    for verdict in &mut story.now.verdicts {
        verdict.needs = vec![Phrase::as_is(&long)];
        verdict.verdict = VerdictId::NotEnoughEvidence;
    }
    for decision in &mut story.now.decisions {
        decision.contact_types = vec![long.clone()];
        decision.owner_role.clone_from(&long);
    }
    story.quality.missing.insert(long.clone(), long);
    (frame, story)
}

/// The week after: the same verdicts, nothing moved.
pub(crate) fn quiet_week() -> Story {
    let mut story = story();
    story.resolved.clear();
    story.now.decisions.iter_mut().for_each(|decision| decision.state = Asked::Accepted);
    let before = Period(period().0 - 1);
    story.timeline.clear();
    for verdict in &story.now.verdicts {
        for at in [before, period()] {
            story.timeline.push((at, verdict.metric.clone(), verdict.scope.clone(), verdict.verdict));
        }
    }
    story
}

/// Every metric is on target.
pub(crate) fn on_target() -> Story {
    let mut story = story();
    story.now.decisions.clear();
    story.now.findings.clear();
    let metrics = ["fcr", "quality", "next-step", "csat", "aht"];
    story.now.verdicts = metrics.map(|metric| verdict(metric, VerdictId::NoGap, "on-target")).to_vec();
    for (metric, _, fact) in &mut story.now.facts {
        match (metric.as_deref(), fact) {
            (Some("fcr"), Fact::Gap(gap)) => better(gap, 0.761),
            (Some("next-step"), Fact::Gap(gap)) => better(gap, 0.846),
            (_, Fact::Minutes(minutes)) => minutes.on_out_of_reach = 0.0,
            _ => {}
        }
    }
    story
}

fn better(gap: &mut Gap, level: f64) {
    let by = level - gap.actual;
    (gap.actual, gap.actual_low, gap.actual_high) = (level, gap.actual_low + by, gap.actual_high + by);
    gap.adverse = gap.adverse.map(|adverse| adverse - by);
}
