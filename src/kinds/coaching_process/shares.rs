//! Measures that are a share of the window's sessions by a test on each.

use chrono::NaiveDate;

use super::found::{Found, shares};
use super::view::{Span, View, days_before, working_days_after};
use crate::model::Session;
use crate::stats::rates::median;

/// Which sessions count, and which of them are hits; `Span` is the window looked at.
pub(super) struct Share {
    pub(super) of: fn(&Session, &Span) -> bool,
    pub(super) is: fn(&Session, &Span) -> bool,
}

impl Share {
    pub(super) fn find(&self, view: &View<'_>) -> Vec<Found> {
        shares(view, &self.of, &self.is)
    }
}

fn held(session: &Session, _: &Span) -> bool {
    session.is_held()
}

fn says(word: Option<&String>, wanted: &str) -> bool {
    word.is_some_and(|word| word == wanted)
}

pub(super) const LINKED: Share =
    Share { of: held, is: |s, _| s.detail.linked_contact || !s.focus.is_empty() };

pub(super) const ACTIVITY_ONLY: Share =
    Share { of: held, is: |s, _| s.focus.is_empty() && s.detail.follow_up_due.is_none() };

pub(super) const FOLLOW_UP_SET: Share = Share { of: held, is: |s, _| s.detail.follow_up_due.is_some() };

pub(super) const FOLLOW_UP_DONE: Share =
    Share { of: follow_up_is_due, is: |s, span| s.detail.follow_up_done.is_some_and(|day| day <= span.end) };

pub(super) const FOLLOW_UP_ON_TIME: Share = Share {
    of: follow_up_is_due,
    is: |s, _| s.detail.follow_up_done.zip(s.detail.follow_up_due).is_some_and(|(done, due)| done <= due),
};

fn follow_up_is_due(session: &Session, span: &Span) -> bool {
    session.is_held() && session.detail.follow_up_due.is_some_and(|day| day <= span.end)
}

pub(super) const TRAINED: Share = Share {
    of: |s, _| s.is_held() && s.detail.coach_trained.is_some(),
    is: |s, _| s.detail.coach_trained == Some(true),
};

pub(super) const SUPPORTIVE: Share = Share {
    of: |s, _| {
        s.is_held() && s.detail.kind.as_ref().is_some_and(|kind| kind == "supportive" || kind == "corrective")
    },
    is: |s, _| says(s.detail.kind.as_ref(), "supportive"),
};

pub(super) const ASKED_BY_AGENT: Share = Share {
    of: |s, _| s.is_held() && s.detail.asked_by.is_some(),
    is: |s, _| says(s.detail.asked_by.as_ref(), "agent"),
};

pub(super) const AGENDA_BY_AGENT: Share = Share {
    of: |s, _| s.is_held() && s.detail.agenda_by.is_some(),
    is: |s, _| says(s.detail.agenda_by.as_ref(), "agent"),
};

pub(super) const COMMITMENT_SET: Share = Share { of: held, is: |s, _| s.detail.commitment };

pub(super) const COMMITMENT_MET: Share = Share {
    of: |s, _| s.is_held() && s.detail.commitment_met.is_some(),
    is: |s, _| s.detail.commitment_met == Some(true),
};

pub(super) const DEVELOPMENT: Share = Share {
    of: |s, _| s.is_held() && s.detail.development.is_some(),
    is: |s, _| s.detail.development == Some(true),
};

/// Sessions planned for a day of the window, and those of them held within a day of it.
pub(super) const PROTECTED: Share = Share {
    of: |s, span| s.detail.planned.is_some_and(|day| span.holds(day)),
    is: |s, _| s.is_held() && s.detail.planned.is_some_and(|day| (s.date - day).num_days().abs() <= 1),
};

/// Acknowledged by the agent; the amount is the median of days until then.
pub(super) fn acknowledged(view: &View<'_>) -> Vec<Found> {
    let by = |session: &Session, end: NaiveDate| {
        session.detail.acknowledged && session.detail.acknowledged_on.is_none_or(|day| day <= end)
    };
    // A session of the last week may still be waiting for its agent.
    let of = |s: &Session, span: &Span| s.is_held() && s.date <= days_before(span.end, 7);
    let mut rows = shares(view, &of, &|s, span| by(s, span.end));
    let waited = |s: &&Session| s.detail.acknowledged_on.map(|day| (day - s.date).num_days());
    let days: Vec<f64> =
        view.now().iter().filter(|s| s.is_held()).filter_map(waited).filter_map(whole).collect();
    if let (Some(whole), Some(median)) = (rows.first_mut(), median(&days, super::found::LEVEL)) {
        whole.amount = Some(median.estimate);
        whole.amount_range = Some((median.low, median.high));
    }
    rows
}

fn whole(days: i64) -> Option<f64> {
    i32::try_from(days.max(0)).ok().map(f64::from)
}

/// Support the agent asked for and got within so many working days, of what was due by the window's end.
pub(super) fn support_kept(view: &View<'_>) -> Vec<Found> {
    let days = view.ask.working_days;
    let due = |s: &Session| s.detail.support_asked.map(|day| working_days_after(day, days));
    shares(view, &|s, span| due(s).is_some_and(|day| day <= span.end), &|s, _| {
        s.detail.support_done.zip(due(s)).is_some_and(|(done, due)| done <= due)
    })
}
