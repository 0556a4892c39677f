//! The keys of rule files.

use crate::model::{Key, Shape, Ty, key};

const SEVERITIES: &[&str] = &["info", "low", "medium", "high", "critical"];
const OVER: &[&str] = &["row", "any", "all", "each"];
const VERDICTS: &[&str] = &["structural", "behavioural", "mixed", "no-gap"];

pub(crate) const RULE_FILE: Shape = Shape {
    name: "rule file",
    doc: "A pack, or a client's own changes to the packs in force.",
    keys: &[
        key("pack", Ty::Table(&PACK), "", "Name, version and base of a pack; absent in a client's own file."),
        key("rule", Ty::Tables(&RULE), "", "A rule."),
        key(
            "verdict",
            Ty::Tables(&VERDICT),
            "",
            "Tried in order; the lists of later files replace earlier ones whole.",
        ),
        key(
            "weight",
            Ty::Tables(&WEIGHT),
            "",
            "Evidence that moves the confidence word, never the shown probability.",
        ),
        key("cap", Ty::Tables(&CAP), "", "Evidence that limits how sure a verdict may sound."),
        key("pattern", Ty::Tables(&PATTERN), "", "A failure loop of the operation."),
        key("cause", Ty::Tables(&CAUSE), "", "A candidate cause with its signs."),
        key("decision", Ty::Tables(&DECISION), "", "What is asked, of whom, by when."),
        key("override", Ty::Tables(&OVERRIDE), "", "A change to a rule in force."),
        key("disable", Ty::Tables(&DISABLE), "", "A rule taken out of force."),
        key("waiver", Ty::Tables(&WAIVER), "", "Findings set aside until a date."),
    ],
};

pub(crate) const PACK: Shape = Shape {
    name: "pack",
    doc: "A named set of rules.",
    keys: &[
        key("name", Ty::Text, "!", "Its name."),
        key("version", Ty::Text, "!", "Its version, printed in every report."),
        key("extends", Ty::Texts, "[]", "Packs it builds on: `builtin:core`, or a path."),
    ],
};

/// The keys every rule has; a kind's parameters stand beside them.
pub(crate) const RULE: Shape = Shape {
    name: "rule",
    doc: "A kind, its parameters, thresholds, a predicate over its evidence, and what it says.",
    keys: &[
        key("id", Ty::Text, "!", "Names the pattern flagged."),
        key("kind", Ty::Text, "!", "The code that yields the evidence."),
        key("signal", Ty::Text, "", "The signal it raises; the id with underscores when absent."),
        key(
            "metrics",
            Ty::TextOrTexts,
            "\"*\"",
            "Metric ids, roles (`role:outcome`), concepts (`concept:repeat`), or `*`.",
        ),
        key(
            "scopes",
            Ty::TextOrTexts,
            "[\"operation\"]",
            "`operation`, `team`, `contact-type` or a segment's name.",
        ),
        key("where", Ty::Where, "", "Which rows are looked at."),
        key("window", Ty::Integer, "12", "Periods looked at, ending with the judged one."),
        key("thresholds", Ty::Map(&Ty::Amount), "", "Numbers the predicate compares with."),
        key("when", Ty::Text, "!", "The predicate: an expression over evidence columns and thresholds."),
        key(
            "over",
            Ty::Choice(OVER),
            "\"row\"",
            "How rows with items become one signal; `each` raises findings and no signal.",
        ),
        key("severity", Ty::Choice(SEVERITIES), "\"medium\"", "How much it matters."),
        key("title", Ty::Text, "", "One sentence. A rule without a title only raises its signal."),
        key("say", Ty::Text, "", "The finding in plain words."),
        key("observe", Ty::Texts, "[]", "What to look at next; becomes the checklist."),
        key("change-our-mind", Ty::Text, "", "What would show the finding wrong."),
        key("covers", Ty::Texts, "[]", "Questions of the diagnosis it answers, such as `A7`."),
    ],
};

pub(crate) const VERDICT: Shape = Shape {
    name: "verdict",
    doc: "False: the next one; true: this one; cannot tell: stop, not enough evidence.",
    keys: &[
        key("id", Ty::Choice(VERDICTS), "!", "The verdict."),
        key("when", Ty::Text, "!", "Signals at the same metric and scope."),
        key("probability", Ty::Text, "", "`rule.column`: its calibrated probability."),
        key("form", Ty::Tables(&FORM), "", "Tried in order."),
        key("covers", Ty::Texts, "[]", "Questions of the diagnosis it answers, such as `A7`."),
    ],
};

pub(crate) const FORM: Shape = Shape {
    name: "verdict.form",
    doc: "How the verdict shows itself.",
    keys: &[
        key("id", Ty::Text, "!", "The form."),
        key("when", Ty::Text, "", "Signals; the last form has none."),
    ],
};

pub(crate) const WEIGHT: Shape = Shape {
    name: "weight",
    doc: "Multiplies the odds by e to the power of `log-odds` (1.0 is 2.7 times).",
    keys: &[
        key("verdict", Ty::Choice(VERDICTS), "!", "The verdict it speaks for or against."),
        key("when", Ty::Text, "!", "Signals."),
        key("log-odds", Ty::Number, "!", "Positive for, negative against."),
        key("covers", Ty::Texts, "[]", "Questions of the diagnosis it answers, such as `A7`."),
    ],
};

