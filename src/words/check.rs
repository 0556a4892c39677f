//! Mistakes in a rule's texts, found before any data are read: syntax, names that do not exist (also where
//! Tera would stay silent, inside an `if`), and what breaks on a missing or an extreme value.

use std::ops::Range;

use tera::{Context, Tera};

use super::Locale;
pub use super::sentence::placed;
use super::sentence::{Facts, Given, Measured};
use crate::calendar::{Calendar, Grain, Period};
use crate::model::{
    Better, Column, ColumnUnit, Measure, Metric, Role, Row, Scope, SourceId, Unit, UnitKind, Value,
};

/// A mistake at a place in a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    pub at: Range<usize>,
    /// Lower-case fragment without a full stop.
    pub message: String,
    /// The way out, where one is known.
    pub help: Option<String>,
}

impl std::fmt::Display for TextError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TextError {}

impl TextError {
    pub(crate) fn new(at: Range<usize>, message: &str) -> Self {
        let message = message.trim_end_matches('.').replace('\n', " ");
        let mut letters = message.chars();
        let lower = letters.next().map(|first| first.to_lowercase().chain(letters).collect::<String>());
        Self { at, message: lower.unwrap_or_default(), help: None }
    }
}

/// What a text may speak of, in the variety it will meet: made once for all texts that share it.
pub struct Samples {
    /// The names of the first.
    facts: Option<Facts>,
    contexts: Vec<Context>,
    tera: Tera,
}

impl Samples {
    /// Three rows for a kind with these columns and a rule with these thresholds: a typical one, one with every
    /// nullable column null, one with extremes.
    pub fn of_rule(columns: &[Column], thresholds: &[&str]) -> Self {
        Self::new(Sample::ALL.iter().map(|sample| sample.facts(columns, thresholds)).collect())
    }

    /// Two for a decision, which may use [`DECISION`]: all known and all unknown.
    pub fn of_decision() -> Self {
        let sample = |raw: &Value| {
            let metric = sample_metric();
            let mut facts = Facts::about(Some(&metric), &Scope::Operation, &Locale::default());
            for name in DECISION {
                facts.put(name, "5.5 points".to_owned(), raw.clone());
            }
            facts
        };
        Self::new(vec![sample(&Value::Number(0.055)), sample(&Value::Null)])
    }

    fn new(facts: Vec<Facts>) -> Self {
        let contexts = facts.iter().map(Facts::context).collect();
        Self { facts: facts.into_iter().next(), contexts, tera: Tera::default() }
    }

    /// Every mistake in a text.
    pub fn check(&mut self, text: &str) -> Vec<TextError> {
        if !text.contains('{') {
            return Vec::new();
        }
        if let Err(error) = self.tera.add_raw_template(TEXT, text) {
            let found = placed(&error, text);
            let help = found.help.clone().unwrap_or_else(|| TAGS.to_owned());
            return vec![TextError { help: Some(help), ..found }];
        }
        let unknown = self.facts.as_ref().map_or_else(Vec::new, |facts| unknown_names(text, facts));
        if !unknown.is_empty() {
            return unknown;
        }
        let mut errors: Vec<TextError> = Vec::new();
        for error in self.contexts.iter().filter_map(|context| self.tera.render(TEXT, context).err()) {
            let help =
                "a value may be missing: ask `{% if … is not none and … %}` before it is compared or counted";
            let error = TextError { help: Some(help.to_owned()), ..placed(&error, text) };
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
        errors
    }
}

/// The way out of a mistake in a template's signs.
pub const TAGS: &str = "`{{` ends with `}}`, `{%` with `%}`, and `{% if … %}` needs its `{% endif %}`";

/// The name a text has while it is checked; without `.html` nothing is escaped.
const TEXT: &str = "text";

/// Every mistake in a rule's text, for a kind with these columns and a rule with these thresholds.
pub fn check(text: &str, columns: &[Column], thresholds: &[&str]) -> Vec<TextError> {
    Samples::of_rule(columns, thresholds).check(text)
}

/// What a decision's `what` and `risk` may speak of, beside the metric and the scope.
pub const DECISION: [&str; 13] = [
    "contact_types",
    "cause",
    "at_stake",
    "waiting",
    "actual",
    "target",
    "gap",
    "reach",
    "out_of_reach",
    "effect",
    "effect_ruled_out",
    "smallest_visible",
    "hours_out_of_reach",
];

/// Every mistake in a decision's text.
pub fn check_decision(text: &str) -> Vec<TextError> {
    Samples::of_decision().check(text)
}

fn unknown_names(text: &str, facts: &Facts) -> Vec<TextError> {
    let names = facts.names();
    let mut own: Vec<&str> = vec!["loop"];
    let mut errors = Vec::new();
    for name in spoken(text, &mut own) {
        let parts: Vec<&str> = name.path.split('.').collect();
        let known: Vec<&str> = names.keys().copied().collect();
        match names.get(parts[0]) {
            _ if own.contains(&parts[0]) => {}
            None => errors.push(unknown(parts[0], &name, &known, "")),
            Some(below) if !below.is_empty() => {
                let part = parts.get(1).copied().unwrap_or_default();
                if !below.contains(&part) {
                    errors.push(unknown(part, &name, below, &format!("{}.", parts[0])));
                }
            }
            Some(_) => {}
        }
    }
    errors
}

fn unknown(part: &str, name: &Spoken<'_>, known: &[&str], prefix: &str) -> TextError {
    let message = format!("unknown name `{prefix}{part}`");
    let near = known.iter().map(|k| (strsim::jaro_winkler(k, part), *k)).max_by(|a, b| a.0.total_cmp(&b.0));
    let help = match near {
        Some((likeness, nearest)) if likeness >= 0.8 => format!("did you mean `{prefix}{nearest}`?"),
        _ => format!(
            "known here: {}",
            known.iter().map(|k| format!("`{prefix}{k}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    TextError { at: name.at.clone(), message, help: Some(help) }
}

/// A name as it stands in a text, with what follows its dots.
#[derive(Debug)]
struct Spoken<'a> {
    path: &'a str,
    at: Range<usize>,
}

const WORDS: [&str; 20] = [
    "and", "or", "not", "in", "is", "if", "else", "elif", "endif", "for", "endfor", "set", "endset", "true",
    "false", "True", "False", "none", "None", "null",
];

/// Every variable in the text's tags, and into `own` the names the text itself sets.
fn spoken<'a>(text: &'a str, own: &mut Vec<&'a str>) -> Vec<Spoken<'a>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                from = open + 1;
                continue;
            }
        };
        let start = open + 2;
        let end = text[start..].find(close).map_or(text.len(), |at| start + at);
        if close != "#}" {
            names_in(text, start..end, own, &mut found);
        }
        from = end;
    }
    found
}

