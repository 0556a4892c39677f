//! The guides in `docs/` do what they say: their commands run in order, one folder a page with the repository's
//! `examples` beside it, the files they show are written, and what they print is what the page prints.
//!
//! In a page, a `sh` block is run; its first line may be `# exit 1`. A `text` block after it is what was printed, a
//! line `…` standing for any number of lines. A block of another language whose first line names a file is that file:
//! `# northwind/rules/client.toml` writes it, `# add to …` appends to it, `# set in …` sets single keys of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One fenced block.
struct Block {
    language: String,
    text: String,
    line: usize,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut all = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => all.extend(open.take()),
            (Some(language), None) => {
                open = Some(Block { language: language.to_owned(), text: String::new(), line: number + 1 });
            }
            (None, Some(block)) => writeln!(block.text, "{line}").unwrap(),
            (None, None) => {}
        }
    }
    all
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What a page's blocks did so far.
struct Reader {
    page: String,
    folder: tempfile::TempDir,
    printed: Option<String>,
    ran: usize,
}

impl Reader {
    fn of(page: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(root().join("examples"), folder.path().join("examples")).unwrap();
        Self { page: page.to_owned(), folder, printed: None, ran: 0 }
    }

    fn go(&mut self, block: &Block) {
        match block.language.as_str() {
            // The repository's own commands are for its builders, and take their time.
            "sh" if block.text.contains("cargo run") => {}
            "sh" => self.run(block),
            "text" => self.compare(block),
            _ => self.write(block),
        }
    }

    fn run(&mut self, block: &Block) {
        let program = Path::new(env!("CARGO_BIN_EXE_gapwise")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        let both = format!("exec 2>&1\nset -e\n{}", block.text);
        let mut command = Command::new("sh");
        command.args(["-c", &both]).current_dir(self.folder.path()).env("PATH", path).env("NO_COLOR", "1");
        command.env_remove("GAPWISE_LOG").stdin(Stdio::null());
        let output = command.output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let wanted = block.text.lines().next().and_then(|line| line.strip_prefix("# exit ")?.parse().ok());
        let found = output.status.code();
        assert_eq!(found, Some(wanted.unwrap_or(0)), "{}\n{printed}", self.place(block));
        self.printed = Some(printed);
        self.ran += 1;
    }

    fn compare(&self, block: &Block) {
        let Some(printed) = &self.printed else { return };
        let (wanted, found) = (lines(&block.text), lines(printed));
        assert!(is_shown(&wanted, &found), "{}: this was printed\n{printed}", self.place(block));
    }

    fn write(&self, block: &Block) {
        let Some((first, rest)) = block.text.split_once('\n') else { return };
        let named = first.trim_matches(['#', '<', '!', '-', '>', '{', '}', ' ']);
        let (how, name) = ["add to ", "set in "]
            .iter()
            .find_map(|how| Some((how.trim(), named.strip_prefix(how)?)))
            .unwrap_or(("write", named));
        let is_file = name.contains('/') && name.contains('.') && !name.contains(' ');
        if !is_file {
            return;
        }
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let before = fs::read_to_string(&path).unwrap_or_default();
        let after = match how {
            "add to" => format!("{before}\n{rest}"),
            "set in" => set(&before, rest).unwrap_or_else(|why| panic!("{}: {why}", self.place(block))),
            _ => rest.to_owned(),
        };
        fs::write(path, after).unwrap();
    }

    fn place(&self, block: &Block) -> String {
        format!("docs/{}:{}", self.page, block.line)
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

/// Whether all of a text is in another, `…` standing for any lines; it may begin and end anywhere.
fn is_shown(wanted: &[&str], found: &[&str]) -> bool {
    let parts: Vec<&[&str]> =
        wanted.split(|line| line.trim() == "…").filter(|part| !part.is_empty()).collect();
    let mut rest = found;
    parts.into_iter().all(|part| {
        let at = rest.windows(part.len()).position(|window| window == part);
        at.map(|at| rest = &rest[at + part.len()..]).is_some()
    })
}

/// Sets keys of a TOML text below their headers; a key that is there, commented out or not, is replaced.
fn set(text: &str, wanted: &str) -> Result<String, String> {
    let mut all: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut header: Option<usize> = None;
    for line in wanted.lines().filter(|line| !line.trim().is_empty()) {
        if line.starts_with('[') {
            let name = line.split('#').next().unwrap_or(line).trim();
            let at = all.iter().position(|own| own.split('#').next().unwrap_or(own).trim() == name);
            header = Some(at.ok_or_else(|| format!("no `{name}`"))?);
            continue;
        }
        let key = line.split('=').next().unwrap_or(line).trim();
        let from = header.map_or(0, |at| at + 1);
        let length = all[from..].iter().position(|own| own.starts_with('[')).unwrap_or(all.len() - from);
        let is =
            |own: &String| own.trim_start_matches(['#', ' ']).split('=').next().map(str::trim) == Some(key);
        match all[from..from + length].iter().position(is) {
            Some(at) => line.clone_into(&mut all[from + at]),
            None => all.insert(from, line.to_owned()),
        }
    }
    Ok(all.join("\n") + "\n")
}

#[test]
fn every_guide_does_what_it_says() {
    let mut pages: Vec<PathBuf> =
        glob::glob(root().join("docs/**/*.md").to_str().unwrap()).unwrap().map(Result::unwrap).collect();
    pages.sort();
    let mut ran = 0;
    for path in pages {
        let text = fs::read_to_string(&path).unwrap();
        let blocks = blocks(&text);
        if !blocks.iter().any(|block| block.language == "sh") {
            continue;
        }
        let name = path.strip_prefix(root().join("docs")).unwrap().display().to_string();
        let mut reader = Reader::of(&name);
        for block in &blocks {
            reader.go(block);
        }
        ran += reader.ran;
    }
    assert!(ran >= 10, "only {ran} blocks of commands were found");
}

#[test]
fn a_page_that_says_something_else_is_found() {
    assert!(is_shown(&["a", "…", "d"], &["x", "a", "b", "c", "d"]));
    assert!(!is_shown(&["a", "b", "d"], &["a", "b", "c", "d"]));
    assert!(!is_shown(&["d", "…", "a"], &["a", "d"]));
    let text = "a = 1\n[m]\n# b = 2\nc = 3\n[n]\nb = 4\n";
    assert_eq!(set(text, "[m]\nb = 5\nd = 6\n").unwrap(), "a = 1\n[m]\nd = 6\nb = 5\nc = 3\n[n]\nb = 4\n");
    assert!(set(text, "[x]\nb = 5\n").is_err());
}
