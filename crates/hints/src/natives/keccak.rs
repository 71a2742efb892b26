//! Keccak (`keccak.cairo`, `cairo_keccak/`, `builtin_keccak/`, `keccak_utils/`).

use std::cell::RefCell;
use std::rc::Rc;

use cairo_zero_core::{Relocatable, Value};

use super::squash::allows;
use super::{
    Expression, Hint, Imports, bit, count, expression, hint, small, small_constant, write,
};
use crate::ids::{Site, Slot};
use crate::math::keccak::{LANES, keccak_256, permute};
use crate::math::wide::{self, compare, div_rem, halves};
use crate::object::Object;
use crate::table::{Row, Stored};
use crate::{Int, Native, Symbol};

pub(super) static ROWS: &[Row] = &[
    Row::new(0x8a3734fa06f1e3898dad873486436900, "cairo_keccak_permutation", permutation),
    Row::new(0xad5131719368214d7017ae8adae927fe, "cairo_keccak_finalize", finalize),
    Row::new(0xb7dc6d9bd1b9c84dd0ca2273178597d6, "unsafe_keccak", unsafe_keccak),
    Row::new(0x0df59234475ccbefa5215e0c0f4438c0, "unsafe_keccak_finalize", unsafe_finalize),
    Row::new(0x0ddf24cbc8e687eefa26dfc956025f84, "keccak_add_uint256", add_uint256),
    Row::new(0xa13be84d0ae8cf362064f4178faa0389, "keccak_output_0", output_0),
    Row::new(0x25d41ea722ae483973225672da54d6d5, "keccak_output_1", output_1),
    Row::new(0xdf7b3fd1f383da3af0d5959dae2419eb, "keccak_split_3", |site| split_input(site, 3)),
    Row::new(0xda90e97f3531579d5e6d8284a0364082, "keccak_split_6", |site| split_input(site, 6)),
    Row::new(0xd8651152753d1c31bfb25798ad0811f3, "keccak_split_9", |site| split_input(site, 9)),
    Row::new(0x42ce8781476b383a00d63b42eeb1a8a5, "keccak_split_12", |site| split_input(site, 12)),
    Row::new(0xe57bfb9809e43bceb4b1fa4212dc7742, "keccak_split_15", |site| split_input(site, 15)),
    Row::new(0x314cf1266392c6490f46c501957cf738, "keccak_split_n_bytes", split_n_bytes),
];

pub(super) static STORED: &[Stored] = &[
    Stored::new(0xa5b4540f0cddd6d7e754552be706c4f6, "keccak_full_block_left", |site| {
        compare_n_bytes(site, "KECCAK_FULL_RATE_IN_BYTES", false)
    }),
    Stored::new(0xc29ee19bfcf361b0f8796e05a35fe76e, "keccak_less_than_a_word_left", |site| {
        compare_n_bytes(site, "BYTES_IN_WORD", true)
    }),
];

/// The permutation on the state in the cells before `keccak_ptr`.
fn permutation(site: &Site<'_>) -> Option<Hint> {
    let ptr = site.value("keccak_ptr")?;
    if small_constant(site, "KECCAK_STATE_SIZE_FELTS")? != LANES as u64 {
        return None;
    }
    let imports = Imports::new(KECCAK_FUNC)?;
    let [size, output] = ["_keccak_state_size_felts", "output_values"].map(Symbol::new);
    hint(move |native| {
        let ptr = ptr.pointer(native.machine)?;
        let first = ptr.checked_add(-(LANES as i64))?;
        let mut lanes = [0; LANES];
        for (at, lane) in (0_i64..).zip(lanes.iter_mut()) {
            let felt = native.machine.memory.cell(first.checked_add(at)?).felt()?;
            *lane = felt.to_u64()?;
        }
        permute(&mut lanes);
        write(native.machine, ptr, &lanes.map(Value::from))?;
        imports.set(native);
        native.set_int(size, LANES as i64);
        let lanes = lanes.map(|lane| Object::Int(Int::from(lane)));
        native.set_variable(output, Object::list(lanes.to_vec()));
        Some(())
    })
}

const KECCAK_FUNC: &[(&str, &str)] =
    &[("starkware.cairo.common.keccak_utils.keccak_utils", "keccak_func")];

