//! How wide a text will be, without a browser: labels are placed before anybody knows the reader's font. Widths are
//! the larger of those of `DejaVu Sans` and Arial, the widest and the commonest of the fonts a page may get; other
//! letters count as wide ones. A place that holds these holds the real text.

use crate::words;

/// Sizes a chart's text comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Plain,
    Strong,
    Quiet,
}

impl Face {
    fn pixels(self) -> f64 {
        match self {
            Self::Plain => 13.0,
            // Bold letters are an eighth wider.
            Self::Strong => 13.0 * 1.125,
            Self::Quiet => 12.0,
        }
    }
}

/// Hundredths of the font size, from the space to the tilde.
const WIDTHS: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
    34, 34, 84, 84, 84, 56, 102, 68, 69, 72, 77, 67, 61, 78, 75, 29, 50, 67, 56, 86, 75, 79, 67, 79, 72, 67,
    61, 73, 68, 99, 69, 67, 69, 39, 34, 39, 84, 56, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97,
    63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];

/// Pixels a text takes.
pub(super) fn width(text: &str, face: Face) -> f64 {
    text.chars().map(hundredths).sum::<f64>() / 100.0 * face.pixels()
}

fn hundredths(c: char) -> f64 {
    let ascii = u32::from(c).checked_sub(32).and_then(|at| WIDTHS.get(usize::try_from(at).ok()?));
    if let Some(width) = ascii {
        return f64::from(*width);
    }
    match c {
        '–' | '·' | '\u{a0}' => 57.0,
        '−' | '±' | '×' => 84.0,
        '\u{c0}'..='\u{24f}' => 80.0,
        _ => 105.0,
    }
}

/// The text in so many pixels, cut with an ellipsis where it is longer.
pub(super) fn fit(text: &str, face: Face, room: f64) -> String {
    let line = words::shortened_to(text, 120);
    if width(&line, face) <= room {
        return line;
    }
    let mut kept = String::new();
    let mut taken = width("…", face);
    for c in line.chars() {
        taken += hundredths(c) / 100.0 * face.pixels();
        if taken > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// The text on as few lines as it takes, broken between words; what is left of the last line allowed is cut.
pub(super) fn wrap(text: &str, face: Face, room: f64, most: usize) -> Vec<String> {
    let line = words::shortened_to(text, 300);
    let mut lines: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        let longer = lines.last().map(|last| format!("{last} {word}"));
        match longer.filter(|longer| width(longer, face) <= room || lines.len() == most) {
            Some(longer) => {
                lines.pop();
                lines.push(longer);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|line| fit(&line, face, room)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_cut_fits_its_room() {
        for text in
            ["Refund approval", "<script>alert(1)</script>", "עברית עברית עברית", "漢字漢字漢字漢字漢字漢字"]
        {
            for room in [20.0, 60.0, 200.0] {
                assert!(width(&fit(text, Face::Plain, room), Face::Plain) <= room, "{text} {room}");
            }
        }
        assert_eq!(fit("Billing", Face::Plain, 100.0), "Billing");
    }

    #[test]
    fn wrapped_lines_keep_every_word_in_order() {
        let text = "0.7 (0.4–0.9) would close if everyone worked like the best quarter";
        let lines = wrap(text, Face::Plain, 200.0, 4);
        assert!(lines.len() >= 3 && lines.iter().all(|line| width(line, Face::Plain) <= 200.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn what_does_not_fit_the_last_line_is_cut() {
        let lines = wrap("one two three four five six seven eight nine ten", Face::Plain, 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
    }
}
