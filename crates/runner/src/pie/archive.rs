//! The zip archive around a PIE: which files are in it, how large they may be, and reading them
//! (`verify_zip_format` in cairo-lang's `cairo_pie.py`).

use std::io::{Read, Seek, SeekFrom};

use zip::{CompressionMethod, ZipArchive};

use super::error::{PieError, PieErrorKind};

pub(crate) const METADATA: &str = "metadata.json";
pub(crate) const MEMORY: &str = "memory.bin";
pub(crate) const ADDITIONAL_DATA: &str = "additional_data.json";
pub(crate) const RESOURCES: &str = "execution_resources.json";
pub(crate) const VERSION: &str = "version.json";

/// The size that each file must be below, in bytes (`MAX_SIZE` there and the limits in
/// `verify_zip_format`).
const LIMITS: [(&str, u64); 5] = [
    (METADATA, 5 << 30),
    (MEMORY, 5 << 30),
    (ADDITIONAL_DATA, 5 << 30),
    (RESOURCES, 10_000),
    (VERSION, 10_000),
];

/// At most so many bytes of memory does a byte of JSON become while it is read.
const BYTES_PER_BYTE: u64 = 48;

/// The archive of a PIE, whose list of files is right.
pub(crate) struct Archive<R> {
    zip: ZipArchive<R>,
    /// How many bytes of memory reading may take.
    budget: u64,
}

impl<R: Read + Seek> Archive<R> {
    pub(crate) fn open(mut file: R, budget: u64) -> Result<Self, PieError> {
        file.seek(SeekFrom::Start(0))?;
        let mut prefix = Vec::new();
        file.by_ref().take(2).read_to_end(&mut prefix)?;
        if prefix != b"PK" {
            return Err(PieErrorKind::Prefix.into());
        }
        let mut zip = ZipArchive::new(file)?;
        if zip.has_duplicate_names() {
            return Err(PieErrorKind::MemberTwice.into());
        }
        check_names(&zip)?;
        for index in 0..zip.len() {
            let member = zip.by_index_raw(index)?;
            if member.encrypted() {
                return Err(PieErrorKind::Encrypted.into());
            }
            if member.compression() != CompressionMethod::Deflated {
                return Err(PieErrorKind::Compression.into());
            }
            let (name, size) = (member.name_raw(), member.size());
            for (member, limit) in LIMITS {
                if name == member.as_bytes() && size >= limit {
                    return Err(PieErrorKind::MemberSize { member, size, limit }.into());
                }
            }
        }
        Ok(Self { zip, budget })
    }

    /// Whether the archive has this file.
    pub(crate) fn has(&self, member: &str) -> bool {
        self.zip.index_for_name(member).is_some()
    }

    /// The size of a file, in bytes, as the archive has it.
    pub(crate) fn size(&mut self, member: &str) -> Result<u64, PieError> {
        Ok(self.zip.by_name(member)?.size())
    }

    /// The bytes of a file, once they are known not to be too many.
    pub(crate) fn read(&mut self, member: &'static str) -> Result<Vec<u8>, PieError> {
        let size = self.size(member)?;
        if size > self.budget / BYTES_PER_BYTE {
            return Err(PieErrorKind::TextTooLarge { member, size }.into());
        }
        let mut bytes = Vec::new();
        let file = self.zip.by_name(member)?;
        // One byte more than there should be: what is longer shows, and what is not is read to its
        // end, where the checksum is compared.
        let read = file.take(size + 1).read_to_end(&mut bytes);
        read.map_err(|error| PieErrorKind::Broken { member, error })?;
        if bytes.len() as u64 == size {
            Ok(bytes)
        } else {
            Err(PieErrorKind::Length { member, size }.into())
        }
    }

    /// Passes the bytes of a file on in blocks of whole records of `record` bytes each; the file's
    /// size must be a multiple of that.
    pub(crate) fn read_records(
        &mut self,
        member: &'static str,
        record: usize,
        mut take: impl FnMut(&[u8]) -> Result<(), PieError>,
    ) -> Result<(), PieError> {
        let size = self.size(member)?;
        let broken = |error| PieErrorKind::Broken { member, error };
        let mut file = self.zip.by_name(member)?;
        let mut block = vec![0; record << 10];
        let mut left = size;
        while left > 0 {
            let length = left.min(block.len() as u64) as usize;
            match file.read_exact(&mut block[..length]) {
                Ok(()) => take(&block[..length])?,
                Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                    return Err(PieErrorKind::Length { member, size }.into());
                }
                Err(error) => return Err(broken(error).into()),
            }
            left -= length as u64;
        }
        match file.read(&mut block[..1]).map_err(broken)? {
            0 => Ok(()),
            _ => Err(PieErrorKind::Length { member, size }.into()),
        }
    }
}

/// The archive has the files of a PIE and no others; `version.json` may be missing.
fn check_names<R: Read + Seek>(zip: &ZipArchive<R>) -> Result<(), PieError> {
    let known = |name: &[u8]| LIMITS.iter().any(|(member, _)| member.as_bytes() == name);
    let unexpected: Vec<String> = zip
        .file_names_raw()
        .filter(|name| !known(name))
        .take(3)
        .map(|name| format!("{:?}", String::from_utf8_lossy(&name[..name.len().min(100)])))
        .collect();
    let there = |member: &str| zip.index_for_name(member).is_some();
    let needed = LIMITS.iter().map(|(member, _)| *member).filter(|member| *member != VERSION);
    let missing: Vec<String> = needed.filter(|name| !there(name)).map(String::from).collect();
    if missing.is_empty() && unexpected.is_empty() {
        return Ok(());
    }
    Err(PieErrorKind::Members { missing, unexpected }.into())
}
