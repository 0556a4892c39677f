//! Every key of `gapwise.toml` and of rule files.

use crate::model::{CONCEPTS, Key, Met, Shape, Ty, key};

pub(crate) const PRIVACY_LEVELS: &[&str] = &["never", "codes", "names"];
const SEVERITIES: &[&str] = &["info", "low", "medium", "high", "critical"];
const VERDICTS: &[&str] = &["structural", "behavioural", "mixed", "no-gap"];

pub(crate) const WORKSPACE: Shape = Shape {
    name: "workspace",
    doc: "One client's `gapwise.toml`.",
    keys: &[
        key("client", Ty::Text, "!", "The client's name, as the report prints it."),
        key(
            "slug",
            Ty::Text,
            "",
            "Folder name of the outputs: lower-case ASCII, digits, hyphens; made from `client` when absent.",
        ),
        key(
            "timezone",
            Ty::Text,
            "\"UTC\"",
            "Zone of the operation. Times with an offset are converted to it, others are in it.",
        ),
        key(
            "week-start",
            Ty::Choice(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
            "\"monday\"",
            "First day of a week.",
        ),
        key("period", Ty::Choice(&["week", "day", "month"]), "\"week\"", "The reporting grain."),
        key(
            "locale",
            Ty::Text,
            "\"en-GB\"",
            "Language and number format of the reports: `en-GB`, `en-US`, `de`.",
        ),
        key(
            "rules",
            Ty::Texts,
            "!",
            "Rule files and packs, the client's own last: `builtin:contact-centre`, `rules/*.toml`.",
        ),
        key("history", Ty::Integer, "8", "Settled periods a report shows."),
        key("hold", Ty::Table(&HOLD), "", "When a verdict may change."),
        key("conditions", Ty::Texts, "[]", "Segments that, with contact type, make work like for like."),
        key("sources", Ty::Table(&SOURCES), "!", "The tables the client has."),
        key("identity", Ty::Table(&IDENTITIES), "", "One person, several systems."),
        key("metrics", Ty::Map(&Ty::Table(&METRIC)), "!", "What is measured."),
        key(
            "preconditions",
            Ty::Map(&Ty::Table(&PRECONDITIONS)),
            "",
            "By contact type: what agents need before it can go well.",
        ),
        key("event", Ty::Tables(&EVENT), "", "Outages, strikes, releases, reorganisations."),
        key("gate", Ty::Table(&GATE), "", "When the data are not fit for a report."),
        key("privacy", Ty::Table(&PRIVACY), "", "What may be said about people."),
        key(
            "report",
            Ty::Tables(&REPORT),
            "",
            "Pages to write; `leadership.html` and `investigation.html` when absent.",
        ),
        key("deliver", Ty::Tables(&DELIVER), "", "Where a published report is sent."),
    ],
};

pub(crate) const HOLD: Shape = Shape {
    name: "hold",
    doc: "A verdict changes only after `for` equal raw verdicts within the last `memory` periods.",
    keys: &[
        key("for", Ty::Integer, "3", "Equal raw verdicts needed."),
        key("memory", Ty::Integer, "6", "Periods looked back."),
    ],
};

pub(crate) const SOURCES: Shape = Shape {
    name: "sources",
    doc: "One table a source.",
    keys: &[
        key("contacts", Ty::Table(&SOURCE), "", "Each row one contact."),
        key("evaluations", Ty::Table(&SOURCE), "", "Each row one quality evaluation."),
        key("surveys", Ty::Table(&SOURCE), "", "Each row one answered survey."),
        key("coaching", Ty::Table(&SOURCE), "", "Each row one coaching session."),
        key("changes", Ty::Table(&SOURCE), "", "Each row one change to the operation."),
        key("roster", Ty::Table(&SOURCE), "", "Each row one agent, valid from a day to a day."),
        key("volume", Ty::Table(&SOURCE), "", "Each row one period's volume."),
    ],
};

pub(crate) const SOURCE: Shape = Shape {
    name: "source",
    doc: "A table the client has: where it is, how it is written, what its columns are called.",
    keys: &[
        key(
            "path",
            Ty::Text,
            "!",
            "A file or glob, relative to the workspace: csv, tsv, ndjson, parquet, xlsx; gz and zst.",
        ),
        key("profile", Ty::Text, "", "Column aliases and value formats of a vendor's export."),
        key(
            "required",
            Ty::Flag,
            "false",
            "The report is worthless without it; contacts always are required.",
        ),
        key(
            "columns",
            Ty::Map(&Ty::TextOrTexts),
            "",
            "Canonical column to the header in the file; two headers are joined (date and time).",
        ),
        key("segments", Ty::Texts, "[]", "Further dimensions kept: canonical or raw columns."),
        key("filter", Ty::Text, "", "Rows to use, as an expression over the columns."),
        key(
            "values",
            Ty::Map(&Ty::Open),
            "",
            "Raw values to canonical ones, by column: lists of patterns, or `{ file = \"…\", else = \"…\" }`.",
        ),
        key("moves", Ty::Map(&Ty::Texts), "", "Coaching: the metrics each focus is meant to move."),
        key(
            "formats",
            Ty::Map(&Ty::Text),
            "",
            "Formats by column: a time pattern such as `%d/%m/%Y %H:%M`, `HH:MM:SS`, `MM:SS`, `ms`, `min`.",
        ),
        key("null", Ty::TextOrTexts, "", "Tokens that mean an empty field, such as `[None]`."),
        key(
            "separator",
            Ty::Text,
            "",
            "Field separator of text files; found from the header line when absent.",
        ),
        key(
            "encoding",
            Ty::Text,
            "",
            "Encoding of text files, such as `windows-1252`; by byte-order mark, else UTF-8.",
        ),
        key("decimal", Ty::Choice(&[".", ","]), "\".\"", "Decimal sign of text files."),
        key("skip-lines", Ty::Integer, "0", "Lines before the header."),
        key("dedupe", Ty::Text, "", "Column that must be unique; of rows that share it one is used."),
    ],
};

pub(crate) const IDENTITIES: Shape = Shape {
    name: "identity",
    doc: "How people are recognised across systems.",
    keys: &[key("agent", Ty::Table(&IDENTITY), "", "Agents.")],
};

pub(crate) const IDENTITY: Shape = Shape {
    name: "identity.agent",
    doc: "Keys are equal after trimming, case and accents; never fuzzy.",
    keys: &[
        key("keys", Ty::Texts, "[\"agent-id\"]", "Roster columns that name the same person."),
        key("aliases", Ty::Text, "", "A two-column CSV file: alias, agent."),
    ],
};

pub(crate) const METRIC: Shape = Shape {
    name: "metric",
    doc: "A number computed per row, with a direction, a unit and a target.",
    keys: &[
        key("label", Ty::Text, "", "What readers see; the id when absent."),
        key(
            "source",
            Ty::Choice(&["contacts", "evaluations", "surveys"]),
            "\"contacts\"",
            "The table it is computed from.",
        ),
        key("type", Ty::Choice(&["proportion", "mean", "ratio"]), "!", "How rows become a number."),
        key(
            "value",
            Ty::Text,
            "",
            "Expression a row: true or false, or 1 and 0, for a proportion; a number for a mean. Empty = not counted.",
        ),
        key("numerator", Ty::Text, "", "A ratio's upper part."),
        key("denominator", Ty::Text, "", "A ratio's lower part."),
        key("better", Ty::Choice(&["higher", "lower"]), "!", "Which way is good."),
        key("unit", Ty::Text, "", "`s`, `min`, `%` or a word printed behind the number."),
        key("target", Ty::Number, "", "Target for every contact type; a proportion's is 0 to 1."),
        key("target-for", Ty::Map(&Ty::Number), "", "Targets of single contact types."),
        key(
            "material",
            Ty::Number,
            "",
            "The smallest difference worth acting on; 0.01 for proportions, else 2 % of the target, when absent.",
        ),
        key(
            "role",
            Ty::Choice(&["outcome", "behaviour", "activity"]),
            "\"outcome\"",
            "What the metric is to the operation.",
        ),
        key(
            "concept",
            Ty::Choice(CONCEPTS),
            "",
            "What it is in the field's words, so that rules can name it; guessed from usual ids when absent.",
        ),
        key(
            "matures-after",
            Ty::Days,
            "\"0d\"",
            "Days until a row's value is final; shifts all its windows back by whole periods.",
        ),
        key(
            "decimals",
            Ty::Integer,
            "",
            "Decimals kept; 0 for proportions and seconds, 2 for other means when absent.",
        ),
    ],
};

const MET: Ty = Ty::Choice(Met::NAMES);

pub(crate) const PRECONDITIONS: Shape = Shape {
    name: "preconditions",
    doc: "What agents need before a contact type can go well, as the client knows it. Without an entry the signs in \
          the data speak, which can show that something is missing but never that it is there.",
    keys: &[
        key("authority", MET, "\"unknown\"", "Agents may decide it themselves."),
        key("process", MET, "\"unknown\"", "There is a way to do it that works."),
        key("access", MET, "\"unknown\"", "The systems it needs are open to them."),
        key("information", MET, "\"unknown\"", "What they must know is there and right."),
    ],
};

pub(crate) const EVENT: Shape = Shape {
    name: "event",
    doc: "Something that happened to the operation.",
    keys: &[
        key("what", Ty::Text, "!", "In a few words."),
        key("dates", Ty::Dates, "!", "The days it touched."),
        key("where", Ty::Where, "", "What it touched; everything when absent."),
        key(
            "effect",
            Ty::Choice(&["leave-out", "annotate", "restart-window"]),
            "\"annotate\"",
            "What it does to the figures.",
        ),
    ],
};

pub(crate) const GATE: Shape = Shape {
    name: "gate",
    doc: "Beyond these limits no figures are published, only what is missing.",
    keys: &[
        key(
            "missing-days",
            Ty::Amount,
            "\"30%\"",
            "Share of the judged period's usual days without contacts.",
        ),
        key("rejected", Ty::Amount, "\"20%\"", "Share of contact rows that could not be read."),
    ],
};

pub(crate) const PRIVACY: Shape = Shape {
    name: "privacy",
    doc: "What may be said about people.",
    keys: &[
        key(
            "individuals",
            Ty::Choice(PRIVACY_LEVELS),
            "\"never\"",
            "Codes and names only through a dated `[[privacy.allow]]`.",
        ),
        key("min-group", Ty::Integer, "8", "No figure is shown of fewer agents, coaches or evaluators."),
        key(
            "sensitive",
            Ty::Texts,
            "[]",
            "`absence`, `disengagement`, `leaving`, `pulse`: off until listed.",
        ),
        key("retain", Ty::Days, "", "Outputs and kept cubes with agent keys are deleted after this."),
        key("allow", Ty::Tables(&ALLOW), "", "A dated allowance for one report."),
    ],
};

pub(crate) const ALLOW: Shape = Shape {
    name: "privacy.allow",
    doc: "All keys are required: an allowance without owner and end is none.",
    keys: &[
        key("report", Ty::Text, "!", "The page it is for."),
        key("individuals", Ty::Choice(&["codes", "names"]), "!", "What may be shown."),
        key("basis", Ty::Text, "!", "The agreement or law it rests on."),
        key("agreed-by", Ty::Text, "!", "Who agreed for the people concerned."),
        key("owner", Ty::Text, "!", "Who answers for it."),
        key("until", Ty::Date, "!", "Its last day."),
    ],
};

pub(crate) const REPORT: Shape = Shape {
    name: "report",
    doc: "A page to write.",
    keys: &[key("template", Ty::Text, "!", "The template; the output has the same name.")],
};

pub(crate) const DELIVER: Shape = Shape {
    name: "deliver",
    doc: "A published report sent somewhere.",
    keys: &[
        key("to", Ty::Choice(&["email", "webhook", "folder"]), "!", "How."),
        key("report", Ty::Text, "!", "Which of the pages."),
        key(
            "when",
            Ty::Choice(&["always", "on-change"]),
            "\"always\"",
            "Every time, or only when verdicts or findings differ from the previous period's.",
        ),
        key("path", Ty::Text, "", "For `folder`: where to, relative to the workspace."),
        key("url", Ty::Open, "", "For `webhook`: where to; may be `{ env = \"…\" }`."),
        key("smtp", Ty::Table(&SMTP), "", "For `email`: the server."),
        key("recipients", Ty::Texts, "[]", "For `email`: addresses."),
        key("from", Ty::Text, "", "For `email`: the sender."),
    ],
};

pub(crate) const SMTP: Shape = Shape {
    name: "deliver.smtp",
    doc: "A mail server.",
    keys: &[
        key("host", Ty::Text, "!", "Its name."),
        key("port", Ty::Integer, "587", "Its port."),
        key("user", Ty::Text, "", "Account."),
        key("password", Ty::Secret, "", "`{ env = \"…\" }` or `{ file = \"…\" }`."),
    ],
};

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
            Ty::Choice(&["row", "any", "all", "each"]),
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
        key("cause", Ty::Text, "", "Only with this cause; `none`: only where no cause is listed."),
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
    doc: "A change to a rule in force.",
    keys: &[
        key("rule", Ty::Text, "!", "The rule."),
        key("where", Ty::Where, "", "Where the change applies; everywhere when absent."),
        key("thresholds", Ty::Map(&Ty::Amount), "", "New values of its thresholds."),
        key("severity", Ty::Choice(SEVERITIES), "", "New severity."),
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

/// Canonical columns by source, kebab-case; others may be named freely, but not almost like one of these.
pub(crate) fn canonical(source: crate::model::SourceId) -> &'static [&'static str] {
    use crate::model::SourceId as S;
    match source {
        S::Contacts => &["id", "at", "agent", "team", "contact-type", "customer", "channel", "site", "queue"],
        S::Evaluations => {
            &["id", "at", "agent", "team", "contact-type", "evaluator", "score", "form", "contact"]
        }
        S::Surveys => &["id", "at", "agent", "team", "contact-type", "score", "contact", "customer"],
        S::Coaching => &[
            "id",
            "at",
            "agent",
            "team",
            "coach",
            "minutes",
            "status",
            "focus",
            "contact-type",
            "touchpoint",
            "kind",
            "purpose",
            "reason",
            "linked-contact",
            "trigger",
            "planned-at",
            "follow-up-due",
            "follow-up-done",
            "ack-at",
            "cancelled-by",
            "group",
            "asked-by",
            "agenda-by",
            "commitment",
            "commitment-met",
            "prompt",
            "answer",
            "stuck",
            "support-asked",
            "support-done",
            "development",
            "coach-trained",
            "pulse",
            "trust",
            "belonging",
            "idea",
        ],
        S::Changes => &[
            "id",
            "at",
            "what",
            "contact-type",
            "team",
            "metric",
            "state",
            "owner",
            "decision",
            "end",
            "hypothesis",
        ],
        S::Roster => &[
            "agent",
            "team",
            "from",
            "to",
            "site",
            "shift",
            "access-profile",
            "authority-level",
            "hired-on",
            "left-on",
            "trained-on",
            "email",
            "name",
            "agent-id",
            "coach",
        ],
        S::Volume => &["at", "team", "contact-type", "contacts", "occupancy"],
    }
}

/// Every shape with the path of its tables, for the documentation and the schema.
pub fn all_shapes() -> Vec<(&'static str, &'static Shape)> {
    vec![
        ("gapwise.toml", &WORKSPACE),
        ("[hold]", &HOLD),
        ("[sources.<source>]", &SOURCE),
        ("[identity.agent]", &IDENTITY),
        ("[metrics.<id>]", &METRIC),
        ("[preconditions.<contact type>]", &PRECONDITIONS),
        ("[[event]]", &EVENT),
        ("[gate]", &GATE),
        ("[privacy]", &PRIVACY),
        ("[[privacy.allow]]", &ALLOW),
        ("[[report]]", &REPORT),
        ("[[deliver]]", &DELIVER),
        ("rule file: [pack]", &PACK),
        ("rule file: [[rule]]", &RULE),
        ("rule file: [[verdict]]", &VERDICT),
        ("rule file: [[verdict]] form", &FORM),
        ("rule file: [[weight]]", &WEIGHT),
        ("rule file: [[cap]]", &CAP),
        ("rule file: [[pattern]]", &PATTERN),
        ("rule file: [[cause]]", &CAUSE),
        ("rule file: [[decision]]", &DECISION),
        ("rule file: [[override]]", &OVERRIDE),
        ("rule file: [[disable]]", &DISABLE),
        ("rule file: [[waiver]]", &WAIVER),
    ]
}

/// The keys of a rule beside its kind's parameters.
pub(crate) fn rule_keys() -> &'static [Key] {
    RULE.keys
}
