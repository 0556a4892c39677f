//! TOML dates, written without quotes.

use chrono::{Datelike, NaiveDate};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use toml::value::Datetime;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's `with` hands a reference")]
pub(in super::super) fn serialize<S: Serializer>(date: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
    let part = |n: u32| u8::try_from(n).map_err(serde::ser::Error::custom);
    let year = u16::try_from(date.year()).map_err(serde::ser::Error::custom)?;
    let date = toml::value::Date { year, month: part(date.month())?, day: part(date.day())? };
    Datetime::from(date).serialize(to)
}

pub(in super::super) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<NaiveDate, D::Error> {
    let written = Datetime::deserialize(from)?;
    let date = written.date.filter(|_| written.time.is_none());
    date.and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()))
        .ok_or_else(|| D::Error::custom(format!("`{written}` is no date, write it as 2026-11-15")))
}

/// As an editor sees it: the text of a date.
pub(in super::super) fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "format": "date" })
}

/// Dates that may be absent.
pub(super) mod optional {
    use super::{Deserializer, NaiveDate, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's `with` hands a reference")]
    #[expect(clippy::ref_option, reason = "serde's `with` hands a reference")]
    pub(in super::super) fn serialize<S: Serializer>(
        date: &Option<NaiveDate>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => super::serialize(date, to),
            None => to.serialize_none(),
        }
    }

    pub(in super::super) fn deserialize<'a, D: Deserializer<'a>>(
        from: D,
    ) -> Result<Option<NaiveDate>, D::Error> {
        super::deserialize(from).map(Some)
    }
}
