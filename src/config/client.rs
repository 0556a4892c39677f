//! Who a workspace is about, also where its configuration has mistakes: what an index calls it and where its reports
//! lie.

use std::path::Path;

use super::workspace::slugify;
use super::{Plan, load};
use crate::world::World;

/// A workspace's client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub name: String,
    /// Its folder below the output folder.
    pub slug: String,
    /// As written: `en-GB`.
    pub locale: String,
    /// Whether its configuration has no mistakes.
    pub valid: bool,
}

impl Client {
    /// The client of a workspace; of one that cannot be run, as far as its keys can be read.
    pub fn of(workspace: &Path, world: &World) -> Self {
        load(workspace, world).map_or_else(|_| guessed(workspace, world), |loaded| known(&loaded.plan))
    }
}

fn known(plan: &Plan) -> Client {
    Client {
        name: plan.client.clone(),
        slug: plan.slug.clone(),
        locale: plan.locale.name().to_owned(),
        valid: true,
    }
}

fn guessed(workspace: &Path, world: &World) -> Client {
    let text = world.read(&workspace.join("gapwise.toml")).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    let key = |key: &str| table.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let folder = || {
        let whole = std::path::absolute(workspace).unwrap_or_else(|_| workspace.to_owned());
        whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let name = key("client").unwrap_or_else(folder);
    Client {
        slug: slugify(&key("slug").unwrap_or_else(|| name.clone())),
        locale: key("locale").unwrap_or_else(|| "en-GB".to_owned()),
        name,
        valid: false,
    }
}
