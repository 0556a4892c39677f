//! `gapwise run`: one workspace in this process, several each in a process of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args as ClapArgs;

use super::{complain, say, shown};
use crate::config::Client;
use crate::job::{self, Asked, Failure, Kept, Network, Outcome, Writing};
use crate::model::Severity;
use crate::report::Status;
use crate::world::World;

/// Of several exit codes, the one that stands for all: the first of these.
const WORST_FIRST: [u8; 8] = [70, 2, 6, 3, 5, 4, 1, 0];

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Folders with a `gapwise.toml`.
    #[arg(default_value = ".")]
    workspaces: Vec<PathBuf>,
    /// Data are complete through the end of this day or period (2026-11-15, 2026-W46); yesterday when absent.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Where reports are published.
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// Workspaces judged at a time.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: u16,
    /// Exit with 1 where a finding is at least this severe.
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    fail_on: Option<Severity>,
    /// Send nothing over the network.
    #[arg(long)]
    offline: bool,
    /// Do everything but write.
    #[arg(long)]
    dry_run: bool,
    /// Read every file again instead of using partial results of earlier runs.
    #[arg(long)]
    rebuild: bool,
}

fn severity(word: &str) -> Result<Severity, String> {
    let found = Severity::ALL.into_iter().find(|severity| severity.name() == word);
    found.ok_or_else(|| crate::diag::way_out(word, Severity::ALL.map(Severity::name)))
}

impl Args {
    fn asked(&self) -> Asked {
        Asked {
            as_of: self.as_of.clone(),
            out: self.out.clone(),
            fail_on: self.fail_on,
            network: if self.offline { Network::Offline } else { Network::Allowed },
            writing: if self.dry_run { Writing::DryRun } else { Writing::Publish },
            kept: if self.rebuild { Kept::Rebuild } else { Kept::Use },
        }
    }
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    match args.workspaces.as_slice() {
        [one] => alone(one, &args.asked(), world),
        many => together(many, args, world),
    }
}

/// Runs one workspace here and says what came of it.
pub(super) fn alone(workspace: &Path, asked: &Asked, world: &World) -> u8 {
    match job::run(workspace, asked, world) {
        Ok(outcome) => tell(&outcome),
        Err(failure) => fail(workspace, &failure),
    }
}

fn tell(outcome: &Outcome) -> u8 {
    if !outcome.config_warnings.is_empty() {
        complain(&outcome.config_warnings.render());
    }
    for warning in &outcome.warnings {
        complain(&format!("warning: {warning}"));
    }
    for failed in &outcome.failed_deliveries {
        complain(&format!("error: {failed}"));
    }
    if let Some(said) = forgotten(outcome) {
        complain(&said);
    }
    let state = match outcome.status {
        Status::Published => "published",
        Status::PublishedWithWarnings => "published with warnings",
        Status::Withheld => "withheld",
    };
    say(&format!("{} {}: {state}. {}", outcome.client, outcome.label, outcome.subject));
    match &outcome.folder {
        Some(folder) => say(&shown(folder)),
        None => say("dry run: nothing was written"),
    }
    outcome.exit
}

/// What retention took, by label and number.
fn forgotten(outcome: &Outcome) -> Option<String> {
    let old = &outcome.forgotten;
    if old.is_empty() {
        return None;
    }
    let verb = if outcome.folder.is_some() { "deleted" } else { "a run that writes would delete" };
    let periods = if old.periods.is_empty() { "none".to_owned() } else { old.periods.join(", ") };
    Some(format!(
        "{verb}, as older than `privacy.retain`: {} of published periods ({periods}), {} of partial results",
        old.periods.len(),
        old.kept.len()
    ))
}

