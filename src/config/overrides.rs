//! Overrides put over the rules they change, before the rules are resolved: what an override writes is checked
//! as if it stood in the rule, and its mistakes point at its own lines. Thresholds and severities that vary
//! by place stay with the rule and are looked up where it is judged (`Rule::thresholds_for`).

use super::packs::RawRules;
use super::plan::Amount;
use super::raw::{RawChange, RawRule, fill, unchecked};
use super::section::{At, Book, Section};
use super::settings::Field;
use super::shapes;
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::kinds;
use crate::model::{Key, Ty, key};

/// Keys that make a rule the one it is.
const FIXED: &[Key] = &[
    key("id", Ty::Open, "", ""),
    key("kind", Ty::Open, "", ""),
    key("signal", Ty::Open, "", ""),
    key("covers", Ty::Open, "", ""),
];

/// Keys that an override with `where` may write.
const BY_PLACE: &[&str] = &["rule", "where", "why", "thresholds", "severity"];

/// Puts every override over its rule, in order.
pub(crate) fn apply(raw: &mut RawRules, found: &mut Diagnostics) {
    once(&raw.overrides, found);
    for file in std::mem::take(&mut raw.overriding) {
        // Its keys can only be read once the kinds of all rules are known, hence a second time.
        let book = Book::new(file);
        let parsed = book.parse();
        let top = Section { book: &book, table: parsed.get_ref(), place: book.place(0..1) };
        for section in unchecked(&top, "override") {
            let one = raw.overrides.iter().find(|one| one.place == section.place);
            let rule = one.and_then(|one| raw.rules.iter_mut().find(|rule| rule.id.value == one.rule.value));
            let known = rule.and_then(|rule| Some((kinds::find(&rule.kind.value)?, rule)));
            match one.zip(known) {
                Some((one, (kind, rule))) => over(one, &section, rule, kind.parameters, &raw.overrides),
                None => of_no_rule(&section),
            }
        }
        found.extend(book.diags.into_inner());
    }
}

/// An override whose rule is not said or not there: any kind's parameter may be meant.
fn of_no_rule(section: &Section<'_>) {
    check(section, kinds::KINDS.iter().flat_map(|kind| kind.parameters));
}

/// The keys of an override; what a kind requires stands in the rule.
fn check<'a>(section: &Section<'_>, parameters: impl IntoIterator<Item = &'a Key>) {
    let own: Vec<Key> = parameters.into_iter().map(|key| Key { default: "", ..*key }).collect();
    section.check("override", &[shapes::OVERRIDE.keys, &own, FIXED]);
}

fn over(one: &RawChange, section: &Section<'_>, rule: &mut RawRule, parameters: &[Key], all: &[RawChange]) {
    check(section, parameters);
    fixed(one, section);
    if one.has_where {
        by_place(one, section);
        return idle(one, rule, all).for_each(|idle| section.note(idle));
    }
    let unknown = unknown_thresholds(rule, one, section);
    idle(one, rule, all).for_each(|idle| section.note(idle));
    fill(rule, section, parameters);
    rule.thresholds.retain(|(name, _)| !unknown.contains(&name.place));
    for field in one.changed() {
        take(&mut rule.written, field, &one.why);
    }
}

/// Puts a written field in the place of the rule's own and remembers where that stood.
fn take(written: &mut Vec<Field>, field: &Field, why: &str) {
    let mut field = Field { why: Some(why.to_owned()), ..field.clone() };
    match written.iter().position(|own| own.key == field.key) {
        Some(at) => {
            field.was = [&written[at].was[..], std::slice::from_ref(&written[at].place)].concat();
            written[at] = field;
        }
        None => written.push(field),
    }
}

fn fixed(one: &RawChange, section: &Section<'_>) {
    for key in FIXED.iter().filter(|key| section.get(key.name).is_some()) {
        let title = format!("`{}` of a rule cannot be overridden", key.name);
        let help = format!("disable `{}` and write a rule of your own", one.rule.value);
        section.note(Diagnostic::error("GW101", title).at(section.key_place(key.name)).help(help));
    }
}

