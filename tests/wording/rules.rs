//! Words files: which of several says a text, and what they may not do.

use gapwise::config::{Plan, Rule};

use super::{load, plan, texts, title};

const ALL: &str = "\"builtin:contact-centre\"";
const OWN: &str = "\"builtin:contact-centre\", \"rules/*.toml\"";
const OVERRIDE: &str =
    "[[override]]\nrule = \"agents-vary\"\ntitle = \"So sagt es der Kunde\"\nwhy = \"so vereinbart\"\n";

#[test]
fn rules_speak_the_language_of_the_workspace_and_of_its_places() {
    let german = title(&plan("de", ALL, &[]), "agents-vary");
    assert!(german.contains("Mitarbeitenden"), "{german}");
    assert_eq!(title(&plan("de-AT", ALL, &[]), "agents-vary"), german);
    let english = title(&plan("en-GB", ALL, &[]), "agents-vary");
    assert!(english.contains("agents"), "{english}");
    assert_eq!(title(&plan("en-US", ALL, &[]), "agents-vary"), english);
}

/// A shipped pack's words are read without asking whether what they speak of is there: here it is asked.
#[test]
fn shipped_words_speak_of_their_own_pack_alone() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let mut files = 0;
    for path in glob::glob(&format!("{root}/*/words/*.toml")).unwrap().map(Result::unwrap) {
        let pack = path.strip_prefix(root).unwrap().iter().next().unwrap().to_str().unwrap();
        let own = plan("en-GB", &format!("\"builtin:{pack}\""), &[]);
        let words: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        for (list, entries) in &words {
            for id in entries.as_table().unwrap().keys() {
                assert!(is_there(&own, list, id), "{}: {list} `{id}`", path.display());
            }
        }
        files += 1;
    }
    assert!(files > 8, "{files}");
}

fn is_there(plan: &Plan, list: &str, id: &str) -> bool {
    match list {
        "rule" => plan.rule(id).is_some(),
        "decision" => plan.decisions.iter().any(|one| one.id == id),
        "pattern" => plan.patterns.iter().any(|one| one.id == id),
        "cause" => plan.causes.iter().any(|one| one.id == id),
        "cap" => plan.caps.iter().any(|one| one.when.text() == id),
        "signal" => plan.rules.iter().any(|one| one.signal == id),
        "form" => plan.verdicts.iter().flat_map(|one| &one.forms).any(|(form, _)| form == id),
        "weight" => plan.weights.iter().any(|one| one.when.text() == id),
        _ => false,
    }
}

#[test]
fn american_rules_are_spelt_in_american() {
    const BRITISH: [&str; 9] = [
        "behaviour",
        "programme",
        "centre",
        "colour",
        "favour",
        "organis",
        "recognis",
        "cancelled",
        "practis",
    ];
    let american = plan("en-US", ALL, &[]);
    let named = |rule: &Rule| {
        let name = american.names.signals.get(&rule.signal).cloned();
        (rule.id.clone(), name.unwrap_or_else(|| rule.signal.clone()))
    };
    for (id, text) in texts(&american).into_iter().chain(american.rules.iter().map(named)) {
        // What stands between braces names columns.
        let plain: String = text.split('{').map(|part| part.rsplit('}').next().unwrap_or(part)).collect();
        let found: Vec<_> = BRITISH.iter().filter(|word| plain.to_lowercase().contains(**word)).collect();
        assert!(found.is_empty(), "{id}: {found:?} in {text}");
    }
}

#[test]
fn an_override_keeps_its_words_over_a_packs_translation() {
    let plan = plan("de", OWN, &[("rules/client.toml", OVERRIDE)]);
    assert_eq!(title(&plan, "agents-vary"), "So sagt es der Kunde");
    let say = plan.rule("agents-vary").unwrap().say.clone().unwrap();
    assert!(say.starts_with("Bei gleicher Mischung"), "{say}");
}

