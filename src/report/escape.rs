//! Makes any text inert in the format it lands in.

use std::io::{Result, Write};

/// HTML: the five characters, and no line break between a number and its per cent sign.
pub(super) fn html(text: &str, out: &mut dyn Write) -> Result<()> {
    let text = text.as_bytes();
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'&' => out.write_all(b"&amp;")?,
            b'<' => out.write_all(b"&lt;")?,
            b'>' => out.write_all(b"&gt;")?,
            b'"' => out.write_all(b"&quot;")?,
            b'\'' => out.write_all(b"&#39;")?,
            b' ' if binds(text, at) => out.write_all("\u{a0}".as_bytes())?,
            // Control characters are not characters of HTML.
            0..=8 | 11 | 12 | 14..=31 | 127 => out.write_all(b" ")?,
            other => out.write_all(std::slice::from_ref(other))?,
        }
    }
    Ok(())
}

fn binds(text: &[u8], space: usize) -> bool {
    space > 0 && text[space - 1].is_ascii_digit() && text.get(space + 1) == Some(&b'%')
}

/// Markdown: no markup, no HTML, no table cell or line of its own, no link.
pub(super) fn markdown(text: &str, out: &mut dyn Write) -> Result<()> {
    let mut leading = true;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '&' => out.write_all(b"&amp;")?,
            '<' => out.write_all(b"&lt;")?,
            '>' => out.write_all(b"&gt;")?,
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '$' => write!(out, "\\{c}")?,
            '-' | '+' | '=' | '!' if leading => write!(out, "\\{c}")?,
            '.' | ')' if leading && before.is_ascii_digit() => write!(out, "\\{c}")?,
            '/' if before == ':' => out.write_all(b"\\/")?,
            '.' if before.eq_ignore_ascii_case(&'w') => out.write_all(b"\\.")?,
            c if c.is_control() => out.write_all(b" ")?,
            c => write!(out, "{c}")?,
        }
        leading = leading && (c.is_ascii_digit() || c.is_whitespace());
        before = c;
    }
    Ok(())
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
    fn markdown_is_inert() {
        assert_eq!(escaped(markdown, "a|b\nc"), "a\\|b c");
        assert_eq!(escaped(markdown, "- item"), "\\- item");
        assert_eq!(escaped(markdown, "1. item"), "1\\. item");
        assert_eq!(escaped(markdown, "<script>`x`"), "&lt;script&gt;\\`x\\`");
        assert_eq!(escaped(markdown, "http://x www.y.z"), "http:\\//x www\\.y.z");
        assert_eq!(escaped(markdown, "First-contact 66.8 %"), "First-contact 66.8 %");
    }
}
