//! `gapwise.toml` into the parts of a plan.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::in_force;
use super::page_plan::Report;
use super::plan::{Delivery, Event, EventEffect, Gate, Hold, Identity, Plan};
use super::section::{At, Book, Section, origin};
use super::settings::Settings;
use super::{
    brand, changes, metrics, packs, privacy, resolve, rules, sections, shapes, sources, translation,
    verdicts, wording,
};
use crate::calendar::{Calendar, Grain, parse_days, parse_zone};
use crate::diag::{Diagnostic, Diagnostics, SourceFile, way_out};
use crate::model::{Met, Preconditions};
use crate::world::World;

const PAGES: &[&str] = &[
    "leadership.html",
    "investigation.html",
    "investigation.md",
    "team.html",
    "summary.md",
    "email.html",
    "email.txt",
];

/// Reads the workspace, with a list of rules in place of its own if one is given; `None` where no plan can be made
/// of it at all.
pub(crate) fn read(
    folder: &Path,
    world: &World,
    list: Option<&[At<String>]>,
    found: &mut Diagnostics,
) -> Option<(Plan, Settings)> {
    let path = folder.join("gapwise.toml");
    let text = match world.read(&path) {
        Ok(text) => text,
        Err(error) => {
            let help = "a workspace is a folder with a `gapwise.toml`; `gapwise demo` writes one to look at";
            found.push(Diagnostic::error("GW106", format!("{error:#}")).help(help));
            return None;
        }
    };
    let book = Book::new(SourceFile::new("gapwise.toml", text));
    let parsed = book.parse();
    let read = assemble((folder, world), &book, &parsed, list, found);
    found.extend(book.diags.into_inner());
    read
}

fn assemble(
    (folder, world): (&Path, &World),
    book: &Book,
    parsed: &Spanned<DeTable<'_>>,
    list: Option<&[At<String>]>,
    found: &mut Diagnostics,
) -> Option<(Plan, Settings)> {
    let span = parsed.span();
    let top = Section::open(book, parsed.get_ref(), 0..span.start.max(1), &shapes::WORKSPACE);
    let calendar = calendar(&top);
    let metrics = metrics::read(&top, calendar.as_ref());
    let measures = sources::measures(&top, &metrics);
    let sources = sources::read(&top, folder, world, &metrics, &measures);
    let raw = packs::collect(folder, world, &top, list, found);
    let known = resolve::Known::new(&metrics, &sources);
    let events = events(&top, &known);
    let mut rules = rules::resolve(&raw, &metrics, &known, found);
    let disabled = changes::change(&raw, &mut rules, &known, found);
    let judged = verdicts::resolve(&raw, &rules, &metrics, found);
    verdicts::remember(&judged, &mut rules);
    let waivers = changes::waivers(&raw, &mut rules, &known, found);
    let client = top.text("client");
    let slug = slug(&top, client.as_ref());
    let mut templates = templates(folder, world, book);
    let locale = wording::locale(&top, &mut templates, book);
    found.extend_with(translation::untranslated(&raw, locale.name(), &top));
    let (conditions, hold) = (conditions(&top, &known), hold(&top));
    let preconditions = preconditions(&top);
    let history = whole(&top, "history", 8, 1..=104);
    let (gate, identity) = (gate(&top), identity(&top, folder, world));
    let reports = reports(&top, folder);
    let brand = brand::read(&top, folder, world);
    let privacy = privacy::read(&top, &reports);
    let deliveries = deliveries(&top, &reports);
    resolve::facts_once(&raw, &rules, found);
    let settings = Settings::of(book, parsed.get_ref(), in_force::entries(&raw, &disabled));
    // Only from here on may a mistake end the reading: all of them are noted.
    let plan = Plan {
        folder: folder.to_path_buf(),
        client: client?.value,
        slug,
        locale: locale.with_grain(calendar.as_ref()?.grain),
        calendar: calendar?,
        conditions,
        preconditions,
        history,
        hold,
        metrics,
        sources,
        verdicts: judged.verdicts,
        weights: judged.weights,
        caps: judged.caps,
        patterns: judged.patterns,
        causes: judged.causes,
        decisions: judged.decisions,
        names: raw.names.plain(),
        client_changes: raw.client_changes(),
        disabled,
        packs: raw.packs(),
        rules,
        waivers,
        events,
        gate,
        identity,
        privacy,
        reports,
        brand,
        deliveries,
        templates,
    };
    Some((plan, settings))
}

