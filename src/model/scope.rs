//! Where a statement is made.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The segment by which evaluations are kept apart: no scope, no item and no page ever names its values.
pub const EVALUATOR: &str = "evaluator";

/// The operation, or exactly one of its parts. Ordered: the operation first, then by level and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Operation,
    Team(String),
    ContactType(String),
    Segment { dimension: String, name: String },
}

impl Scope {
    /// `operation`, `team`, `contact-type` or the segment's own name.
    pub fn level(&self) -> &str {
        match self {
            Self::Operation => "operation",
            Self::Team(_) => "team",
            Self::ContactType(_) => "contact-type",
            Self::Segment { dimension, .. } => dimension,
        }
    }

    /// The part's name; none for the operation.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Operation => None,
            Self::Team(name) | Self::ContactType(name) | Self::Segment { name, .. } => Some(name),
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("level", self.level())?;
        if let Some(name) = self.name() {
            map.serialize_entry("name", name)?;
        }
        map.end()
    }
}

impl JsonSchema for Scope {
    fn schema_name() -> Cow<'static, str> {
        "Scope".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The operation, or exactly one of its parts.",
            "type": "object",
            "properties": {
                "level": {
                    "description": "`operation`, `team`, `contact-type` or a segment's own name.",
                    "type": "string",
                },
                "name": { "description": "The part's name; not there for the operation.", "type": "string" },
            },
            "required": ["level"],
        })
    }
}
