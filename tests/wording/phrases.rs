//! Phrase files of a client: single messages said otherwise, and a language of its own.

use gapwise::config::Plan;
use gapwise::model::{ColumnUnit, Value};
use gapwise::report::{Frame, assemble_in, render_in};
use gapwise::words::{self, Locale};

use super::report_case::{frame, story};
use super::{load, plan};

const PACK: &str = "\"builtin:core\"";

const FRENCH: &str = "\
percent = { $number } %
points = { $number } { $count ->
    [one] point
   *[other] points
}
seconds = { $number } s
range = de { $low } à { $high }
range-signed = de { $low } à { $high }
over = plus de { $amount }
under = moins de { $amount }
yes = oui
no = non
not-known = inconnu
";

fn flag(yes: bool, locale: &Locale) -> String {
    words::format_value(&Value::Flag(yes), ColumnUnit::Flag, None, locale)
}

fn leadership(plan: &Plan) -> String {
    let frame = Frame { locale: plan.locale.clone(), ..frame() };
    let files = render_in(&frame, &assemble_in(&frame, &story())).unwrap();
    String::from_utf8(files["leadership.html"].clone()).unwrap()
}

#[test]
fn a_language_of_ten_messages_is_spoken_as_far_as_it_goes_and_counts_what_is_left() {
    let loaded = load("fr", PACK, &[("templates/phrases/fr.ftl", FRENCH)]);
    let told = loaded.warnings.render();
    assert!(told.contains("messages are not in the phrase files of `fr` and are said in English"), "{told}");
    let page = leadership(&loaded.plan);
    assert!(page.contains("<html lang=\"fr\""), "{}", &page[..200]);
    // French numbers and the client's words, and British English for what no file says.
    assert!(page.contains("66,8") && page.contains("de 66,3 à 67,3"), "{page}");
    assert!(page.contains("This report looks for obstacles in how work is organised"), "{page}");
    let french = &loaded.plan.locale;
    assert_eq!((flag(true, french), words::not_known(french)), ("oui".to_owned(), "inconnu".to_owned()));
}

#[test]
fn a_phrase_file_of_a_shipped_language_changes_the_one_message_it_has() {
    let words = "points = { $number } percentage { $count ->\n    [one] point\n   *[other] points\n}\n";
    let plan = plan("en-GB", PACK, &[("templates/phrases/en-GB.ftl", words)]);
    let page = leadership(&plan);
    assert!(page.contains("8.2 percentage points"), "{page}");
    let usual = leadership(&super::plan("en-GB", PACK, &[]));
    assert_eq!(page.replace("percentage point", "point"), usual);
    // Files in a folder of the language's name are read too, and are no templates.
    let folder = super::plan("en-GB", PACK, &[("templates/phrases/en-GB/numbers.ftl", words)]);
    assert_eq!(leadership(&folder), page);
    assert!(folder.templates.is_empty());
}

#[test]
fn what_protects_people_is_said_whatever_a_phrase_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let text = super::WORKSPACE.replace("LOCALE", "en-GB").replace("RULES", PACK);
    std::fs::create_dir_all(folder.path().join("templates/phrases")).unwrap();
    std::fs::write(folder.path().join("gapwise.toml"), text).unwrap();
    let file = folder.path().join("templates/phrases/en-GB.ftl");
    std::fs::write(file, "fixed-purpose = For rankings.\n").unwrap();
    let world =
        gapwise::world::World { now: chrono::DateTime::UNIX_EPOCH, env: std::collections::BTreeMap::new() };
    let told = gapwise::config::load(folder.path(), &world).unwrap_err().render();
    assert!(told.contains("message `fixed-purpose` cannot be changed"), "{told}");
}

#[test]
fn a_place_speaks_its_language_and_writes_its_own_numbers() {
    assert_eq!(flag(true, &plan("de-AT", PACK, &[]).locale), "ja");
    assert_eq!(flag(true, &plan("en-AU", PACK, &[]).locale), "yes");
    assert!(words::fixed(1234.5, 1, &plan("de-CH", PACK, &[]).locale).ends_with("234.5"));
    let own = [
        ("templates/phrases/de.ftl", "yes = jawohl\nno = mitnichten\n"),
        ("templates/phrases/de-AT.ftl", "yes = eh\n"),
    ];
    let austrian = plan("de-AT", PACK, &own).locale;
    assert_eq!((flag(true, &austrian).as_str(), flag(false, &austrian).as_str()), ("eh", "mitnichten"));
    assert_eq!(words::not_known(&austrian), "nicht bekannt");
}
