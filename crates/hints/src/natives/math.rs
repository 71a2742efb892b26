//! Comparisons, divisions and range checks of felts (`math.cairo`, `math_cmp.cairo`, `pow.cairo`).

use std::rc::Rc;

use cairo_zero_core::{Felt, Value};
use num_bigint::BigUint;

use super::module::{CAIRO_MATH, MATH};
use super::{Expression, Hint, Imports, bit, expression, hint, int, limbs, range_check, small};
use crate::ids::Site;
use crate::math::curve::as_int;
use crate::math::wide::{self, U256, Wide, compare, div_rem, halves};
use crate::object::Object;
use crate::table::{Row, Stored};
use crate::{Import, Int, Symbol};

pub(super) static ROWS: &[Row] = &[
    Row::new(0x1c7a280d075d5788e1835ef5efbe5abd, "assert_nn", assert_nn),
    Row::new(0x7e0d46e0797b2a33b76b3fc928ababfa, "assert_not_zero", assert_not_zero),
    Row::new(0x818ebdc0c6059b8f8da6450b274c02e6, "assert_not_equal", assert_not_equal),
    Row::new(0xeff5406d8a2272d7a857c3f28a05208d, "assert_le_felt", assert_le_felt),
    Row::new(0x3ce638f7c68ed00a70540101624e500f, "assert_le_felt_excluded_2", excluded_2),
    Row::new(0xc0c0a637f9660c4e52d6ccadefdae2b8, "assert_lt_felt", assert_lt_felt),
    Row::new(0x1c13c202f1d00b463401b79dd1b421bc, "assert_250_bit", assert_bits),
    Row::new(0xe33bee08c61fda890d7235e69a912dfd, "assert_165_bit", assert_bits),
    Row::new(0x8c2264dc893b8653e824d34258fdc533, "split_felt", split_felt),
    Row::new(0x0da5c4351ef7497e929fd5dc42a125fa, "is_positive", is_positive),
    Row::new(0x0b2f3b93af241b3491f8fc21ce429864, "unsigned_div_rem", unsigned_div_rem),
    Row::new(0x42d9d3a7b0092382af54d1d7c7bc9101, "signed_div_rem", signed_div_rem),
    Row::new(0x9b19206756caf8467f5a5877e0bcc2dc, "split_int_end", split_int_end),
    Row::new(0x1dbdc0f35468f980ae149c5fe3c68eff, "split_int", split_int),
    Row::new(0x5dd2012f3d82643fdedba2e28ea3b51d, "sqrt", sqrt),
    Row::new(0xe245e9ff002a851d844d6a964c1189a1, "pow", pow),
    Row::new(0x494c667d98b4278cbb8f9d849e98dbce, "signed_pow", signed_pow),
    Row::new(0xceadf83445b7ee6f66da2e51e89d22e6, "log2_ceil", log2_ceil),
];

pub(super) static STORED: &[Stored] = &[
    Stored::new(0x5b7e093acd75c75eefaeeecb5910ee26, "assert_le_felt_excluded_0", |site| {
        excluded_is_not(site, 0)
    }),
    Stored::new(0xe136f4c5a376ce7e4ae33c3e57f8274a, "assert_le_felt_excluded_1", |site| {
        excluded_is_not(site, 1)
    }),
    Stored::new(0xbf0c12d0be7d9bdbbb23dab0ec2b98de, "is_nn", is_nn),
    Stored::new(0x1914b1d28861c9b772ad164eb0100858, "is_nn_out_of_range", is_nn_out_of_range),
    Stored::new(0xad6368ba55a69fb2b1a82d4fc5f62f9c, "is_le_felt", is_le_felt),
    Stored::new(0xba0d22d2ccfdf21f598ee6a231356a16, "merkle_update_bit", |site| {
        lowest_bit(site, "index")
    }),
    Stored::new(0x219b5796328e214dcf501d5fa2b9e068, "ec_mul_bit", |site| {
        lowest_bit(site, "scalar")
    }),
];

/// `assert_integer`, which most of these hints import.
const ASSERT_INTEGER: &[(&str, &str)] = &[(CAIRO_MATH, "assert_integer")];

fn assert_nn(site: &Site<'_>) -> Option<Hint> {
    let (a, imports) = (site.value("a")?, Imports::new(ASSERT_INTEGER)?);
    hint(move |native| {
        a.felt(native.machine)?.to_u128()?;
        range_check(native.machine)?;
        imports.set(native);
        Some(())
    })
}