fn by_place(one: &RawChange, section: &Section<'_>) {
    let fixed = |key: &str| FIXED.iter().any(|fixed| fixed.name == key);
    let mut told: Vec<&str> = Vec::new();
    for field in one.written.iter().filter(|field| !BY_PLACE.contains(&field.top()) && !fixed(field.top())) {
        if told.contains(&field.top()) {
            continue;
        }
        told.push(field.top());
        let title = format!("`{}` cannot vary by place: only `thresholds` and `severity` can", field.top());
        let diagnostic = Diagnostic::error("GW101", title).at(section.key_place(field.top()));
        section.note(diagnostic.also(one.filter.place.clone(), "the place").help(
            "leave `where` out, which narrows the override and never changes the rule's own, or write a second rule",
        ));
    }
}

/// A threshold that the rule does not have may only come with a predicate that uses it.
fn unknown_thresholds(rule: &RawRule, one: &RawChange, section: &Section<'_>) -> Vec<Place> {
    if section.get("when").is_some() {
        return Vec::new();
    }
    let names: Vec<&str> = rule.thresholds.iter().map(|(name, _)| name.value.as_str()).collect();
    let unknown = one.thresholds.iter().filter(|(name, _)| !names.contains(&name.value.as_str()));
    let place = |(name, _): &(At<String>, At<Amount>)| {
        section.note(no_threshold(&rule.id.value, &name.value, &name.place, &names));
        name.place.clone()
    };
    unknown.map(place).collect()
}

pub(crate) fn no_threshold(rule: &str, name: &str, place: &Place, known: &[&str]) -> Diagnostic {
    let title = format!("rule `{rule}` has no threshold `{name}`");
    let help = crate::diag::way_out(name, known.iter().copied());
    Diagnostic::error("GW110", title).at(place.clone()).help(help)
}

/// What is written in an override and changes nothing: no field at all, or a value that is there already. A wider
/// override of the same field makes sense of a narrower one that goes back.
fn idle<'a>(
    one: &'a RawChange,
    rule: &'a RawRule,
    all: &'a [RawChange],
) -> impl Iterator<Item = Diagnostic> + 'a {
    let nothing = (one.changed().next().is_none()).then(|| {
        let title = format!("this override of `{}` changes nothing", one.rule.value);
        let help = if one.has_where {
            "give it `thresholds.…` or `severity`; `where` says where, and cannot change the rule's own"
        } else {
            "give it a key of the rule, such as `thresholds.…` or `severity`"
        };
        Diagnostic::warning("GW160", title).at(one.rule.place.clone()).help(help)
    });
    let alone = |field: &&Field| {
        let same = |other: &RawChange| {
            other.rule.value == one.rule.value && other.written.iter().any(|own| own.key == field.key)
        };
        all.iter().filter(|other| same(other)).count() == 1
    };
    let same = one.changed().filter(alone).filter_map(|field| {
        let own = rule.written.iter().find(|own| own.key == field.key)?;
        if own.place.text() != field.place.text() {
            return None;
        }
        let title =
            format!("this override changes nothing: `{}` is `{}` already", field.key, own.place.text());
        let diagnostic = Diagnostic::warning("GW160", title).at(field.place.clone());
        Some(diagnostic.also(own.place.clone(), "the same value").help("take it out"))
    });
    nothing.into_iter().chain(same)
}

/// Two overrides of one field in one place contradict each other; a narrower one may stand beside a wider.
fn once(all: &[RawChange], found: &mut Diagnostics) {
    for (index, later) in all.iter().enumerate() {
        let same = |earlier: &&RawChange| {
            earlier.rule.value == later.rule.value && earlier.filter.filter == later.filter.filter
        };
        for earlier in all[..index].iter().filter(same) {
            for field in later.changed() {
                let Some(first) = earlier.changed().find(|first| first.key == field.key) else { continue };
                let title = format!(
                    "`{}` of rule `{}` is overridden twice in one place",
                    field.key, later.rule.value
                );
                let diagnostic = Diagnostic::error("GW105", title)
                    .at(field.place.clone())
                    .also(first.place.clone(), "and here");
                found.push(diagnostic.help("keep one, or give one of them a narrower `where`"));
            }
        }
    }
}
