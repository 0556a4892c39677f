//! Rule files as written: built-in packs and the client's own, the deepest base first. Everything is owned
//! and knows its place, so that later steps can point at it.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::plan::{Amount, Pack, Where};
use super::section::{At, Book, Section, amount_of, entries_of};
use super::shapes::{self, RULE_FILE};
use crate::diag::{Diagnostic, Diagnostics, Level, Place, SourceFile, way_out};
use crate::model::Shape;
use crate::world::World;

static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// A rule as written.
pub(crate) struct RawRule {
    pub(crate) id: At<String>,
    pub(crate) kind: At<String>,
    pub(crate) signal: Option<At<String>>,
    pub(crate) metrics: Vec<At<String>>,
    pub(crate) scopes: Vec<At<String>>,
    pub(crate) filter: RawWhere,
    pub(crate) window: Option<At<i64>>,
    pub(crate) thresholds: Vec<(At<String>, At<Amount>)>,
    pub(crate) when: At<String>,
    pub(crate) over: String,
    pub(crate) severity: String,
    pub(crate) title: Option<At<String>>,
    pub(crate) say: Option<At<String>>,
    pub(crate) observe: Vec<At<String>>,
    pub(crate) change_our_mind: Option<At<String>>,
    /// Keys beside the common ones: the kind's parameters.
    pub(crate) parameters: Vec<(At<String>, toml::Value, Place)>,
}

/// A filter as written.
pub(crate) struct RawWhere {
    pub(crate) filter: Where,
    pub(crate) place: Place,
}

pub(crate) struct RawVerdict {
    pub(crate) id: At<String>,
    pub(crate) when: At<String>,
    pub(crate) probability: Option<At<String>>,
    pub(crate) forms: Vec<(At<String>, Option<At<String>>)>,
}

pub(crate) struct RawWeight {
    pub(crate) verdict: At<String>,
    pub(crate) when: At<String>,
    pub(crate) log_odds: f64,
}

pub(crate) struct RawCap {
    pub(crate) verdict: Option<At<String>>,
    pub(crate) when: At<String>,
    pub(crate) at_most: String,
    pub(crate) because: String,
}

pub(crate) struct RawPattern {
    pub(crate) id: At<String>,
    pub(crate) label: String,
    pub(crate) needs: At<String>,
    pub(crate) score: At<String>,
    pub(crate) at_least: f64,
    pub(crate) margin: f64,
}

pub(crate) struct RawCause {
    pub(crate) id: At<String>,
    pub(crate) label: String,
    pub(crate) signs: Vec<At<String>>,
    pub(crate) at_least: i64,
}

pub(crate) struct RawDecision {
    pub(crate) id: At<String>,
    pub(crate) verdict: At<String>,
    pub(crate) form: Option<At<String>>,
    pub(crate) cause: Option<At<String>>,
    pub(crate) when: Option<At<String>>,
    pub(crate) what: At<String>,
    pub(crate) owner: String,
    pub(crate) due_days: u32,
    pub(crate) risk: Option<At<String>>,
    pub(crate) stake: bool,
    pub(crate) confidence: String,
}

/// An override, disable or waiver.
pub(crate) struct RawChange {
    pub(crate) rule: At<String>,
    pub(crate) filter: RawWhere,
    pub(crate) has_where: bool,
    pub(crate) thresholds: Vec<(At<String>, At<Amount>)>,
    pub(crate) severity: Option<String>,
    pub(crate) until: Option<chrono::NaiveDate>,
    pub(crate) why: String,
    pub(crate) owner: String,
}

/// All rule files merged in order.
#[derive(Default)]
pub(crate) struct RawRules {
    pub(crate) packs: Vec<Pack>,
    pub(crate) rules: Vec<RawRule>,
    pub(crate) verdicts: Vec<RawVerdict>,
    pub(crate) weights: Vec<RawWeight>,
    pub(crate) caps: Vec<RawCap>,
    pub(crate) patterns: Vec<RawPattern>,
    pub(crate) causes: Vec<RawCause>,
    pub(crate) decisions: Vec<RawDecision>,
    pub(crate) overrides: Vec<RawChange>,
    pub(crate) disables: Vec<RawChange>,
    pub(crate) waivers: Vec<RawChange>,
    /// Where `rules = […]` stands.
    pub(crate) place: Option<Place>,
    /// A file of rules is missing or has mistakes, so that rules may be missing too.
    pub(crate) broken: bool,
}