fn calendar(top: &Section<'_>) -> Option<Calendar> {
    let zone = match top.text("timezone") {
        None => Ok(chrono_tz::UTC),
        Some(at) => parse_zone(&at.value).map_err(|why| {
            top.note(Diagnostic::error("GW104", why).at(at.place));
        }),
    };
    let start = match top.text_or("week-start", "monday").as_str() {
        "tuesday" => chrono::Weekday::Tue,
        "wednesday" => chrono::Weekday::Wed,
        "thursday" => chrono::Weekday::Thu,
        "friday" => chrono::Weekday::Fri,
        "saturday" => chrono::Weekday::Sat,
        "sunday" => chrono::Weekday::Sun,
        _ => chrono::Weekday::Mon,
    };
    let grain = match top.text_or("period", "week").as_str() {
        "day" => Grain::Day,
        "month" => Grain::Month,
        _ => Grain::Week { start },
    };
    Some(Calendar { grain, zone: zone.ok()? })
}

/// The slug as written, or made from the client's name.
fn slug(top: &Section<'_>, client: Option<&At<String>>) -> String {
    let (text, place) = match (top.text("slug"), client) {
        (Some(at), _) => (at.value, at.place),
        (None, Some(client)) => (slugify(&client.value), client.place.clone()),
        (None, None) => return String::new(),
    };
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.is_empty() || text.len() > 80 || !text.chars().all(fits) || text.starts_with('-') {
        let title = match text.as_str() {
            "" => "no folder name for the outputs can be made of `client`".to_owned(),
            _ => format!("`{text}` cannot be a folder name for the outputs"),
        };
        let help = "write `slug = \"…\"`: lower-case ASCII letters, digits and hyphens, at most 80";
        top.note(Diagnostic::error("GW104", title).at(place).help(help));
    }
    text
}

pub(super) fn slugify(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let plain: String = name.nfd().filter(char::is_ascii).collect::<String>().to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn conditions(top: &Section<'_>, known: &resolve::Known<'_>) -> Vec<String> {
    let names = top.texts("conditions");
    for at in &names {
        if !known.segments.contains(at.value.as_str()) {
            let title = format!("condition `{}` is not a segment of a source", at.value);
            let help = format!(
                "add it to a source's `segments`; {}",
                way_out(&at.value, known.segments.iter().copied())
            );
            top.note(Diagnostic::error("GW110", title).at(at.place.clone()).help(help));
        }
    }
    names.into_iter().map(|at| at.value).collect()
}

/// The register, one entry a contact type.
fn preconditions(top: &Section<'_>) -> BTreeMap<String, Preconditions> {
    let read = |(name, value): (At<String>, &Spanned<DeValue<'_>>)| {
        let section =
            Section::open(top.book, value.get_ref().as_table()?, value.span(), &shapes::PRECONDITIONS);
        let met = |key: &str| Met::parse(&section.text_or(key, "unknown"));
        let entry = Preconditions {
            authority: met("authority"),
            process: met("process"),
            access: met("access"),
            information: met("information"),
        };
        Some((name.value, entry))
    };
    top.entries("preconditions").into_iter().filter_map(read).collect()
}

pub(crate) fn whole(
    section: &Section<'_>,
    key: &str,
    default: i32,
    range: std::ops::RangeInclusive<i64>,
) -> i32 {
    let Some(number) = section.integer(key) else { return default };
    if !range.contains(&number) {
        let title = format!("`{key}` is {number}, outside {} to {}", range.start(), range.end());
        let help = format!("write a whole number from {} to {}", range.start(), range.end());
        section.note(Diagnostic::error("GW104", title).at(section.place_of(key)).help(help));
    }
    i32::try_from(number).unwrap_or(default)
}

fn hold(top: &Section<'_>) -> Hold {
    let Some(section) = top.section("hold", &shapes::HOLD) else { return Hold { periods: 3, memory: 6 } };
    let periods = whole(&section, "for", 3, 1..=26);
    let memory = whole(&section, "memory", 6, 1..=52);
    if periods > memory {
        let title =
            format!("`for` ({periods}) is more than `memory` ({memory}): no verdict could ever change");
        let help = "make `memory` at least as large as `for`";
        section.note(Diagnostic::error("GW104", title).at(section.place_of("for")).help(help));
    }
    Hold { periods: usize::try_from(periods).unwrap_or(3), memory: usize::try_from(memory).unwrap_or(6) }
}

fn events(top: &Section<'_>, known: &resolve::Known<'_>) -> Vec<Event> {
    let sections = top.sections("event", &shapes::EVENT);
    let read = |section: Section<'_>| {
        let filter = section.filter("where");
        known.check_where(&filter, &section, "where");
        Some(Event {
            what: section.text("what")?.value,
            dates: section.dates("dates"),
            filter,
            effect: match section.text_or("effect", "annotate").as_str() {
                "leave-out" => EventEffect::LeaveOut,
                "restart-window" => EventEffect::RestartWindow,
                _ => EventEffect::Annotate,
            },
            origin: origin(&section.place),
        })
    };
    sections.into_iter().filter_map(read).collect()
}

