//! Contact types that fail alike: each group's distance to target with its members.

use super::font::{Face, wrap};
use super::named::name_below;
use super::nothing;
use super::scale::Scale;
use super::sheet::{Anchor, LINE, NARROW, Sheet, Words};
use super::voice::Voice;
use crate::model::{TypeGroup, TypeGroups};
use crate::report::context::{Chart, Table};
use crate::words::{self, Locale};

/// Members named under a group.
const NAMED: usize = 8;

pub(in crate::report) fn clusters(found: &TypeGroups, voice: Voice<'_>) -> Chart {
    let groups: Vec<&TypeGroup> = found.groups.iter().filter(|group| !group.members.is_empty()).collect();
    if groups.is_empty() {
        let compared = words::count(f64::from(found.compared), voice.locale);
        return nothing(format!(
            "No groups of contact types that fail alike were found among {compared} types."
        ));
    }
    let ends = groups.iter().flat_map(|group| {
        let own = group.members.iter().map(|member| member.gap);
        own.chain([group.gap, group.low, group.high]).flatten().collect::<Vec<f64>>()
    });
    let Some(scale) =
        Scale::over(ends.chain([0.0])).filter(|_| groups.iter().any(|group| group.gap.is_some()))
    else {
        return nothing(format!("{} (no target, so no distance is drawn).", listed(&groups, voice.locale)));
    };
    let ticks = scale.ticks_across(|value| voice.tick_difference(value));
    let mut sheet = Sheet::default();
    for (index, group) in groups.iter().enumerate() {
        sheet.head(
            Face::Strong,
            &label(group, voice.locale),
            &group.gap.map(|gap| voice.difference(gap)).unwrap_or_default(),
        );
        sheet.grid(&ticks, sheet.y, sheet.y + 22.0);
        let middle = sheet.y + 11.0;
        sheet.line("c-target", (scale.at(0.0), sheet.y), (scale.at(0.0), sheet.y + 22.0));
        mark(&mut sheet, group, scale, middle);
        sheet.y += 22.0;
        if index == 0 {
            name_below(&mut sheet, middle + 6.0, &names(group, scale));
        }
        for line in wrap(&members(group, voice.locale), Face::Quiet, NARROW, 5) {
            sheet.text((0.0, sheet.y + 12.0), Anchor::Start, Face::Quiet, "", &line);
            sheet.y += LINE - 1.0;
        }
        sheet.y += 6.0;
    }
    sheet.axis(&ticks);
    sheet.chart(told(found, &groups, voice))
}

fn mark(sheet: &mut Sheet, group: &TypeGroup, scale: Scale, middle: f64) {
    for gap in group.members.iter().filter_map(|member| member.gap) {
        sheet.dot("c-open", (scale.at(gap), middle), 4.0);
    }
    if let (Some(low), Some(high)) = (group.low, group.high) {
        sheet.whisker("c-range", scale, (low, high), middle);
    }
    if let Some(gap) = group.gap {
        sheet.sign("c-effect", (scale.at(gap), middle), "M0-6L6 0 0 6-6 0Z");
    }
}

/// What the marks are, said once, at the first group.
fn names(group: &TypeGroup, scale: Scale) -> Vec<(f64, String)> {
    let farthest = group.members.iter().filter_map(|member| member.gap).fold(f64::NEG_INFINITY, f64::max);
    let member = farthest.is_finite().then(|| (scale.at(farthest), "a contact type".to_owned()));
    let own = group.gap.map(|gap| (scale.at(gap), "together".to_owned()));
    let mut names: Vec<(f64, String)> =
        [own, member, Some((scale.at(0.0), "target".to_owned()))].into_iter().flatten().collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    names
}

fn label(group: &TypeGroup, locale: &Locale) -> String {
    let count = group.members.len();
    let kinds = if count == 1 { "type" } else { "types" };
    format!("{} {kinds} {}", words::capital(&words::spelt(count, locale)), words::shortened(&group.name))
}

fn members(group: &TypeGroup, locale: &Locale) -> String {
    let named: Vec<String> =
        group.members.iter().take(NAMED).map(|m| words::shortened_to(&m.contact_type, 44)).collect();
    match group.members.len().saturating_sub(NAMED) {
        0 => words::list(&named, locale),
        more => format!("{} and {} more", named.join(", "), words::spelt(more, locale)),
    }
}

fn listed(groups: &[&TypeGroup], locale: &Locale) -> String {
    groups
        .iter()
        .map(|group| format!("{}: {}", label(group, locale), members(group, locale)))
        .collect::<Vec<_>>()
        .join("; ")
}

fn told(found: &TypeGroups, groups: &[&TypeGroup], voice: Voice<'_>) -> Words {
    let range = |group: &TypeGroup| match (group.low, group.high) {
        (Some(low), Some(high)) => voice.signed_range(low, high),
        _ => String::new(),
    };
    let gap = |group: &TypeGroup| group.gap.map(|gap| voice.difference(gap)).unwrap_or_default();
    let row = |group: &&TypeGroup| {
        vec![
            label(group, voice.locale),
            members(group, voice.locale),
            voice.percent(group.share),
            gap(group),
            range(group),
        ]
    };
    let said: Vec<String> = groups
        .iter()
        .map(|group| {
            format!(
                "{}, {} short of target {}: {}",
                label(group, voice.locale),
                gap(group),
                range(group),
                members(group, voice.locale)
            )
        })
        .collect();
    let by: Vec<String> =
        found.compared_by.iter().take(6).map(|name| words::shortened_to(name, 40)).collect();
    let again = found.found_again.map(|again| {
        format!(
            " Even and odd {}s agree at {} of 1.",
            voice.locale.grain(),
            words::trimmed(again, 2, voice.locale)
        )
    });
    let unit = voice.unit();
    Words {
        title: title(groups, voice),
        says: format!("Groups of contact types that fail alike. {}.", said.join(". ")),
        note: format!(
            "Descriptive, compared by {}.{}",
            words::list(&by, voice.locale),
            again.unwrap_or_default()
        ),
        key: format!(
            "Distance to target{}, short to the right; line with ends: 95 % range.",
            if unit.is_empty() { String::new() } else { format!(" in {unit}") },
        ),
        table: Table {
            head: ["group", "contact types", "share", "short by", "95 % range"].map(str::to_owned).to_vec(),
            rows: groups.iter().map(row).collect(),
        },
    }
}

fn title(groups: &[&TypeGroup], voice: Voice<'_>) -> String {
    let short = groups.iter().filter(|group| group.low.is_some_and(|low| low > 0.0));
    let worst = short.max_by(|a, b| a.gap.unwrap_or(0.0).total_cmp(&b.gap.unwrap_or(0.0)));
    match worst.and_then(|group| Some((group, group.gap?))) {
        Some((group, gap)) => {
            format!("{} fall short together, by {}", label(group, voice.locale), voice.difference(gap))
        }
        None => format!(
            "Contact types fall into {} groups; none is clearly short of target",
            words::spelt(groups.len(), voice.locale)
        ),
    }
}