impl RawRules {
    pub(crate) fn client_changes(&self) -> u32 {
        u32::try_from(self.overrides.len() + self.disables.len() + self.waivers.len()).unwrap_or(u32::MAX)
    }
}

/// Names of the built-in packs.
pub fn builtin_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = BUILTIN
        .dirs()
        .filter(|dir| BUILTIN.get_file(dir.path().join("pack.toml")).is_some())
        .filter_map(|dir| dir.path().file_name()?.to_str())
        .collect();
    names.sort_unstable();
    names
}

/// The files of a built-in pack, (name, text): `pack.toml`, which says what it extends, then the others by name.
pub(crate) fn builtin_pack(pack: &str) -> Vec<(String, &'static str)> {
    let Some(dir) = BUILTIN.get_dir(pack) else { return Vec::new() };
    let rules = dir.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "toml"));
    let mut all: Vec<(String, &str)> = rules
        .filter_map(|file| Some((file.path().file_name()?.to_str()?.to_owned(), file.contents_utf8()?)))
        .collect();
    all.sort_by_key(|(file, _)| (file != "pack.toml", file.clone()));
    all.into_iter().map(|(file, text)| (format!("builtin:{pack}/{file}"), text)).collect()
}

/// Rule tests of a built-in pack: (file name, text).
pub fn builtin_tests(pack: &str) -> Vec<(String, &'static str)> {
    let Some(dir) = BUILTIN.get_dir(Path::new(pack).join("tests")) else { return Vec::new() };
    let texts = dir.files().filter_map(|file| {
        Some((format!("builtin:{pack}/{}", file.path().file_name()?.to_str()?), file.contents_utf8()?))
    });
    let mut all: Vec<_> = texts.collect();
    all.sort();
    all
}

/// An embedded file below `rules/`.
pub(crate) fn builtin_file(path: &str) -> Option<&'static str> {
    BUILTIN.get_file(path)?.contents_utf8()
}

/// File names (without ending) in an embedded folder below `rules/`.
pub(crate) fn builtin_files(folder: &str) -> Vec<&'static str> {
    let files = BUILTIN.get_dir(folder).into_iter().flat_map(Dir::files);
    let mut names: Vec<&str> = files.filter_map(|file| file.path().file_stem()?.to_str()).collect();
    names.sort_unstable();
    names
}

struct Collector<'a> {
    folder: &'a Path,
    world: &'a World,
    found: &'a mut Diagnostics,
    raw: RawRules,
    /// Files merged, and those being read now (for circles).
    done: Vec<String>,
    open: Vec<String>,
}

/// Reads every file that `rules` lists, bases first; a list given takes the place of the one written.
pub(crate) fn collect(
    folder: &Path,
    world: &World,
    top: &Section<'_>,
    list: Option<&[At<String>]>,
    found: &mut Diagnostics,
) -> RawRules {
    let before = found.count(Level::Error);
    let mut collector =
        Collector { folder, world, found, raw: RawRules::default(), done: Vec::new(), open: Vec::new() };
    for at in list.map_or_else(|| top.texts("rules"), <[_]>::to_vec) {
        collector.add(&at, folder);
    }
    collector.raw.place = Some(top.place_of("rules"));
    collector.raw.broken = top.get("rules").is_none() || collector.found.count(Level::Error) > before;
    collector.raw
}

