//! `gapwise plan`: the reduction of a source as one SELECT, for a database to run.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{complain, load, say};
use crate::calendar::parse_as_of;
use crate::config::Plan;
use crate::diag::way_out;
use crate::model::SourceId;
use crate::source;
use crate::sql::Dialect;
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder with the `gapwise.toml`.
    #[arg(default_value = ".")]
    workspace: PathBuf,
    /// Whose SQL: postgres, duckdb, spark, snowflake, bigquery, clickhouse, trino, or an engine that speaks one.
    #[arg(long, default_value = "duckdb")]
    dialect: String,
    /// contacts, evaluations or surveys.
    #[arg(long, default_value = "contacts")]
    source: String,
    /// The table or view to read.
    #[arg(long)]
    table: Option<String>,
    /// As for `run`.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    let loaded = match load(&args.workspace, world) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    match select(args, &loaded.plan, world) {
        Ok(sql) => {
            say(&sql);
            0
        }
        Err(why) => {
            complain(&format!("error: {why}"));
            2
        }
    }
}

fn select(args: &Args, plan: &Plan, world: &World) -> Result<String, String> {
    let dialect = Dialect::named(&args.dialect).ok_or_else(|| {
        let names = Dialect::names();
        format!(
            "unknown dialect `{}`; {}",
            args.dialect,
            way_out(&args.dialect, names.iter().map(String::as_str))
        )
    })?;
    let cubes = ["contacts", "evaluations", "surveys"];
    let source =
        SourceId::parse(&args.source).filter(|id| id.is_cube()).and_then(|id| plan.source(id)).ok_or_else(
            || format!("`{}` is no source with metrics here; {}", args.source, way_out(&args.source, cubes)),
        )?;
    let as_of = match &args.as_of {
        Some(text) => parse_as_of(text, &plan.calendar)?,
        None => world.yesterday(plan.calendar.zone),
    };
    let span = plan.span(plan.calendar.last_complete(as_of));
    let reduction = source::reduction(plan, source, span, as_of).map_err(|error| format!("{error:#}"))?;
    let table = args.table.clone().unwrap_or_else(|| source.id.name().to_owned());
    Ok(reduction.to_sql(&dialect, &table))
}
