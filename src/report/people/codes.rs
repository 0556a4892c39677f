//! Codes that stand for people: the same within a quarter, others in the next, and nobody's without the key.

use chrono::{Datelike as _, NaiveDate};

/// Letters and digits that are not taken for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: u32 = 7;

/// The codes of one quarter. The key is never printed.
#[derive(Clone)]
pub struct Codes {
    key: [u8; 32],
}

impl std::fmt::Debug for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Codes")
    }
}

impl Codes {
    /// From the workspace's key, for the quarter of a day.
    pub fn new(key: &[u8; 32], day: NaiveDate) -> Self {
        let quarter = format!("gapwise codes {}-Q{}", day.year(), day.month0() / 3 + 1);
        Self { key: *blake3::keyed_hash(key, quarter.as_bytes()).as_bytes() }
    }

    /// Seven characters of the keyed BLAKE3 hash of a name.
    pub fn of(&self, name: &str) -> String {
        let hash = blake3::keyed_hash(&self.key, name.trim().to_lowercase().as_bytes());
        let mut bits = [0; 8];
        bits.copy_from_slice(&hash.as_bytes()[..8]);
        let bits = u64::from_be_bytes(bits);
        let character = |at: u32| char::from(ALPHABET[usize::try_from(bits >> (5 * at) & 31).unwrap_or(0)]);
        (0..LENGTH).map(character).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(key: u8, day: &str) -> Codes {
        Codes::new(&[key; 32], day.parse().unwrap())
    }

    #[test]
    fn a_code_holds_for_a_quarter_and_a_key() {
        let code = |key, day: &str| codes(key, day).of("Ann Lee");
        assert_eq!(code(1, "2026-10-01"), code(1, "2026-12-31"));
        assert_ne!(code(1, "2026-12-31"), code(1, "2027-01-01"));
        assert_ne!(code(1, "2026-10-01"), code(2, "2026-10-01"));
        assert_eq!(codes(1, "2026-10-01").of(" ann lee"), code(1, "2026-10-01"));
        assert_eq!(code(1, "2026-10-01").len(), 7);
    }

    #[test]
    fn a_key_is_not_printed() {
        assert_eq!(format!("{:?}", codes(7, "2026-10-01")), "Codes");
    }
}
