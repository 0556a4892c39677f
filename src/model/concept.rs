//! What metrics are in the field's words, so that packs can name a metric without knowing a client's ids.

/// The words a metric's `concept` may be.
pub const CONCEPTS: &[&str] = &[
    "resolution",
    "repeat",
    "wrong-information",
    "handle-time",
    "hold",
    "after-contact-work",
    "transfer",
    "consult",
    "escalation",
    "approval",
    "satisfaction",
    "sentiment",
    "complaint",
    "quality",
    "containment",
    "digital-share",
    "failure-demand",
    "deflected",
    "volume",
    "adherence",
    "issues-raised",
];

/// Usual ids and the concept each stands for.
const USUAL: &[(&str, &str)] = &[
    ("fcr", "resolution"),
    ("first-contact-resolution", "resolution"),
    ("resolved", "resolution"),
    ("repeats", "repeat"),
    ("repeat-rate", "repeat"),
    ("aht", "handle-time"),
    ("handle", "handle-time"),
    ("average-handle-time", "handle-time"),
    ("hold-time", "hold"),
    ("acw", "after-contact-work"),
    ("wrap-up", "after-contact-work"),
    ("transfers", "transfer"),
    ("transfer-rate", "transfer"),
    ("transferred", "transfer"),
    ("consults", "consult"),
    ("escalations", "escalation"),
    ("escalated", "escalation"),
    ("escalation-rate", "escalation"),
    ("approvals", "approval"),
    ("csat", "satisfaction"),
    ("nps", "satisfaction"),
    ("complaints", "complaint"),
    ("complaint-rate", "complaint"),
    ("qa", "quality"),
    ("qa-score", "quality"),
    ("quality-score", "quality"),
];

/// The concept a metric's id usually stands for.
pub fn concept_of(id: &str) -> Option<&'static str> {
    let plain = id.to_lowercase().replace('_', "-");
    let named = CONCEPTS.iter().copied().find(|concept| *concept == plain);
    named.or_else(|| USUAL.iter().find(|(usual, _)| *usual == plain).map(|(_, concept)| *concept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_ids_stand_for_concepts_that_exist() {
        assert!(USUAL.iter().all(|(_, concept)| CONCEPTS.contains(concept)));
        assert_eq!(concept_of("FCR"), Some("resolution"));
        assert_eq!(concept_of("handle_time"), Some("handle-time"));
        assert_eq!(concept_of("confirms-next-step"), None);
    }
}
