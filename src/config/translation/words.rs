//! One words file, entry by entry: what it says takes the place of the texts it stands behind.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use crate::config::packs::RawRules;
use crate::config::page_plan::Names;
use crate::config::raw::{RawDecision, RawRule};
use crate::config::section::{At, Section, snake};
use crate::config::settings::{Field, quoted};
use crate::config::shapes::{CAP_WORDS, DECISION_WORDS, LABEL_WORDS, RULE_WORDS};
use crate::diag::{Diagnostic, Place, way_out};
use crate::model::Shape;

/// What signals, forms and weights are called: by list, then by id.
#[derive(Default)]
pub(crate) struct RawNames {
    all: BTreeMap<(&'static str, String), String>,
    pub(crate) written: Vec<Field>,
}

impl RawNames {
    /// The later name stands.
    fn put(&mut self, list: &'static str, id: String, label: At<String>) {
        take(&mut self.written, &format!("{list}.{}", quoted(&id)), label.place);
        self.all.insert((list, id), label.value);
    }

    pub(super) fn has_signal(&self, signal: String) -> bool {
        self.all.contains_key(&("signal", signal))
    }

    pub(crate) fn plain(&self) -> Names {
        let of = |list: &str| {
            let own = self.all.iter().filter(|((of, _), _)| *of == list);
            own.map(|((_, id), label)| (id.clone(), label.clone())).collect()
        };
        Names { signals: of("signal"), forms: of("form"), weights: of("weight") }
    }
}

/// A words file being read.
pub(super) struct Words<'w> {
    /// Its place among the rule files: it stands behind those up to there.
    pub(super) at: usize,
    /// The place of every rule file by name.
    pub(super) order: &'w BTreeMap<String, usize>,
    /// Whether what nothing in force carries is a mistake.
    pub(super) strict: bool,
}