pub(crate) const CAP: Shape = Shape {
    name: "cap",
    doc: "Where its signals hold, a verdict is said with at most this confidence.",
    keys: &[
        key("verdict", Ty::Choice(VERDICTS), "", "The verdict it limits; every one when absent."),
        key("when", Ty::Text, "!", "Signals."),
        key("at-most", Ty::Choice(&["weak", "moderate"]), "!", "The highest confidence left."),
        key("because", Ty::Text, "!", "Printed with the verdict."),
        key("covers", Ty::Texts, "[]", "Questions of the diagnosis it answers, such as `A7`."),
    ],
};

pub(crate) const PATTERN: Shape = Shape {
    name: "pattern",
    doc: "Named when its score is at least `at-least` and ahead of the next by `margin`.",
    keys: &[
        key("id", Ty::Text, "!", "Its id."),
        key("label", Ty::Text, "", "What readers see."),
        key(
            "needs",
            Ty::Text,
            "!",
            "Terms that must be true: a metric, role or concept, or `operation`, a dot, a signal.",
        ),
        key("score", Ty::Text, "!", "0 to 1."),
        key("at-least", Ty::Number, "0.4", "Least score to be named."),
        key("margin", Ty::Number, "0.1", "Least lead over the next."),
        key("covers", Ty::Texts, "[]", "Questions of the diagnosis it answers, such as `A7`."),
    ],
};

pub(crate) const CAUSE: Shape = Shape {
    name: "cause",
    doc: "Shown as `2 of 3 signs present`, never as a score.",
    keys: &[
        key("id", Ty::Choice(&["process", "authority", "information", "system"]), "!", "The cause."),
        key("label", Ty::Text, "", "What readers see."),
        key("signs", Ty::Texts, "!", "Signals; each true one is a sign."),
        key("at-least", Ty::Integer, "2", "Signs needed to be listed."),
        key("covers", Ty::Texts, "[]", "Questions of the diagnosis it answers, such as `A7`."),
    ],
};

pub(crate) const DECISION: Shape = Shape {
    name: "decision",
    doc: "What is asked of a role when a verdict holds.",
    keys: &[
        key("id", Ty::Text, "!", "Its id."),
        key("verdict", Ty::Choice(VERDICTS), "!", "The verdict that asks for it."),
        key("form", Ty::Text, "", "Only for this form."),
        key(
            "cause",
            Ty::Text,
            "",
            "Only with this cause, about the contact types that show it; `none`: only where no cause is listed; `elsewhere`: about the contact types that show none where others do.",
        ),
        key("when", Ty::Text, "", "Only where these signals hold."),
        key("what", Ty::Text, "!", "One sentence in the imperative."),
        key("owner", Ty::Text, "!", "The role it is asked of."),
        key("due", Ty::Days, "\"14d\"", "Days after the judged period."),
        key("risk", Ty::Text, "", "What could go wrong by doing it."),
        key("stake", Ty::Flag, "true", "Whether the points of the gap are at stake in it."),
        key(
            "confidence",
            Ty::Choice(&["weak", "moderate", "strong"]),
            "\"moderate\"",
            "Lowest confidence at which it is asked.",
        ),
        key("covers", Ty::Texts, "[]", "Questions of the diagnosis it answers, such as `A7`."),
    ],
};

pub(crate) const OVERRIDE: Shape = Shape {
    name: "override",
    doc: "A change to a rule in force: thresholds and severity anywhere, and where it holds everywhere any other key, \
          the kind's parameters too. Lists are replaced whole, tables key by key.",
    keys: &[
        key("rule", Ty::Text, "!", "The rule."),
        key(
            "where",
            Ty::Where,
            "",
            "Where the change applies; everywhere when absent. It never changes the rule's own `where`.",
        ),
        key("thresholds", Ty::Map(&Ty::Amount), "", "New values of its thresholds."),
        key("severity", Ty::Choice(SEVERITIES), "", "New severity."),
        key("metrics", Ty::TextOrTexts, "", "Other metrics."),
        key("scopes", Ty::TextOrTexts, "", "Other scopes."),
        key("window", Ty::Integer, "", "Another number of periods."),
        key("when", Ty::Text, "", "Another predicate; thresholds it adds stand beside it."),
        key("over", Ty::Choice(OVER), "", "Another way from rows to one signal."),
        key("title", Ty::Text, "", "Another sentence."),
        key("say", Ty::Text, "", "Other words."),
        key("observe", Ty::Texts, "", "Another checklist."),
        key("change-our-mind", Ty::Text, "", "Another falsifier."),
        key("why", Ty::Text, "!", "Printed beside the finding."),
    ],
};

pub(crate) const DISABLE: Shape = Shape {
    name: "disable",
    doc: "A rule taken out of force.",
    keys: &[
        key("rule", Ty::Text, "!", "The rule."),
        key("where", Ty::Where, "", "Where it is silent; everywhere when absent."),
        key("why", Ty::Text, "!", "Printed in the limits of the report."),
    ],
};

pub(crate) const WAIVER: Shape = Shape {
    name: "waiver",
    doc: "Findings of a rule set aside until a date, and shown as waived.",
    keys: &[
        key("rule", Ty::Text, "!", "The rule."),
        key("where", Ty::Where, "", "Which findings; all when absent."),
        key("until", Ty::Date, "!", "Its last day."),
        key("why", Ty::Text, "!", "Printed beside the finding."),
        key("owner", Ty::Text, "!", "The role that asked for it."),
    ],
};

/// The keys of a rule beside its kind's parameters.
pub(crate) fn rule_keys() -> &'static [Key] {
    RULE.keys
}
