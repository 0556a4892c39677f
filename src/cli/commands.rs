//! The commands as a page, made from what the command line reads.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory as _};

use super::Cli;

/// `docs/commands.md`.
pub fn commands_page() -> String {
    let mut page = String::from(
        "# Commands\n\nMade from what the command line reads; `cargo test` compares the two. Standard output carries what was asked for,\nstandard error everything else. Every command also takes `--log-level` and `--log`.\n",
    );
    let cli = Cli::command();
    for command in cli.get_subcommands() {
        write_command(&mut page, command);
    }
    page
}

fn write_command(page: &mut String, command: &Command) {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let _ = write!(page, "\n## gapwise {}\n\n{about}.\n", command.get_name());
    let arguments: Vec<&Arg> = command.get_arguments().filter(|arg| !arg.is_hide_set()).collect();
    if arguments.is_empty() {
        return;
    }
    page.push_str("\n| argument | meaning | default |\n|---|---|---|\n");
    for arg in arguments {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(page, "| `{}` | {} | {} |", spelt(arg), cell(&help), default(arg));
    }
}

/// `--as-of DATE`, `WORKSPACE…`.
fn spelt(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    let values: Vec<String> = names.iter().map(ToString::to_string).collect();
    let takes = arg.get_action().takes_values();
    let many = if arg.get_num_args().is_some_and(|range| range.max_values() > 1) { "…" } else { "" };
    match (arg.get_long(), takes) {
        (Some(long), true) => format!("--{long} {}{many}", values.join(" ")),
        (Some(long), false) => format!("--{long}"),
        (None, _) => format!("{}{many}", values.join(" ")),
    }
}

/// The default and the words that may be said.
fn default(arg: &Arg) -> String {
    if !arg.get_action().takes_values() {
        return String::new();
    }
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy())).collect();
    let words: Vec<String> =
        arg.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
    let words = if words.is_empty() { String::new() } else { format!("one of {}", words.join(", ")) };
    [defaults.join(", "), words].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