#[test]
fn the_workspaces_own_words_come_last_and_reach_every_kind_of_text() {
    let words = r#"
[rule.agents-vary]
title = "{{ metric.label }} streut um {{ sd }}"
observe = ["Hinsehen."]
[decision.coach-and-fix]
what = "Beides tun."
owner = "Standortleitung"
[pattern.firefighting]
label = "Feuerwehr"
[cause.system]
label = "IT"
[cap.team_level]
because = "Teams sind sich ähnlich"
[signal]
agents_vary = "streut"
[form]
general = "überall"
[weight]
"coaching_moves" = "Coaching wirkt"
"#;
    let plan = plan("de", OWN, &[("rules/client.toml", OVERRIDE), ("rules/words/de.toml", words)]);
    assert_eq!(title(&plan, "agents-vary"), "{{ metric.label }} streut um {{ sd }}");
    let texts = texts(&plan);
    for said in ["Hinsehen.", "Beides tun.", "Standortleitung", "Feuerwehr", "IT", "Teams sind sich ähnlich"]
    {
        assert!(texts.iter().any(|(_, text)| text == said), "{said}");
    }
    assert_eq!(plan.names.signals["agents_vary"], "streut");
    assert_eq!(plan.names.forms["general"], "überall");
    assert_eq!(plan.names.weights["coaching_moves"], "Coaching wirkt");
}

#[test]
fn words_in_english_change_what_a_pack_says_without_a_copy_of_its_rules() {
    let words = "[decision.coach-and-fix]\nowner = \"Site director\"\n";
    let plan = plan("en-GB", ALL, &[("rules/words/en-GB.toml", words)]);
    let decision = |id: &str| plan.decisions.iter().find(|one| one.id == id).unwrap();
    assert_eq!(decision("coach-and-fix").owner, "Site director");
    assert_eq!(decision("coach-the-coaches").owner, "Head of Customer Service");
}

#[test]
fn a_pack_of_ones_own_brings_its_words_and_a_glob_does_not_take_them_for_rules() {
    let pack = "[pack]\nname = \"ours\"\nversion = \"1.0.0\"\nextends = [\"builtin:core\"]\n\n[[rule]]\nid = \"ours\"\n\
                kind = \"gap\"\nthresholds = { least = \"1x\" }\nwhen = \"adverse >= least\"\ntitle = \"Short by {{ adverse }}\"\n";
    let words =
        "[rule.ours]\ntitle = \"Es fehlen {{ adverse }}\"\n[rule.unusual-week]\ntitle = \"Auffällig\"\n";
    let files = [("packs/ours/pack.toml", pack), ("packs/ours/words/de.toml", words)];
    let plan = plan("de", "\"packs/**/*.toml\"", &files);
    assert_eq!(title(&plan, "ours"), "Es fehlen {{ adverse }}");
    assert_eq!(title(&plan, "unusual-week"), "Auffällig");
    // What a client writes itself is in the client's own language, and is not counted as missing.
    assert!(load("de", "\"packs/**/*.toml\"", &files[..1]).warnings.is_empty());
}

#[test]
fn what_a_language_leaves_out_is_counted_once() {
    let french = "templates/phrases/fr.ftl";
    let count = |words: &str| {
        let files = [(french, "yes = oui\n"), ("rules/words/fr.toml", words)];
        let told = load("fr", "\"builtin:core\"", &files).warnings.render();
        let line =
            told.lines().find(|line| line.contains("texts of shipped rules have no words in `fr`")).unwrap();
        line.split([' ', ':']).find_map(|word| word.parse::<usize>().ok()).unwrap()
    };
    let none = count("");
    assert!(none > 20, "{none}");
    assert_eq!(
        count(
            "[rule.gap-is-real]\ntitle = \"Un écart\"\nobserve = [\"a\", \"b\"]\n[signal]\ngap = \"écart\"\n"
        ),
        none - 3
    );
}

#[test]
fn config_and_explain_name_the_line_that_says_it_and_what_it_took_the_place_of() {
    let loaded = load("de", ALL, &[]);
    let all = loaded.settings.in_force();
    let of = |key: &str| all.iter().find(|one| one.key == key).unwrap();
    let title = of("rule.agents-vary.title");
    assert_eq!(title.place.as_ref().unwrap().file.name, "builtin:contact-centre/words/de.toml");
    assert_eq!(title.was[0].place.file.name, "builtin:contact-centre/pack.toml");
    assert_eq!(of("cap.0.because").was.len(), 1);
    assert_eq!(of("words.signal.agents_vary").value, "\"Mitarbeitende unterscheiden sich\"");
}