fn gate(top: &Section<'_>) -> Gate {
    let usual = Gate { missing_days: 0.3, rejected: 0.2, next_try: None };
    let Some(section) = top.section("gate", &shapes::GATE) else { return usual };
    let share = |key: &str, default: f64| {
        let Some(at) = section.amount(key) else { return default };
        let value = at.value.resolve(None);
        if !(0.0..=1.0).contains(&value) {
            let title = format!("`{key}` is a share between 0 and 100 %");
            section.note(Diagnostic::error("GW104", title).at(at.place).help("write `20%` or 0.2"));
        }
        value
    };
    Gate {
        missing_days: share("missing-days", usual.missing_days),
        rejected: share("rejected", usual.rejected),
        next_try: section.text("next-try").map(|at| at.value),
    }
}

fn identity(top: &Section<'_>, folder: &Path, world: &World) -> Identity {
    let outer = top.section("identity", &shapes::IDENTITIES);
    let Some(section) = outer.as_ref().and_then(|outer| outer.section("agent", &shapes::IDENTITY)) else {
        return Identity::default();
    };
    privacy::not_yet(&section, "keys", "recognises agents by `columns.agent` and `aliases` alone");
    let aliases = section.text("aliases").map(|at| sources::pairs(&section, &at, folder, world));
    Identity {
        keys: section.texts("keys").into_iter().map(|at| at.value).collect(),
        aliases: aliases.unwrap_or_default().into_iter().collect(),
    }
}

fn reports(top: &Section<'_>, folder: &Path) -> Vec<Report> {
    let sections = top.sections("report", &shapes::REPORT);
    if sections.is_empty() {
        return vec![Report::of("leadership.html"), Report::of("investigation.html")];
    }
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    for (section, at) in sections.iter().filter_map(|section| Some((section, section.text("template")?))) {
        let shipped = PAGES.contains(&at.value.as_str());
        if !is_page_name(&at.value) {
            let title = format!("`{}` cannot name a page of the output", at.value);
            let help = "write a name below `templates/` that no other file of a publication has";
            top.note(Diagnostic::error("GW104", title).at(at.place).help(help));
        } else if !shipped && !folder.join("templates").join(&at.value).is_file() {
            let title = format!("template `{}` is neither shipped nor under `templates/`", at.value);
            top.note(
                Diagnostic::error("GW106", title)
                    .at(at.place)
                    .help(way_out(&at.value, PAGES.iter().copied())),
            );
        } else if !seen.insert(at.value.clone()) {
            let title = format!("`{}` is asked for twice", at.value);
            top.note(Diagnostic::error("GW105", title).at(at.place).help("take one of the two out"));
        } else {
            let sections = sections::read(section, &at.value);
            pages.push(Report { template: at.value, sections, link: link(section) });
        }
    }
    pages
}

