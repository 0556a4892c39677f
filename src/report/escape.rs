//! Makes any text inert in the format it lands in.

use std::io::{Result, Write};

use tera::Value;

use crate::words::is_direction_mark;

/// HTML: the five characters, no control characters, no marks that turn the reading direction, and no line break
/// between a number and its per cent sign.
pub(super) fn html(text: &str, out: &mut dyn Write) -> Result<()> {
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.write_all(b"&amp;")?,
            '<' => out.write_all(b"&lt;")?,
            '>' => out.write_all(b"&gt;")?,
            '"' => out.write_all(b"&quot;")?,
            '\'' => out.write_all(b"&#39;")?,
            ' ' if binds(&text[..at], &text[at + 1..]) => out.write_all("\u{a0}".as_bytes())?,
            c if is_direction_mark(c) => {}
            c if c.is_control() => out.write_all(b" ")?,
            c => write!(out, "{c}")?,
        }
    }
    Ok(())
}

fn binds(before: &str, after: &str) -> bool {
    after.starts_with('%') && before.ends_with(|c: char| c.is_ascii_digit())
}

/// Markdown: no markup, no HTML, no table cell or line of its own, no link.
pub(super) fn markdown(text: &str, out: &mut dyn Write) -> Result<()> {
    let mut leading = true;
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        match c {
            '&' => out.write_all(b"&amp;")?,
            '<' => out.write_all(b"&lt;")?,
            '>' => out.write_all(b"&gt;")?,
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '$' => write!(out, "\\{c}")?,
            '-' | '+' | '=' | '!' if leading => write!(out, "\\{c}")?,
            '.' | ')' if leading && numbers_an_item(before, after) => write!(out, "\\{c}")?,
            '/' if before.ends_with(':') => out.write_all(b"\\/")?,
            '.' if ends_with_www(before) => out.write_all(b"\\.")?,
            c if is_direction_mark(c) => {}
            c if c.is_control() => out.write_all(b" ")?,
            c => write!(out, "{c}")?,
        }
        leading = leading && (c.is_ascii_digit() || c.is_whitespace());
    }
    Ok(())
}

/// CSS: a quoted text in which nothing but letters and digits stands for itself
/// (<https://www.w3.org/TR/css-syntax-3/#escaping>), so that it is inert in HTML too.
pub(super) fn css(text: &str) -> Value {
    let plain = |c: char| c.is_alphanumeric() || c == ' ';
    let one = |c: char| if plain(c) { c.to_string() } else { format!("\\{:x} ", u32::from(c)) };
    let inner: String = text.chars().filter(|c| !is_direction_mark(*c)).map(one).collect();
    Value::safe_string(&format!("\"{inner}\""))
}

/// Plain text: one line, and no address that a mail program would make a link of.
pub(super) fn plain(text: &str, out: &mut dyn Write) -> Result<()> {
    for (at, c) in text.char_indices() {
        let before = &text[..at];
        match c {
            '/' if before.ends_with(':') => out.write_all(b" /")?,
            '.' if ends_with_www(before) => out.write_all(b" .")?,
            c if is_direction_mark(c) => {}
            c if c.is_control() => out.write_all(b" ")?,
            c => write!(out, "{c}")?,
        }
    }
    Ok(())
}

fn numbers_an_item(before: &str, after: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit()) && after.chars().next().is_none_or(char::is_whitespace)
}

fn ends_with_www(before: &str) -> bool {
    let bytes = before.as_bytes();
    bytes.len() >= 3 && bytes[bytes.len() - 3..].eq_ignore_ascii_case(b"www")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(escape: fn(&str, &mut dyn Write) -> Result<()>, text: &str) -> String {
        let mut out = Vec::new();
        escape(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn html_is_inert_and_keeps_per_cent_with_its_number() {
        assert_eq!(escaped(html, "<b a=\"x\">'&"), "&lt;b a=&quot;x&quot;&gt;&#39;&amp;");
        assert_eq!(escaped(html, "66.8 % of it"), "66.8\u{a0}% of it");
    }

    #[test]
    fn text_in_a_style_sheet_ends_where_it_should() {
        let said = css("a\"b</style>\\ é\n").to_string();
        assert_eq!(said, "\"a\\22 b\\3c \\2f style\\3e \\5c  é\\a \"");
    }

    #[test]
    fn markdown_is_inert() {
        assert_eq!(escaped(markdown, "a|b\nc"), "a\\|b c");
        assert_eq!(escaped(markdown, "- item"), "\\- item");
        assert_eq!(escaped(markdown, "1. item"), "1\\. item");
        assert_eq!(escaped(markdown, "<script>`x`"), "&lt;script&gt;\\`x\\`");
        assert_eq!(escaped(markdown, "http://x www.y.z"), "http:\\//x www\\.y.z");
        assert_eq!(escaped(plain, "a|b\n*c* http://x www.y"), "a|b *c* http: //x www .y");
        assert_eq!(
            escaped(markdown, "7.4 of First-contact in the window."),
            "7.4 of First-contact in the window."
        );
    }
}