fn assert_not_zero(site: &Site<'_>) -> Option<Hint> {
    let (value, imports) = (site.value("value")?, Imports::new(ASSERT_INTEGER)?);
    hint(move |native| {
        let value = value.felt(native.machine)?;
        (!value.is_zero()).then(|| imports.set(native))
    })
}

fn assert_not_equal(site: &Site<'_>) -> Option<Hint> {
    let (a, b) = (site.value("a")?, site.value("b")?);
    let imports = Imports::new(&[("starkware.cairo.lang.vm.relocatable", "RelocatableValue")])?;
    let [ints, addresses] = ["both_ints", "both_relocatable"].map(Symbol::new);
    hint(move |native| {
        let (a, b) = (a.load(native.machine)?, b.load(native.machine)?);
        let both_ints = match (a, b) {
            (Value::Felt(_), Value::Felt(_)) => true,
            (Value::Relocatable(a), Value::Relocatable(b)) if a.segment == b.segment => false,
            _ => return None,
        };
        if a == b {
            return None;
        }
        imports.set(native);
        native.set_variable(ints, Object::Bool(both_ints));
        native.set_variable(addresses, Object::Bool(!both_ints));
        Some(())
    })
}

fn assert_lt_felt(site: &Site<'_>) -> Option<Hint> {
    let (a, b, imports) = (site.value("a")?, site.value("b")?, Imports::new(ASSERT_INTEGER)?);
    hint(move |native| {
        let (a, b) = (a.felt(native.machine)?, b.felt(native.machine)?);
        compare(&a.limbs(), &b.limbs()).is_lt().then(|| imports.set(native))
    })
}

fn assert_le_felt(site: &Site<'_>) -> Option<Hint> {
    let (a, b, range) = (site.value("a")?, site.value("b")?, site.value("range_check_ptr")?);
    let third = limbs(site, "PRIME_OVER_3_HIGH")?;
    let half = limbs(site, "PRIME_OVER_2_HIGH")?;
    let itertools = (Symbol::new("itertools"), Import::find("itertools", "")?);
    let imports = Imports::new(ASSERT_INTEGER)?;
    let [name_a, name_b, lengths, excluded] =
        ["a", "b", "lengths_and_indices", "excluded"].map(Symbol::new);
    hint(move |native| {
        let machine = &mut *native.machine;
        let (a, b) = (a.felt(machine)?, b.felt(machine)?);
        if compare(&a.limbs(), &b.limbs()).is_gt() {
            return None;
        }
        let mut arcs =
            [(a.limbs(), 0_i64), ((b - a).limbs(), 1), ((Felt::MINUS_ONE - b).limbs(), 2)];
        arcs.sort_by(|(x, i), (y, j)| compare(x, y).then(i.cmp(j)));
        let to = range.pointer(machine)?;
        for (at, (arc, unit)) in [(0, (&arcs[0].0, &third)), (2, (&arcs[1].0, &half))] {
            let (quotient, rest) = div_rem(arc, unit)?;
            for (at, part) in [(at + 1, quotient), (at, rest)] {
                let address = Value::Relocatable(to.checked_add(at)?);
                machine.store(address, Value::Felt(wide::to_felt(&part))).ok()?;
            }
        }
        native.set_variable(itertools.0, Object::Import(itertools.1));
        imports.set(native);
        native.set_variable(name_a, Object::Int(Int::from(a)));
        native.set_variable(name_b, Object::Int(Int::from(b)));
        let pairs = arcs.map(|(arc, index)| {
            Object::Tuple(Rc::new([Object::Int(Int::from(arc)), Object::from(index)]))
        });
        native.set_variable(lengths, Object::list(pairs.to_vec()));
        native.set_int(excluded, arcs[2].1);
        Some(())
    })
}

fn excluded_is_not(_: &Site<'_>, index: i64) -> Option<Expression> {
    let excluded = Symbol::new("excluded");
    expression(move |native| {
        let found = int(native, excluded)?;
        Some(bit(found != Int::from(index)))
    })
}

fn excluded_2(_: &Site<'_>) -> Option<Hint> {
    let excluded = Symbol::new("excluded");
    hint(move |native| (int(native, excluded)? == Int::from(2_i64)).then_some(()))
}

/// A felt below a power of two, in two parts.
fn assert_bits(site: &Site<'_>) -> Option<Hint> {
    let value = site.value("value")?;
    let (bound, shift) = (limbs(site, "UPPER_BOUND")?, limbs(site, "SHIFT")?);
    let (high, low) = (site.assigned("high")?, site.assigned("low")?);
    let imports = Imports::new(&[(CAIRO_MATH, "as_int")])?;
    let name = Symbol::new("value");
    hint(move |native| {
        let value = value.felt(native.machine)?;
        if compare(&value.limbs(), &bound).is_ge() {
            return None;
        }
        let (quotient, rest) = div_rem(&value.limbs(), &shift)?;
        high.store(native.machine, wide::to_felt(&quotient))?;
        low.store(native.machine, wide::to_felt(&rest))?;
        imports.set(native);
        native.set_variable(name, Object::Int(Int::from(value)));
        Some(())
    })
}