/// An address that a page may show as it stands.
fn link(section: &Section<'_>) -> Option<String> {
    let at = section.text("link")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%".contains(c);
    let web = at.value.strip_prefix("https://").or_else(|| at.value.strip_prefix("http://"));
    if web.is_none_or(str::is_empty) || !at.value.chars().all(plain) {
        let title = format!("`{}` is no address of a page", at.value);
        let help = "write it as a browser shows it, from `https://` on";
        section.note(Diagnostic::error("GW104", title).at(at.place).help(help));
        return None;
    }
    Some(at.value)
}

/// Relative, without a step upwards, and no name of what every publication holds.
fn is_page_name(name: &str) -> bool {
    const TAKEN: &[&str] = &["findings.json", "findings.csv", "rejected.csv", "manifest.json"];
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0']);
    name.split('/').all(part) && !TAKEN.contains(&name) && !name.starts_with("evidence/")
}

fn deliveries(top: &Section<'_>, reports: &[Report]) -> Vec<Delivery> {
    let sections = top.sections("deliver", &shapes::DELIVER);
    let read = |section: Section<'_>| {
        let to = section.text("to")?;
        if to.value == "folder" && section.text("path").is_none() {
            let title = "a delivery to a folder has no `path`";
            let help = "add `path = \"…\"`, relative to the workspace";
            section.note(Diagnostic::error("GW103", title).at(section.place.clone()).help(help));
        }
        if let Some(page) =
            section.text("report").filter(|page| reports.iter().all(|one| one.template != page.value))
        {
            let title = format!("`{}` is not a page this workspace writes", page.value);
            let help = way_out(&page.value, reports.iter().map(|one| one.template.as_str()));
            section.note(Diagnostic::error("GW110", title).at(page.place).help(help));
        }
        if to.value != "folder" {
            let title =
                format!("this version cannot deliver by `{}`: the run will count it as failed", to.value);
            let help = "write `to = \"folder\"` and send it from there, or take the delivery out";
            section.note(Diagnostic::warning("GW200", title).at(to.place.clone()).help(help));
        }
        // Opened for the mistakes in it alone: nothing is sent by e-mail yet.
        let _ = section.section("smtp", &shapes::SMTP);
        Some(Delivery {
            to: to.value,
            path: section.text("path").map(|at| at.value),
            report: section.text("report")?.value,
            on_change_only: section.text_or("when", "always") == "on-change",
        })
    };
    sections.into_iter().filter_map(read).collect()
}

/// The client's own templates, by path below `templates/`.
pub(super) fn templates(folder: &Path, world: &World, book: &Book) -> BTreeMap<String, String> {
    let root = folder.join("templates");
    let files = world.glob(&root, "**/*").unwrap_or_default();
    // A glob answers `templates/…` when asked for `./templates/…`.
    let bare = root.strip_prefix(".").unwrap_or(&root).to_owned();
    let mut all = BTreeMap::new();
    for file in files {
        let Ok(name) = file.strip_prefix(&root).or_else(|_| file.strip_prefix(&bare)) else { continue };
        match world.read(&file) {
            Ok(text) => drop(all.insert(name.to_string_lossy().replace('\\', "/"), text)),
            Err(error) => book.note(Diagnostic::error("GW106", format!("{error:#}"))),
        }
    }
    all
}

/// A span in days, for keys that are read outside this file.
pub(crate) fn days_or(section: &Section<'_>, key: &str, default: &str) -> u32 {
    section.days(key).or_else(|| parse_days(default).ok()).unwrap_or(0)
}
