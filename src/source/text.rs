//! The bytes of a text file as UTF-8 lines: unpacked, decoded by byte-order mark or by name.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use anyhow::Context as _;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::files::{Input, Packing};

const CHUNK: usize = 1 << 16;

/// A text file's content after any byte-order mark.
pub(super) struct Text {
    pub(super) reader: Box<dyn BufRead>,
    /// Read as it is, so that polars may read the file by itself.
    pub(super) is_plain: bool,
    pub(super) is_empty: bool,
    /// `UTF-8`, `windows-1252`.
    pub(super) encoding: &'static str,
}

/// Opens a text file. `encoding` is what the workspace says; a byte-order mark says more.
pub(super) fn open(input: &Input, encoding: Option<&str>) -> anyhow::Result<Text> {
    let file = File::open(&input.path).with_context(|| format!("cannot open `{}`", input.shown))?;
    let unpacked: Box<dyn Read> = match input.packing {
        Packing::None => Box::new(file),
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(file)),
        Packing::Zstd => {
            Box::new(zstd::Decoder::new(file).with_context(|| format!("cannot unpack `{}`", input.shown))?)
        }
    };
    let mut reader = BufReader::with_capacity(CHUNK, unpacked);
    let head = reader.fill_buf().with_context(|| format!("cannot read `{}`", input.shown))?;
    let is_empty = head.is_empty();
    let (encoding, mark) = encoding_of(head, encoding);
    reader.consume(mark);
    let is_plain = encoding == UTF_8 && input.packing == Packing::None;
    let reader: Box<dyn BufRead> = if encoding == UTF_8 {
        Box::new(reader)
    } else {
        Box::new(BufReader::with_capacity(CHUNK, Decoded::new(reader, encoding)))
    };
    Ok(Text { reader, is_plain, is_empty, encoding: encoding.name() })
}

/// The encoding and the length of the byte-order mark.
fn encoding_of(head: &[u8], named: Option<&str>) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(head) {
        return (encoding, length);
    }
    let named = named.and_then(|name| match name.to_lowercase().as_str() {
        "utf-16" | "utf16" | "utf-16le" => Some(UTF_16LE),
        "utf-16be" => Some(UTF_16BE),
        other => Encoding::for_label(other.as_bytes()),
    });
    (named.unwrap_or(UTF_8), 0)
}

/// Another encoding as UTF-8; what it cannot say becomes the replacement character.
struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    pending: Vec<u8>,
    at: usize,
    done: bool,
}

impl<R: BufRead> Decoded<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { inner, decoder, pending: Vec::new(), at: 0, done: false }
    }

    fn refill(&mut self) -> std::io::Result<()> {
        let source = self.inner.fill_buf()?;
        let last = source.is_empty();
        self.pending.resize(CHUNK * 3, 0);
        let (result, read, written, _) = self.decoder.decode_to_utf8(source, &mut self.pending, last);
        self.inner.consume(read);
        self.pending.truncate(written);
        self.at = 0;
        self.done = last && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.pending.len() && !self.done {
            self.refill()?;
        }
        let n = out.len().min(self.pending.len() - self.at);
        out[..n].copy_from_slice(&self.pending[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
