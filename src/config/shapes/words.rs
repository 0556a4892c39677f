//! The keys of words files.

use crate::model::{Shape, Ty, key};

pub(crate) const WORDS_FILE: Shape = Shape {
    name: "words file",
    doc: "What rules say in one language: `words/<language>.toml` beside the rule files, a client's own in \
          `rules/words/`. What it leaves out is said as the rules say it.",
    keys: &[
        key("rule", Ty::Map(&Ty::Table(&RULE_WORDS)), "", "By rule: what its findings say."),
        key("decision", Ty::Map(&Ty::Table(&DECISION_WORDS)), "", "By decision: what is asked, and of whom."),
        key("pattern", Ty::Map(&Ty::Table(&LABEL_WORDS)), "", "By pattern: what readers see."),
        key("cause", Ty::Map(&Ty::Table(&LABEL_WORDS)), "", "By cause: what readers see."),
        key("cap", Ty::Map(&Ty::Table(&CAP_WORDS)), "", "By a cap's `when`, as written there: its reason."),
        key(
            "signal",
            Ty::Map(&Ty::Text),
            "",
            "By signal: what readers see, also where it is a cause's sign.",
        ),
        key("form", Ty::Map(&Ty::Text), "", "By a verdict's form: what readers see."),
        key(
            "weight",
            Ty::Map(&Ty::Text),
            "",
            "By a weight's `when`, as written there: what readers see; needed where it is more than one signal.",
        ),
    ],
};

pub(crate) const RULE_WORDS: Shape = Shape {
    name: "rule words",
    doc: "A rule's texts in another language, with the same columns and thresholds at hand.",
    keys: &[
        key("title", Ty::Text, "", "One sentence; a rule without a title gets none."),
        key("say", Ty::Text, "", "The finding in plain words."),
        key("observe", Ty::Texts, "", "The checklist, whole."),
        key("change-our-mind", Ty::Text, "", "What would show the finding wrong."),
    ],
};

pub(crate) const DECISION_WORDS: Shape = Shape {
    name: "decision words",
    doc: "A decision's texts in another language.",
    keys: &[
        key("what", Ty::Text, "", "What is asked."),
        key("risk", Ty::Text, "", "What could go wrong by doing it."),
        key("owner", Ty::Text, "", "The role it is asked of."),
    ],
};

pub(crate) const LABEL_WORDS: Shape =
    Shape { name: "label", doc: "What readers see.", keys: &[key("label", Ty::Text, "!", "The words.")] };

pub(crate) const CAP_WORDS: Shape = Shape {
    name: "cap words",
    doc: "A cap's reason in another language.",
    keys: &[key("because", Ty::Text, "!", "Printed with the verdict.")],
};
