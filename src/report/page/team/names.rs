//! What a team is called in the name of a file, and whether a text speaks of it.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::config::Report;

/// Characters of a slug.
const LONGEST: usize = 40;

/// A slug for each name, in their order: two of one slug are told apart by a number, and no page that is asked for by
/// another name is written over.
pub(super) fn slugs<'n>(names: impl Iterator<Item = &'n str>, reports: &[Report]) -> Vec<String> {
    let mut taken: BTreeSet<String> =
        reports.iter().filter_map(|report| taken_by(&report.template)).map(str::to_owned).collect();
    let mut one = |name: &str| {
        let slug = slug(name);
        let numbered = (2..).map(|number| format!("{slug}-{number}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|slug| !taken.contains(slug));
        let free = free.unwrap_or(slug);
        taken.insert(free.clone());
        free
    };
    names.map(&mut one).collect()
}

/// The slug of a team whose page would bear the name of this report.
fn taken_by(report: &str) -> Option<&str> {
    report.strip_prefix("team-")?.rsplit_once('.').map(|(slug, _)| slug)
}

/// Lower-case letters, digits and hyphens; letters of other scripts stay where a name has no Latin one.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let latin = hyphened(lower.nfd().filter(char::is_ascii));
    if !latin.is_empty() {
        return latin;
    }
    let own = hyphened(lower.chars());
    if own.is_empty() { "unnamed".to_owned() } else { own }
}

fn hyphened(letters: impl Iterator<Item = char>) -> String {
    let text: String = letters.collect();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let whole: String = words.join("-").chars().take(LONGEST).collect();
    whole.trim_end_matches('-').to_owned()
}

/// Whether a text has a name in it as a word of its own.
pub(super) fn speaks_of(text: &str, name: &str) -> bool {
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let whole =
        |at: usize| is_end(text[..at].chars().next_back()) && is_end(text[at + name.len()..].chars().next());
    !name.is_empty() && text.match_indices(name).any(|(at, _)| whole(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_unique() {
        let slugs = |names: &[&str]| slugs(names.iter().copied(), &[Report::of("team-west.html")]);
        assert_eq!(slugs(&["North", "north!", "Süd 2", "West"]), ["north", "north-2", "sud-2", "west-2"]);
        assert_eq!(
            slugs(&["../../etc/passwd", "", "\u{202E}", "北"]),
            ["etc-passwd", "unnamed", "unnamed-2", "北"]
        );
        assert_eq!(slugs(&[&"x".repeat(10_000)]), ["x".repeat(40)]);
    }

    #[test]
    fn a_text_speaks_of_whole_names() {
        assert!(speaks_of("Ask North, then decide", "North"));
        assert!(!speaks_of("Ask Northwind, then decide", "North"));
        assert!(!speaks_of("Ask", ""));
    }
}
