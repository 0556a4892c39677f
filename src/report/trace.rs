//! A predicate step by step: each part as written, with what its parts came to in their places, and its own value.
//! `sd_low > min_sd` reads `0.012 > 0.02`, false.

use std::ops::Range;

use serde::Serialize;

use crate::sql::{Step, Trace, Value};

/// One part of a predicate, the innermost first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// As written.
    pub text: String,
    /// With values in the place of its parts.
    pub with: String,
    pub value: String,
}

/// The steps worth reading: names alone are seen where they are used.
pub fn steps(trace: &Trace) -> Vec<StepView> {
    let (all, whole) = (&trace.steps, trace.steps.len().saturating_sub(1));
    let links = all.iter().map(|step| link(all, step));
    let inlined = |at: usize, link: &Option<Link>| {
        link.is_some() && parent(all, at).and_then(|p| self::link(all, p)) == *link
    };
    let shown = links.enumerate().filter(|(at, link)| {
        let plain = parts(all, &all[*at]).is_empty();
        (*at == whole || !plain) && !inlined(*at, link)
    });
    shown.map(|(at, link)| view(all, &all[at], link)).collect()
}

fn view(all: &[Step], step: &Step, link: Option<Link>) -> StepView {
    let mut with = String::new();
    let mut from = step.at.start;
    for part in flat(all, step, link) {
        with.push_str(between(step, from..part.at.start));
        with.push_str(&plain(&part.value));
        from = part.at.end;
    }
    with.push_str(between(step, from..step.at.end));
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    StepView { text: one_line(&step.text), with: one_line(&with), value: plain(&step.value) }
}

/// A value as a condition would name it; numbers with five digits that count.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) => short(*number),
        other => other.to_string(),
    }
}

/// Five digits that count, without trailing zeros; what is very small by its power of ten.
pub fn short(number: f64) -> String {
    const DIGITS: i32 = 5;
    if number == 0.0 {
        return "0".to_owned();
    }
    if number.abs() < 1e-4 {
        return format!("{number:.1e}");
    }
    #[expect(clippy::cast_possible_truncation, reason = "the logarithm of a double is under 309")]
    let magnitude = number.abs().log10().floor() as i32;
    let decimals = usize::try_from(DIGITS - 1 - magnitude).unwrap_or(0);
    let text = format!("{number:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// What joins a chain of conditions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    And,
    Or,
}

/// The link of a step of two conditions.
fn link(all: &[Step], step: &Step) -> Option<Link> {
    let parts = parts(all, step);
    let [first, .., last] = parts.as_slice() else { return None };
    let word = between(step, first.at.end..last.at.start);
    match word.trim_matches(['(', ')', ' ', '\n', '\t']).to_uppercase().as_str() {
        "AND" => Some(Link::And),
        "OR" => Some(Link::Or),
        _ => None,
    }
}

/// Parts of a step; those of a part that carries on the same chain stand in its place.
fn flat<'s>(all: &'s [Step], step: &Step, chain: Option<Link>) -> Vec<&'s Step> {
    let expand = |part: &'s Step| {
        if chain.is_some() && link(all, part) == chain { flat(all, part, chain) } else { vec![part] }
    };
    parts(all, step).into_iter().flat_map(expand).collect()
}

/// The largest steps inside a step, in the order written.
fn parts<'s>(all: &'s [Step], step: &Step) -> Vec<&'s Step> {
    let inside =
        |one: &Step, of: &Step| one.at != of.at && one.at.start >= of.at.start && one.at.end <= of.at.end;
    let within: Vec<&Step> = all.iter().filter(|one| inside(one, step)).collect();
    let mut largest: Vec<&Step> =
        within.iter().copied().filter(|one| !within.iter().any(|other| inside(one, other))).collect();
    largest.sort_by_key(|one| one.at.start);
    largest
}

/// The smallest step around a step.
fn parent(all: &[Step], at: usize) -> Option<&Step> {
    all.iter().find(|one| parts(all, one).iter().any(|part| part.at == all[at].at))
}

/// A stretch of a step's text, in bytes of the whole expression.
fn between(step: &Step, range: Range<usize>) -> &str {
    let start = step.at.start;
    step.text.get(range.start.saturating_sub(start)..range.end.saturating_sub(start)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let row = |name: &str| match name {
            "sd" => Value::Number(0.012_345_67),
            "min_sd" => Value::Number(0.02),
            "p" => Value::Number(0.01),
            "failed" => Value::Bool(true),
            "what" => Value::Text("late".into()),
            _ => Value::Null,
        };
        let trace = crate::sql::parse(text).unwrap().trace(&row);
        steps(&trace).into_iter().map(|one| format!("{} | {} | {}", one.text, one.with, one.value)).collect()
    }

    #[test]
    fn numbers_stand_in_the_place_of_names() {
        assert_eq!(lines("sd > min_sd"), ["sd > min_sd | 0.012346 > 0.02 | false"]);
    }

    #[test]
    fn a_chain_of_conditions_is_one_step_after_its_parts() {
        let all = lines("sd > min_sd AND p < 1 AND low > 0");
        let wanted = [
            "sd > min_sd | 0.012346 > 0.02 | false",
            "p < 1 | 0.01 < 1 | true",
            "low > 0 | null > 0 | null",
            "sd > min_sd AND p < 1 AND low > 0 | false AND true AND null | false",
        ];
        assert_eq!(all, wanted);
    }

    #[test]
    fn brackets_arithmetic_and_functions_keep_their_words() {
        let all = lines("(sd * 2 > min_sd OR what = 'late') AND COALESCE(low, 0) = 0");
        let wanted = [
            "sd * 2 | 0.012346 * 2 | 0.024691",
            "sd * 2 > min_sd | 0.024691 > 0.02 | true",
            "what = 'late' | 'late' = 'late' | true",
            "(sd * 2 > min_sd OR what = 'late') | (true OR true) | true",
            "COALESCE(low, 0) | COALESCE(null, 0) | 0",
            "COALESCE(low, 0) = 0 | 0 = 0 | true",
            "(sd * 2 > min_sd OR what = 'late') AND COALESCE(low, 0) = 0 | true AND true | true",
        ];
        assert_eq!(all, wanted);
    }

    #[test]
    fn a_name_alone_is_a_step() {
        assert_eq!(lines("failed"), ["failed | failed | true"]);
        assert_eq!(lines("NOT failed"), ["NOT failed | NOT true | false"]);
    }

    #[test]
    fn five_digits_that_count_are_printed() {
        let all = [0.0, 1.0, -0.05, 64_800.0, 312.456_78, 1e-9, 123_456_789.0].map(short);
        assert_eq!(all, ["0", "1", "-0.05", "64800", "312.46", "1.0e-9", "123456789"]);
    }
}
