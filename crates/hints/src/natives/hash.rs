//! BLAKE2s, SHA-256 and Poseidon (`cairo_blake2s/`, `cairo_sha256/`, `builtin_poseidon/`).

use cairo_zero_core::{Felt, Value};

use super::{Expression, Hint, Imports, bit, expression, hint, small_constant, words, write};
use crate::ids::Site;
use crate::math::wide::{U256, halves};
use crate::math::{blake2s, sha256};
use crate::object::Object;
use crate::table::{Row, Stored};
use crate::{Native, Symbol};

pub(super) static ROWS: &[Row] = &[
    Row::new(0x9df21690cd3f4088846847853ce6fab9, "blake2s_compute", blake2s_compute),
    Row::new(0x8fa8639387ca040995491c9d1d9157ef, "blake2s_finalize", blake2s_finalize),
    Row::new(0x8cf9468c95bc10925f753e24347555f9, "blake2s_add_uint256", |site| {
        add_uint256(site, false)
    }),
    Row::new(0x70119d3e3ce8382940efedd954d5e054, "blake2s_add_uint256_bigend", |site| {
        add_uint256(site, true)
    }),
    Row::new(0x5f78eab1d81355ca38c2762b1a0361fd, "sha256_finalize", sha256_finalize),
];

pub(super) static STORED: &[Stored] = &[
    Stored::new(0x03263b31a3d04cc654ac8ffcebdfc845, "poseidon_ten_left", |site| at_least(site, 10)),
    Stored::new(0xca6f26206db430079c0c862c753c5b6f, "poseidon_two_left", |site| at_least(site, 2)),
];

/// Where `blake2s_utils.py` is.
const BLAKE2S: &str = "starkware.cairo.common.cairo_blake2s.blake2s_utils";

/// Where `sha256_utils.py` is.
const SHA256: &str = "starkware.cairo.common.cairo_sha256.sha256_utils";

fn blake2s_compute(site: &Site<'_>) -> Option<Hint> {
    let output = site.value("output")?;
    let imports = Imports::new(&[(BLAKE2S, "compute_blake2s_func")])?;
    hint(move |native| {
        let machine = &mut *native.machine;
        let output = output.pointer(machine)?;
        let state = words::<8>(machine, output.checked_add(-26)?)?;
        let block = words::<16>(machine, output.checked_add(-18)?)?;
        let [counter, last] = words::<2>(machine, output.checked_add(-2)?)?;
        let state = blake2s::compress(&state, &block, [counter, 0], [last, 0]);
        write(machine, output, &state.map(|word| Value::from(u64::from(word))))?;
        imports.set(native);
        Some(())
    })
}

/// A list of words as an object.
fn word_list(words: &[u32]) -> Object {
    Object::list(words.iter().map(|word| Object::from(i64::from(*word))).collect())
}

/// Writes some words so many times and leaves the whole as a list.
fn pad(native: &mut Native<'_>, to: cairo_zero_core::Relocatable, words: &[u32]) -> Option<()> {
    let values: Vec<Value> = words.iter().map(|word| Value::from(u64::from(*word))).collect();
    write(native.machine, to, &values)?;
    native.set_variable(Symbol::new("padding"), word_list(words));
    Some(())
}

/// Instances of the compression of zeros, to fill the last batch.
fn blake2s_finalize(site: &Site<'_>) -> Option<Hint> {
    let end = site.value("blake2s_ptr_end")?;
    let instances = small_constant(site, "N_PACKED_INSTANCES").filter(|many| *many < 20)?;
    if small_constant(site, "INPUT_BLOCK_FELTS")? != 16 {
        return None;
    }
    let imports = Imports::new(&[(BLAKE2S, "IV"), (BLAKE2S, "blake2s_compress")])?;
    let [n_packed, chunk] =
        ["_n_packed_instances", "_blake2s_input_chunk_size_felts"].map(Symbol::new);
    let [message, modified_iv, output] = ["message", "modified_iv", "output"].map(Symbol::new);
    hint(move |native| {
        let mut state = blake2s::IV;
        // The parameters: 32 bytes of digest, no key, one leaf.
        state[0] ^= 0x0101_0020;
        let compressed = blake2s::compress(&state, &[0; 16], [0, 0], [u32::MAX, 0]);
        let mut one = state.to_vec();
        one.extend([0; 16]);
        one.extend([0, u32::MAX]);
        one.extend(compressed);
        let to = end.pointer(native.machine)?;
        pad(native, to, &one.repeat((instances as usize).saturating_sub(1)))?;
        imports.set(native);
        native.set_int(n_packed, instances as i64);
        native.set_int(chunk, 16);
        native.set_variable(message, word_list(&[0; 16]));
        native.set_variable(modified_iv, word_list(&state));
        native.set_variable(output, word_list(&compressed));
        Some(())
    })
}

