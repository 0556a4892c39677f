//! Pages for mail programs, which drop style sheets: every rule is written beside the element it is for, and the
//! text part is folded at a width that no reader breaks again. What a mail program may keep, it finds in one small
//! sheet: how the page looks in the dark.

use anyhow::{Context as _, Result};
use css_inline::CSSInliner;

/// Columns of the text part.
const WIDTH: usize = 72;

/// A page with its rules beside their elements. Only rules for the dark stay in a sheet, since they hold of a setting.
pub(super) fn inlined(page: &str) -> Result<String> {
    let options = CSSInliner::options().load_remote_stylesheets(false).keep_at_rules(true).minify_css(true);
    options.build().inline(page).context("cannot write the rules of a mail beside its elements")
}

/// A text in lines of at most 72 columns. A line that goes on is indented like its beginning, and below a number or
/// a dash by as much again; no two lines in a row are blank.
pub(super) fn folded(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        match line.is_empty() {
            true if lines.last().is_none_or(String::is_empty) => {}
            true => lines.push(String::new()),
            false => fold(line, &mut lines),
        }
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

fn fold(line: &str, lines: &mut Vec<String>) {
    let (first, text) = line.split_at(hang(line));
    let next = " ".repeat(first.chars().count());
    let room = WIDTH.saturating_sub(next.len()).max(WIDTH / 2);
    let mut own: Vec<String> = Vec::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, room)) {
        match own.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= room => {
                last.push(' ');
                last.push_str(&word);
            }
            _ => own.push(word),
        }
    }
    let starts = std::iter::once(first).chain(std::iter::repeat(next.as_str()));
    lines.extend(own.into_iter().zip(starts).map(|(text, start)| format!("{start}{text}")));
}

/// Bytes of the indent and of the mark of an item: `  - `, `1  `.
fn hang(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    let mark = rest.find(' ').filter(|end| is_mark(&rest[..*end], &rest[*end..]));
    mark.map_or(indent, |end| line.len() - rest[end..].trim_start().len())
}

/// A dash, or a number set off by two spaces: one space makes it the first word of a sentence.
fn is_mark(word: &str, rest: &str) -> bool {
    word == "-" || (rest.starts_with("  ") && word.chars().all(|c| c.is_ascii_digit()))
}

/// A word as it stands, or in pieces where no line holds it.
fn pieces(word: &str, room: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(room).map(|piece| piece.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_hang_below_their_beginning() {
        let text = format!("1  {}\n\n\n\n   {}\nend", "word ".repeat(20).trim(), "more ".repeat(20).trim());
        let folded = folded(&text);
        let lines: Vec<&str> = folded.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH), "{folded}");
        assert!(lines[0].starts_with("1  word") && lines[1].starts_with("   word"), "{folded}");
        assert_eq!(lines.iter().filter(|line| line.is_empty()).count(), 1, "{folded}");
        assert_eq!(lines.last(), Some(&"end"));
    }

    #[test]
    fn a_word_that_no_line_holds_is_broken_and_nothing_is_lost() {
        let long = "x".repeat(1000);
        let folded = folded(&long);
        assert!(folded.lines().all(|line| line.len() <= WIDTH));
        assert_eq!(folded.replace('\n', ""), long);
    }

    #[test]
    fn a_number_that_begins_a_sentence_is_no_mark() {
        let folded = folded(&format!("75 {}", "contacts ".repeat(12)));
        assert!(folded.lines().nth(1).unwrap().starts_with("contacts"), "{folded}");
    }

    #[test]
    fn rules_stand_beside_their_elements_and_only_those_for_the_dark_stay() {
        let page = "<html><head><style>p{color:#123456}@media (prefers-color-scheme:dark){p{color:#fff!important}}\
                    </style></head><body><p>x</p></body></html>";
        let page = inlined(page).unwrap();
        assert!(page.contains("<p style=\"color:#123456\">x</p>"), "{page}");
        assert!(page.contains("@media (prefers-color-scheme:dark)"), "{page}");
        assert_eq!(page.matches("#123456").count(), 1, "{page}");
    }
}
