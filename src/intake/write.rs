//! The workspace as text: one key a line, each with what it is and what was seen.

use std::fmt::Write as _;

use super::draft::Draft;
use super::metrics::{Metric, Scale};
use super::rates::{Fired, Offer, Proposal, Rates};
use super::section::{Entry, Force, Section, key, quoted};
use crate::calendar::Grain;
use crate::config::schema;
use crate::words::counted;

/// Where comments begin, and where a line ends.
const COMMENT: usize = 42;
const WIDTH: usize = 122;

/// What a person may know beside the data.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) client: String,
    pub(super) timezone: String,
    /// Whether the zone was said, or is a guess.
    pub(super) is_zone_said: bool,
    pub(super) rules: String,
    pub(super) grain: Grain,
    /// Complete periods in the data.
    pub(super) periods: i32,
}

/// `gapwise.toml`. `paths` are those of the sources, in their order.
pub(super) fn workspace(draft: &Draft, given: &Given, paths: &[String], rates: Option<&Rates>) -> String {
    let mut text = format!("{}\n", schema::WORKSPACE_LINE);
    text.push_str("# A first draft, made by looking at the data. What is not sure stands behind a `#` with what was seen.\n\n");
    push(&mut text, &top(draft, given));
    for (source, path) in draft.sources.iter().zip(paths) {
        let mut section = source.section.clone();
        for entry in section.entries.iter_mut().filter(|entry| entry.key == "path") {
            entry.value = quoted(path);
        }
        push(&mut text, &section);
    }
    for metric in &draft.metrics {
        let proposal = rates.and_then(|rates| rates.proposals.iter().find(|one| one.metric == metric.id));
        push(&mut text, &section_of(metric, proposal, rates));
    }
    text.push_str(TAIL);
    text
}

const TAIL: &str = r#"[privacy]
individuals = "never"                     # no page names a person
min-group = 8                             # no figure about fewer people

[[report]]
template = "leadership.html"              # one page, thirty seconds

[[report]]
template = "investigation.html"           # the evidence behind it
"#;

fn top(draft: &Draft, given: &Given) -> Section {
    let mut top = Section::new("", "");
    top.set("client", quoted(&given.client), "as the report prints it");
    let zone = if given.is_zone_said {
        draft.zone_note.clone()
    } else {
        format!("a guess: the data do not say; {}", draft.zone_note)
    };
    top.set("timezone", quoted(&given.timezone), zone);
    let (first, last) = draft.days;
    let grain = name(given.grain);
    top.set(
        "period",
        quoted(grain),
        format!("{} from {first} to {last}", counted(periods(given), &format!("complete {grain}"))),
    );
    if draft.locale != "en-GB" {
        top.set("locale", quoted(draft.locale), "numbers and dates of the reports");
    }
    top.set(
        "rules",
        format!("[{}, \"rules/*.toml\"]", quoted(&given.rules)),
        "the pack, then this client's own",
    );
    history(&mut top, given);
    if !draft.conditions.is_empty() {
        top.set(
            "conditions",
            super::section::listed(&draft.conditions),
            "with contact type, what makes work like for like",
        );
    }
    top
}

fn periods(given: &Given) -> u64 {
    u64::try_from(given.periods).unwrap_or(0)
}

fn history(top: &mut Section, given: &Given) {
    const USUAL: i32 = 8;
    const LEARNING: i32 = 4;
    let shown = (given.periods - LEARNING).clamp(1, USUAL);
    let grain = name(given.grain);
    let why = match shown {
        USUAL => format!("settled {grain}s a report shows"),
        _ => format!(
            "settled {grain}s a report shows; {USUAL} is usual, but the data hold {}",
            counted(periods(given), grain)
        ),
    };
    top.set("history", shown.to_string(), why);
    if given.periods < 6 {
        top.set("hold", "{ for = 2, memory = 3 }", "3 of 6 is usual; the data are short");
    }
}

/// The word for one period.
pub(super) fn name(grain: Grain) -> &'static str {
    match grain {
        Grain::Week { .. } => "week",
        Grain::Day => "day",
        Grain::Month => "month",
    }
}

fn section_of(metric: &Metric, proposal: Option<&Proposal>, rates: Option<&Rates>) -> Section {
    let mut section = Section::new(format!("metrics.{}", key(&metric.id)), "");
    section.force = metric.force;
    for note in &metric.notes {
        section.say(note.clone());
    }
    section.set("label", quoted(&metric.label), "what readers see");
    section.set("source", quoted(metric.source.name()), "");
    section.set("type", quoted(metric.measure), "");
    section.set("value", quoted(&metric.value), "");
    if let Some(unit) = metric.unit {
        section.set("unit", quoted(unit), "");
    }
    section.set("better", quoted(&metric.better), "");
    section.set("role", quoted(&metric.role), "");
    if let Some(concept) = &metric.concept {
        section.set("concept", quoted(concept), "so that rules can name it");
    }
    match metric.matures {
        Some((days, Force::Yes)) => {
            section.set("matures-after", quoted(&format!("{days}d")), "younger rows may still change");
        }
        Some((days, Force::Offered)) => {
            section.offer(
                "matures-after",
                quoted(&format!("{days}d")),
                "if a repeat within these days takes it back",
            );
        }
        None => {}
    }
    match (proposal, rates) {
        (Some(proposal), Some(rates)) => amounts(&mut section, metric, proposal, rates),
        _ => section.set(
            "material",
            number(usual_material(metric.scale)),
            "the smallest difference worth acting on",
        ),
    }
    section
}

