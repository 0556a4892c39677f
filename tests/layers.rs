//! A module uses only modules of lower layers, so that each can be read knowing only those below it.

use std::path::Path;

/// Lowest first; modules of one layer do not know one another.
const LAYERS: [&[&str]; 11] = [
    &["calendar", "diag", "stats", "world"],
    &["model", "sql"],
    &["cube", "words"],
    &["kinds"],
    &["config"],
    &["judge", "source"],
    &["probe", "report"],
    &["publish", "simulate"],
    &["backtest", "job", "trial"],
    &["intake"],
    &["cli"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// The top-level modules that a source text names, as `crate::module` or within `crate::{…}`.
fn used(text: &str) -> Vec<&str> {
    let word = |rest: &'_ str| rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    text.match_indices("crate::")
        .map(|(at, path)| &text[at + path.len()..])
        .map(|rest| &rest[..word(rest)])
        .collect()
}

#[test]
fn every_module_uses_only_lower_layers() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    let mut links = 0;
    for file in glob::glob(src.join("**/*.rs").to_str().unwrap()).unwrap().map(Result::unwrap) {
        let path = file.strip_prefix(&src).unwrap();
        let module = path.iter().next().and_then(|part| part.to_str()).unwrap().trim_end_matches(".rs");
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let own = layer(module).unwrap_or_else(|| panic!("`{module}` is in no layer"));
        for other in
            used(&std::fs::read_to_string(&file).unwrap()).into_iter().filter(|other| *other != module)
        {
            links += 1;
            if layer(other).is_none_or(|below| below >= own) {
                faults.push(format!("src/{} uses `crate::{other}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(links > 100, "only {links} uses were found: the test no longer sees them");
}