/// Says why nothing came of it; yields the exit code.
pub(super) fn fail(workspace: &Path, failure: &Failure) -> u8 {
    match failure {
        Failure::Config(mistakes) => {
            complain(&mistakes.render());
            complain(&format!("`{}` cannot be run; nothing was written", shown(workspace)));
        }
        Failure::Usage(why) | Failure::Unreadable(why) => complain(&format!("error: {why}")),
        Failure::Locked(folder) => complain(&format!("error: another run holds `{}`", shown(folder))),
        Failure::Unwritable(error) | Failure::Internal(error) => complain(&format!("error: {error:#}")),
    }
    failure.exit()
}

/// Runs each workspace in a process of its own, so that one that fails takes no other with it.
fn together(workspaces: &[PathBuf], args: &Args, world: &World) -> u8 {
    let clients: Vec<Client> = workspaces.iter().map(|one| Client::of(one, world)).collect();
    if let Some(code) = refuse_twins(workspaces, &clients) {
        return code;
    }
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => {
            complain(&format!("error: cannot find this program to start it again: {error}"));
            return 70;
        }
    };
    let mut codes = each(workspaces, args, &program);
    for (workspace, code) in workspaces.iter().zip(&codes) {
        say(&format!("{code:>3}  {}", shown(workspace)));
    }
    if !args.dry_run {
        let ran: Vec<(Client, u8)> = clients.into_iter().zip(codes.iter().copied()).collect();
        codes.extend(write_index(&ran, &args.out));
    }
    WORST_FIRST.into_iter().find(|code| codes.contains(code)).unwrap_or(70)
}

/// The page over all of them; yields an exit code where it cannot be written.
fn write_index(ran: &[(Client, u8)], out: &Path) -> Option<u8> {
    match job::index::write(ran, out) {
        Ok(page) => {
            say(&shown(&page));
            None
        }
        Err(error) => {
            complain(&format!("error: {error:#}"));
            Some(6)
        }
    }
}

/// Two workspaces of one slug would write over one another.
fn refuse_twins(workspaces: &[PathBuf], clients: &[Client]) -> Option<u8> {
    let mut seen: BTreeMap<&str, &Path> = BTreeMap::new();
    for (workspace, client) in workspaces.iter().zip(clients).filter(|(_, client)| client.valid) {
        if let Some(first) = seen.insert(&client.slug, workspace) {
            let (slug, one, two) = (&client.slug, shown(first), shown(workspace));
            complain(&format!(
                "error: `{one}` and `{two}` both publish as `{slug}`; give one another `slug`"
            ));
            return Some(2);
        }
    }
    None
}

fn each(workspaces: &[PathBuf], args: &Args, program: &Path) -> Vec<u8> {
    let next = AtomicUsize::new(0);
    let codes = Mutex::new(vec![70u8; workspaces.len()]);
    std::thread::scope(|scope| {
        for _ in 0..usize::from(args.jobs).min(workspaces.len()) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::SeqCst);
                    let Some(workspace) = workspaces.get(index) else { return };
                    let code = child(program, workspace, args);
                    if let Ok(mut codes) = codes.lock() {
                        codes[index] = code;
                    }
                }
            });
        }
    });
    codes.into_inner().unwrap_or_else(|_| vec![70; workspaces.len()])
}

/// One child; its threads are limited by its environment so that `--jobs` children share the machine.
fn child(program: &Path, workspace: &Path, args: &Args) -> u8 {
    let mut command = Command::new(program);
    command.arg("run").arg(workspace).arg("--out").arg(&args.out);
    if let Some(as_of) = &args.as_of {
        command.args(["--as-of", as_of]);
    }
    if let Some(severity) = args.fail_on {
        command.args(["--fail-on", severity.name()]);
    }
    for (asked, flag) in
        [(args.offline, "--offline"), (args.dry_run, "--dry-run"), (args.rebuild, "--rebuild")]
    {
        if asked {
            command.arg(flag);
        }
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = (cores / usize::from(args.jobs)).max(1);
    command.env("POLARS_MAX_THREADS", threads.to_string());
    match command.status() {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(70),
        Err(error) => {
            complain(&format!("error: cannot start `{}`: {error}", shown(program)));
            70
        }
    }
}
