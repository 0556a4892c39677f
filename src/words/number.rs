//! Numbers as people read them: rounded by unit and size, never `-0.0`, a real minus sign.

use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

use super::{Locale, icu, phrase, say};
use crate::model::{ColumnUnit, Metric, UnitKind, Value};

/// Longest text cell that is printed whole.
const LONGEST: usize = 80;

/// A value of evidence, by what its column means. Non-finite numbers are not known.
pub fn format(value: f64, unit: ColumnUnit, metric: Option<&Metric>, locale: &Locale) -> String {
    if !value.is_finite() {
        return not_known(locale);
    }
    match unit {
        ColumnUnit::Level => metric.map_or_else(|| plain(value, locale), |m| level(value, m, locale)),
        ColumnUnit::Difference => {
            metric.map_or_else(|| plain(value, locale), |m| difference(value, m, locale))
        }
        ColumnUnit::Share => share(value, locale),
        ColumnUnit::Probability => probability(value, locale),
        ColumnUnit::Count | ColumnUnit::People => count(value, locale),
        ColumnUnit::Periods => periods(value, locale),
        ColumnUnit::Minutes => minutes(value, locale),
        ColumnUnit::Plain | ColumnUnit::Text => plain(value, locale),
        ColumnUnit::Flag => flag(value != 0.0, locale),
    }
}

/// [`format()`] for any value: flags as yes and no, text shortened, null as "not known".
pub fn format_value(value: &Value, unit: ColumnUnit, metric: Option<&Metric>, locale: &Locale) -> String {
    match value {
        Value::Null => not_known(locale),
        Value::Flag(yes) => flag(*yes, locale),
        Value::Number(number) => format(*number, unit, metric, locale),
        Value::Text(text) => shortened(text),
        Value::Phrase(one) => shortened(&phrase(one, locale)),
    }
}

/// A level with its unit: `66.8 %`, `312 s`, `85.9`.
pub fn level(value: f64, metric: &Metric, locale: &Locale) -> String {
    with_unit(&bare(value, metric, locale), metric, locale)
}

/// A level without its unit: `66.8`.
pub fn bare(value: f64, metric: &Metric, locale: &Locale) -> String {
    fixed(scaled(value, metric), decimals_for(value, metric), locale)
}

/// A level without needless decimals, for targets: `75 %`.
pub fn trimmed_level(value: f64, metric: &Metric, locale: &Locale) -> String {
    with_unit(&trimmed(scaled(value, metric), 2, locale), metric, locale)
}

/// A difference with its unit, without needless decimals: `8.2 points`, `12 s`, `1 point`.
pub fn difference(value: f64, metric: &Metric, locale: &Locale) -> String {
    let (scaled, decimals) = (scaled(value, metric), decimals_of_difference(value, metric));
    if is_in_points(metric) {
        return in_points(scaled, decimals, locale);
    }
    with_unit(&trimmed(scaled, decimals, locale), metric, locale)
}

/// A difference without its unit: `8.2`.
pub fn bare_difference(value: f64, metric: &Metric, locale: &Locale) -> String {
    fixed(scaled(value, metric), decimals_of_difference(value, metric), locale)
}

/// The unit of a metric's differences by itself: `points`, `s`. `None` where it has none.
pub fn unit_of_differences(metric: &Metric, locale: &Locale) -> Option<String> {
    if is_in_points(metric) { Some(say!(locale, "unit-points")) } else { unit_of_levels(metric, locale) }
}

/// The unit of a metric's levels by itself: `%`, `s`. `None` where it has none.
pub fn unit_of_levels(metric: &Metric, locale: &Locale) -> Option<String> {
    match (metric.unit.kind, metric.unit.suffix.as_str()) {
        (UnitKind::Share, _) => Some(say!(locale, "unit-percent")),
        (UnitKind::Seconds, "") => Some(say!(locale, "unit-seconds")),
        (UnitKind::Minutes, "") => Some(say!(locale, "unit-minutes")),
        (_, "") => None,
        (_, suffix) => Some(suffix.to_owned()),
    }
}

/// A difference with so many decimals and its unit: `8.0 points` beside `8.2 points`.
pub fn difference_at(value: f64, decimals: usize, metric: &Metric, locale: &Locale) -> String {
    let number = fixed(scaled(value, metric), decimals, locale);
    if !is_in_points(metric) {
        return with_unit(&number, metric, locale);
    }
    // `1.0` takes another plural than `1`.
    let fraction = FluentNumberOptions { minimum_fraction_digits: Some(decimals), ..Default::default() };
    let printed = seen(&format!("{:.decimals$}", scaled(value, metric).abs()));
    say!(locale, "points", number, count = FluentNumber::new(printed, fraction))
}

