//! The verdict in force depends only on the raw answers of the last few periods, so a report can be made
//! again at any time and says the same.

/// What is in force and whether it is only this period's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<T> {
    pub value: T,
    pub provisional: bool,
}

/// The latest run of `periods` equal answers within the last `memory`; without one the raw answer, marked
/// provisional.
///
/// `raw` is oldest first and ends at the judged period. An answer equal to `open` ("not enough evidence")
/// neither starts nor breaks a run while `supports(run, index)` says the run's own answer still has at least
/// even odds in that period, and comes into force only in place of an answer that was.
pub fn hold<T: Copy + PartialEq>(
    raw: &[T],
    open: Option<T>,
    periods: usize,
    memory: usize,
    supports: impl Fn(T, usize) -> bool,
) -> Option<Held<T>> {
    let last = *raw.last()?;
    let start = raw.len().saturating_sub(memory.max(1));
    let mut run: Option<(T, usize)> = None;
    let mut force = None;
    for (index, &answer) in raw.iter().enumerate().skip(start) {
        run = match run {
            Some((of, length)) if of == answer => Some((of, length + 1)),
            Some((of, length)) if open == Some(answer) && supports(of, index) => Some((of, length)),
            _ => Some((answer, 1)),
        };
        let settled = run.filter(|(_, length)| *length >= periods).map(|(of, _)| of);
        // Having known nothing is no answer to hold on to: it can end one in force, not keep out the first.
        force = settled.filter(|of| open != Some(*of) || force.is_some()).or(force);
    }
    Some(match force {
        Some(value) => Held { value, provisional: false },
        None => Held { value: last, provisional: open != Some(last) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(raw: &str, supported: &str) -> (char, bool) {
        let raw: Vec<char> = raw.chars().collect();
        let held = hold(&raw, Some('n'), 3, 6, |of, _| supported.contains(of)).unwrap();
        (held.value, held.provisional)
    }

    #[test]
    fn a_first_verdict_stands_provisionally() {
        assert_eq!(held("s", ""), ('s', true));
        assert_eq!(held("sss", ""), ('s', false));
    }

    #[test]
    fn one_dissenting_week_changes_nothing_and_three_do() {
        assert_eq!(held("sssb", ""), ('s', false));
        assert_eq!(held("sssbb", ""), ('s', false));
        assert_eq!(held("sssbbb", ""), ('b', false));
    }

    #[test]
    fn not_enough_evidence_neither_starts_nor_breaks_a_supported_run() {
        assert_eq!(held("ssns", "s"), ('s', false));
        assert_eq!(held("ssns", ""), ('s', true));
        assert_eq!(held("sssnnn", "s"), ('s', false));
        assert_eq!(held("sssnnn", ""), ('n', false));
    }

    #[test]
    fn the_first_answer_is_not_kept_out_by_weeks_of_knowing_nothing() {
        assert_eq!(held("nnnnns", ""), ('s', true));
        assert_eq!(held("nnn", ""), ('n', false));
    }

    #[test]
    fn only_the_remembered_periods_count() {
        assert_eq!(held("sssbsbsbsb", ""), ('b', true));
    }

    #[test]
    fn nothing_is_in_force_without_a_period() {
        assert_eq!(hold::<char>(&[], None, 3, 6, |_, _| false), None);
    }
}
