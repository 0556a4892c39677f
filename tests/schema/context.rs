//! Every context is what its schema says, and a changed one is not.

use gapwise::config::Report;
use gapwise::model::Quality;
use gapwise::report::context::Context;
use gapwise::report::{assemble_in, withheld_in};
use serde_json::{Value, json};

use super::report_case::{frame, period, story};
use super::{Held, paths};

fn full() -> Value {
    serde_json::to_value(assemble_in(&frame(), &story()).context_of(&frame(), &Report::of("leadership.html")))
        .unwrap()
}

#[test]
fn a_context_is_accepted_and_read_back() {
    let withheld = withheld_in(&frame(), period(), &[], &Quality::default())
        .context_of(&frame(), &Report::of("leadership.html"));
    for document in [full(), serde_json::to_value(withheld).unwrap()] {
        assert_eq!(Held::context().mistake(&document), None);
        let read = Context::read(&document.to_string()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), document);
    }
}

#[test]
fn a_key_renamed_or_a_type_changed_is_refused() {
    let (by, full) = (Held::context(), full());
    // Lists of lists are the cells of tables, and every mark and verdict is like the first ones.
    let all = paths(&full).into_iter().filter(|(above, _)| !above.contains("/1") && !above.contains("/2"));
    let mut seen = 0;
    for (above, key) in all {
        let change = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
            let mut changed = full.clone();
            change(changed.pointer_mut(&above).unwrap().as_object_mut().unwrap());
            by.mistake(&changed)
        };
        let other_type = change(&|table| _ = table.insert(key.clone(), json!([[[]]])));
        assert!(other_type.is_some(), "{above}/{key} of another type");
        let renamed =
            change(&|table| _ = table.remove(&key).map(|value| table.insert(format!("{key}_x"), value)));
        assert!(renamed.is_some(), "{above}/{key} renamed");
        seen += 1;
    }
    assert!(seen > 200, "{seen} keys");
}