/// A difference as [`difference`] prints it, in the unit of the print: zero where zero is printed.
pub fn printed_difference(value: f64, metric: &Metric) -> f64 {
    seen(&short(scaled(value, metric), decimals_of_difference(value, metric)))
}

fn is_in_points(metric: &Metric) -> bool {
    match metric.unit.kind {
        UnitKind::Share => true,
        UnitKind::Plain => metric.unit.suffix == "points",
        UnitKind::Seconds | UnitKind::Minutes => false,
    }
}

/// Points of a share without a metric: `0.03` is `3 points`.
pub fn points(value: f64, locale: &Locale) -> String {
    in_points(value * 100.0, 1, locale)
}

fn in_points(points: f64, decimals: usize, locale: &Locale) -> String {
    let plain = short(points, decimals);
    say!(locale, "points", number = localised(&plain, locale), count = seen(&plain))
}

/// `12 weeks`, `1 week`.
pub fn periods(count: f64, locale: &Locale) -> String {
    let plain = short(count, decimals_by_size(count));
    say!(locale, "periods", number = localised(&plain, locale), count = seen(&plain))
}

/// Printed where a value is missing.
pub fn not_known(locale: &Locale) -> String {
    say!(locale, "not-known")
}

fn flag(yes: bool, locale: &Locale) -> String {
    if yes { say!(locale, "yes") } else { say!(locale, "no") }
}

/// A share of something: `15 %`, under ten `3.4 %`.
pub fn share(value: f64, locale: &Locale) -> String {
    let decimals = usize::from((value * 100.0).abs() < 9.95);
    say!(locale, "percent", number = trimmed(value * 100.0, decimals, locale))
}

/// A share in per cent with so many decimals.
pub fn percent(value: f64, decimals: usize, locale: &Locale) -> String {
    say!(locale, "percent", number = fixed(value * 100.0, decimals, locale))
}

/// A whole number with thousands separators.
pub fn count(value: f64, locale: &Locale) -> String {
    fixed(value, 0, locale)
}

/// A count as a number; exact below 2^53, which no operation's rows reach.
pub fn whole(n: u64) -> f64 {
    let half = |bits: u64| f64::from(u32::try_from(bits & 0xFFFF_FFFF).unwrap_or(0));
    half(n >> 32) * 4_294_967_296.0 + half(n)
}

/// Minutes, or hours from two hours on.
pub fn minutes(value: f64, locale: &Locale) -> String {
    if value.abs() < 120.0 {
        return say!(locale, "minutes", number = fixed(value, 0, locale));
    }
    let hours = value / 60.0;
    say!(locale, "hours", number = fixed(hours, usize::from(hours.abs() < 9.95), locale))
}

/// `66.3–67.3`; with `to` where a sign would make the dash ambiguous.
pub fn range(low: &str, high: &str, locale: &Locale) -> String {
    if low.starts_with(MINUS) || high.starts_with(MINUS) || low.starts_with('+') {
        return say!(locale, "range-signed", low, high);
    }
    say!(locale, "range", low, high)
}

/// The same number with a plus sign where it is above zero.
pub fn signed(number: &str) -> String {
    let zero = !number.contains(|c: char| ('1'..='9').contains(&c));
    if zero || number.starts_with(MINUS) { number.to_owned() } else { format!("+{number}") }
}

/// A probability in tenths, as leaders read it: `9 of 10`.
pub fn of_ten(probability: f64, locale: &Locale) -> String {
    match (probability * 10.0).round() {
        tenths if tenths <= 0.0 => say!(locale, "of-ten-fewest"),
        tenths if tenths >= 10.0 => say!(locale, "of-ten-most"),
        tenths => say!(locale, "of-ten", tenths),
    }
}

/// `1 row`, `2 rows`: a count with its noun.
pub fn counted<N: Copy + std::fmt::Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let ending = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// The first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Small numbers as words, for the start of a sentence or a count of things.
pub fn spelt(value: usize, locale: &Locale) -> String {
    say!(locale, "spelt", n = value)
}

/// `a`, `a and b`, `a, b and c`.
pub fn list<S: AsRef<str>>(items: &[S], locale: &Locale) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    icu::list(locale.name(), &items)
}

/// Two significant digits, for amounts that are only roughly known.
pub fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let step = 10f64.powf(value.abs().log10().floor() - 1.0).max(1.0);
    (value / step).round() * step
}

