//! Partial results of earlier runs, a file each, under a name made of what the file is and what is asked of it.
//! A kept result that cannot be read is made again; one that cannot be written is only slower next time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use polars::prelude::{ParquetReader, ParquetWriter, SerReader as _};
use serde::{Deserialize, Serialize};

use super::cells::Cells;
use super::drawn::Drawn;
use super::files::{Input, is_remote};
use super::reduce::Part;
use crate::cube::Reduction;

/// Bytes looked at at each end of a file.
const END: u64 = 1 << 16;

/// The folder of kept results.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept<'a>(pub(super) &'a Path);

/// What a part has beside its cells.
#[derive(Serialize, Deserialize)]
struct Rest {
    broken: BTreeMap<String, u64>,
    refused: Vec<(Option<u64>, String)>,
    drawn: Drawn,
}

impl Kept<'_> {
    /// The place of a file's result; none for what has no fingerprint. `asked` says everything the result
    /// depends on beside the file.
    pub(super) fn place(&self, input: &Input, asked: &str) -> Option<PathBuf> {
        let mut hash = blake3::Hasher::new();
        for part in [env!("CARGO_PKG_VERSION"), &input.shown, asked] {
            hash.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        fingerprint(input, &mut hash)?;
        Some(self.0.join(hash.finalize().to_hex().as_str()))
    }

    pub(super) fn read(place: &Path, reduction: &Reduction) -> Option<Part> {
        let rest: Rest = serde_json::from_slice(&std::fs::read(place.with_extension("json")).ok()?).ok()?;
        let table = ParquetReader::new(File::open(place.with_extension("parquet")).ok()?).finish().ok()?;
        let mut cells = Cells::new(reduction);
        cells.absorb(&table).ok()?;
        let Rest { broken, refused, drawn } = rest;
        cells.absorb_drawn(&drawn);
        Some(Part { reduction: reduction.clone(), cells, broken, refused, waiting: Vec::new() })
    }

    /// The rest goes last: without it there is no result.
    pub(super) fn write(&self, place: &Path, part: &Part) -> anyhow::Result<()> {
        std::fs::create_dir_all(self.0)?;
        let mut table = part.cells.table()?;
        let file = tempfile::NamedTempFile::new_in(self.0)?;
        ParquetWriter::new(file.as_file()).finish(&mut table)?;
        file.persist(place.with_extension("parquet"))?;
        let (broken, refused) = (part.broken.clone(), part.refused.clone());
        let rest = Rest { broken, refused, drawn: part.cells.drawn() };
        let file = tempfile::NamedTempFile::new_in(self.0)?;
        serde_json::to_writer(file.as_file(), &rest)?;
        file.persist(place.with_extension("json"))?;
        Ok(())
    }
}

/// Size, time of the last change, first and last bytes.
fn fingerprint(input: &Input, hash: &mut blake3::Hasher) -> Option<()> {
    if is_remote(&input.shown) {
        return None;
    }
    let mut file = File::open(&input.path).ok()?;
    let about = file.metadata().ok()?;
    let changed = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    hash.update(&about.len().to_le_bytes()).update(&changed.as_nanos().to_le_bytes());
    let mut bytes = Vec::new();
    file.by_ref().take(END).read_to_end(&mut bytes).ok()?;
    file.seek(SeekFrom::Start(about.len().saturating_sub(END))).ok()?;
    file.take(END).read_to_end(&mut bytes).ok()?;
    hash.update(&bytes);
    Some(())
}
