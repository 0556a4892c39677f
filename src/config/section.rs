//! A table of TOML held against its shape. Every mistake in it is noted with its place, and reading goes
//! on: the getters simply yield nothing where a value was wrong.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "methods of a type with a lifetime are not general enough"
)]

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::plan::{Amount, Origin, Test, Where};
use super::settings::{self, Field};
use crate::diag::{Diagnostic, Diagnostics, Place, SourceFile, nearest, way_out};
use crate::model::{Key, Shape, Ty};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

impl<T> At<T> {
    pub(crate) fn origin(&self) -> Origin {
        origin(&self.place)
    }
}

pub(crate) fn origin(place: &Place) -> Origin {
    Origin { file: place.file.name.clone(), line: place.line() }
}

/// The file being read and the mistakes found in it.
pub(crate) struct Book {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) diags: RefCell<Diagnostics>,
    /// Where it is no TOML.
    stumbled: RefCell<Vec<usize>>,
}

impl Book {
    pub(crate) fn new(file: Arc<SourceFile>) -> Self {
        Self { file, diags: RefCell::default(), stumbled: RefCell::default() }
    }

    pub(crate) fn note(&self, diagnostic: Diagnostic) {
        self.diags.borrow_mut().push(diagnostic);
    }

    /// Whether reading stumbled over something in this range.
    fn broken_in(&self, span: Range<usize>) -> bool {
        self.stumbled.borrow().iter().any(|at| span.contains(at))
    }

    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place::new(&self.file, span)
    }

    /// Parses the file as TOML; syntax mistakes are noted, and what could be read is read.
    pub(crate) fn parse(&self) -> Spanned<DeTable<'_>> {
        let (table, errors) = DeTable::parse_recoverable(&self.file.text);
        for error in errors {
            let place = self.place(error.span().unwrap_or(0..0));
            let title =
                error.message().lines().next().unwrap_or("not valid TOML").trim_end_matches('.').to_owned();
            self.stumbled.borrow_mut().push(place.start);
            let help =
                "look at the line before too, for a quote or bracket left open; `gapwise explain GW100`";
            self.note(Diagnostic::error("GW100", title).at(place).label("not valid TOML").help(help));
        }
        table
    }
}

/// One table with its shape, already checked key by key.
pub(crate) struct Section<'a> {
    pub(crate) book: &'a Book,
    pub(crate) table: &'a DeTable<'a>,
    pub(crate) place: Place,
}

impl<'a> Section<'a> {
    /// Checks the table against `shape` and hands it out.
    pub(crate) fn open(book: &'a Book, table: &'a DeTable<'a>, span: Range<usize>, shape: &Shape) -> Self {
        let section = Self { book, table, place: book.place(span) };
        section.check(shape.name, &[shape.keys]);
        section
    }

    /// Notes unknown keys, missing keys and wrong types.
    pub(crate) fn check(&self, name: &str, keys: &[&[Key]]) {
        let known = || keys.iter().flat_map(|keys| keys.iter());
        let mut meant: Vec<&str> = Vec::new();
        for (key, value) in self.table {
            let word: &str = key.get_ref();
            if let Some(found) = known().find(|k| k.name == word) {
                check_type(self.book, word, value, &found.ty);
                continue;
            }
            meant.extend(nearest(word, known().map(|k| k.name)));
            self.book.note(
                Diagnostic::error("GW101", format!("unknown key `{word}` in {name}"))
                    .at(self.book.place(key.span()))
                    .help(way_out(word, known().map(|k| k.name))),
            );
        }
        // A misspelt key is one mistake, not a missing one as well.
        let absent = |k: &&Key| k.required() && !self.table.contains_key(k.name) && !meant.contains(&k.name);
        for missing in known().filter(absent) {
            self.book.note(
                Diagnostic::error("GW103", format!("{name} has no `{}`", missing.name))
                    .at(self.place.clone())
                    .help(format!("add `{}`, {}: {}", missing.name, missing.ty.words(), missing.doc)),
            );
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.get(key).map_or_else(|| self.place.clone(), |value| self.book.place(value.span()))
    }

    /// Where a key itself is written.
    pub(crate) fn key_place(&self, key: &str) -> Place {
        let written = self.table.get_key_value(key);
        written.map_or_else(|| self.place.clone(), |(key, _)| self.book.place(key.span()))
    }

    pub(crate) fn text(&self, key: &str) -> Option<At<String>> {
        let value = self.get(key)?;
        let text = value.get_ref().as_str()?;
        Some(At { value: text.to_owned(), place: self.book.place(value.span()) })
    }

    pub(crate) fn text_or(&self, key: &str, default: &str) -> String {
        self.text(key).map_or_else(|| default.to_owned(), |at| at.value)
    }

    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        self.get(key).and_then(|value| number_of(value.get_ref()))
    }