/// So many decimals, with the locale's separators, and never a negative zero.
pub fn fixed(value: f64, decimals: usize, locale: &Locale) -> String {
    if !value.is_finite() {
        return not_known(locale);
    }
    localised(&format!("{value:.decimals$}"), locale)
}

/// At most so many decimals, without trailing zeros.
pub fn trimmed(value: f64, decimals: usize, locale: &Locale) -> String {
    if !value.is_finite() {
        return not_known(locale);
    }
    localised(&short(value, decimals), locale)
}

/// A number as digits and a point, as a reader of this locale expects it, with a real minus sign.
fn localised(plain: &str, locale: &Locale) -> String {
    let (sign, size) = plain.strip_prefix('-').map_or((None, plain), |size| (Some(MINUS), size));
    let zero = !size.contains(|c: char| ('1'..='9').contains(&c));
    sign.filter(|_| !zero).into_iter().chain(icu::decimal(locale.name(), size).chars()).collect()
}

/// Digits and a point, without trailing zeros.
fn short(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What a count looks like once it is rounded, which decides its plural.
fn seen(plain: &str) -> f64 {
    plain.parse().unwrap_or(0.0)
}

/// Decimals a level of this metric is printed with: one more than the smallest difference worth acting on,
/// and none for long durations.
pub fn decimals_for(value: f64, metric: &Metric) -> usize {
    match metric.unit.kind {
        UnitKind::Share => 1,
        UnitKind::Seconds | UnitKind::Minutes => usize::from(value.abs() < 20.0),
        UnitKind::Plain => by_material(metric.material),
    }
}

/// Decimals a difference of this size is printed with.
pub fn decimals_of_difference(value: f64, metric: &Metric) -> usize {
    match metric.unit.kind {
        UnitKind::Seconds | UnitKind::Minutes => usize::from(value.abs() < 9.95),
        _ => decimals_for(value, metric),
    }
}

fn by_material(material: f64) -> usize {
    if !(material.is_finite() && material > 0.0) {
        return 1;
    }
    match material.log10().floor() {
        magnitude if magnitude >= 1.0 => 0,
        magnitude if magnitude >= 0.0 => 1,
        magnitude if magnitude >= -1.0 => 2,
        _ => 3,
    }
}

const MINUS: char = '−';

fn scaled(value: f64, metric: &Metric) -> f64 {
    if metric.unit.kind == UnitKind::Share { value * 100.0 } else { value }
}

fn with_unit(number: &str, metric: &Metric, locale: &Locale) -> String {
    match (metric.unit.kind, metric.unit.suffix.as_str()) {
        (UnitKind::Share, _) => say!(locale, "percent", number),
        (UnitKind::Seconds, "") => say!(locale, "seconds", number),
        (UnitKind::Minutes, "") => say!(locale, "minutes", number),
        (_, "") => number.to_owned(),
        (_, suffix) => format!("{number} {suffix}"),
    }
}

fn probability(value: f64, locale: &Locale) -> String {
    match value {
        p if p > 0.99 => say!(locale, "over", amount = percent(0.99, 0, locale)),
        p if p < 0.01 => say!(locale, "under", amount = percent(0.01, 0, locale)),
        p => percent(p, 0, locale),
    }
}

fn plain(value: f64, locale: &Locale) -> String {
    trimmed(value, decimals_by_size(value), locale)
}

fn decimals_by_size(value: f64) -> usize {
    match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 0.1 => 2,
        _ => 3,
    }
}

/// One line, without control characters, cut with an ellipsis where it is longer than a sentence can carry.
pub fn shortened(text: &str) -> String {
    shortened_to(text, LONGEST)
}

/// [`shortened`] to another number of characters.
pub fn shortened_to(text: &str, longest: usize) -> String {
    let visible = text.chars().filter(|c| !is_direction_mark(*c));
    let line: String = visible.map(|c| if c.is_control() { ' ' } else { c }).take(longest + 1).collect();
    if line.chars().count() <= longest {
        return line;
    }
    line.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}

/// A fragment as a sentence of at most so many characters: a capital, one line, a full stop.
pub fn as_sentence(fragment: &str, longest: usize) -> String {
    let line = shortened_to(fragment.trim(), longest);
    let mut letters = line.chars();
    let Some(first) = letters.next() else { return line };
    let ended = line.ends_with(['.', '!', '?', '…']);
    first.to_uppercase().chain(letters).chain((!ended).then_some('.')).collect()
}

