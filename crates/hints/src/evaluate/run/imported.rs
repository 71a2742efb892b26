//! The functions and constants that hints import.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

use cairo_zero_core::Relocatable;

use super::super::node::{Attribute, Given, Slot};
use super::super::{Decline, Got};
use super::{Run, checked, import_of, trees};
use crate::math::{blake2s, keccak, number, python, sha256};
use crate::object::{DefaultValue, Dict, Object};
use crate::{Import, Int, MemberKind, Struct};

/// An argument of an imported function.
pub(super) enum Argument {
    Object(Object),
    Pointer(Rc<Struct>, Object),
    Segments,
    ListClass,
    Constantly(Object),
}

type Body = fn(&mut Run<'_, '_>, &Arguments) -> Got<Object>;

/// A function: its module, its name, its parameters, and what it does.
struct Function(&'static str, &'static str, &'static [&'static str], Body);

const MATH: &str = "starkware.python.math_utils";
const COMMON: &str = "starkware.cairo.common.math_utils";
const SECP: &str = "starkware.cairo.common.cairo_secp.secp_utils";
const R1: &str = "starkware.cairo.common.cairo_secp.secp256r1_utils";
const SHA: &str = "starkware.cairo.common.cairo_sha256.sha256_utils";
const BLAKE: &str = "starkware.cairo.common.cairo_blake2s.blake2s_utils";
const STARK: &str = "starkware.crypto.signature.signature";
const MERKLE: &str = "starkware.python.merkle_tree";

static FUNCTIONS: &[Function] = &[
    Function("collections", "defaultdict", &["default_factory"], default_dict),
    Function("eth_hash.auto", "keccak", &["data"], |_, given| {
        Ok(Object::Bytes(match given.object(0)? {
            Object::Bytes(data) => keccak::keccak_256(data).as_slice().into(),
            Object::ByteArray(data) => keccak::keccak_256(&data.borrow()).as_slice().into(),
            _ => return Err(Decline),
        }))
    }),
    Function(BLAKE, "blake2s_compress", &["h", "message", "t0", "t1", "f0", "f1"], blake),
    Function(BLAKE, "compute_blake2s_func", &["segments", "output_ptr"], blake_instance),
    Function(SECP, "pack", &["z", "prime"], pack),
    Function(SECP, "split", &["num"], |_, given| {
        let limbs = python::split(given.int(0)?).ok_or(Decline)?;
        Ok(Object::list(limbs.into_iter().map(Object::Int).collect()))
    }),
    Function(SHA, "compute_message_schedule", &["message"], |run, given| {
        Ok(words_object(&sha256::schedule(&run.words(given.object(0)?)?)))
    }),
    Function(SHA, "sha2_compress_function", &["state", "w"], |run, given| {
        let state = run.words(given.object(0)?)?;
        Ok(words_object(&sha256::compress_schedule(&state, &run.words(given.object(1)?)?)))
    }),
    Function("starkware.cairo.common.dict", "DictManager", &[], |_, _| {
        Ok(Object::Manager(Rc::default()))
    }),
    Function(
        "starkware.cairo.common.keccak_utils.keccak_utils",
        "keccak_func",
        &["values"],
        keccak_permutation,
    ),
    Function(COMMON, "assert_integer", &["val"], |_, given| given.int(0).map(|_| Object::None)),
    Function(COMMON, "as_int", &["val", "prime"], |_, given| {
        number_object(python::as_int(given.int(0)?, given.int(1)?))
    }),
    Function(COMMON, "is_positive", &["value", "prime", "rc_bound"], is_positive),
    Function(
        "starkware.cairo.lang.vm.relocatable",
        "RelocatableValue",
        &["segment_index", "offset"],
        |_, given| {
            let segment = given.int(0)?.to_i64().and_then(|at| i32::try_from(at).ok());
            let offset = given.int(1)?.to_i64().ok_or(Decline)?;
            checked(Relocatable::new(segment.ok_or(Decline)?, offset)).map(Object::Address)
        },
    ),
    Function(MATH, "div_mod", &["n", "m", "p"], |_, given| {
        number_object(python::div_mod(given.int(0)?, given.int(1)?, given.int(2)?))
    }),
    Function(MATH, "div_ceil", &["x", "y"], |_, given| {
        number_object(python::div_ceil(given.int(0)?, given.int(1)?))
    }),
    Function(MATH, "safe_div", &["x", "y"], |_, given| {
        number_object(python::safe_div(given.int(0)?, given.int(1)?))
    }),
    Function(MATH, "isqrt", &["n"], |_, given| number_object(number::isqrt(given.int(0)?))),
    Function(MATH, "log2_ceil", &["x"], |_, given| number_object(python::log2_ceil(given.int(0)?))),
    Function(MATH, "is_quad_residue", &["n", "p"], |_, given| {
        python::is_quad_residue(given.int(0)?, given.int(1)?).map(Object::Bool).ok_or(Decline)
    }),
    Function(MATH, "sqrt", &["n", "p"], |_, given| {
        number_object(python::sqrt(given.int(0)?, given.int(1)?))
    }),
    Function(MATH, "ec_double_slope", &["point", "alpha", "p"], |run, given| {
        let point = run.pair(given.object(0)?)?;
        number_object(python::ec_double_slope(&point, given.int(1)?, given.int(2)?))
    }),
    Function(MATH, "line_slope", &["point1", "point2", "p"], |run, given| {
        let (a, b) = (run.pair(given.object(0)?)?, run.pair(given.object(1)?)?);
        number_object(python::line_slope(&a, &b, given.int(2)?))
    }),
    Function(MATH, "y_squared_from_x", &["x", "alpha", "beta", "field_prime"], |_, given| {
        let [x, alpha, beta, p] = given.ints()?;
        number_object(python::y_squared_from_x(x, alpha, beta, p))
    }),
    Function(MATH, "recover_y", &["x", "alpha", "beta", "field_prime"], |_, given| {
        let [x, alpha, beta, p] = given.ints()?;
        number_object(python::recover_y(x, alpha, beta, p))
    }),
    Function(MATH, "random_ec_point", &["field_prime", "alpha", "beta", "seed"], |_, given| {
        let Object::Bytes(seed) = given.object(3)? else { return Err(Decline) };
        let (p, alpha, beta) = (given.int(0)?, given.int(1)?, given.int(2)?);
        let point = python::random_ec_point(p, alpha, beta, seed).ok_or(Decline)?;
        Ok(Object::Tuple(point.map(Object::Int).into()))
    }),
    Function("starkware.python.utils", "to_bytes", &["value", "length", "byte_order"], to_bytes),
    Function("starkware.python.utils", "from_bytes", &["value", "byte_order"], |_, given| {
        let Object::Bytes(bytes) = given.object(0)? else { return Err(Decline) };
        Ok(Object::Int(number::from_bytes(bytes, given.is_little(1)?, false)))
    }),
    Function(MERKLE, "decode_node", &["node"], |run, given| {
        trees::decode_node(run, given.object(0)?)
    }),
    Function(MERKLE, "build_update_tree", &["height", "modifications"], |run, given| {
        trees::build_update_tree(run, given.int(0)?, given.object(1)?)
    }),
];