fn split_felt(site: &Site<'_>) -> Option<Hint> {
    let value = site.value("value")?;
    let (high, low) = (site.assigned("high")?, site.assigned("low")?);
    // The constants have to be the two halves of the largest felt.
    let [max_low, max_high] = [limbs(site, "MAX_LOW")?, limbs(site, "MAX_HIGH")?]
        .map(|constant| wide::to_u128(&constant));
    if wide::from_halves(max_low?, max_high?) != Felt::MINUS_ONE.limbs() {
        return None;
    }
    let imports = Imports::new(ASSERT_INTEGER)?;
    hint(move |native| {
        let parts = halves(&value.felt(native.machine)?.limbs());
        low.store(native.machine, small(parts.0))?;
        high.store(native.machine, small(parts.1))?;
        imports.set(native);
        Some(())
    })
}

fn is_positive(site: &Site<'_>) -> Option<Hint> {
    let (value, result) = (site.value("value")?, site.assigned("is_positive")?);
    let imports = Imports::new(&[(CAIRO_MATH, "is_positive")])?;
    hint(move |native| {
        range_check(native.machine)?;
        let value = value.felt(native.machine)?;
        let positive = match (value.to_u128(), (-value).to_u128()) {
            (Some(magnitude), _) => magnitude > 0,
            (None, Some(_)) => false,
            (None, None) => return None,
        };
        result.store(native.machine, bit(positive))?;
        imports.set(native);
        Some(())
    })
}

/// The largest divisor: the prime divided by the bound of the range check, `2^123 + 17 * 2^64`.
const MAX_DIVISOR: u128 = (1 << 123) + (17 << 64);

/// A divisor that a range check allows.
fn divisor(felt: Felt) -> Option<U256> {
    let divisor = felt.to_u128()?;
    (divisor > 0 && divisor <= MAX_DIVISOR).then(|| felt.limbs())
}

fn unsigned_div_rem(site: &Site<'_>) -> Option<Hint> {
    let (value, div) = (site.value("value")?, site.value("div")?);
    let (q, r) = (site.assigned("q")?, site.assigned("r")?);
    let imports = Imports::new(ASSERT_INTEGER)?;
    hint(move |native| {
        range_check(native.machine)?;
        let div = divisor(div.felt(native.machine)?)?;
        let value = value.felt(native.machine)?.limbs();
        let (quotient, rest) = div_rem(&value, &div)?;
        q.store(native.machine, wide::to_felt(&quotient))?;
        r.store(native.machine, wide::to_felt(&rest))?;
        imports.set(native);
        Some(())
    })
}

fn signed_div_rem(site: &Site<'_>) -> Option<Hint> {
    let (value, div, bound) = (site.value("value")?, site.value("div")?, site.value("bound")?);
    let (r, biased_q) = (site.assigned("r")?, site.assigned("biased_q")?);
    let imports = Imports::new(&[(CAIRO_MATH, "as_int"), (CAIRO_MATH, "assert_integer")])?;
    let [int_value, q] = ["int_value", "q"].map(Symbol::new);
    hint(move |native| {
        range_check(native.machine)?;
        let div = divisor(div.felt(native.machine)?)?;
        let bound = bound.felt(native.machine)?.to_u128()?;
        if bound > 1 << 127 {
            return None;
        }
        let value = as_int(value.felt(native.machine)?);
        let (quotient, rest) = div_rem(&value.limbs, &div)?;
        let [low, high, 0, 0, 0, 0, 0, 0] = quotient else { return None };
        let magnitude = u128::from(low) | u128::from(high) << 64;
        // Python rounds down: beyond zero on the far side of it.
        let down = u128::from(value.negative && rest != [0; 4]);
        let rest = value.modulo(&div)?;
        let magnitude = magnitude.checked_add(down)?;
        let biased = if value.negative {
            bound.checked_sub(magnitude)?
        } else {
            (magnitude < bound).then(|| magnitude + bound)?
        };
        r.store(native.machine, wide::to_felt(&rest))?;
        biased_q.store(native.machine, small(biased))?;
        imports.set(native);
        native.set_variable(int_value, Object::Int(Int::from_wide(&value)));
        let quotient =
            Wide { negative: value.negative && magnitude != 0, limbs: quotient_of(magnitude) };
        native.set_variable(q, Object::Int(Int::from_wide(&quotient)));
        Some(())
    })
}

