//! Scenes like another one in all but one point. Near a firing one a number is taken to nothing or a part left out:
//! the first that is silent shows what the rule answers to. Near one that almost fires, more is planted.

use toml::{Table, Value};

use super::scene::{Scene, number_of};

/// Keys that say how much is drawn rather than what is true.
const FRAME: [&str; 18] = [
    "agents",
    "teams",
    "weeks",
    "contacts",
    "types",
    "seed",
    "end",
    "noise",
    "share",
    "name",
    "cv",
    "handle-cv",
    "material",
    "target",
    "metric",
    "takes",
    "sites",
    "channels",
];

/// The likeliest first: what is planted taken out, then halved, then the target met.
pub(super) fn scenes(firing: &Scene) -> Vec<Scene> {
    let paths = paths(&firing.0, &[]);
    let zero = paths
        .iter()
        .filter_map(|path| changed(firing, path, &|value| number_of(value).map(|_| Value::Float(0.0))));
    let half = paths
        .iter()
        .filter_map(|path| changed(firing, path, &|value| Some(Value::Float(number_of(value)? / 2.0))));
    let gone = paths.iter().filter_map(|path| changed(firing, path, &|_| None));
    let mut all: Vec<Scene> = gone.collect();
    all.extend(zero);
    all.extend(half);
    all.extend(on_target(firing));
    all.extend(mild(firing));
    all
}

/// Scenes with more of one thing that is planted: twice, then four times as much.
pub(super) fn stronger(scene: &Scene) -> Vec<Scene> {
    let paths = paths(&scene.0, &[]);
    let times = |factor: f64| {
        let more = move |value: &Value| Some(Value::Float(number_of(value)? * factor));
        paths.iter().filter_map(move |path| changed(scene, path, &more)).collect::<Vec<Scene>>()
    };
    [times(2.0), times(4.0)].concat()
}

/// Every key that may be changed, as a path of keys and places in lists.
fn paths(table: &Table, above: &[String]) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for (key, value) in table.iter().filter(|(key, _)| !FRAME.contains(&key.as_str())) {
        let here: Vec<String> = above.iter().cloned().chain([key.clone()]).collect();
        match value {
            Value::Table(inner) => {
                all.extend(paths(inner, &here));
                if above.len() == 1 {
                    all.push(here);
                }
            }
            Value::Array(items) if items.iter().any(Value::is_table) => {
                for (at, item) in items.iter().enumerate() {
                    let here: Vec<String> = here.iter().cloned().chain([at.to_string()]).collect();
                    all.extend(item.as_table().into_iter().flat_map(|item| paths(item, &here)));
                }
                all.push(here);
            }
            Value::Integer(_) | Value::Float(_) => all.push(here),
            Value::String(_) if above.first().is_some_and(|top| top == "tables") => all.push(here),
            _ => {}
        }
    }
    all
}

/// The scene with one value changed, or taken out where `to` has none; none where nothing would change.
fn changed(scene: &Scene, path: &[String], to: &dyn Fn(&Value) -> Option<Value>) -> Option<Scene> {
    let (last, outer) = path.split_last()?;
    let mut whole = Value::Table(scene.0.clone());
    let mut place = &mut whole;
    for key in outer {
        place = match place {
            Value::Table(table) => table.get_mut(key)?,
            Value::Array(items) => items.get_mut(key.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    let table = place.as_table_mut()?;
    match to(table.get(last)?) {
        Some(value) => table.insert(last.clone(), value),
        None => table.remove(last),
    };
    let Value::Table(table) = whole else { return None };
    Some(Scene(table)).filter(|changed| changed != scene)
}

/// A centre whose target lies where its level is.
fn on_target(firing: &Scene) -> Option<Scene> {
    let centre = firing.0.get("centre")?.as_table()?;
    let handle = centre.get("handle").filter(|_| firing.0.contains_key("takes"));
    let (path, own) = match handle {
        Some(handle) => (["centre", "handle", "target"].as_slice(), handle.as_table()?),
        None => (["centre", "target"].as_slice(), centre),
    };
    let level = number_of(own.get("level")?)?;
    let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
    changed(firing, &path, &|_| Some(Value::Float(level)))
}

/// All types on one level, on target.
fn mild(firing: &Scene) -> Option<Scene> {
    let mut scene = on_target(firing)?;
    let centre = scene.0.get_mut("centre")?.as_table_mut()?;
    for key in ["levels", "structural", "spread", "coaching"] {
        centre.remove(key);
    }
    Some(scene)
}
