//! How a text file is written: encoding, separator, lines before the header.

use std::io::{BufRead, Read as _};

use encoding_rs::Encoding;

use super::super::files::{Input, Kind};
use super::super::text;
use crate::config::TextFormat;

/// Bytes looked at.
const HEAD: u64 = 1 << 20;
/// Lines looked at, and how many of them may stand before the header.
const LINES: usize = 60;
const MOST_BEFORE: usize = 30;

/// What a workspace must say of a file so that it is read right.
pub(super) fn find(input: &Input) -> anyhow::Result<TextFormat> {
    let mut format = TextFormat::default();
    if !matches!(input.kind, Kind::Delimited | Kind::Ndjson) {
        return Ok(format);
    }
    let mut head = Vec::new();
    text::open(input, None)?.reader.take(HEAD).read_to_end(&mut head)?;
    format.encoding = encoding_of(&head).map(str::to_owned);
    if input.kind == Kind::Delimited {
        let lines = lines(input, format.encoding.as_deref())?;
        let (separator, before) = header(&lines);
        format.skip_lines = before;
        format.separator = separator.filter(|byte| *byte != usual(input));
    }
    Ok(format)
}

/// The separator that goes without saying.
fn usual(input: &Input) -> u8 {
    let name = input.shown.to_lowercase();
    if name.contains(".tsv") || name.contains(".tab") { b'\t' } else { b',' }
}

/// The encoding's name where the bytes are not UTF-8. What a byte-order mark says is read without being told.
fn encoding_of(head: &[u8]) -> Option<&'static str> {
    if Encoding::for_bom(head).is_some() {
        return None;
    }
    let zeros =
        |start: usize| head.iter().skip(start).step_by(2).take(2000).filter(|byte| **byte == 0).count();
    let half = head.len().min(4000) / 2;
    if half > 8 && zeros(1) * 10 > half * 4 {
        return Some("utf-16le");
    }
    if half > 8 && zeros(0) * 10 > half * 4 {
        return Some("utf-16be");
    }
    match std::str::from_utf8(head) {
        // The head may end within a character.
        Err(error) if error.error_len().is_some() => Some("windows-1252"),
        _ => None,
    }
}

fn lines(input: &Input, encoding: Option<&str>) -> anyhow::Result<Vec<String>> {
    let mut reader = text::open(input, encoding)?.reader;
    let mut lines = Vec::new();
    let mut line = Vec::new();
    while lines.len() < LINES && reader.read_until(b'\n', &mut line)? > 0 {
        lines.push(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
        line.clear();
    }
    Ok(lines)
}

/// The separator and the lines before the header: the first line of at least two names that most lines behind it
/// agree with in their number of fields.
fn header(lines: &[String]) -> (Option<u8>, usize) {
    let candidates = [b',', b';', b'\t', b'|'];
    let fitting = candidates.into_iter().filter_map(|separator| {
        let fields: Vec<usize> = lines.iter().map(|line| count(line, separator)).collect();
        let before =
            (0..lines.len().min(MOST_BEFORE)).find(|at| is_header(lines, &fields, *at, separator))?;
        Some((fields[before], std::cmp::Reverse(before), separator))
    });
    match fitting.max_by_key(|(fields, before, _)| (*fields, *before)) {
        Some((_, std::cmp::Reverse(before), separator)) => (Some(separator), before),
        None => (None, 0),
    }
}

fn is_header(lines: &[String], fields: &[usize], at: usize, separator: u8) -> bool {
    let rest = &fields[at + 1..];
    let filled = rest.iter().zip(&lines[at + 1..]).filter(|(_, line)| !line.trim().is_empty());
    let (mut agree, mut all) = (0, 0);
    for (n, _) in filled {
        all += 1;
        agree += usize::from(*n == fields[at]);
    }
    let names = lines[at].split(char::from(separator)).map(|name| name.trim().trim_matches('"'));
    let blank = names.filter(|name| name.is_empty() || name.parse::<f64>().is_ok()).count();
    fields[at] >= 2 && blank * 4 <= fields[at] && agree * 10 >= all * 8
}

/// Fields of a line, separators within quotes aside.
fn count(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let separators = line.bytes().filter(|byte| {
        quoted ^= *byte == b'"';
        !quoted && *byte == separator
    });
    separators.count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (Option<u8>, usize) {
        header(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_header_is_found_below_what_stands_before_it() {
        assert_eq!(found("a,b,c\n1,2,3\n"), (Some(b','), 0));
        assert_eq!(found("Report of March\n\na;b;c\n1,5;2;3\n1,5;2;3\n"), (Some(b';'), 2));
        assert_eq!(found("one\ntwo\n"), (None, 0));
        assert_eq!(found("Report, made on Monday\na,b,c\n1,\"x,y\",3\n"), (Some(b','), 1));
    }

    #[test]
    fn an_encoding_is_named_only_where_it_must_be() {
        assert_eq!(encoding_of("a,é\n".as_bytes()), None);
        assert_eq!(encoding_of(b"\xef\xbb\xbfa,b\n"), None);
        assert_eq!(encoding_of(b"a,\xe9\nb,c\n"), Some("windows-1252"));
        assert_eq!(
            encoding_of(&"agent,date\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            Some("utf-16le")
        );
        assert_eq!(encoding_of(&"é".as_bytes()[..1]), None, "cut within a character");
    }
}
