//! Contact types that fail alike: each group's distance to target with its members.

use super::font::{Face, wrap};
use super::named::name_below;
use super::scale::Scale;
use super::sheet::{Anchor, LINE, NARROW, Sheet, Words};
use super::voice::Voice;
use super::{items, nothing, parts, range_of, spelt_first};
use crate::model::{ComparedBy, TypeGroup, TypeGroups};
use crate::report::context::{Chart, Table};
use crate::words::{self, Locale, say};

/// What a range holds.
const HOLDS: f64 = 0.95;
/// Members named under a group.
const NAMED: usize = 8;

pub(in crate::report) fn clusters(found: &TypeGroups, voice: Voice<'_>) -> Chart {
    let locale = voice.locale;
    let groups: Vec<&TypeGroup> = found.groups.iter().filter(|group| !group.members.is_empty()).collect();
    if groups.is_empty() {
        let compared = words::count(f64::from(found.compared), locale);
        return nothing(say!(locale, "chart-clusters-none", compared));
    }
    let ends = groups.iter().flat_map(|group| {
        let own = group.members.iter().map(|member| member.gap);
        own.chain([group.gap, group.low, group.high]).flatten().collect::<Vec<f64>>()
    });
    let Some(scale) =
        Scale::over(ends.chain([0.0])).filter(|_| groups.iter().any(|group| group.gap.is_some()))
    else {
        let listed = parts(groups.iter().map(|group| listed(group, locale)), locale);
        return nothing(say!(locale, "chart-clusters-no-target", groups = listed));
    };
    let ticks = scale.ticks_across(|value| voice.tick_difference(value));
    let mut sheet = Sheet::default();
    for (index, group) in groups.iter().enumerate() {
        sheet.head(
            Face::Strong,
            &label(group, locale),
            &group.gap.map(|gap| voice.difference(gap)).unwrap_or_default(),
        );
        sheet.grid(&ticks, sheet.y, sheet.y + 22.0);
        let middle = sheet.y + 11.0;
        sheet.line("c-target", (scale.at(0.0), sheet.y), (scale.at(0.0), sheet.y + 22.0));
        mark(&mut sheet, group, scale, middle);
        sheet.y += 22.0;
        if index == 0 {
            name_below(&mut sheet, middle + 6.0, &names(group, scale, locale));
        }
        for line in wrap(&members(group, locale), Face::Quiet, NARROW, 5) {
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
fn names(group: &TypeGroup, scale: Scale, locale: &Locale) -> Vec<(f64, String)> {
    let farthest = group.members.iter().filter_map(|member| member.gap).fold(f64::NEG_INFINITY, f64::max);
    let member = farthest.is_finite().then(|| (scale.at(farthest), say!(locale, "chart-clusters-name-type")));
    let own = group.gap.map(|gap| (scale.at(gap), say!(locale, "chart-clusters-name-together")));
    let target = Some((scale.at(0.0), say!(locale, "chart-target")));
    let mut names: Vec<(f64, String)> = [own, member, target].into_iter().flatten().collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    names
}

/// `Two types like Billing`.
fn label(group: &TypeGroup, locale: &Locale) -> String {
    let n = group.members.len();
    let like = words::shortened(&group.like);
    say!(locale, "chart-clusters-group", n, count = spelt_first(n, locale), like)
}

fn members(group: &TypeGroup, locale: &Locale) -> String {
    let named: Vec<String> =
        group.members.iter().take(NAMED).map(|m| words::shortened_to(&m.contact_type, 44)).collect();
    match group.members.len().saturating_sub(NAMED) {
        0 => words::list(&named, locale),
        n => say!(
            locale,
            "chart-clusters-members",
            names = items(named, locale),
            n,
            count = words::spelt(n, locale)
        ),
    }
}

fn listed(group: &TypeGroup, locale: &Locale) -> String {
    let (group, members) = (label(group, locale), members(group, locale));
    say!(locale, "chart-clusters-listed", group, members)
}

fn gap(group: &TypeGroup, voice: Voice<'_>) -> String {
    group.gap.map(|gap| voice.difference(gap)).unwrap_or_default()
}

fn range(group: &TypeGroup, voice: Voice<'_>) -> String {
    group.low.zip(group.high).map(|(low, high)| voice.signed_range(low, high)).unwrap_or_default()
}

fn told(found: &TypeGroups, groups: &[&TypeGroup], voice: Voice<'_>) -> Words {
    let locale = voice.locale;
    let row = |group: &&TypeGroup| {
        vec![
            label(group, locale),
            members(group, locale),
            voice.percent(group.share),
            gap(group, voice),
            range(group, voice),
        ]
    };
    let says = [say!(locale, "chart-clusters-says")].into_iter();
    let by: Vec<String> = found.compared_by.iter().take(6).map(|one| compared_by(one, locale)).collect();
    let by = say!(locale, "chart-clusters-note", by = words::list(&by, locale));
    let again = found
        .found_again
        .map(|again| say!(locale, "chart-clusters-again", agreement = words::trimmed(again, 2, locale)));
    let head = [
        say!(locale, "chart-clusters-head-group"),
        say!(locale, "chart-clusters-head-types"),
        say!(locale, "chart-head-share"),
        say!(locale, "chart-clusters-head-gap"),
        range_of(HOLDS, locale),
    ];
    Words {
        title: title(groups, voice),
        says: says.chain(groups.iter().map(|group| said(group, voice))).collect::<Vec<_>>().join(" "),
        note: [Some(by), again].into_iter().flatten().collect::<Vec<_>>().join(" "),
        key: say!(
            locale,
            "chart-clusters-key",
            unit = voice.unit(),
            level = words::percent(HOLDS, 0, locale)
        ),
        table: Table { head: head.to_vec(), rows: groups.iter().map(row).collect() },
    }
}

fn said(group: &TypeGroup, voice: Voice<'_>) -> String {
    let locale = voice.locale;
    say!(
        locale,
        "chart-clusters-short",
        group = label(group, locale),
        gap = gap(group, voice),
        range = range(group, voice),
        members = members(group, locale),
    )
}

fn compared_by(one: &ComparedBy, locale: &Locale) -> String {
    match one {
        ComparedBy::Level(label) => words::shortened_to(label, 40),
        ComparedBy::Spread(label) => {
            say!(locale, "chart-clusters-spread", label = words::shortened_to(label, 40))
        }
    }
}

fn title(groups: &[&TypeGroup], voice: Voice<'_>) -> String {
    let locale = voice.locale;
    let short = groups.iter().filter(|group| group.low.is_some_and(|low| low > 0.0));
    let worst = short.max_by(|a, b| a.gap.unwrap_or(0.0).total_cmp(&b.gap.unwrap_or(0.0)));
    let Some(worst) = worst else {
        let n = groups.len();
        return say!(locale, "chart-clusters-title-none", n, count = words::spelt(n, locale));
    };
    let n = worst.members.len();
    say!(locale, "chart-clusters-title", n, group = label(worst, locale), gap = gap(worst, voice))
}