/// Names inside one tag: not strings, keywords, filters, tests, functions or named arguments.
fn names_in<'a>(text: &'a str, tag: Range<usize>, own: &mut Vec<&'a str>, found: &mut Vec<Spoken<'a>>) {
    let (mut at, mut before) = (tag.start, "");
    while at < tag.end {
        let rest = &text[at..tag.end];
        let first = rest.as_bytes()[0];
        let length = token_length(rest, first);
        let token = &rest[..length];
        if first.is_ascii_alphabetic() || first == b'_' {
            let after = rest[length..].trim_start();
            if matches!(before, "for" | "set") || before == "for," {
                own.push(token);
                before = if after.starts_with(',') { "for," } else { "" };
            } else {
                let named = after.starts_with('(') || (after.starts_with('=') && !after.starts_with("=="));
                if !WORDS.contains(&token) && !matches!(before, "|" | "is") && !named {
                    found.push(Spoken { path: token, at: at..at + length });
                }
                before = if token == "not" && before == "is" { "is" } else { token };
            }
        } else if !token.trim().is_empty() && (token != "," || before != "for,") {
            before = token;
        }
        at += length;
    }
}

fn token_length(rest: &str, first: u8) -> usize {
    let run = |keep: fn(char) -> bool| rest.find(|c| !keep(c)).unwrap_or(rest.len());
    match first {
        b'"' | b'\'' | b'`' => rest[1..].find(char::from(first)).map_or(rest.len(), |end| end + 2),
        b if b.is_ascii_alphanumeric() || b == b'_' => {
            run(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
        }
        _ => rest.chars().next().map_or(1, char::len_utf8),
    }
}

/// The three rows every text must survive.
#[derive(Clone, Copy)]
enum Sample {
    Typical,
    Nulls,
    Extremes,
}

impl Sample {
    const ALL: [Self; 3] = [Self::Typical, Self::Nulls, Self::Extremes];

    fn facts(self, columns: &[Column], thresholds: &[&str]) -> Facts {
        let metric = sample_metric();
        let given: Vec<Given> = thresholds
            .iter()
            .map(|name| Given { name: (*name).to_owned(), value: 0.02, said: "2 points".to_owned() })
            .collect();
        let row = Row {
            item: matches!(self, Self::Typical).then(|| "Refund approval".to_owned()),
            n: if matches!(self, Self::Extremes) { u64::MAX } else { 64_800 },
            agents: if matches!(self, Self::Extremes) { 1 } else { 60 },
            window: (Period(2900), Period(2911)),
            values: columns.iter().map(|column| self.value(column)).collect(),
            q: Vec::new(),
        };
        let calendar = Calendar { grain: Grain::Week { start: chrono::Weekday::Mon }, zone: chrono_tz::UTC };
        let measured = Measured {
            metric: Some(&metric),
            scope: &Scope::Operation,
            columns,
            row: &row,
            thresholds: &given,
            calendar: &calendar,
        };
        Facts::of(&measured, &Locale::default())
    }

    fn value(self, column: &Column) -> Value {
        match (self, column.unit) {
            (Self::Nulls, _) if column.nullable => Value::Null,
            (Self::Extremes, ColumnUnit::Text) => Value::Text("<|\n".repeat(4000)),
            (_, ColumnUnit::Text) => Value::Text("Refund approval".to_owned()),
            (_, ColumnUnit::Flag) => Value::Flag(true),
            (Self::Extremes, _) => Value::Number(-1e12),
            (_, ColumnUnit::Count | ColumnUnit::People | ColumnUnit::Periods | ColumnUnit::Minutes) => {
                Value::Number(12.0)
            }
            _ => Value::Number(0.061),
        }
    }
}

pub(super) fn sample_metric() -> Metric {
    Metric {
        id: "fcr".to_owned(),
        label: "First-contact resolution".to_owned(),
        source: SourceId::Contacts,
        measure: Measure::Proportion,
        better: Better::Higher,
        unit: Unit { kind: UnitKind::Share, suffix: "%".to_owned() },
        target: Some(0.75),
        target_by: None,
        means: None,
        target_for: std::collections::BTreeMap::new(),
        material: 0.02,
        role: Role::Outcome,
        concept: None,
        matures_periods: 0,
        matures_days: 0,
        decimals: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::column;
    use crate::words::sentence;

    const COLUMNS: [Column; 3] = [
        column("sd", ColumnUnit::Difference, false, "Spread."),
        column("sd_low", ColumnUnit::Difference, true, "Lower bound."),
        column("worst", ColumnUnit::Text, true, "Worst type."),
    ];

    fn errors(text: &str) -> Vec<TextError> {
        check(text, &COLUMNS, &["min_sd"])
    }

    #[test]
    fn a_good_text_has_no_mistakes() {
        let text = "{{ metric.label }} differs {{ scope.place }} by {{ sd }} ({{ sd_low }}), over {{ min_sd }}\
            {% if raw.sd > raw.min_sd and raw.sd_low is not none %}, {{ raw.sd | round(precision=2) }}{% endif %}\
            {% set most = worst %} {{ most }} {{ n }} {{ agents }} {{ window }} {{ item }}";
        assert_eq!(errors(text), []);
    }

    #[test]
    fn a_misspelt_name_is_found_with_its_place_and_the_nearest_name() {
        let found = errors("by {{ sdlow }}");
        assert_eq!(found[0].at, 6..11);
        assert_eq!(found[0].message, "unknown name `sdlow`");
        assert_eq!(found[0].help.as_deref(), Some("did you mean `sd_low`?"));
    }

    #[test]
    fn a_misspelt_name_inside_an_if_is_found() {
        for text in [
            "{% if wrost %}x{% endif %}",
            "{% if raw.sdd > 1 %}x{% endif %}",
            "{% if not metric.lable %}x{% endif %}",
        ] {
            assert_eq!(errors(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn filters_tests_strings_and_arguments_are_not_names() {
        let text = r#"{{ sd | replace(from="x", to='y') | upper }}{% if item is string %}{{ "nobody" }}{% endif %}{# note #}"#;
        assert_eq!(errors(text), []);
    }

    #[test]
    fn a_decision_speaks_of_its_own_facts() {
        assert_eq!(
            check_decision("Give {{ contact_types }} an owner: up to {{ at_stake }} in {{ metric.label }}."),
            []
        );
        let found = check_decision("up to {{ at_steak }}");
        assert_eq!(found[0].help.as_deref(), Some("did you mean `at_stake`?"));
    }

    #[test]
    fn a_syntax_error_has_its_place() {
        let found = errors("by {{ sd | }} more");
        assert_eq!(found.len(), 1);
        assert!(found[0].at.start >= 3 && found[0].at.end <= 13, "{found:?}");
    }

    #[test]
    fn an_unknown_filter_is_found() {
        assert_eq!(errors("{{ sd | uper }}").len(), 1);
    }

    #[test]
    fn a_comparison_with_a_value_that_may_be_null_is_found() {
        let found = errors("{% if raw.sd_low > 1 %}x{% endif %}");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(errors("{% if raw.sd > 1 %}x{% endif %}").is_empty());
    }

    #[test]
    fn missing_values_read_as_not_known() {
        let facts = Sample::Nulls.facts(&COLUMNS, &[]);
        assert_eq!(sentence("{{ sd }} ({{ sd_low }})", &facts).unwrap(), "6.1 points (not known)");
    }

    #[test]
    fn every_cut_of_a_text_is_a_text_or_an_error_with_a_place_inside() {
        let text = "{{ metric.label }} é {% if raw.sd > 1 %}{{ 'a}}b' }}{% endif %}{# c #}";
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            for error in errors(&text[..end]) {
                assert!(error.at.end <= end && error.at.start <= error.at.end, "{end} {error:?}");
            }
        }
    }
}
