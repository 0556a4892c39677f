//! A client's logo: a small picture of the workspace that becomes part of the page. What it is shows in its first
//! bytes, not in its name. A drawing in SVG stands inside `<img>`, where browsers run no script and load nothing;
//! one that holds a script or points outside is refused all the same.

use std::path::{Component, Path};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::config::section::{At, Section};
use crate::diag::Diagnostic;
use crate::world::World;

const LARGEST: usize = 64 * 1024;

/// The picture as a data address; what is wrong with it is noted.
pub(super) fn read(section: &Section<'_>, at: &At<String>, folder: &Path, world: &World) -> Option<String> {
    let fail = |code: &'static str, title: String, help: &str| {
        section.note(Diagnostic::error(code, title).at(at.place.clone()).help(help));
        None
    };
    if !Path::new(&at.value).components().all(|part| matches!(part, Component::Normal(_))) {
        let title = format!("logo `{}` is not a file of the workspace", at.value);
        return fail("GW144", title, "put it into the workspace and write its path from there");
    }
    let bytes = match world.bytes(&folder.join(&at.value), LARGEST + 1) {
        Ok(bytes) => bytes,
        Err(error) => {
            return fail("GW106", format!("{error:#}"), "its path starts at the workspace's folder");
        }
    };
    match picture(&bytes) {
        Ok(kind) => Some(format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(bytes))),
        Err((why, help)) => fail("GW144", format!("logo `{}` {why}", at.value), help),
    }
}

/// What a picture is, or why it is not taken and the way out.
fn picture(bytes: &[u8]) -> Result<&'static str, (String, &'static str)> {
    if bytes.len() > LARGEST {
        let why = format!("has more than {} kB, which every page would carry", LARGEST / 1024);
        return Err((why, "make it smaller: 400 pixels across are enough"));
    }
    if let Some(kind) = by_first_bytes(bytes) {
        return Ok(kind);
    }
    let drawing = std::str::from_utf8(bytes).ok().filter(|text| is_svg(text));
    let Some(drawing) = drawing else {
        return Err(("is no picture that pages can show".to_owned(), "use png, jpeg, gif, webp or svg"));
    };
    match unsafe_part(&drawing.to_ascii_lowercase()) {
        None => Ok("svg+xml"),
        Some(part) => {
            Err((format!("holds {part}"), "export it as plain SVG with everything inside, or as png"))
        }
    }
}

fn by_first_bytes(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => None,
    }
}

/// `<svg` is the first element; a declaration, a document type and comments may stand before it.
fn is_svg(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!") => ">",
            _ => return rest.starts_with("<svg"),
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
}

/// What a drawing in lower case holds that a page must not carry.
fn unsafe_part(text: &str) -> Option<&'static str> {
    if names(text).any(|name| matches!(name, "script" | "foreignobject" | "iframe" | "handler")) {
        return Some("a script or foreign content");
    }
    if has_handler(text) || text.contains("javascript:") {
        return Some("a script in an attribute");
    }
    if text.contains("<!entity") || text.contains("<?xml-stylesheet") || text.contains("@import") {
        return Some("a reference to something outside");
    }
    let hrefs = after(text, "href").filter_map(|rest| rest.trim_start().strip_prefix('='));
    let mut all = hrefs.chain(after(text, "url("));
    all.any(|rest| !is_inside(rest)).then_some("a reference to something outside")
}

/// Names of elements without their prefix.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).map(|tag| {
        let name = tag.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
        name.rsplit(':').next().unwrap_or_default()
    })
}

/// Whether an attribute is called `on…`.
fn has_handler(text: &str) -> bool {
    let mut ends = text.match_indices('=').map(|(at, _)| text[..at].trim_end());
    ends.any(|before| {
        let name = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next();
        let starts = before.len() - name.map_or(0, str::len);
        let attribute = before[..starts].ends_with(|c: char| c.is_whitespace() || "\"'/".contains(c));
        attribute && name.is_some_and(|name| name.len() > 2 && name.starts_with("on"))
    })
}

fn after<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(mark).map(move |(at, _)| &text[at + mark.len()..])
}

/// Whether a reference stays within the drawing: `#part`, or a picture that stands in it.
fn is_inside(rest: &str) -> bool {
    let value = rest.trim_start().trim_start_matches(['"', '\'']).trim_start();
    let picture = value.strip_prefix("data:image/").is_some_and(|kind| !kind.starts_with("svg"));
    value.starts_with('#') || picture
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(drawing: &str) -> Option<String> {
        picture(drawing.as_bytes()).err().map(|(why, _)| why)
    }

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        let cases: [(&[u8], &str); 5] = [
            (b"\x89PNG\r\n\x1a\n....", "png"),
            (b"\xff\xd8\xff\xe0....", "jpeg"),
            (b"GIF89a....", "gif"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
            (b"<?xml version='1.0'?>\n<!-- a -->\n<svg xmlns='http://www.w3.org/2000/svg'/>", "svg+xml"),
        ];
        for (bytes, kind) in cases {
            assert_eq!(picture(bytes).unwrap(), kind);
        }
        for bytes in [&b""[..], b"hello", b"<html><svg/></html>", b"\xff\xfe", b"<!-- <svg"] {
            assert!(picture(bytes).is_err(), "{bytes:?}");
        }
        assert!(picture(&vec![b' '; LARGEST + 1]).unwrap_err().0.contains("64 kB"));
    }

    #[test]
    fn a_drawing_of_a_usual_program_is_taken() {
        let drawing = r##"<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1">
<defs><linearGradient id="a"><stop stop-color="#fff"/></linearGradient></defs>
<style>.one{fill:url(#a)}</style><path fill="url('#a')" d="M0 0h9"/><use xlink:href="#b"/>
<image href="data:image/png;base64,AAAA"/><text font-family="Horizon">on = off</text></svg>"##;
        assert_eq!(refused(drawing), None);
    }

    #[test]
    fn a_drawing_that_runs_or_loads_something_is_refused() {
        let parts = [
            "<script>x</script>",
            "<svg:script/>",
            "<SCRIPT>",
            "<a href='java&#115;cript:x'/>",
            "<g onload='x'/>",
            "<g\nonClick = 'x'/>",
            "<g id='a'onload='x'/>",
            "<foreignObject/>",
            "<image href=\"https://example.org/x.png\"/>",
            "<image xlink:href = 'x.png'/>",
            "<use href='other.svg#a'/>",
            "<image href='data:image/svg+xml,<svg/>'/>",
            "<style>@import 'x.css'</style>",
            "<path fill='url(https://example.org/#a)'/>",
        ];
        for part in parts {
            assert!(refused(&format!("<svg>{part}</svg>")).is_some(), "{part}");
        }
        assert!(refused("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>").is_some());
    }
}