impl Words<'_> {
    pub(super) fn read(&self, top: &Section<'_>, raw: &mut RawRules) {
        for (id, section) in tables(top, "rule", &RULE_WORDS) {
            match raw.rules.iter_mut().find(|rule| rule.id.value == id.value) {
                Some(rule) => self.rule(&section, rule),
                None => self.unknown("rule", &id, raw.rules.iter().map(|rule| &rule.id.value), top),
            }
        }
        for (id, section) in tables(top, "decision", &DECISION_WORDS) {
            match raw.decisions.iter_mut().find(|one| one.id.value == id.value) {
                Some(decision) => self.decision(&section, decision),
                None => self.unknown("decision", &id, raw.decisions.iter().map(|one| &one.id.value), top),
            }
        }
        self.labels(top, raw);
        self.caps(top, raw);
        self.names(top, raw);
    }

    fn rule(&self, section: &Section<'_>, rule: &mut RawRule) {
        let written = &mut rule.written;
        self.put_if_said(section, "title", &mut rule.title, written);
        self.put_if_said(section, "say", &mut rule.say, written);
        self.put_if_said(section, "change-our-mind", &mut rule.change_our_mind, written);
        let Some(first) = rule.observe.first() else { return self.nothing_to_say(section, "observe") };
        if section.get("observe").is_some() && self.is_newer(first) {
            rule.observe = section.texts("observe");
            take(written, "observe", section.place_of("observe"));
        }
    }

    fn decision(&self, section: &Section<'_>, decision: &mut RawDecision) {
        self.put(section, "what", &mut decision.what, &mut decision.written);
        self.put(section, "owner", &mut decision.owner, &mut decision.written);
        self.put_if_said(section, "risk", &mut decision.risk, &mut decision.written);
    }

    fn labels(&self, top: &Section<'_>, raw: &mut RawRules) {
        for (id, section) in tables(top, "pattern", &LABEL_WORDS) {
            match raw.patterns.iter_mut().find(|one| one.id.value == id.value) {
                Some(one) => self.put(&section, "label", &mut one.label, &mut one.written),
                None => self.unknown("pattern", &id, raw.patterns.iter().map(|one| &one.id.value), top),
            }
        }
        for (id, section) in tables(top, "cause", &LABEL_WORDS) {
            match raw.causes.iter_mut().find(|one| one.id.value == id.value) {
                Some(one) => self.put(&section, "label", &mut one.label, &mut one.written),
                None => self.unknown("cause", &id, raw.causes.iter().map(|one| &one.id.value), top),
            }
        }
    }

    /// Caps have no id: what they rest on names them.
    fn caps(&self, top: &Section<'_>, raw: &mut RawRules) {
        for (when, section) in tables(top, "cap", &CAP_WORDS) {
            let mut any = false;
            for cap in raw.caps.iter_mut().filter(|cap| cap.when.value == when.value) {
                self.put(&section, "because", &mut cap.because, &mut cap.written);
                any = true;
            }
            if !any {
                self.unknown("cap", &when, raw.caps.iter().map(|cap| &cap.when.value), top);
            }
        }
    }

    fn names(&self, top: &Section<'_>, raw: &mut RawRules) {
        let signals: Vec<String> = raw.rules.iter().map(RawRule::signal_name).collect();
        for (name, label) in texts(top, "signal") {
            let signal = At { value: snake(&name.value), place: name.place };
            if signals.contains(&signal.value) {
                raw.names.put("signal", signal.value, label);
            } else {
                self.unknown("signal", &signal, signals.iter(), top);
            }
        }
        let forms = || raw.verdicts.iter().flat_map(|one| &one.forms).map(|(id, _)| &id.value);
        for (name, label) in texts(top, "form") {
            // Verdicts are written anew whole, so the words of a pack may speak of forms that are gone.
            if self.at < usize::MAX || forms().any(|form| *form == name.value) {
                raw.names.put("form", name.value, label);
            } else {
                self.unknown("form", &name, forms(), top);
            }
        }
        let weights = || raw.weights.iter().map(|one| &one.when.value);
        for (name, label) in texts(top, "weight") {
            if weights().any(|when| *when == name.value) {
                raw.names.put("weight", name.value, label);
            } else {
                self.unknown("weight", &name, weights(), top);
            }
        }
    }

    /// Whether these words stand behind a text that is in force.
    fn is_newer(&self, text: &At<String>) -> bool {
        // Words that were put in the place of a text are not among the rule files, and were read before these.
        self.order.get(&text.place.file.name).is_none_or(|at| *at <= self.at)
    }

    fn put(&self, section: &Section<'_>, key: &str, text: &mut At<String>, written: &mut Vec<Field>) {
        let Some(new) = section.text(key).filter(|_| self.is_newer(text)) else { return };
        if new.value.trim().is_empty() {
            let title = format!("`{key}` has no words");
            let help = "leave it out, and it is said as the rule file says it";
            section.note(Diagnostic::error("GW143", title).at(new.place).help(help));
            return;
        }
        take(written, key, new.place.clone());
        *text = new;
    }

    fn put_if_said(
        &self,
        section: &Section<'_>,
        key: &str,
        text: &mut Option<At<String>>,
        written: &mut Vec<Field>,
    ) {
        match text {
            Some(text) => self.put(section, key, text, written),
            None => self.nothing_to_say(section, key),
        }
    }

    fn nothing_to_say(&self, section: &Section<'_>, key: &str) {
        if self.strict && section.get(key).is_some() {
            let title = format!("there is no `{key}` to say in other words");
            let help =
                "words change how something is said, never whether it is: write it in the rule file first";
            section.note(Diagnostic::error("GW143", title).at(section.key_place(key)).help(help));
        }
    }

    fn unknown<'k>(
        &self,
        what: &str,
        id: &At<String>,
        known: impl Iterator<Item = &'k String>,
        top: &Section<'_>,
    ) {
        if self.strict {
            let mut known: Vec<&str> = known.map(String::as_str).collect();
            known.sort_unstable();
            known.dedup();
            let title = format!("words for {what} `{}`, which is not in force", id.value);
            let help = way_out(&id.value, known);
            top.note(Diagnostic::error("GW143", title).at(id.place.clone()).help(help));
        }
    }
}

/// The tables of one list of entries, by id.
fn tables<'a>(top: &Section<'a>, key: &str, shape: &Shape) -> Vec<(At<String>, Section<'a>)> {
    let open = |(id, value): (At<String>, &'a Spanned<DeValue<'a>>)| {
        let table = value.get_ref().as_table()?;
        Some((id, Section::open(top.book, table, value.span(), shape)))
    };
    top.entries(key).into_iter().filter_map(open).collect()
}

/// The entries of a table of texts.
fn texts(top: &Section<'_>, key: &str) -> Vec<(At<String>, At<String>)> {
    let text = |(name, value): (At<String>, &Spanned<DeValue<'_>>)| {
        let text = value.get_ref().as_str()?.to_owned();
        Some((name, At { value: text, place: top.book.place(value.span()) }))
    };
    top.entries(key).into_iter().filter_map(text).collect()
}

/// Notes that a value is in force now, and what it has taken the place of.
fn take(written: &mut Vec<Field>, key: &str, place: Place) {
    let mut field = Field { key: key.to_owned(), place, was: Vec::new(), why: None };
    match written.iter_mut().find(|own| own.key == key) {
        Some(own) => {
            field.was = [&own.was[..], std::slice::from_ref(&own.place)].concat();
            *own = field;
        }
        None => written.push(field),
    }
}
