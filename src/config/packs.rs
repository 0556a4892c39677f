//! Rule files merged: built-in packs and the client's own, the deepest base first, overrides last.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::plan::Pack;
use super::raw::{
    RawCap, RawCause, RawChange, RawDecision, RawPack, RawPattern, RawRule, RawVerdict, RawWeight, cap,
    cause, change, decision, each, pattern, rules, unchecked, verdict, weight,
};
use super::section::{At, Book, Section};
use super::shapes::{self, RULE_FILE};
use super::translation::{self, RawNames};
use super::{overrides, raw};
use crate::diag::{Diagnostic, Diagnostics, Level, Place, SourceFile, way_out};
use crate::world::World;

static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// All rule files merged in order.
#[derive(Default)]
pub(crate) struct RawRules {
    pub(crate) packs: Vec<RawPack>,
    pub(crate) rules: Vec<RawRule>,
    pub(crate) verdicts: Vec<RawVerdict>,
    pub(crate) weights: Vec<RawWeight>,
    pub(crate) caps: Vec<RawCap>,
    pub(crate) patterns: Vec<RawPattern>,
    pub(crate) causes: Vec<RawCause>,
    pub(crate) decisions: Vec<RawDecision>,
    pub(crate) overrides: Vec<RawChange>,
    /// The files with overrides, which are put over the rules once all are known.
    pub(crate) overriding: Vec<Arc<SourceFile>>,
    pub(crate) disables: Vec<RawChange>,
    pub(crate) waivers: Vec<RawChange>,
    pub(crate) names: RawNames,
    /// The names of all files, in the order they were merged.
    pub(crate) files: Vec<String>,
    /// Where `rules = […]` stands.
    pub(crate) place: Option<Place>,
    /// A file of rules is missing or has mistakes, so that rules may be missing too.
    pub(crate) broken: bool,
}

impl RawRules {
    pub(crate) fn packs(&self) -> Vec<Pack> {
        let pack = |one: &RawPack| Pack { name: one.name.value.clone(), version: one.version.value.clone() };
        self.packs.iter().map(pack).collect()
    }

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
    overrides::apply(&mut collector.raw, collector.found);
    collector.raw.place = Some(top.place_of("rules"));
    collector.raw.broken = top.get("rules").is_none() || collector.found.count(Level::Error) > before;
    collector.raw.files = collector.done;
    translation::translate(&mut collector.raw, top, (folder, world), collector.found);
    collector.raw
}

impl Collector<'_> {
    /// One entry of `rules` or `extends`; the names of its files.
    fn add(&mut self, at: &At<String>, base: &Path) -> Vec<String> {
        if let Some(name) = at.value.strip_prefix("builtin:") {
            return self.add_builtin(name, at);
        }
        let files = match base.join(&at.value) {
            one if one.is_file() => vec![one],
            _ => self
                .world
                .glob(base, &at.value)
                .unwrap_or_default()
                .into_iter()
                .filter(|file| is_rule_file(file))
                .collect(),
        };
        // `rules/*.toml` without a file yet is how a workspace starts; anything else that matches nothing is a slip.
        if files.is_empty() && at.value != "rules/*.toml" {
            let title = format!("no rule file `{}`", at.value);
            let help =
                "paths start at the folder of the file that names them; a pack of ours is `builtin:<name>`";
            let wild = at.value.contains(['*', '?', '[']);
            let diagnostic =
                if wild { Diagnostic::warning("GW160", title) } else { Diagnostic::error("GW106", title) };
            self.found.push(diagnostic.at(at.place.clone()).help(help));
        }
        let mut names = Vec::new();
        for file in files {
            let shown = self.shown(&file);
            match self.world.read(&file) {
                Ok(text) => self.merge(&shown, text, file.parent().unwrap_or(base), at),
                Err(error) => {
                    self.found.push(Diagnostic::error("GW106", format!("{error:#}")).at(at.place.clone()));
                }
            }
            names.push(shown);
        }
        names
    }

    /// A file's name below the workspace, the same whoever names it.
    fn shown(&self, file: &Path) -> String {
        let below = file.strip_prefix(self.folder).unwrap_or(file);
        let mut plain = PathBuf::new();
        for part in below.components() {
            let back = part == Component::ParentDir
                && matches!(plain.components().next_back(), Some(Component::Normal(_)));
            if back {
                plain.pop();
            } else if part != Component::CurDir {
                plain.push(part);
            }
        }
        plain.to_string_lossy().replace('\\', "/")
    }

    fn add_builtin(&mut self, name: &str, at: &At<String>) -> Vec<String> {
        if builtin_file(&format!("{name}/pack.toml")).is_some() {
            let files = builtin_pack(name);
            for (file, text) in &files {
                self.merge(file, (*text).to_owned(), Path::new(""), at);
            }
            return files.into_iter().map(|(file, _)| file).collect();
        }
        let names: Vec<String> = builtin_names().iter().map(|name| format!("builtin:{name}")).collect();
        let help = way_out(&at.value, names.iter().map(String::as_str));
        let title = format!("unknown pack `builtin:{name}`");
        self.found.push(Diagnostic::error("GW110", title).at(at.place.clone()).help(help));
        Vec::new()
    }

    /// What a pack builds on is packs, so that what it rests on has a name and a version.
    fn extend(&mut self, at: &At<String>, base: &Path) {
        let files = self.add(at, base);
        let named = |file: &String| self.raw.packs.iter().any(|pack| pack.name.place.file.name == *file);
        if !files.is_empty() && !files.iter().any(named) && !files.iter().any(|file| self.open.contains(file))
        {
            let title = format!("`{}` is no pack: it has no `[pack]`", at.value);
            let help = "give it a `[pack]` with name and version, or list the file in `rules`";
            self.found.push(Diagnostic::error("GW110", title).at(at.place.clone()).help(help));
        }
    }

    /// Notes a pack; two of one name could not be told apart in a report.
    fn pack(&mut self, section: &Section<'_>) {
        let Some(pack) = raw::pack(section) else { return };
        if let Some(first) = self.raw.packs.iter().find(|first| first.name.value == pack.name.value) {
            let title = format!("two packs are called `{}`", pack.name.value);
            let diagnostic = Diagnostic::error("GW105", title).at(pack.name.place.clone());
            let also = (first.name.place.clone(), "the first one");
            self.found.push(diagnostic.also(also.0, also.1).help("rename one, or list only one of them"));
        }
        self.raw.packs.push(pack);
    }

    fn merge(&mut self, name: &str, text: String, base: &Path, asked: &At<String>) {
        if self.open.iter().any(|open| open == name) {
            let circle = [&self.open[..], &[name.to_owned()]].concat().join(" → ");
            let title = format!("packs extend one another in a circle: {circle}");
            let help = "take one `extends` out: what both need belongs in a third pack";
            return self.found.push(Diagnostic::error("GW151", title).at(asked.place.clone()).help(help));
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
                self.extend(&at, base);
            }
            self.pack(&pack);
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
        if top.get("override").is_some() {
            raw.overriding.push(Arc::clone(&book.file));
        }
        raw.overrides.extend(unchecked(&top, "override").iter().filter_map(change));
        raw.disables.extend(each(&top, "disable", &shapes::DISABLE, change));
        raw.waivers.extend(each(&top, "waiver", &shapes::WAIVER, change));
    }
}

/// A wide glob meets words files too, which are read with the rules they are about.
fn is_rule_file(file: &Path) -> bool {
    file.parent().and_then(Path::file_name).is_none_or(|folder| folder != "words")
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
