//! Contacts drawn to be followed from end to end: which rows may be drawn, and what is kept of one.

use chrono::NaiveDate;

/// Contacts drawn of one period, contact type and outcome.
pub const DRAWN: usize = 20;

/// How the rows of a source are drawn: in each period, contact type and outcome those with the lowest keyed hash,
/// so that the same contacts come whatever the order of rows, the format or the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// Column that names a contact.
    pub id: String,
    /// First day of the periods that a report can speak of; no other row is drawn.
    pub from: NaiveDate,
    /// Of the hash: the same for every run of a workspace, and no secret.
    pub key: [u8; 32],
    /// Places in [`super::Reduction::measured`] of the metrics whose outcome counts.
    pub outcomes: Vec<usize>,
}

/// One contact that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sample {
    pub period: i32,
    pub contact_type: u32,
    /// Index in the plan's metrics.
    pub metric: usize,
    /// Whether a proportion counts the contact; none for means and ratios.
    pub counted: Option<bool>,
    /// Of the contact's id.
    pub hash: u64,
    pub id: String,
    pub agent: u32,
}

impl Sampling {
    /// The key of a workspace.
    pub fn key(slug: &str) -> [u8; 32] {
        blake3::derive_key("gapwise 2026 contact samples", slug.as_bytes())
    }

    /// The first 8 bytes of the keyed BLAKE3 hash of an id.
    pub fn hash(&self, id: &str) -> u64 {
        let hash = blake3::keyed_hash(&self.key, id.as_bytes());
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash.as_bytes()[..8]);
        u64::from_be_bytes(bytes)
    }
}