    pub(crate) fn integer(&self, key: &str) -> Option<i64> {
        integer_of(self.get(key)?.get_ref())
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.get_ref().as_bool()
    }

    pub(crate) fn date(&self, key: &str) -> Option<NaiveDate> {
        date_of(self.get(key)?.get_ref())
    }

    pub(crate) fn dates(&self, key: &str) -> Vec<NaiveDate> {
        let items = self.get(key).and_then(|value| value.get_ref().as_array());
        items.into_iter().flat_map(|all| all.iter()).filter_map(|item| date_of(item.get_ref())).collect()
    }

    /// One string or a list of them.
    pub(crate) fn texts(&self, key: &str) -> Vec<At<String>> {
        self.get(key).map_or_else(Vec::new, |value| texts_of(self.book, value))
    }

    pub(crate) fn days(&self, key: &str) -> Option<u32> {
        crate::calendar::parse_days(&self.text(key)?.value).ok()
    }

    pub(crate) fn amount(&self, key: &str) -> Option<At<Amount>> {
        let value = self.get(key)?;
        let amount = amount_of(value.get_ref()).ok()?;
        Some(At { value: amount, place: self.book.place(value.span()) })
    }

    pub(crate) fn section(&self, key: &str, shape: &Shape) -> Option<Section<'a>> {
        let value = self.get(key)?;
        Some(Section::open(self.book, value.get_ref().as_table()?, value.span(), shape))
    }

    pub(crate) fn sections(&self, key: &str, shape: &Shape) -> Vec<Section<'a>> {
        let items = self.get(key).and_then(|value| value.get_ref().as_array());
        let tables = items.into_iter().flat_map(|all| all.iter());
        tables
            .filter_map(|item| Some(Section::open(self.book, item.get_ref().as_table()?, item.span(), shape)))
            .collect()
    }

    /// The entries of a table whose keys are the user's own, in the order they are written.
    pub(crate) fn entries(&self, key: &str) -> Vec<(At<String>, &'a Spanned<DeValue<'a>>)> {
        let Some(table) = self.get(key).and_then(|value| value.get_ref().as_table()) else {
            return Vec::new();
        };
        entries_of(self.book, table)
    }

    pub(crate) fn filter(&self, key: &str) -> Where {
        let Some(table) = self.get(key).and_then(|value| value.get_ref().as_table()) else {
            return Where::default();
        };
        let tests = entries_of(self.book, table).into_iter();
        Where {
            tests: tests.filter_map(|(name, value)| Some((name.value, test_of(self.book, value)?))).collect(),
            place: Some(self.place_of(key)),
        }
    }

    /// Every value below, with its dotted key.
    pub(crate) fn fields(&self) -> Vec<Field> {
        settings::fields(self.book, self.table)
    }

    pub(crate) fn note(&self, diagnostic: Diagnostic) {
        self.book.note(diagnostic);
    }
}

pub(crate) fn entries_of<'a>(
    book: &Book,
    table: &'a DeTable<'a>,
) -> Vec<(At<String>, &'a Spanned<DeValue<'a>>)> {
    let mut all: Vec<_> = table
        .iter()
        .map(|(key, value)| (At { value: key.get_ref().to_string(), place: book.place(key.span()) }, value))
        .collect();
    all.sort_by_key(|(key, _)| key.place.start);
    all
}

pub(crate) fn texts_of(book: &Book, value: &Spanned<DeValue<'_>>) -> Vec<At<String>> {
    let one = |value: &Spanned<DeValue<'_>>| {
        let text = value.get_ref().as_str()?;
        Some(At { value: text.to_owned(), place: book.place(value.span()) })
    };
    match value.get_ref() {
        DeValue::Array(items) => items.iter().filter_map(one).collect(),
        _ => one(value).into_iter().collect(),
    }
}

/// A name as expressions spell it.
pub(crate) fn snake(name: &str) -> String {
    name.replace('-', "_")
}

pub(crate) fn number_of(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(n) => i64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok().map(|n| {
            #[expect(clippy::cast_precision_loss, reason = "configuration numbers are small")]
            let number = n as f64;
            number
        }),
        DeValue::Float(n) => n.as_str().replace('_', "").parse().ok().filter(|x: &f64| x.is_finite()),
        _ => None,
    }
}

