//! `[brand]`: a client's logo, colour and lines on the pages. All of it becomes data of the page, so that a page can
//! be made anew without the workspace. What protects people and what a colour means in a chart stay as they are.

mod colour;
mod logo;

use std::path::Path;

use super::page_plan::Brand;
use super::section::Section;
use super::shapes;
use crate::diag::Diagnostic;
use crate::world::World;
use colour::{Colour, DARK, ENOUGH, PAPER};

/// Characters of a line that a page prints.
const LONGEST: usize = 160;

pub(super) fn read(top: &Section<'_>, folder: &Path, world: &World) -> Brand {
    let Some(section) = top.section("brand", &shapes::BRAND) else { return Brand::default() };
    let accent = colour(&section, "accent", PAPER, "the page's white");
    let dark = colour(&section, "accent-dark", DARK, "the dark page");
    if let (None, Some(_)) = (accent, dark) {
        let help = "add `accent`, the colour of the light page and of print";
        let title = "`accent-dark` has no `accent` beside it";
        section.note(Diagnostic::error("GW144", title).at(section.place_of("accent-dark")).help(help));
    }
    Brand {
        logo: section.text("logo").and_then(|at| logo::read(&section, &at, folder, world)),
        accent: accent.map(|colour| colour.to_string()),
        accent_dark: dark.or(accent.map(|colour| colour.readable_on(DARK))).map(|colour| colour.to_string()),
        footer: line(&section, "footer"),
        confidentiality: line(&section, "confidentiality"),
    }
}

/// A colour that can be read on what it stands on.
fn colour(section: &Section<'_>, key: &str, ground: Colour, named: &str) -> Option<Colour> {
    let at = section.text(key)?;
    let Some(colour) = Colour::parse(&at.value) else {
        let title = format!("`{}` is no colour", at.value);
        let help = "write red, green and blue in hexadecimal, such as `#0b5cad`";
        section.note(Diagnostic::error("GW144", title).at(at.place).help(help));
        return None;
    };
    let ratio = colour.contrast(ground);
    if ratio < ENOUGH {
        let title =
            format!("`{}` has a contrast of {} against {named}, under {ENOUGH}", at.value, down(ratio));
        let help = format!("the nearest shade that can be read is `{}`", colour.readable_on(ground));
        section.note(Diagnostic::error("GW144", title).at(at.place).help(help));
    }
    Some(colour)
}

/// Two decimals, never rounded up to enough.
fn down(ratio: f64) -> String {
    format!("{:.2}", (ratio * 100.0).floor() / 100.0)
}

fn line(section: &Section<'_>, key: &str) -> Option<String> {
    let at = section.text(key)?;
    let text = at.value.trim();
    if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        let title = format!("`{key}` is more than one line of {LONGEST} characters");
        section
            .note(Diagnostic::error("GW144", title).at(at.place).help("shorten it; it stands on every page"));
        return None;
    }
    (!text.is_empty()).then(|| text.to_owned())
}
