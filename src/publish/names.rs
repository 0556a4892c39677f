//! Which names may become paths below the output folder.

use std::collections::BTreeMap;

/// A workspace's slug: lower-case ASCII letters, digits and hyphens, starting with a letter or digit.
pub(super) fn check_slug(slug: &str) -> Result<(), String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !slug.is_empty() && !slug.starts_with('-') && slug.chars().all(allowed) {
        return Ok(());
    }
    Err(format!("slug `{slug}` cannot name a folder, write lower-case letters, digits and hyphens"))
}

/// A period's label: `2026-W46`, `2026-11-09` or `2026-11`.
pub(super) fn check_label(label: &str) -> Result<(), String> {
    match shape(label) {
        Some(_) => Ok(()),
        None => Err(format!("`{label}` is not a period, write a label such as `2026-W46`")),
    }
}

/// The form of a label, one a grain; labels of one form sort as their periods do.
pub(super) fn shape(label: &str) -> Option<&'static str> {
    const SHAPES: [&str; 3] = ["0000-W00", "0000-00-00", "0000-00"];
    let fits = |shape: &&str| {
        shape.len() == label.len()
            && shape.bytes().zip(label.bytes()).all(|(shape, byte)| match shape {
                b'0' => byte.is_ascii_digit(),
                _ => byte == shape,
            })
    };
    SHAPES.into_iter().find(fits)
}

/// File names of a publication: relative, `/` between folders, nothing that climbs out or hides.
pub(super) fn check_files(files: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    if files.is_empty() {
        return Err("a publication without files, name at least one report".to_owned());
    }
    match files.keys().find(|name| !is_safe(name)) {
        Some(name) => Err(format!(
            "`{}` cannot name a published file, write a relative name such as `evidence/gap.csv`",
            name.escape_debug()
        )),
        None => Ok(()),
    }
}

fn is_safe(name: &str) -> bool {
    let part_is_safe = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(|c: char| c.is_control() || c == '\\')
    };
    name.split('/').all(part_is_safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_folder_names() {
        for slug in ["northwind-energy", "a", "2nd-site"] {
            assert_eq!(check_slug(slug), Ok(()));
        }
        for slug in ["", "-a", "..", ".", "a/b", "/a", "A", "a b", "a_b", "é", "a\0", "a.b", "a\\b"] {
            assert!(check_slug(slug).is_err(), "{slug}");
        }
    }

    #[test]
    fn labels_are_weeks_days_or_months() {
        for label in ["2026-W46", "2026-11-09", "2026-11"] {
            assert_eq!(check_label(label), Ok(()));
        }
        for label in
            ["", "latest", "kept", "..", "2026", "2026-w46", "2026-W46/", "2026-11-9", "../2026", "2026-W4é"]
        {
            assert!(check_label(label).is_err(), "{label}");
        }
    }

    #[test]
    fn file_names_stay_inside_the_folder() {
        let check = |name: &str| check_files(&BTreeMap::from([(name.to_owned(), Vec::new())]));
        for name in ["leadership.html", "evidence/gap.csv", "a/b/c", "Übersicht 1.md"] {
            assert_eq!(check(name), Ok(()));
        }
        let hostile = [
            "",
            "/etc/passwd",
            "..",
            "../x",
            "a/../../x",
            "a//b",
            "a/",
            "./a",
            ".lock",
            "a\\b",
            "a\nb",
            "a\0",
        ];
        for name in hostile {
            assert!(check(name).is_err(), "{name:?}");
        }
        assert!(check_files(&BTreeMap::new()).is_err());
    }
}
