//! The shape of configuration: every key with its type, default and meaning, as data. One table serves the
//! parser, the documentation and the editor's schema, so that they cannot disagree.

/// What a key's value may be.
#[derive(Clone, Copy, Debug)]
pub enum Ty {
    Text,
    Number,
    Integer,
    Flag,
    /// A list of strings.
    Texts,
    /// One string or a list of them.
    TextOrTexts,
    Choice(&'static [&'static str]),
    Date,
    Dates,
    /// A span such as `7d` or `26w`.
    Days,
    /// A bare number, or a string with a unit: `20s`, `3pt`, `30%`, `1.5x`.
    Amount,
    Table(&'static Shape),
    /// `[[…]]`.
    Tables(&'static Shape),
    /// A table whose keys are the user's own names.
    Map(&'static Ty),
    /// A filter over metrics, teams, contact types and segments.
    Where,
    /// A secret: `{ env = "…" }` or `{ file = "…" }`.
    Secret,
    /// Checked by the code that reads it.
    Open,
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub name: &'static str,
    pub ty: Ty,
    /// As TOML text; empty = none; `!` = required.
    pub default: &'static str,
    pub doc: &'static str,
}

impl Key {
    pub fn required(&self) -> bool {
        self.default == "!"
    }

    /// The default as a value; none where the key is required or has none.
    pub fn default_value(&self) -> Option<toml::Value> {
        if self.default.is_empty() || self.required() {
            return None;
        }
        let table: toml::Table = toml::from_str(&format!("x = {}", self.default)).ok()?;
        table.get("x").cloned()
    }
}

/// A table's keys.
#[derive(Debug)]
pub struct Shape {
    /// What the table is called in a message: `metric`, `rule`.
    pub name: &'static str,
    pub doc: &'static str,
    pub keys: &'static [Key],
}

/// A key in one line, for tables of keys.
pub const fn key(name: &'static str, ty: Ty, default: &'static str, doc: &'static str) -> Key {
    Key { name, ty, default, doc }
}

impl Ty {
    /// How such a value is written.
    pub fn example(&self, key: &str) -> String {
        match self {
            Self::Text => format!("write `{key} = \"…\"`"),
            Self::Secret => format!("write `{key} = {{ env = \"NAME\" }}`"),
            Self::Number => format!("write a number without quotes: `{key} = 0.05`"),
            Self::Integer => format!("write a whole number without quotes: `{key} = 12`"),
            Self::Flag => format!("write `{key} = true` or `{key} = false`"),
            Self::Texts | Self::TextOrTexts => format!("write `{key} = [\"…\", \"…\"]`"),
            Self::Choice(all) => format!("write `{key} = \"{}\"`", all.first().copied().unwrap_or_default()),
            Self::Date => format!("write `{key} = 2027-01-31`"),
            Self::Dates => format!("write `{key} = [2027-01-31]`"),
            Self::Days => format!("write `{key} = \"7d\"` or `{key} = \"26w\"`"),
            Self::Amount => format!("write `{key} = \"1.5x\"`"),
            Self::Table(_) | Self::Map(_) => format!("write a table: `{key} = {{ … }}`"),
            Self::Tables(_) => format!("write it as a table of its own under `[[{key}]]`"),
            Self::Where => format!("write `{key} = {{ team = [\"…\"] }}`"),
            Self::Open => format!("write a value for `{key}`"),
        }
    }

    /// In words, for messages and documentation.
    pub fn words(&self) -> String {
        match self {
            Self::Text => "a string".into(),
            Self::Number => "a number".into(),
            Self::Integer => "a whole number".into(),
            Self::Flag => "`true` or `false`".into(),
            Self::Texts => "a list of strings".into(),
            Self::TextOrTexts => "a string or a list of strings".into(),
            Self::Choice(all) => {
                let quoted: Vec<String> = all.iter().map(|one| format!("`{one}`")).collect();
                format!("one of {}", quoted.join(", "))
            }
            Self::Date => "a date such as 2027-01-31".into(),
            Self::Dates => "a list of dates".into(),
            Self::Days => "a span such as `\"7d\"` or `\"26w\"`".into(),
            Self::Amount => {
                "a number, or a string with a unit such as `\"20s\"`, `\"3pt\"`, `\"30%\"`, `\"1.5x\"`".into()
            }
            Self::Table(shape) => format!("a table ({})", shape.name),
            Self::Tables(shape) => format!("a list of tables `[[{}]]`", shape.name),
            Self::Map(of) => format!("a table whose values are each {}", of.words()),
            Self::Where => {
                "a filter such as `{ contact-type = [\"Billing\"] }` or `{ team = { not = [\"Night\"] } }`"
                    .into()
            }
            Self::Secret => "`{ env = \"NAME\" }` or `{ file = \"path\" }`".into(),
            Self::Open => "a value".into(),
        }
    }
}