fn quotient_of(magnitude: u128) -> [u64; 8] {
    Wide::positive(&wide::from_u128(magnitude)).limbs
}

fn split_int_end(site: &Site<'_>) -> Option<Hint> {
    let value = site.value("value")?;
    hint(move |native| value.felt(native.machine)?.is_zero().then_some(()))
}

fn split_int(site: &Site<'_>) -> Option<Hint> {
    let (value, base) = (site.value("value")?, site.value("base")?);
    let (bound, output) = (site.value("bound")?, site.value("output")?);
    let res = Symbol::new("res");
    hint(move |native| {
        let machine = &mut *native.machine;
        let base = base.felt(machine)?.limbs();
        let (_, rest) = div_rem(&value.felt(machine)?.limbs(), &base)?;
        if compare(&rest, &bound.felt(machine)?.limbs()).is_ge() {
            return None;
        }
        let output = Value::Relocatable(output.pointer(machine)?);
        machine.store(output, Value::Felt(wide::to_felt(&rest))).ok()?;
        native.set_variable(res, Object::Int(Int::from(rest)));
        Some(())
    })
}

/// The square root, rounded down.
pub(super) fn root_of(number: &U256) -> U256 {
    let digits: Vec<u32> =
        number.iter().flat_map(|limb| [*limb as u32, (*limb >> 32) as u32]).collect();
    let mut root = [0; 4];
    for (limb, digit) in root.iter_mut().zip(BigUint::new(digits).sqrt().iter_u64_digits()) {
        *limb = digit;
    }
    root
}

fn sqrt(site: &Site<'_>) -> Option<Hint> {
    let (value, root) = (site.value("value")?, site.assigned("root")?);
    let imports = Imports::new(&[(MATH, "isqrt")])?;
    let name = Symbol::new("value");
    hint(move |native| {
        let value = value.felt(native.machine)?;
        if value.limbs()[3] >> (250 - 192) != 0 {
            return None;
        }
        root.store(native.machine, wide::to_felt(&root_of(&value.limbs())))?;
        imports.set(native);
        native.set_variable(name, Object::Int(Int::from(value)));
        Some(())
    })
}

fn pow(site: &Site<'_>) -> Option<Hint> {
    let (exp, result) = (site.member("prev_locs.exp")?, site.member("locs.bit")?);
    hint(move |native| {
        let exp = exp.felt(native.machine)?;
        result.store(native.machine, bit(exp.limbs()[0] & 1 == 1))
    })
}

fn signed_pow(site: &Site<'_>) -> Option<Hint> {
    let base = site.value("base")?;
    hint(move |native| (base.load(native.machine)? != Value::from(0)).then_some(()))
}

fn log2_ceil(site: &Site<'_>) -> Option<Hint> {
    let (value, res) = (site.value("value")?, site.assigned("res")?);
    let imports = Imports::new(&[(MATH, "log2_ceil")])?;
    hint(move |native| {
        let value = value.felt(native.machine)?;
        if value.is_zero() {
            return None;
        }
        let limbs = (value - Felt::ONE).limbs();
        let bits = (0_u64..).zip(limbs).map(|(at, limb)| match limb {
            0 => 0,
            _ => 64 * at + u64::from(64 - limb.leading_zeros()),
        });
        res.store(native.machine, bits.max().unwrap_or(0))?;
        imports.set(native);
        Some(())
    })
}

fn is_nn(site: &Site<'_>) -> Option<Expression> {
    let a = site.value("a")?;
    expression(move |native| {
        range_check(native.machine)?;
        Some(bit(a.felt(native.machine)?.to_u128().is_none()))
    })
}

fn is_nn_out_of_range(site: &Site<'_>) -> Option<Expression> {
    let a = site.value("a")?;
    expression(move |native| {
        range_check(native.machine)?;
        let a = a.felt(native.machine)?;
        Some(bit((Felt::MINUS_ONE - a).to_u128().is_none()))
    })
}

fn is_le_felt(site: &Site<'_>) -> Option<Expression> {
    let (a, b) = (site.value("a")?, site.value("b")?);
    expression(move |native| {
        let (a, b) = (a.felt(native.machine)?, b.felt(native.machine)?);
        Some(bit(compare(&a.limbs(), &b.limbs()).is_gt()))
    })
}

fn lowest_bit(site: &Site<'_>, name: &str) -> Option<Expression> {
    let value = site.value(name)?;
    expression(move |native| Some(bit(value.felt(native.machine)?.limbs()[0] & 1 == 1)))
}
