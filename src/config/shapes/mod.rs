//! Every key of `gapwise.toml` and of rule files.

mod canonical;
mod rules;
mod words;

pub(crate) use canonical::canonical;
pub(crate) use rules::*;
pub(crate) use words::*;

use crate::model::{CONCEPTS, Met, Shape, Ty, key};

pub(crate) const PRIVACY_LEVELS: &[&str] = &["never", "codes", "names"];

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
            "Language and formats of the reports: `en-GB`, `en-US`, `de`, a place that speaks one of them (`de-AT`), or a \
             language that a phrase file adds (`fr`).",
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
        key("brand", Ty::Table(&BRAND), "", "The client's logo, colour and lines on the pages."),
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
            "owner",
            Ty::Text,
            "",
            "The role that delivers it, named where it is missing; never a person's name.",
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
            "means",
            Ty::Text,
            "",
            "What is counted, in readers' words: \"no return for the same reason in 7 days\".",
        ),
        key("target-by", Ty::Text, "", "Who set the target; printed where the evidence is."),
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
        key(
            "next-try",
            Ty::Text,
            "",
            "When the schedule tries again, in readers' words: `today at 10:00 and 14:00`.",
        ),
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
    keys: &[
        key(
            "template",
            Ty::Text,
            "!",
            "The template; the output has the same name, and `team.html` is written once a team as `team-<name>.html`.",
        ),
        key(
            "sections",
            Ty::Texts,
            "",
            "The page's parts in this order; all of them, as the template has them, when absent.",
        ),
        key(
            "link",
            Ty::Text,
            "",
            "For pages that are not the whole report, such as `summary.md`: where readers find it, `https://…`.",
        ),
    ],
};

pub(crate) const BRAND: Shape = Shape {
    name: "brand",
    doc: "A client's look. What protects people and what colours mean in a chart stay as they are.",
    keys: &[
        key("logo", Ty::Text, "", "A picture of the workspace, at most 64 kB: png, jpeg, gif, webp or svg."),
        key("accent", Ty::Text, "", "Colour of headings and of the line at the top, such as `#0b5cad`."),
        key(
            "accent-dark",
            Ty::Text,
            "",
            "The same on a dark page; the nearest shade of `accent` that can be read there when absent.",
        ),
        key("footer", Ty::Text, "", "A line at the foot of every page."),
        key("confidentiality", Ty::Text, "", "A line at the top of every page, in print of every sheet."),
    ],
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
        ("[brand]", &BRAND),
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
        ("words file", &WORDS_FILE),
        ("words file: [rule.<id>]", &RULE_WORDS),
        ("words file: [decision.<id>]", &DECISION_WORDS),
        ("words file: [pattern.<id>] and [cause.<id>]", &LABEL_WORDS),
        ("words file: [cap.<when>]", &CAP_WORDS),
    ]
}
