//! What agents need before a contact type can go well, as the client's register has it.

/// Whether a precondition is met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Met {
    Met,
    NotMet,
    #[default]
    Unknown,
}

impl Met {
    /// As the register writes it.
    pub const NAMES: &'static [&'static str] = &["met", "not-met", "unknown"];

    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::Unknown => "unknown",
        }
    }

    pub fn parse(name: &str) -> Self {
        match name {
            "met" => Self::Met,
            "not-met" => Self::NotMet,
            _ => Self::Unknown,
        }
    }
}

/// One contact type's entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preconditions {
    /// The agent may decide it.
    pub authority: Met,
    /// There is a way to do it that works.
    pub process: Met,
    /// The systems it needs are open to the agent.
    pub access: Met,
    /// What the agent must know is there and right.
    pub information: Met,
}
