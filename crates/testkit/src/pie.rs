//! Cairo PIEs: taking them apart, putting them together, and comparing two.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::difference::Difference;

/// Bytes of a cell in `memory.bin`: the address in 8 bytes, the value in 32.
const CELL: usize = 40;

/// The files of a PIE, by name.
///
/// # Errors
/// When it is no zip archive.
pub fn unpack_pie(pie: &[u8]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut archive = ZipArchive::new(Cursor::new(pie)).context("the PIE is no zip archive")?;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        files.insert(file.name()?.into_owned(), bytes);
    }
    Ok(files)
}

/// An archive of these files, in this order.
///
/// # Errors
/// When a name is there twice.
pub fn pack_pie<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The first difference between two PIEs: the JSON files byte for byte, the cells in any order.
///
/// # Errors
/// When one is no zip archive.
pub fn compare_pies(ours: &[u8], reference: &[u8]) -> Result<Option<Difference>> {
    let (ours, reference) = (unpack_pie(ours)?, unpack_pie(reference)?);
    let names: Vec<&String> = reference.keys().collect();
    if ours.keys().collect::<Vec<_>>() != names {
        return Ok(Some(Difference {
            place: String::from("the files of the PIE"),
            ours: format!("{:?}", ours.keys()),
            reference: format!("{names:?}"),
        }));
    }
    for (name, expected) in &reference {
        let found = ours.get(name).map(Vec::as_slice).unwrap_or_default();
        if name.ends_with(".json") && found != expected {
            return Ok(Some(Difference {
                place: format!("{name} of the PIE"),
                ours: String::from_utf8_lossy(found).into_owned(),
                reference: String::from_utf8_lossy(expected).into_owned(),
            }));
        }
        if !name.ends_with(".json") && cells(found) != cells(expected) {
            let (found, expected) = (cells(found), cells(expected));
            let alone = |these: &[&[u8]], those: &[&[u8]]| {
                let cell = these.iter().find(|cell| !those.contains(cell));
                cell.map_or_else(|| String::from("nothing"), |cell| format!("{cell:02x?}"))
            };
            return Ok(Some(Difference {
                place: format!("{name} of the PIE; the first cell that the other lacks"),
                ours: alone(&found, &expected),
                reference: alone(&expected, &found),
            }));
        }
    }
    Ok(None)
}

/// The cells in order.
fn cells(memory: &[u8]) -> Vec<&[u8]> {
    let mut cells: Vec<&[u8]> = memory.chunks(CELL).collect();
    // By address first, whose bytes are little-endian.
    cells.sort_unstable_by(|a, b| a.iter().rev().cmp(b.iter().rev()));
    cells
}