/// Instances of the permutation on zeros, to fill the last block.
fn finalize(site: &Site<'_>) -> Option<Hint> {
    let end = site.value("keccak_ptr_end")?;
    let block_size = small_constant(site, "BLOCK_SIZE").filter(|size| *size < 10)?;
    if small_constant(site, "KECCAK_STATE_SIZE_FELTS")? != LANES as u64 {
        return None;
    }
    let [size, block, inp] = ["_keccak_state_size_felts", "_block_size", "inp"].map(Symbol::new);
    let [keccak_func, padding] = ["keccak_func", "padding"].map(Symbol::new);
    let known = crate::Import::find(KECCAK_FUNC[0].0, KECCAK_FUNC[0].1)?;
    hint(move |native| {
        // The text does not import the function: an earlier hint has.
        match native.variable(keccak_func)? {
            Object::Import(import) if import == known => {}
            _ => return None,
        }
        let mut lanes = [0; LANES];
        permute(&mut lanes);
        let mut one = vec![Value::from(0); LANES];
        one.extend(lanes.map(Value::from));
        let all = one.repeat(block_size as usize);
        let to = end.pointer(native.machine)?;
        write(native.machine, to, &all)?;
        native.set_int(size, LANES as i64);
        native.set_int(block, block_size as i64);
        native.set_variable(inp, Object::list(vec![Object::from(0); LANES]));
        native.set_variable(padding, Object::list(all.into_iter().map(Object::from).collect()));
        Some(())
    })
}

/// The variables of both hints that hash, and where the digest goes.
struct Hashing {
    high: Slot,
    low: Slot,
    imports: Imports,
    keccak_input: Symbol,
    hashed: Symbol,
}

impl Hashing {
    fn new(site: &Site<'_>) -> Option<Self> {
        Some(Self {
            high: site.assigned("high")?,
            low: site.assigned("low")?,
            imports: Imports::new(&[("eth_hash.auto", "keccak")])?,
            keccak_input: Symbol::new("keccak_input"),
            hashed: Symbol::new("hashed"),
        })
    }

    /// Hashes and stores the digest.
    fn finish(&self, native: &mut Native<'_>, input: Vec<u8>) -> Option<()> {
        let digest = keccak_256(&input);
        let half = |from: usize| {
            let bytes = digest[from..from + 16].try_into().unwrap_or_default();
            small(u128::from_be_bytes(bytes))
        };
        self.high.store(native.machine, half(0))?;
        self.low.store(native.machine, half(16))?;
        self.imports.set(native);
        native.set_variable(self.keccak_input, Object::ByteArray(Rc::new(RefCell::new(input))));
        native.set_variable(self.hashed, Object::Bytes(digest.as_slice().into()));
        Some(())
    }
}

fn unsafe_keccak(site: &Site<'_>) -> Option<Hint> {
    let (data, length, hashing) = (site.value("data")?, site.value("length")?, Hashing::new(site)?);
    let limit = Symbol::new("__keccak_max_size");
    let [name_data, name_length, word_i] = ["data", "length", "word_i"].map(Symbol::new);
    let [byte_i, word, n_bytes] = ["byte_i", "word", "n_bytes"].map(Symbol::new);
    hint(move |native| {
        let many = count(length.felt(native.machine)?)?;
        allows(native, limit, many)?;
        let from = data.load(native.machine)?;
        let mut input = Vec::new();
        let mut last = None;
        let (mut at, mut byte) = (0, 0);
        while byte < many {
            let place: Relocatable = from.relocatable()?.checked_add(at)?;
            let number = native.machine.memory.cell(place).felt()?.to_u128()?;
            let bytes = (many - byte).min(16);
            if bytes < 16 && number >> (8 * bytes) != 0 {
                return None;
            }
            input.extend_from_slice(&number.to_be_bytes()[16 - bytes as usize..]);
            last = Some((at, byte, number, bytes));
            (at, byte) = (at + 1, byte + 16);
        }
        hashing.finish(native, input)?;
        native.set_variable(name_data, Object::from(from));
        native.set_int(name_length, many);
        if let Some((at, byte, number, bytes)) = last {
            native.set_int(word_i, at);
            native.set_int(byte_i, byte);
            native.set_variable(word, Object::Int(Int::from(number)));
            native.set_int(n_bytes, bytes);
        }
        Some(())
    })
}