/// What is taken until the level is known, and where there is none.
fn usual_material(scale: Scale) -> f64 {
    match scale {
        Scale::Share => 0.02,
        Scale::Seconds => 10.0,
        Scale::Points(most) if most <= 11.0 => 0.1,
        Scale::Points(_) => 1.0,
    }
}

fn amounts(section: &mut Section, metric: &Metric, proposal: &Proposal, rates: &Rates) {
    let level = rates.level(metric, proposal);
    if metric.targeted {
        let note = format!("a proposal: today's level ({level}), rounded; the client's own replaces it");
        section.set("target", number(proposal.target), note);
        if let Some(told) = told(&proposal.fired, "gap-is-real", rates.grain) {
            section.say(told);
        }
    } else {
        section.offer(
            "target",
            number(proposal.target),
            format!("today's level is {level}; none asked, so only differences show"),
        );
    }
    section.set("material", number(proposal.material), "the smallest difference worth acting on");
}

/// `gap-is-real would have fired in 0 of 8 weeks at 0.88, 3 of 8 at 0.9`.
fn told(fired: &[Fired], rule: &str, grain: Grain) -> Option<String> {
    (!fired.is_empty()).then(|| format!("{rule} would have fired in {}", shares(fired, grain)))
}

fn shares(fired: &[Fired], grain: Grain) -> String {
    let mut parts = Vec::new();
    for (place, one) in fired.iter().enumerate() {
        let unit = if place == 0 { format!(" {}s", name(grain)) } else { String::new() };
        let unsure = if one.unsure > 0 { format!(" (cannot tell in {})", one.unsure) } else { String::new() };
        parts.push(format!("{} of {}{unit} at {}{unsure}", one.yes, one.of, one.at));
    }
    parts.join(", ")
}

/// A number as TOML: whole ones without a point.
pub(super) fn number(x: f64) -> String {
    if x.fract() == 0.0 && x.abs() < 1e9 { format!("{x:.0}") } else { format!("{x}") }
}

/// `rules/client.toml`: nothing in force.
pub(super) fn client_rules(rates: &Rates) -> String {
    let mut text = format!("{}\n{RULES_HEAD}", schema::RULES_LINE);
    if let Some(why) = &rates.too_little {
        _ = writeln!(text, "#\n# How often rules would have fired is not said: {why}.");
    }
    for offer in &rates.offers {
        text.push_str(&override_of(offer, rates.grain));
    }
    text
}

const RULES_HEAD: &str = "# This client's own rules and changes to the shipped ones. Nothing here is in force yet: take the `#` away from a\n\
# block to change a threshold, and say why. The counts are what the rule would have done in the data's own past, read\n\
# with today's data.\n";

fn override_of(offer: &Offer, grain: Grain) -> String {
    let mut text = format!("\n# {}\n", offer.about);
    for (label, fired) in &offer.metrics {
        comment(&mut text, &format!("{label}: {}", shares(fired, grain)));
    }
    _ = writeln!(text, "# [[override]]\n# rule = {}", quoted(&offer.rule));
    _ = writeln!(text, "# thresholds.{} = {}", offer.threshold, quoted(&offer.usual));
    text.push_str("# why = \"agreed on …: …\"\n");
    text
}

fn push(text: &mut String, section: &Section) {
    let off = if section.force == Force::Offered { "# " } else { "" };
    if !section.name.is_empty() {
        line(text, &format!("{off}[{}]", section.name), &section.note);
    }
    for entry in &section.entries {
        entry_line(text, entry, off);
    }
    text.push('\n');
}

fn entry_line(text: &mut String, entry: &Entry, off: &str) {
    if entry.key.is_empty() {
        return comment(text, &entry.note);
    }
    let off = if entry.force == Force::Offered { "# " } else { off };
    line(text, &format!("{off}{} = {}", entry.key, entry.value), &entry.note);
}

/// Code with its comment behind it, or above it where both are too long for one line.
fn line(text: &mut String, code: &str, note: &str) {
    if note.is_empty() {
        text.push_str(code);
        text.push('\n');
        return;
    }
    let behind = format!("{code:<COMMENT$}# {note}");
    let behind = if code.chars().count() >= COMMENT { format!("{code}  # {note}") } else { behind };
    if behind.chars().count() <= WIDTH {
        text.push_str(&behind);
        text.push('\n');
        return;
    }
    comment(text, note);
    text.push_str(code);
    text.push('\n');
}

/// Comment lines, broken between words.
fn comment(text: &mut String, note: &str) {
    let mut line = String::from("#");
    for word in note.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH - 4 && line.len() > 1 {
            text.push_str(&line);
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}