fn integer_of(value: &DeValue<'_>) -> Option<i64> {
    let DeValue::Integer(n) = value else { return None };
    i64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok()
}

fn date_of(value: &DeValue<'_>) -> Option<NaiveDate> {
    match value {
        DeValue::Datetime(stamp) => {
            let date = stamp.date?;
            NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        }
        DeValue::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A number with a unit: `20s`, `2min`, `3pt`, `30%`, `1.5x`, or bare; else what is wrong and the way out.
pub(crate) fn amount_of(value: &DeValue<'_>) -> Result<Amount, (String, String)> {
    if let Some(number) = number_of(value) {
        return Ok(Amount::Bare(number));
    }
    let usual = || "write a number, then its unit: `20s`, `2min`, `3pt`, `30%` or `1.5x`".to_owned();
    let text = value.as_str().ok_or_else(|| ("this is no number".to_owned(), usual()))?.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || ".-+".contains(c))).unwrap_or(text.len());
    let (digits, unit) = text.split_at(split);
    let number: f64 =
        digits.parse().map_err(|_| (format!("`{text}` does not start with a number"), usual()))?;
    match unit.trim() {
        "" => Ok(Amount::Bare(number)),
        "%" => Ok(Amount::Percent(number / 100.0)),
        "pt" | "pp" | "points" => Ok(Amount::Points(number / 100.0)),
        "s" => Ok(Amount::Seconds(number)),
        "min" => Ok(Amount::Seconds(number * 60.0)),
        "x" => Ok(Amount::Times(number)),
        other if other.starts_with(',') => {
            Err((format!("`{text}` has a decimal comma"), format!("write `{}`", text.replacen(',', ".", 1))))
        }
        other => {
            let title = format!("unknown unit `{other}`; units are `s`, `min`, `pt`, `%` and `x`");
            Err((title, meant_unit(other).map_or_else(usual, |unit| format!("write `{digits}{unit}`"))))
        }
    }
}

/// The unit behind another word for it.
fn meant_unit(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "sec" | "secs" | "second" | "seconds" => Some("s"),
        "m" | "mins" | "minute" | "minutes" => Some("min"),
        "point" | "pts" | "ppt" | "percentage points" => Some("pt"),
        "percent" | "per cent" | "pct" | "pc" => Some("%"),
        "times" | "×" => Some("x"),
        _ => None,
    }
}

fn test_of(book: &Book, value: &Spanned<DeValue<'_>>) -> Option<Test> {
    let texts = |value| texts_of(book, value).into_iter().map(|at| at.value).collect::<Vec<_>>();
    match value.get_ref() {
        DeValue::Table(table) => table.get("not").map(|not| Test::NotIn(texts(not))),
        DeValue::Array(_) | DeValue::String(_) => Some(Test::In(texts(value))),
        _ => None,
    }
}

fn check_type(book: &Book, key: &str, value: &Spanned<DeValue<'_>>, ty: &Ty) {
    let wrong = || {
        // What could not be read as TOML is told already.
        if book.broken_in(value.span()) {
            return;
        }
        let title = format!("`{key}` is {}, not {}", found(value.get_ref()), ty.words());
        let help = instead(value.get_ref(), ty).unwrap_or_else(|| ty.example(key));
        book.note(Diagnostic::error("GW102", title).at(book.place(value.span())).help(help));
    };
    let invalid = |why: String, help: Option<String>| {
        book.note(Diagnostic::error("GW104", why).at(book.place(value.span())).maybe_help(help));
    };
    let inner = value.get_ref();
    match ty {
        Ty::Text if !inner.is_str() => wrong(),
        Ty::Number if number_of(inner).is_none() => wrong(),
        Ty::Integer if integer_of(inner).is_none() => wrong(),
        Ty::Flag if inner.as_bool().is_none() => wrong(),
        Ty::Date if date_of(inner).is_none() => wrong(),
        Ty::Texts if !is_list_of(inner, |item| item.is_str()) => wrong(),
        Ty::Dates if !is_list_of(inner, |item| date_of(item).is_some()) => wrong(),
        Ty::TextOrTexts if !inner.is_str() && !is_list_of(inner, |item| item.is_str()) => wrong(),
        Ty::Table(_) | Ty::Map(_) if !inner.is_table() => wrong(),
        Ty::Tables(_) if !is_list_of(inner, |item| item.is_table()) => wrong(),
        Ty::Choice(all) => match inner.as_str() {
            None => wrong(),
            Some(word) if !all.contains(&word) => {
                invalid(
                    format!("`{word}` is not a value of `{key}`"),
                    Some(way_out(word, all.iter().copied())),
                );
            }
            Some(_) => {}
        },
        Ty::Days => match inner.as_str().map(crate::calendar::parse_days) {
            None => wrong(),
            Some(Err(why)) => invalid(why, Some("days end with `d`, weeks with `w`".to_owned())),
            Some(Ok(_)) => {}
        },
        Ty::Amount => {
            if let Err((why, help)) = amount_of(inner) {
                if inner.is_str() { invalid(why, Some(help)) } else { wrong() }
            }
        }
        Ty::Map(of) => {
            for (key, value) in inner.as_table().into_iter().flat_map(DeTable::iter) {
                check_type(book, key.get_ref(), value, of);
            }
        }
        Ty::Where => check_where(book, inner, wrong),
        Ty::Secret => check_secret(book, key, value),
        _ => {}
    }
}

