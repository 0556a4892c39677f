//! `gapwise schema`: what editors and clients' tools may hold a file against, made from the types that parse and
//! publish it.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::Value;

use super::{complain, say, shown};
use crate::config;
use crate::diag::way_out;
use crate::model::schema;
use crate::report::{context, contract};
use crate::simulate;
use crate::trial;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// workspace, rules, tests, scenario, findings or context.
    #[arg(default_value = "workspace")]
    of: String,
    /// Write it into this file instead of printing it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A schema by the name it is asked for.
struct Named {
    name: &'static str,
    make: fn() -> Value,
}

const SCHEMAS: &[Named] = &[
    Named { name: "workspace", make: config::schema::workspace },
    Named { name: "rules", make: config::schema::rules },
    Named { name: "tests", make: trial::schema },
    Named { name: "scenario", make: simulate::schema },
    Named { name: "findings", make: contract::schema },
    Named { name: "context", make: context::schema },
];

pub(super) fn run(args: &Args) -> u8 {
    let Some(named) = SCHEMAS.iter().find(|one| one.name == args.of) else {
        let help = way_out(&args.of, SCHEMAS.iter().map(|one| one.name));
        complain(&format!("error: there is no schema of `{}`; {help}", args.of));
        return 2;
    };
    let text = schema::text(&(named.make)());
    let Some(file) = &args.out else {
        say(text.trim_end());
        return 0;
    };
    match std::fs::write(file, text) {
        Ok(()) => 0,
        Err(error) => {
            complain(&format!("error: cannot write `{}`: {error}", shown(file)));
            6
        }
    }
}
