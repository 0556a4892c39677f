//! What no page for leaders holds, in any state: people, verdicts on people, statistics as such, promises.

use super::{Files, days_missing, files, states, withheld};

/// Pages that leaders get; those that are not written yet are checked once they are.
const FOR_LEADERS: [&str; 5] = ["leadership.html", "summary.md", "email.html", "email.txt", "team.html"];

/// A page's words: what stands in the body, without markup.
pub(super) fn read(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let mut words = String::new();
    for part in body.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        words.push(' ');
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Statistics as such, promises and blame. `cannot` is the operation's where the data only say that it did not.
const WORDS: [&str; 25] = [
    "significant",
    "p-value",
    "p value",
    "p =",
    "p <",
    "kappa",
    "tau",
    "icc",
    "confidence interval",
    "standard deviation",
    "posterior",
    "probability",
    "log odds",
    "cause score",
    "wasted",
    "underperform",
    "best performer",
    "worst performer",
    "poor performance",
    "well done",
    "team leader",
    "ranking",
    "roi",
    "savings",
    "pattern",
];

/// Phrases in which a word is right.
const ALLOWED: [&str; 3] = ["not a forecast", "cannot tell", "cannot be told"];

fn pages() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut take = |state: &str, files: Files| {
        let own = files.into_iter().filter(|(name, _)| FOR_LEADERS.contains(&name.as_str()));
        all.extend(own.map(|(name, page)| (format!("{state}, {name}"), page)));
    };
    for (state, frame, story) in states() {
        take(state, files(&frame, &story));
        take(&format!("withheld, {state}"), withheld(&frame, &[days_missing()]));
    }
    all
}

fn says(text: &str, word: &str) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word)
        .any(|(at, _)| ends(text[..at].chars().next_back()) && ends(text[at + word.len()..].chars().next()))
}

#[test]
fn no_page_for_leaders_has_a_word_of_the_statistician_a_promise_or_blame() {
    let pages = pages();
    assert!(pages.len() >= 20);
    for (what, page) in pages {
        let text = ALLOWED.iter().fold(read(&page), |text, right| text.replace(right, ""));
        for word in WORDS.into_iter().chain(["cannot", "forecast"]) {
            assert!(!says(&text, word), "{what} says `{word}`: {text}");
        }
        let money = ['£', '€', '¥'];
        assert!(!text.contains(money), "{what} speaks of money");
    }
}

/// `0.94`, `94 %` of a verdict: a level has a unit behind it, and a share of points one decimal.
#[test]
fn no_page_for_leaders_prints_a_probability() {
    for (what, page) in pages() {
        let text = read(&page);
        let words = text.split(|c: char| c.is_whitespace() || "()–;:".contains(c));
        let decimals = |word: &str| {
            let word = word.trim_end_matches(['.', ',']);
            word.strip_prefix("0.")
                .is_some_and(|rest| rest.len() >= 2 && rest.chars().all(|c| c.is_ascii_digit()))
        };
        let found: Vec<&str> = words.filter(|word| decimals(word)).collect();
        assert!(found.is_empty(), "{what}: {found:?}");
        assert!(!text.contains("94 %") && !text.contains("84 %"), "{what} tells how likely its answer is");
    }
}

#[test]
fn no_page_for_leaders_draws_a_person_or_more_than_one_chart() {
    for (what, page) in pages() {
        assert!(page.matches("<svg").count() <= 1, "{what}");
        let body = page.split_once("<body>").map_or(page.as_str(), |(_, body)| body);
        for person in ["c-agent", "<circle", "agent 1"] {
            assert!(!body.to_lowercase().contains(person), "{what} has `{person}`");
        }
    }
}

/// What followed sessions is never told without what would have come anyway.
#[test]
fn no_page_for_leaders_has_a_before_and_after_alone() {
    let mut told = 0;
    for (what, page) in pages() {
        let text = read(&page);
        for (at, _) in text.match_indices("after a session") {
            let rest: String = text[at..].chars().take(200).collect();
            assert!(
                rest.contains("would have come anyway") && rest.contains("everyone&#39;s trend"),
                "{what}: {rest}"
            );
            told += 1;
        }
    }
    assert!(told >= 2, "only {told} sentences about sessions");
}