/// The function of each import, by its number.
static BY_IMPORT: LazyLock<Vec<Option<&'static Function>>> = LazyLock::new(|| {
    let mut found = Vec::new();
    for function in FUNCTIONS {
        if let Some(import) = Import::find(function.0, function.1) {
            if found.len() <= import.number() {
                found.resize(import.number() + 1, None);
            }
            found[import.number()] = Some(function);
        }
    }
    found
});

/// The constants among the imports: their module, their name, their hexadecimal digits.
static NUMBERS: &[(&str, &str, &str)] = &[
    (SECP, "N", python::SECP256K1.order),
    (SECP, "SECP_P", python::SECP256K1.prime),
    (R1, "SECP256R1_P", python::SECP256R1.prime),
    (R1, "SECP256R1_ALPHA", python::SECP256R1.alpha),
    (R1, "SECP256R1_N", python::SECP256R1.order),
    (STARK, "ALPHA", "1"),
    (STARK, "BETA", python::STARK_BETA),
    (STARK, "FIELD_PRIME", "800000000000011000000000000000000000000000000000000000000000001"),
];

thread_local! {
    /// The constants by the number of their import.
    static CONSTANTS: Vec<Option<Int>> = {
        let mut found = Vec::new();
        for (module, name, digits) in NUMBERS {
            if let Some(import) = Import::find(module, name) {
                if found.len() <= import.number() {
                    found.resize(import.number() + 1, None);
                }
                found[import.number()] = Some(number::hexadecimal(digits));
            }
        }
        found
    };
}

/// The number that an import is, if it is one.
pub(super) fn number(import: Import) -> Option<Int> {
    CONSTANTS.with(|constants| constants.get(import.number()).cloned().flatten())
}

/// The items of the list that an import is, if it is one.
pub(super) fn list(import: Import) -> Option<Vec<Object>> {
    let is_list = import.name() == "IV" && matches!(import.module(), SHA | BLAKE);
    is_list.then(|| blake2s::IV.iter().map(|word| Object::from(i64::from(*word))).collect())
}

