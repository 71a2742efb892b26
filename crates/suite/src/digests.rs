//! [`Digests`]: what is recorded of a file of equal records, such as a trace: enough to tell whether
//! another is the same, and about where not, in a few lines of text.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::compile::hex;

/// How many blocks a file is parted into at most.
const MOST_BLOCKS: u64 = 256;

/// Digests of blocks in a line of text.
const IN_LINE: usize = 16;

/// Bytes of a block's digest.
const BLOCK_DIGEST: usize = 3;

/// A file of equal records: how many there are, the digest of all, and short ones of its blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// How many records there are.
    pub records: u64,
    /// The SHA-256 digest of the whole file, in hexadecimal.
    pub whole: String,
    /// How many records each block has; the last may have fewer.
    pub block: u64,
    /// The first digits of the SHA-256 digests of the blocks.
    pub blocks: Vec<String>,
}

impl Digests {
    /// Those of a file whose records have `size` bytes; in blocks of `block` records, or of as many
    /// as are usual.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn of_file(path: &Path, size: u64, block: Option<u64>) -> io::Result<Self> {
        let file = File::open(path)?;
        let records = file.metadata()?.len() / size;
        let usual = records.div_ceil(MOST_BLOCKS).max(1).next_power_of_two();
        let block = block.unwrap_or(usual).max(1);
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut whole = Sha256::new();
        let mut blocks = Vec::new();
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let most = block.saturating_mul(size);
            if (&mut file).take(most).read_to_end(&mut bytes)? == 0 {
                break;
            }
            whole.update(&bytes);
            blocks.push(hex(&Sha256::digest(&bytes)[..BLOCK_DIGEST]));
        }
        Ok(Self { records, whole: hex(&whole.finalize()), block, blocks })
    }

    /// As text; `unit` is what a record is called.
    #[must_use]
    pub fn text(&self, unit: &str) -> String {
        let mut text =
            format!("{} {unit}, sha256 {}\nby {} {unit}:\n", self.records, self.whole, self.block);
        for line in self.blocks.chunks(IN_LINE) {
            text.push_str(&format!("  {}\n", line.join(" ")));
        }
        text
    }

    /// Reads what [`Digests::text`] has written; `None` if it is something else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (counted, whole) = lines.next()?.split_once(", sha256 ")?;
        let records = counted.split_once(' ')?.0.parse().ok()?;
        let block = lines.next()?.strip_prefix("by ")?.split_once(' ')?.0.parse().ok()?;
        let blocks = lines.flat_map(str::split_whitespace).map(String::from).collect();
        Some(Self { records, whole: whole.to_owned(), block, blocks })
    }

    /// The first and last number of the records among which these and `other` differ first, if they
    /// have blocks of one size and the difference is in one.
    #[must_use]
    pub fn first_difference(&self, other: &Self) -> Option<(u64, u64)> {
        let count = self.blocks.len().max(other.blocks.len());
        let at = (0..count).find(|at| self.blocks.get(*at) != other.blocks.get(*at))? as u64;
        let same = self.block == other.block;
        same.then(|| (at.saturating_mul(self.block), (at + 1).saturating_mul(self.block) - 1))
    }
}