impl Collector<'_> {
    /// One entry of `rules` or `extends`.
    fn add(&mut self, at: &At<String>, base: &Path) {
        if let Some(name) = at.value.strip_prefix("builtin:") {
            return self.add_builtin(name, at);
        }
        let files = match base.join(&at.value) {
            one if one.is_file() => vec![one],
            _ => self.world.glob(base, &at.value).unwrap_or_default(),
        };
        // `rules/*.toml` without a file yet is how a workspace starts; anything else that matches nothing is a slip.
        if files.is_empty() && at.value != "rules/*.toml" {
            let title = format!("no rule file `{}`", at.value);
            let help =
                "paths start at the folder of the file that names them; a pack of ours is `builtin:<name>`";
            let wild = at.value.contains(['*', '?', '[']);
            let diagnostic =
                if wild { Diagnostic::warning("GW160", title) } else { Diagnostic::error("GW106", title) };
            return self.found.push(diagnostic.at(at.place.clone()).help(help));
        }
        for file in files {
            let shown = file.strip_prefix(self.folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            match self.world.read(&file) {
                Ok(text) => self.merge(&shown, text, file.parent().unwrap_or(base), at),
                Err(error) => {
                    self.found.push(Diagnostic::error("GW106", format!("{error:#}")).at(at.place.clone()));
                }
            }
        }
    }

    fn add_builtin(&mut self, name: &str, at: &At<String>) {
        if builtin_file(&format!("{name}/pack.toml")).is_some() {
            for (file, text) in builtin_pack(name) {
                self.merge(&file, text.to_owned(), Path::new(""), at);
            }
            return;
        }
        let names: Vec<String> = builtin_names().iter().map(|name| format!("builtin:{name}")).collect();
        let help = way_out(&at.value, names.iter().map(String::as_str));
        let title = format!("unknown pack `builtin:{name}`");
        self.found.push(Diagnostic::error("GW110", title).at(at.place.clone()).help(help));
    }

    fn merge(&mut self, name: &str, text: String, base: &Path, asked: &At<String>) {
        if self.open.iter().any(|open| open == name) {
            let circle = [&self.open[..], &[name.to_owned()]].concat().join(" → ");
            let title = format!("packs extend one another in a circle: {circle}");
            return self.found.push(Diagnostic::error("GW151", title).at(asked.place.clone()));
        }
        if self.done.iter().any(|done| done == name) {
            return;
        }
        self.open.push(name.to_owned());
        let book = Book::new(SourceFile::new(name, text));
        self.read(&book, base);
        self.found.extend(book.diags.into_inner());
        self.open.pop();
        self.done.push(name.to_owned());
    }

    fn read(&mut self, book: &Book, base: &Path) {
        let parsed = book.parse();
        let top = Section::open(book, parsed.get_ref(), 0..1, &RULE_FILE);
        if let Some(pack) = top.section("pack", &shapes::PACK) {
            for at in pack.texts("extends") {
                self.add(&at, base);
            }
            if let (Some(name), Some(version)) = (pack.text("name"), pack.text("version")) {
                self.raw.packs.push(Pack { name: name.value, version: version.value });
            }
        }
        let raw = &mut self.raw;
        raw.rules.extend(rules(&top));
        let verdicts: Vec<RawVerdict> = each(&top, "verdict", &shapes::VERDICT, verdict);
        if !verdicts.is_empty() {
            raw.verdicts = verdicts;
        }
        raw.weights.extend(each(&top, "weight", &shapes::WEIGHT, weight));
        raw.caps.extend(each(&top, "cap", &shapes::CAP, cap));
        replace(&mut raw.patterns, each(&top, "pattern", &shapes::PATTERN, pattern), |p| &p.id.value);
        replace(&mut raw.causes, each(&top, "cause", &shapes::CAUSE, cause), |c| &c.id.value);
        replace(&mut raw.decisions, each(&top, "decision", &shapes::DECISION, decision), |d| &d.id.value);
        raw.overrides.extend(each(&top, "override", &shapes::OVERRIDE, change));
        raw.disables.extend(each(&top, "disable", &shapes::DISABLE, change));
        raw.waivers.extend(each(&top, "waiver", &shapes::WAIVER, change));
    }
}

/// Later entries of the same id take the place of earlier ones.
fn replace<T>(all: &mut Vec<T>, more: Vec<T>, id: impl Fn(&T) -> &String) {
    for one in more {
        match all.iter().position(|old| id(old) == id(&one)) {
            Some(at) => all[at] = one,
            None => all.push(one),
        }
    }
}

fn each<T>(top: &Section<'_>, key: &str, shape: &Shape, read: impl Fn(&Section<'_>) -> Option<T>) -> Vec<T> {
    top.sections(key, shape).iter().filter_map(read).collect()
}

/// Rules are opened without the unknown-key check: a kind's parameters stand beside the common keys and
/// are checked once the kind is known.
fn rules(top: &Section<'_>) -> Vec<RawRule> {
    let items = top.get("rule").and_then(|value| value.get_ref().as_array());
    let tables = items.into_iter().flat_map(|all| all.iter()).filter_map(|item| {
        let table = item.get_ref().as_table()?;
        Some(Section { book: top.book, table, place: top.book.place(item.span()) })
    });
    tables.filter_map(|section| rule(&section)).collect()
}