/// An attribute of the curve that an import is.
pub(super) fn of_curve(import: Import, attribute: Attribute) -> Option<Int> {
    if (import.module(), import.name()) != (SECP, "SECP256R1") {
        return None;
    }
    let curve = &python::SECP256R1;
    Some(number::hexadecimal(match attribute {
        Attribute::Prime => curve.prime,
        Attribute::Alpha => curve.alpha,
        Attribute::Beta => curve.beta,
        Attribute::Order => curve.order,
        _ => return None,
    }))
}

/// The arguments of a call in the order of the parameters.
pub(super) struct Arguments(Vec<Option<Argument>>);

impl Arguments {
    fn get(&self, at: usize) -> Option<&Argument> {
        self.0.get(at).and_then(Option::as_ref)
    }

    fn object(&self, at: usize) -> Got<&Object> {
        match self.get(at) {
            Some(Argument::Object(object)) => Ok(object),
            _ => Err(Decline),
        }
    }

    fn int(&self, at: usize) -> Got<&Int> {
        match self.object(at)? {
            Object::Int(int) => Ok(int),
            _ => Err(Decline),
        }
    }

    fn ints(&self) -> Got<[&Int; 4]> {
        Ok([self.int(0)?, self.int(1)?, self.int(2)?, self.int(3)?])
    }

    /// Whether the byte order given is little endian; it is big by default.
    fn is_little(&self, at: usize) -> Got<bool> {
        match self.get(at) {
            None | Some(Argument::Object(Object::None)) => Ok(false),
            Some(Argument::Object(Object::Text(order))) => match &**order {
                "big" => Ok(false),
                "little" => Ok(true),
                _ => Err(Decline),
            },
            _ => Err(Decline),
        }
    }
}

impl Run<'_, '_> {
    /// A call of an imported function.
    pub(super) fn imported(
        &mut self,
        slot: Slot,
        given: &[(Option<Box<str>>, Given)],
    ) -> Got<Object> {
        let Function(_, _, parameters, body) = self.callee(slot)?;
        let mut arguments: Vec<Option<Argument>> = Vec::new();
        arguments.resize_with(parameters.len(), || None);
        for (at, (name, argument)) in given.iter().enumerate() {
            let at = match name {
                None => at,
                Some(name) => {
                    parameters.iter().position(|known| **known == **name).ok_or(Decline)?
                }
            };
            let argument = self.argument(argument)?;
            match arguments.get_mut(at) {
                Some(place @ None) => *place = Some(argument),
                _ => return Err(Decline),
            }
        }
        body(self, &Arguments(arguments))
    }

    /// A call of an imported function with one argument.
    pub(super) fn imported_one(&mut self, slot: Slot, item: Object) -> Got<Object> {
        let Function(_, _, _, body) = self.callee(slot)?;
        body(self, &Arguments(vec![Some(Argument::Object(item))]))
    }

    fn callee(&mut self, slot: Slot) -> Got<&'static Function> {
        let import = import_of(&self.peek(slot)?.ok_or(Decline)?)?;
        BY_IMPORT.get(import.number()).copied().flatten().ok_or(Decline)
    }

    fn argument(&mut self, given: &Given) -> Got<Argument> {
        Ok(match given {
            Given::Value(node) => Argument::Object(self.eval(node)?),
            Given::Pointer(structure, base) => {
                Argument::Pointer(Rc::clone(structure), self.eval(base)?)
            }
            Given::Series(series) => Argument::Object(Object::list(self.collect(series)?)),
            Given::Segments => Argument::Segments,
            Given::ListClass => Argument::ListClass,
            Given::Constantly(node) => Argument::Constantly(self.eval(node)?),
        })
    }

    /// The items of a list or tuple.
    pub(super) fn sequence(&mut self, object: &Object) -> Got<Vec<Object>> {
        match object {
            Object::List(_) | Object::Tuple(_) | Object::Import(_) => self.all_of(object),
            _ => Err(Decline),
        }
    }

    fn pair(&mut self, object: &Object) -> Got<[Int; 2]> {
        let items = self.sequence(object)?;
        let [Object::Int(x), Object::Int(y)] = items.as_slice() else { return Err(Decline) };
        Ok([x.clone(), y.clone()])
    }

    /// A list of words of 32 bits.
    fn words<const N: usize>(&mut self, object: &Object) -> Got<[u32; N]> {
        let items = self.sequence(object)?;
        let words: Option<Vec<u32>> = items.iter().map(word).collect();
        words.ok_or(Decline)?.try_into().map_err(|_| Decline)
    }
}

fn word(object: &Object) -> Option<u32> {
    match object {
        Object::Int(int) => int.to_i64().and_then(|small| u32::try_from(small).ok()),
        _ => None,
    }
}

