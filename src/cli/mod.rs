//! The commands, one file each. Standard output carries what was asked for, standard error everything else;
//! the exit code comes from one table.

mod backtest;
mod check;
mod commands;
mod config;
mod context;
mod demo;
mod explain;
mod init;
mod new_tests;
mod plan;
mod privacy;
mod render;
mod run;
mod schema;
mod simulate;
mod test;
mod try_rule;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::config::Loaded;
use crate::world::World;

pub use commands::commands_page;

/// Tells whether a performance gap is behavioural (coach) or structural (fix the operation), and whether
/// coaching works.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How much is said on standard error: error, warn, info, debug.
    #[arg(long, global = true, default_value = "warn", env = "GAPWISE_LOG")]
    log_level: String,
    /// Log lines as text or JSON.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    log: Format,
}

/// How something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a workspace to start from by looking at a client's data.
    Init(init::Args),
    /// Judge workspaces and publish their reports.
    Run(run::Args),
    /// Check a workspace's configuration: every mistake at once.
    Check(check::Args),
    /// Print every value in force, and with `--origin` the line that set it.
    Config(config::Args),
    /// Run rule tests: those of a workspace, or of the built-in packs.
    Test(test::Args),
    /// Say what the rules would have said over the last periods, and how loud they are.
    Backtest(backtest::Args),
    /// Try one rule on the data at hand: its evidence, its predicate step by step, and why it does not fire.
    Try(try_rule::Args),
    /// Explain a kind, a rule of a workspace, or a diagnostic's code.
    Explain(explain::Args),
    /// Print the reduction of a source as SQL.
    Plan(plan::Args),
    /// Print all that one report's template sees, as JSON; nothing is published.
    Context(context::Args),
    /// Render a report again from such a context, without data.
    Render(render::Args),
    /// Say what is done with data about people: what is read, published, delivered and kept, and how long.
    Privacy(privacy::Args),
    /// Print the JSON Schema of a file, for editors and tools.
    Schema(schema::Args),
    /// Write a synthetic centre with planted truth as a workspace.
    Simulate(simulate::Args),
    /// Make a synthetic centre, run the whole job on it and say where the report is.
    Demo(demo::Args),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Reads the command line and carries it out.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::from(6) };
        }
    };
    start_logging(&cli);
    let world = World { now: chrono::Utc::now(), env: std::env::vars().collect() };
    let code = match cli.command {
        Command::Init(args) => init::run(&args, &world),
        Command::Run(args) => run::run(&args, &world),
        Command::Check(args) => check::run(&args, &world),
        Command::Config(args) => config::run(&args, &world),
        Command::Test(args) => test::run(&args, &world),
        Command::Backtest(args) => backtest::run(&args, &world),
        Command::Try(args) => try_rule::run(&args, &world),
        Command::Explain(args) => explain::run(&args, &world),
        Command::Plan(args) => plan::run(&args, &world),
        Command::Context(args) => context::run(&args, &world),
        Command::Render(args) => render::run(&args, &world),
        Command::Privacy(args) => privacy::run(&args, &world),
        Command::Schema(args) => schema::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Demo(args) => demo::run(&args, &world),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "gapwise", &mut std::io::stdout());
            0
        }
    };
    ExitCode::from(code)
}

fn start_logging(cli: &Cli) {
    let filter = tracing_subscriber::EnvFilter::try_new(format!("gapwise={}", cli.log_level))
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("gapwise=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match cli.log {
        Format::Json => log.json().init(),
        Format::Text => log.with_target(false).without_time().init(),
    }
}

/// A workspace's configuration; its mistakes are told, and the code is the one of usage.
fn load(workspace: &std::path::Path, world: &World) -> Result<Loaded, u8> {
    crate::config::load(workspace, world).map_err(|mistakes| {
        complain(&mistakes.render());
        2
    })
}

/// What was asked for, on standard output. A closed pipe is the reader's business.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Everything else, on standard error.
fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The last component of a path, for messages.
fn shown(path: &std::path::Path) -> String {
    path.display().to_string()
}
