//! What is printed beside each number of the investigation page, so that nobody has to ask for it.

use super::super::report_case::{frame, story};
use super::files;
use super::never::read;

/// A number and what stands with it.
const BESIDE: [(&str, &[&str]); 8] = [
    (
        "a metric",
        &[
            "n = 64,800",
            "60 agents",
            "17 august–8 november",
            "counted 7 days later",
            "3 % without a usable value left out",
            "66.8 % (66.3–67.3) 75 %",
            "range at 95 %",
        ],
    ),
    (
        "a part of the gap",
        &["like the best half 0.3, the best quarter 0.7, the best tenth 1.1", "the parts sum to the gap"],
    ),
    (
        "an effect of coaching",
        &[
            "improved by 4.9 points: 4.5 would have come anyway",
            "0.1 everyone&#39;s trend, 0.3 coaching (−0.9 to +1.5)",
            "31 coached, 44 to compare with",
            "smallest visible 1.1 points",
            "against the comparison group: +0.1 (−1.2 to +1.4)",
        ],
    ),
    ("a spread", &["±3.6 seen, ±3.4 expected from luck"]),
    (
        "a verdict",
        &[
            "94 % from the data alone",
            "next likely both coaching and the operation",
            "would have been found in 91 % of cases",
            "this week alone says: the operation decides this",
        ],
    ),
    ("a group of contact types", &["descriptive", "even and odd weeks agree at 0.86 of 1"]),
    ("an expected effect", &["up to 5.5 points. that is a ceiling, not a forecast."]),
    ("a number of weeks", &["since week 41: 6 weeks, 1 independent block of four"]),
];

#[test]
fn beside_each_number_stands_what_it_rests_on() {
    let text = read(&files(&frame(), &story())["investigation.html"]);
    for (number, all) in BESIDE {
        for beside in all {
            assert!(text.contains(beside), "beside {number} `{beside}` is missing");
        }
    }
}

#[test]
fn every_finding_says_why_it_is_seen_and_where_its_limit_was_set() {
    let page = files(&frame(), &story()).remove("investigation.html").unwrap();
    let findings: Vec<&str> = page.split("<div class=\"gw-finding\">").skip(1).collect();
    assert!(findings.len() >= 3);
    for finding in findings {
        let text = read(finding.split("</details>").next().unwrap());
        assert!(text.contains("why am i seeing this? rule "), "{text}");
        assert!(text.contains(" rows, ") && text.contains(" agents, "), "{text}");
        assert!(text.contains("builtin:core/rules.toml:"), "{text}");
    }
}
