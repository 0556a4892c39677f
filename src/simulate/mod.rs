//! Synthetic centres with planted truth, as ordinary workspaces: for the demonstration, for rule tests and for
//! measuring how often a diagnosis is right. Nothing downstream knows that a centre was made up.
//!
//! A [`Scenario`] says what is true (levels, spreads, who is blocked, what coaching adds); [`tables`] draws it
//! into memory and [`write()`] into a folder. A [`Centre`] is the compact form for rule tests.

mod centre;
mod coach;
mod data;
mod demo;
mod draw;
mod luck;
mod people;
mod random;
mod scenario;
mod sheets;
mod standing;
mod tables;
mod workspace;
mod write;

pub use centre::{Centre, Handle, Lesson};
pub use data::data;
pub use demo::demo;
pub use draw::tables;
pub use scenario::{
    Adds, Better, Change, Columns, ContactType, Evaluators, Group, Load, Measure, Measured, Newcomers,
    Policy, Programme, Range, Scenario, Truth, schema,
};
pub use tables::{Contacts, Detail, Evaluations, Recorded, Sessions, Tables, Touchpoint};
pub use write::{Written, write, write_centre, write_data};