/// The eight words of a number in two halves, least significant first or last.
fn add_uint256(site: &Site<'_>, big_endian: bool) -> Option<Hint> {
    let (data, low, high) = (site.value("data")?, site.value("low")?, site.value("high")?);
    let [bits, mask] = ["B", "MASK"].map(Symbol::new);
    hint(move |native| {
        let machine = &mut *native.machine;
        let to = data.pointer(machine)?;
        let half = |felt: Felt| halves(&felt.limbs()).0;
        let (low, high) = (half(low.felt(machine)?), half(high.felt(machine)?));
        let order = if big_endian { [high, low] } else { [low, high] };
        let mut all = Vec::with_capacity(8);
        for half in order {
            for at in 0..4 {
                let at = if big_endian { 3 - at } else { at };
                all.push(Value::from((half >> (32 * at)) as u64 & 0xffff_ffff));
            }
        }
        write(machine, to, &all)?;
        native.set_int(bits, 32);
        native.set_int(mask, i64::from(u32::MAX));
        Some(())
    })
}

/// Instances of the compression of zeros, to fill the last batch.
fn sha256_finalize(site: &Site<'_>) -> Option<Hint> {
    let (n, end) = (site.value("n")?, site.value("sha256_ptr_end")?);
    let batch = small_constant(site, "BATCH_SIZE").filter(|batch| *batch > 0)?;
    if small_constant(site, "SHA256_INPUT_CHUNK_SIZE_FELTS")? != 16 {
        return None;
    }
    let imports = Imports::new(&[
        (SHA256, "IV"),
        (SHA256, "compute_message_schedule"),
        (SHA256, "sha2_compress_function"),
    ])?;
    let [missing, chunk] =
        ["number_of_missing_blocks", "_sha256_input_chunk_size_felts"].map(Symbol::new);
    let [message, w, output] = ["message", "w", "output"].map(Symbol::new);
    hint(move |native| {
        let unit: U256 = [batch, 0, 0, 0];
        let n = n.felt(native.machine)?.limbs();
        let [rest, ..] = crate::math::wide::div_rem(&n, &unit)?.1;
        let blocks = if rest == 0 { 0 } else { batch - rest };
        if blocks >= 20 {
            return None;
        }
        let compressed = sha256::compress(&sha256::IV, &[0; 16]);
        let mut one = vec![0; 16];
        one.extend(sha256::IV);
        one.extend(compressed);
        let to = end.pointer(native.machine)?;
        pad(native, to, &one.repeat(blocks as usize))?;
        imports.set(native);
        native.set_int(missing, blocks as i64);
        native.set_int(chunk, 16);
        native.set_variable(message, word_list(&[0; 16]));
        // The schedule of a block of zeros is zeros.
        native.set_variable(w, word_list(&[0; 64]));
        native.set_variable(output, word_list(&compressed));
        Some(())
    })
}

/// Whether so many elements are left.
fn at_least(site: &Site<'_>, many: i64) -> Option<Expression> {
    let (start, end) = (site.value("elements")?, site.value("elements_end")?);
    expression(move |native| {
        let (start, end) = (start.load(native.machine)?, end.load(native.machine)?);
        let left = match (start, end) {
            (Value::Relocatable(start), Value::Relocatable(end))
                if start.segment == end.segment =>
            {
                end.offset.checked_sub(start.offset)?
            }
            _ => return None,
        };
        Some(bit(left >= many))
    })
}