fn rule(section: &Section<'_>) -> Option<RawRule> {
    let kind_keys =
        section.text("kind").and_then(|at| crate::kinds::find(&at.value)).map_or(&[][..], |k| k.parameters);
    let known_kind = section.text("kind").is_none_or(|at| crate::kinds::find(&at.value).is_some());
    if known_kind {
        section.check("rule", &[shapes::rule_keys(), kind_keys]);
    }
    let parameters = entries_of(section.book, section.table)
        .into_iter()
        .filter(|(key, _)| kind_keys.iter().any(|k| k.name == key.value))
        .filter_map(|(key, value)| {
            let place = section.book.place(value.span());
            Some((key, owned(value)?, place))
        });
    Some(RawRule {
        parameters: parameters.collect(),
        id: section.text("id")?,
        kind: section.text("kind")?,
        signal: section.text("signal"),
        metrics: section.texts("metrics"),
        scopes: section.texts("scopes"),
        filter: filter(section),
        window: section.integer("window").map(|value| At { value, place: section.place_of("window") }),
        thresholds: thresholds(section),
        when: section.text("when")?,
        over: section.text_or("over", "row"),
        severity: section.text_or("severity", "medium"),
        title: section.text("title"),
        say: section.text("say"),
        observe: section.texts("observe"),
        change_our_mind: section.text("change-our-mind"),
    })
}

fn owned(value: &toml::Spanned<toml::de::DeValue<'_>>) -> Option<toml::Value> {
    use serde::Deserialize as _;
    let reader = toml::de::ValueDeserializer::from(value.clone());
    toml::Value::deserialize(reader).ok()
}

fn filter(section: &Section<'_>) -> RawWhere {
    RawWhere { filter: section.filter("where"), place: section.place_of("where") }
}

fn thresholds(section: &Section<'_>) -> Vec<(At<String>, At<Amount>)> {
    let entries = section.entries("thresholds").into_iter();
    entries
        .map(|(name, value)| {
            let place = section.book.place(value.span());
            // A wrong amount is noted where the rule's keys are checked; its name stays known.
            let amount = amount_of(value.get_ref()).unwrap_or(Amount::Bare(0.0));
            (name, At { value: amount, place })
        })
        .collect()
}

fn verdict(section: &Section<'_>) -> Option<RawVerdict> {
    let forms = section.sections("form", &shapes::FORM);
    Some(RawVerdict {
        id: section.text("id")?,
        when: section.text("when")?,
        probability: section.text("probability"),
        forms: forms.iter().filter_map(|form| Some((form.text("id")?, form.text("when")))).collect(),
    })
}

fn weight(section: &Section<'_>) -> Option<RawWeight> {
    Some(RawWeight {
        verdict: section.text("verdict")?,
        when: section.text("when")?,
        log_odds: section.number("log-odds")?,
    })
}

fn cap(section: &Section<'_>) -> Option<RawCap> {
    Some(RawCap {
        verdict: section.text("verdict"),
        when: section.text("when")?,
        at_most: section.text_or("at-most", "moderate"),
        because: section.text_or("because", ""),
    })
}

fn pattern(section: &Section<'_>) -> Option<RawPattern> {
    let id = section.text("id")?;
    Some(RawPattern {
        label: section.text_or("label", &id.value.replace('-', " ")),
        needs: section.text("needs")?,
        score: section.text("score")?,
        at_least: section.number("at-least").unwrap_or(0.4),
        margin: section.number("margin").unwrap_or(0.1),
        id,
    })
}

fn cause(section: &Section<'_>) -> Option<RawCause> {
    let id = section.text("id")?;
    Some(RawCause {
        label: section.text_or("label", &id.value),
        signs: section.texts("signs"),
        at_least: section.integer("at-least").unwrap_or(2),
        id,
    })
}

fn decision(section: &Section<'_>) -> Option<RawDecision> {
    Some(RawDecision {
        id: section.text("id")?,
        verdict: section.text("verdict")?,
        form: section.text("form"),
        cause: section.text("cause"),
        when: section.text("when"),
        what: section.text("what")?,
        owner: section.text("owner")?.value,
        due_days: super::workspace::days_or(section, "due", "14d"),
        risk: section.text("risk"),
        stake: section.flag("stake").unwrap_or(true),
        confidence: section.text_or("confidence", "moderate"),
    })
}

fn change(section: &Section<'_>) -> Option<RawChange> {
    Some(RawChange {
        rule: section.text("rule")?,
        has_where: section.get("where").is_some(),
        filter: filter(section),
        thresholds: thresholds(section),
        severity: section.text("severity").map(|at| at.value),
        until: section.date("until"),
        why: section.text_or("why", ""),
        owner: section.text_or("owner", ""),
    })
}