fn words_object(words: &[u32]) -> Object {
    Object::list(words.iter().map(|word| Object::from(i64::from(*word))).collect())
}

fn number_object(number: Option<Int>) -> Got<Object> {
    number.map(Object::Int).ok_or(Decline)
}

fn default_dict(_: &mut Run<'_, '_>, given: &Arguments) -> Got<Object> {
    let default = match given.get(0) {
        Some(Argument::ListClass) => DefaultValue::NewList,
        Some(Argument::Constantly(object)) => DefaultValue::Same(object.clone()),
        _ => return Err(Decline),
    };
    let dict = Dict { default: Some(default), ..Dict::default() };
    Ok(Object::Dict(Rc::new(RefCell::new(dict))))
}

fn blake(run: &mut Run<'_, '_>, given: &Arguments) -> Got<Object> {
    let (h, message) = (run.words(given.object(0)?)?, run.words(given.object(1)?)?);
    let flag = |at: usize| word(given.object(at)?).ok_or(Decline);
    let (t, f) = ([flag(2)?, flag(3)?], [flag(4)?, flag(5)?]);
    Ok(words_object(&blake2s::compress(&h, &message, t, f)))
}

/// Computes the output of a BLAKE2s instance from the 26 cells before it.
fn blake_instance(run: &mut Run<'_, '_>, given: &Arguments) -> Got<Object> {
    let (Some(Argument::Segments), Object::Address(output)) = (given.get(0), given.object(1)?)
    else {
        return Err(Decline);
    };
    let mut words = [0; 26];
    for (word, by) in words.iter_mut().zip(-26..) {
        let cell = run.load(output.checked_add(by).ok_or(Decline)?)?;
        let number = cell.felt().and_then(|felt| felt.to_u64());
        *word = number.and_then(|number| u32::try_from(number).ok()).ok_or(Decline)?;
    }
    let (mut h, mut message) = ([0; 8], [0; 16]);
    h.copy_from_slice(&words[..8]);
    message.copy_from_slice(&words[8..24]);
    let state = blake2s::compress(&h, &message, [words[24], 0], [words[25], 0]);
    run.write_arg(*output, &words_object(&state), 1)?;
    Ok(Object::None)
}

/// `pack(z, prime)`: the limbs are the struct's members.
fn pack(run: &mut Run<'_, '_>, given: &Arguments) -> Got<Object> {
    let Some(Argument::Pointer(structure, Object::Address(base))) = given.get(0) else {
        return Err(Decline);
    };
    let mut limbs = Vec::with_capacity(3);
    for name in ["d0", "d1", "d2"] {
        let member = structure.member(name).map_err(|_| Decline)?;
        if member.kind != MemberKind::Value {
            return Err(Decline);
        }
        let offset = i64::try_from(member.offset).map_err(|_| Decline)?;
        let cell = run.load(base.checked_add(offset).ok_or(Decline)?)?;
        limbs.push(Int::from(cell.felt().ok_or(Decline)?));
    }
    let limbs: [Int; 3] = limbs.try_into().map_err(|_| Decline)?;
    number_object(python::pack(&limbs, given.int(1)?))
}

fn keccak_permutation(run: &mut Run<'_, '_>, given: &Arguments) -> Got<Object> {
    let items = run.sequence(given.object(0)?)?;
    let lanes: Option<Vec<u64>> = items
        .iter()
        .map(|item| match item {
            Object::Int(int) => number::to_u64(int),
            _ => None,
        })
        .collect();
    let mut lanes: [u64; keccak::LANES] = lanes.ok_or(Decline)?.try_into().map_err(|_| Decline)?;
    keccak::permute(&mut lanes);
    Ok(Object::list(lanes.iter().map(|lane| Object::Int(Int::from(*lane))).collect()))
}

fn is_positive(_: &mut Run<'_, '_>, given: &Arguments) -> Got<Object> {
    let value = python::as_int(given.int(0)?, given.int(1)?).ok_or(Decline)?;
    if number::compare(&number::abs(&value), given.int(2)?).is_ge() {
        return Err(Decline);
    }
    Ok(Object::Bool(!value.is_negative() && !value.is_zero()))
}

fn to_bytes(_: &mut Run<'_, '_>, given: &Arguments) -> Got<Object> {
    let length = match given.get(1) {
        None | Some(Argument::Object(Object::None)) => 32,
        _ => number::to_usize(given.int(1)?).ok_or(Decline)?,
    };
    let bytes = number::to_bytes(given.int(0)?, length, given.is_little(2)?, false);
    Ok(Object::Bytes(bytes.ok_or(Decline)?.into()))
}