/// Whether a value is of a key's type; nothing is noted.
pub(crate) fn fits(book: &Book, key: &Key, value: &Spanned<DeValue<'_>>) -> bool {
    let scratch = Book::new(Arc::clone(&book.file));
    check_type(&scratch, key.name, value, &key.ty);
    scratch.diags.into_inner().is_empty()
}

fn is_list_of(value: &DeValue<'_>, test: impl Fn(&DeValue<'_>) -> bool) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(|item| test(item.get_ref())))
}

fn check_where(book: &Book, value: &DeValue<'_>, wrong: impl Fn()) {
    let Some(table) = value.as_table() else { return wrong() };
    for (key, test) in table {
        let good = match test.get_ref() {
            DeValue::Table(not) => not.len() == 1 && not.get("not").is_some_and(|v| is_texts(v.get_ref())),
            other => is_texts(other),
        };
        if !good {
            let key = key.get_ref();
            let title = format!("`{key}` in a filter is a list of names, or `{{ not = […] }}`");
            let help = format!("write `{key} = [\"…\"]` or `{key} = {{ not = [\"…\"] }}`");
            book.note(Diagnostic::error("GW102", title).at(book.place(test.span())).help(help));
        }
    }
}

fn is_texts(value: &DeValue<'_>) -> bool {
    value.is_str() || is_list_of(value, |item| item.is_str())
}

fn check_secret(book: &Book, key: &str, value: &Spanned<DeValue<'_>>) {
    let indirect = value.get_ref().as_table().is_some_and(|table| {
        table.len() == 1
            && ["env", "file"].iter().any(|k| table.get(*k).is_some_and(|v| v.get_ref().is_str()))
    });
    if !indirect {
        // No snippet: it would print the secret.
        let place = book.place(value.span());
        let title = format!(
            "{}:{}: `{key}` is a secret and must not stand in the file",
            place.file.name,
            place.line()
        );
        book.note(
            Diagnostic::error("GW180", title).help("write `{ env = \"NAME\" }` or `{ file = \"path\" }`"),
        );
    }
}

/// How a value of a neighbouring type is written in the type that is meant.
fn instead(value: &DeValue<'_>, ty: &Ty) -> Option<String> {
    let only = value.as_array().filter(|items| items.len() == 1).and_then(|items| items.iter().next());
    if let (Some(one), Ty::Text | Ty::Amount | Ty::Choice(_)) = (only, ty) {
        return Some(format!("write it without brackets: `\"{}\"`", one.get_ref().as_str()?));
    }
    if let (Ty::Date, DeValue::String(_)) = (ty, value) {
        return Some("write year, month and day without quotes: 2027-01-31".to_owned());
    }
    let text = value.as_str()?.trim();
    match ty {
        Ty::Texts => Some(format!("write it in brackets: `[\"{text}\"]`")),
        Ty::Number => {
            let share = text.strip_suffix('%').and_then(|digits| digits.trim().parse::<f64>().ok());
            let number =
                share.map(|percent| percent / 100.0).or_else(|| text.replace(',', ".").parse().ok())?;
            Some(format!("write {number}"))
        }
        Ty::Integer => Some(format!("write {}", text.parse::<i64>().ok()?)),
        Ty::Flag => Some(format!("write {} without quotes", text.parse::<bool>().ok()?)),
        _ => None,
    }
}

fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