fn unsafe_finalize(site: &Site<'_>) -> Option<Hint> {
    let (start, end) =
        (site.member("keccak_state.start_ptr")?, site.member("keccak_state.end_ptr")?);
    let hashing = Hashing::new(site)?;
    let [n_elms, word] = ["n_elms", "word"].map(Symbol::new);
    hint(move |native| {
        let start = start.load(native.machine)?.relocatable()?;
        let end = end.load(native.machine)?.relocatable()?;
        let many = end.offset.checked_sub(start.offset)?;
        if start.segment != end.segment {
            return None;
        }
        let mut input = Vec::new();
        let mut last = None;
        for at in 0..many {
            let felt = native.machine.memory.cell(start.checked_add(at)?).felt()?;
            input.extend_from_slice(&felt.to_u128()?.to_be_bytes());
            last = Some(felt);
        }
        hashing.finish(native, input)?;
        native.set_int(n_elms, many);
        if let Some(felt) = last {
            native.set_variable(word, Object::Int(Int::from(felt)));
        }
        Some(())
    })
}

fn add_uint256(site: &Site<'_>) -> Option<Hint> {
    let (inputs, low, high) = (site.value("inputs")?, site.value("low")?, site.value("high")?);
    hint(move |native| {
        let to = inputs.pointer(native.machine)?;
        for (at, half) in [(0, &low), (2, &high)] {
            let [first, second, third, fourth] = half.felt(native.machine)?.limbs();
            let rest = wide::to_felt(&[second, third, fourth, 0]);
            write(native.machine, to.checked_add(at)?, &[Value::from(first), Value::Felt(rest)])?;
        }
        Some(())
    })
}

fn output_0(site: &Site<'_>) -> Option<Hint> {
    let output = site.value("output0")?;
    let (low, high) = (site.assigned("output0_low")?, site.assigned("output0_high")?);
    hint(move |native| {
        let parts = halves(&output.felt(native.machine)?.limbs());
        low.store(native.machine, small(parts.0))?;
        high.store(native.machine, small(parts.1))
    })
}

fn output_1(site: &Site<'_>) -> Option<Hint> {
    let output = site.value("output1")?;
    let [low, mid, high] =
        ["output1_low", "output1_mid", "output1_high"].map(|name| site.assigned(name));
    let (low, mid, high) = (low?, mid?, high?);
    let tmp = Symbol::new("tmp");
    hint(move |native| {
        let whole = output.felt(native.machine)?.limbs();
        let (quotient, rest) = div_rem(&whole, &[1 << 56, 0, 0, 0])?;
        let parts = halves(&quotient);
        low.store(native.machine, wide::to_felt(&rest))?;
        high.store(native.machine, small(parts.1))?;
        mid.store(native.machine, small(parts.0))?;
        native.set_variable(tmp, Object::Int(Int::from(quotient)));
        Some(())
    })
}

/// Word `at` of the input in two parts: `at / 3` bytes and the rest.
fn split_input(site: &Site<'_>, at: i64) -> Option<Hint> {
    let inputs = site.value("inputs")?;
    let high = site.assigned(&format!("high{at}"))?;
    let low = site.assigned(&format!("low{at}"))?;
    let unit = [1 << (8 * (at / 3)), 0, 0, 0];
    hint(move |native| {
        let place = inputs.pointer(native.machine)?.checked_add(at)?;
        let word = native.machine.memory.cell(place).felt()?.limbs();
        let (quotient, rest) = div_rem(&word, &unit)?;
        high.store(native.machine, wide::to_felt(&quotient))?;
        low.store(native.machine, wide::to_felt(&rest))
    })
}

fn split_n_bytes(site: &Site<'_>) -> Option<Hint> {
    let n_bytes = site.value("n_bytes")?;
    let unit = [small_constant(site, "BYTES_IN_WORD").filter(|unit| *unit > 0)?, 0, 0, 0];
    let (words, left) = (site.assigned("n_words_to_copy")?, site.assigned("n_bytes_left")?);
    hint(move |native| {
        let (quotient, rest) = div_rem(&n_bytes.felt(native.machine)?.limbs(), &unit)?;
        words.store(native.machine, wide::to_felt(&quotient))?;
        left.store(native.machine, wide::to_felt(&rest))
    })
}

/// `n_bytes` compared with a constant: whether it is less, or not.
fn compare_n_bytes(site: &Site<'_>, constant: &str, less: bool) -> Option<Expression> {
    let n_bytes = site.value("n_bytes")?;
    let bound = [small_constant(site, constant)?, 0, 0, 0];
    expression(move |native| {
        let is_less = compare(&n_bytes.felt(native.machine)?.limbs(), &bound).is_lt();
        Some(bit(is_less == less))
    })
}
