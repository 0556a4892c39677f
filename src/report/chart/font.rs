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

/// The same from the no-break space on: the letters of German, French and their neighbours.
const LATIN: [u8; 224] = [
    32, 40, 64, 64, 64, 64, 34, 56, 50, 100, 47, 61, 84, 36, 100, 55, 50, 84, 40, 40, 50, 64, 64, 32, 50, 40,
    47, 61, 97, 97, 97, 61, 69, 69, 69, 69, 69, 69, 100, 72, 67, 67, 67, 67, 30, 30, 30, 30, 78, 75, 79, 79,
    79, 79, 79, 84, 79, 73, 73, 73, 73, 67, 67, 63, 61, 61, 61, 61, 61, 61, 98, 55, 62, 62, 62, 62, 28, 28,
    28, 28, 61, 64, 61, 61, 61, 61, 61, 84, 61, 64, 64, 64, 64, 59, 64, 59, 69, 61, 69, 61, 69, 61, 72, 55,
    72, 55, 72, 55, 72, 55, 77, 64, 78, 64, 67, 62, 67, 62, 67, 62, 67, 62, 67, 62, 78, 64, 78, 64, 78, 64,
    78, 64, 75, 64, 92, 70, 30, 28, 30, 28, 30, 28, 30, 28, 30, 28, 74, 56, 50, 28, 67, 58, 58, 56, 28, 56,
    28, 56, 38, 56, 34, 56, 29, 75, 64, 75, 64, 75, 64, 81, 75, 64, 79, 61, 79, 61, 79, 61, 107, 102, 72, 41,
    72, 41, 72, 41, 67, 52, 67, 52, 67, 52, 67, 52, 61, 39, 61, 39, 61, 39, 73, 64, 73, 64, 73, 64, 73, 64,
    73, 64, 73, 64, 99, 82, 67, 59, 67, 69, 53, 69, 53, 69, 53, 35,
];

/// Pixels a text takes.
pub(super) fn width(text: &str, face: Face) -> f64 {
    text.chars().map(hundredths).sum::<f64>() / 100.0 * face.pixels()
}

fn hundredths(c: char) -> f64 {
    let measured = [(' ', &WIDTHS[..]), ('\u{a0}', &LATIN[..])].into_iter().find_map(|(first, widths)| {
        let at = u32::from(c).checked_sub(u32::from(first))?;
        widths.get(usize::try_from(at).ok()?)
    });
    if let Some(width) = measured {
        return f64::from(*width);
    }
    match c {
        '‘' | '’' | '‚' | '\u{2009}' | '\u{202f}' => 32.0,
        '‹' | '›' => 40.0,
        '“' | '”' | '„' => 52.0,
        '–' => 57.0,
        '−' => 84.0,
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
    for word in line.split(can_break).filter(|word| !word.is_empty()) {
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

/// Spaces between a number and its unit hold them together.
fn can_break(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')
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
    fn letters_of_german_and_french_are_as_wide_as_they_are() {
        for (accented, plain) in [("ÄÖÜäöü", "AOUaou"), ("éèêëàâçùûîï", "eeeeaacuuii"), ("Größe", "Grosse")]
        {
            let (accented, plain) = (width(accented, Face::Plain), width(plain, Face::Plain));
            assert!((accented - plain).abs() < 8.0, "{accented} {plain}");
        }
        assert!(width("„ä“ «é» ’", Face::Plain) < width("漢漢漢漢漢漢", Face::Plain));
    }

    #[test]
    fn wrapped_lines_keep_every_word_in_order() {
        let text = "0.7 (0.4–0.9) would close if everyone worked like the best quarter";
        let lines = wrap(text, Face::Plain, 200.0, 4);
        assert!(lines.len() >= 3 && lines.iter().all(|line| width(line, Face::Plain) <= 200.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        let lines = wrap("1\u{202f}234 contacts, 66,8\u{a0}% and more", Face::Plain, 60.0, 9);
        assert_eq!(lines, ["1\u{202f}234", "contacts,", "66,8\u{a0}%", "and", "more"]);
    }

    #[test]
    fn what_does_not_fit_the_last_line_is_cut() {
        let lines = wrap("one two three four five six seven eight nine ten", Face::Plain, 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
    }
}
