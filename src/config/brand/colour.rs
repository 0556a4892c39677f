//! Colours and whether they can be read: relative luminance and contrast ratio as WCAG 2.2 defines them
//! (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).

use std::fmt;

/// Red, green and blue of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour([u8; 3]);

/// What text stands on: `components/style.html` paints both.
pub(super) const PAPER: Colour = Colour([0xff, 0xff, 0xff]);
pub(super) const DARK: Colour = Colour([0x14, 0x18, 0x1c]);

/// Success criterion 1.4.3 for text of ordinary size.
pub(super) const ENOUGH: f64 = 4.5;

impl Colour {
    /// `#0b5cad` or `#05a`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let nibbles: Option<Vec<u8>> =
            digits.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
        match nibbles?[..] {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [a, b, c, d, e, f] => Some(Self([a * 16 + b, c * 16 + d, e * 16 + f])),
            _ => None,
        }
    }

    /// From 1 (the same) to 21 (black on white).
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The first shade on the way to black, on a dark ground to white, that can be read on it; itself where it can.
    pub(super) fn readable_on(self, ground: Self) -> Self {
        let end = if ground.luminance() > 0.18 { 0.0 } else { 255.0 };
        let shades = (0..=255u8).map(|step| self.mixed(end, f64::from(step) / 255.0));
        shades.into_iter().find(|shade| shade.contrast(ground) >= ENOUGH).unwrap_or(self)
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn mixed(self, end: f64, part: f64) -> Self {
        Self(self.0.map(|channel| {
            let mixed = f64::from(channel) * (1.0 - part) + end * part;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two channels"
            )]
            let rounded = mixed.round() as u8;
            rounded
        }))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(one: &str, two: &str) -> f64 {
        Colour::parse(one).unwrap().contrast(Colour::parse(two).unwrap())
    }

    /// `#767676` is the lightest grey that passes on white, `#777` the first that does not.
    #[test]
    fn contrasts_are_those_of_the_published_tables() {
        let cases = [("#000", "#fff", 21.0), ("#fff", "#fff", 1.0), ("#767676", "#fff", 4.54)];
        for (one, two, expected) in cases {
            assert!((contrast(one, two) - expected).abs() < 0.005, "{one} {two}: {}", contrast(one, two));
            assert!((contrast(one, two) - contrast(two, one)).abs() < 1e-12);
        }
        assert!(contrast("#777", "#fff") < ENOUGH && contrast("#767676", "#fff") >= ENOUGH);
    }

    #[test]
    fn a_colour_that_cannot_be_read_has_a_near_shade_that_can() {
        for text in ["#777", "#ffe100", "#00c2ff", "#fff", "#000", "#123456", "#8fbfe6"] {
            let colour = Colour::parse(text).unwrap();
            for ground in [PAPER, DARK] {
                let near = colour.readable_on(ground);
                assert!(near.contrast(ground) >= ENOUGH, "{text} on {ground}: {near}");
                assert_eq!(near == colour, colour.contrast(ground) >= ENOUGH, "{text} on {ground}: {near}");
            }
        }
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "#", "blue", "0b5cad", "#12", "#12345", "#1234567", "#gg0000", "#+1+1+1", "#é1"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }
}