/// Invisible marks that turn the reading direction of the text around them.
pub fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Locale {
        Locale::default()
    }

    #[test]
    fn counts_are_grouped_by_the_locale() {
        let german = Locale::named("de").unwrap();
        assert_eq!(count(64_800.0, &english()), "64,800");
        assert_eq!(count(1_234_567.0, &german), "1.234.567");
        assert_eq!(fixed(999.5, 1, &german), "999,5");
        assert_eq!(percent(0.668, 1, &Locale::named("en-US").unwrap()), "66.8%");
    }

    #[test]
    fn nothing_is_ever_a_negative_zero() {
        assert_eq!(fixed(-0.04, 1, &english()), "0.0");
        assert_eq!(fixed(-1234.5678, 2, &english()), "−1,234.57");
    }

    #[test]
    fn signs_ranges_and_tenths_read_as_words() {
        assert_eq!(signed("4.9"), "+4.9");
        assert_eq!(signed("0.0"), "0.0");
        assert_eq!(range("66.3", "67.3", &english()), "66.3–67.3");
        assert_eq!(range("−0.9", "+1.5", &english()), "−0.9 to +1.5");
        assert_eq!(of_ten(0.93, &english()), "9 of 10");
        assert_eq!(of_ten(1.0, &english()), "more than 9 of 10");
    }

    #[test]
    fn what_is_not_a_number_is_not_known() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(format(value, ColumnUnit::Share, None, &english()), "not known");
            assert_eq!(fixed(value, 1, &english()), "not known");
        }
    }

    #[test]
    fn long_and_hostile_text_becomes_one_short_line() {
        let said = shortened(&format!("a\nb\u{202E}{}", "x".repeat(10_000)));
        assert_eq!(said.chars().count(), LONGEST);
        assert!(said.starts_with("a bx") && said.ends_with('…'));
    }

    #[test]
    fn a_difference_with_decimals_takes_the_plural_of_its_print() {
        let metric = crate::words::check::sample_metric();
        let said = |value: f64, decimals: usize, name: &str| {
            difference_at(value, decimals, &metric, &Locale::named(name).unwrap())
        };
        assert_eq!(said(0.01, 0, "en-GB"), "1 point");
        assert_eq!(said(0.01, 1, "en-GB"), "1.0 points");
        assert_eq!(said(0.012, 0, "de"), "1 Punkt");
        assert_eq!(said(-0.082, 1, "de"), "−8,2 Punkte");
    }

    #[test]
    fn fragments_become_sentences_once() {
        assert_eq!(as_sentence("3 of 7 days are missing", 300), "3 of 7 days are missing.");
        assert_eq!(as_sentence("the file ends early.", 300), "The file ends early.");
        assert_eq!(as_sentence("", 300), "");
    }

    #[test]
    fn whole_numbers_survive_the_step_to_doubles() {
        for n in [0, 1, u64::from(u32::MAX), 1 << 40, (1 << 53) - 1] {
            assert_eq!(format!("{:.0}", whole(n)), n.to_string());
        }
    }

    #[test]
    fn numbers_read_back_in_every_language() {
        for name in ["en-GB", "en-US", "de", "fr", "de-CH", "es", "hi", "fa"] {
            let locale = Locale::with_phrases(name, &[]);
            let point = fixed(0.5, 1, &locale).trim_matches(|c: char| c.is_ascii_digit()).to_owned();
            for (value, decimals) in
                [(0.0, 0), (-0.4, 1), (7.25, 2), (1234.5, 1), (64_800.0, 0), (-9_876_543.21, 2)]
            {
                let said = fixed(value, decimals, &locale);
                let (whole, fraction) = said.split_once(&point).unwrap_or((&said, ""));
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let plain = format!("{}.{}", digits(whole), digits(fraction));
                let sign = if said.starts_with(MINUS) { -1.0 } else { 1.0 };
                assert!((sign * plain.parse::<f64>().unwrap() - value).abs() < 1e-9, "{name}: {said}");
            }
        }
    }

    #[test]
    fn points_and_periods_take_the_plural_of_what_is_printed() {
        let german = Locale::named("de").unwrap();
        assert_eq!(points(0.01, &english()), "1 point");
        assert_eq!(points(0.0104, &english()), "1 point");
        assert_eq!(points(0.015, &german), "1,5 Punkte");
        assert_eq!(periods(1.0, &german), "1 Woche");
        assert_eq!(periods(12.0, &Locale::default().with_grain(crate::calendar::Grain::Month)), "12 months");
    }
}
