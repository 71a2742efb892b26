//! Numbers of 256 bits in two cells (`uint256.cairo`).

use super::math::root_of;
use super::module::MATH;
use super::{Expression, Hint, Imports, bit, expression, hint, limbs, small};
use crate::ids::{Site, Slot};
use crate::math::wide::{self, U256, add, compare, div_rem, from_halves, halves, mul};
use crate::object::Object;
use crate::table::{Row, Stored};
use crate::{Int, Symbol};
use cairo_zero_executor::Machine;

pub(super) static ROWS: &[Row] = &[
    Row::new(0x11341b3d5d4cc14b6814b295bdd4a7ff, "uint256_add", uint256_add),
    Row::new(0x577ba077612ca79e524a1ad4e0c4d292, "split_64", split_64),
    Row::new(0x4bd794533636daed5d78b3a1f5d51e6c, "uint256_sqrt", uint256_sqrt),
    Row::new(0xa7647c46af506708419f41006add4ae7, "uint256_unsigned_div_rem", unsigned_div_rem),
    Row::new(0xae091e336e77b340a85e050a52b63631, "uint256_mul_div_mod", mul_div_mod),
];

pub(super) static STORED: &[Stored] =
    &[Stored::new(0xbd249f6d783fcaa04d725736ba65a81d, "uint256_signed_nn", signed_nn)];

/// The two cells of a number.
pub(super) struct Halves {
    low: Slot,
    high: Slot,
}

impl Halves {
    pub(super) fn new(site: &Site<'_>, name: &str) -> Option<Self> {
        let part = |part: &str| site.member(&format!("{name}.{part}"));
        Some(Self { low: part("low")?, high: part("high")? })
    }

    /// The number, if both halves are below `2^128`.
    pub(super) fn load(&self, machine: &Machine) -> Option<U256> {
        let (low, high) = (self.low.felt(machine)?, self.high.felt(machine)?);
        Some(from_halves(low.to_u128()?, high.to_u128()?))
    }

    fn store(&self, machine: &mut Machine, number: &U256) -> Option<()> {
        let (low, high) = halves(number);
        self.low.store(machine, small(low))?;
        self.high.store(machine, small(high))
    }
}

fn uint256_add(site: &Site<'_>) -> Option<Hint> {
    let (a, b) = (Halves::new(site, "a")?, Halves::new(site, "b")?);
    let (carry_low, carry_high) = (site.assigned("carry_low")?, site.assigned("carry_high")?);
    let shift = limbs(site, "SHIFT")?;
    let [sum_low, sum_high] = ["sum_low", "sum_high"].map(Symbol::new);
    hint(move |native| {
        let machine = &mut *native.machine;
        // Two felts and a carry stay far below 2^256.
        let sum = |a: &Slot, b: &Slot, machine: &Machine| {
            Some(add(&a.felt(machine)?.limbs(), &b.felt(machine)?.limbs()).0)
        };
        let low = sum(&a.low, &b.low, machine)?;
        let carry = compare(&low, &shift).is_ge();
        let high = add(&sum(&a.high, &b.high, machine)?, &[u64::from(carry), 0, 0, 0]).0;
        carry_low.store(machine, bit(carry))?;
        carry_high.store(machine, bit(compare(&high, &shift).is_ge()))?;
        native.set_variable(sum_low, Object::Int(Int::from(low)));
        native.set_variable(sum_high, Object::Int(Int::from(high)));
        Some(())
    })
}

fn split_64(site: &Site<'_>) -> Option<Hint> {
    let a = site.value("a")?;
    let (low, high) = (site.assigned("low")?, site.assigned("high")?);
    hint(move |native| {
        let [first, second, third, fourth] = a.felt(native.machine)?.limbs();
        low.store(native.machine, first)?;
        high.store(native.machine, wide::to_felt(&[second, third, fourth, 0]))
    })
}

fn uint256_sqrt(site: &Site<'_>) -> Option<Hint> {
    let (n, root) = (Halves::new(site, "n")?, Halves::new(site, "root")?);
    let imports = Imports::new(&[(MATH, "isqrt")])?;
    let [name_n, name_root] = ["n", "root"].map(Symbol::new);
    hint(move |native| {
        let n = n.load(native.machine)?;
        let found = root_of(&n);
        root.store(native.machine, &found)?;
        imports.set(native);
        native.set_variable(name_n, Object::Int(Int::from(n)));
        native.set_variable(name_root, Object::Int(Int::from(found)));
        Some(())
    })
}

fn signed_nn(site: &Site<'_>) -> Option<Expression> {
    let high = site.member("a.high")?;
    expression(move |native| {
        let high = high.felt(native.machine)?.to_u128();
        Some(bit(high.is_some_and(|high| high >> 127 == 0)))
    })
}

fn unsigned_div_rem(site: &Site<'_>) -> Option<Hint> {
    let (a, div) = (Halves::new(site, "a")?, Halves::new(site, "div")?);
    let (quotient, remainder) = (Halves::new(site, "quotient")?, Halves::new(site, "remainder")?);
    let names = ["a", "div", "quotient", "remainder"].map(Symbol::new);
    hint(move |native| {
        let (a, div) = (a.load(native.machine)?, div.load(native.machine)?);
        let (q, r) = div_rem(&a, &div)?;
        quotient.store(native.machine, &q)?;
        remainder.store(native.machine, &r)?;
        for (name, number) in names.into_iter().zip([a, div, q, r]) {
            native.set_variable(name, Object::Int(Int::from(number)));
        }
        Some(())
    })
}

fn mul_div_mod(site: &Site<'_>) -> Option<Hint> {
    let (a, b, div) = (Halves::new(site, "a")?, Halves::new(site, "b")?, Halves::new(site, "div")?);
    let low = Halves::new(site, "quotient_low")?;
    let high = Halves::new(site, "quotient_high")?;
    let remainder = Halves::new(site, "remainder")?;
    let names = ["a", "b", "div"].map(Symbol::new);
    let [name_q, name_r] = ["quotient", "remainder"].map(Symbol::new);
    hint(move |native| {
        let machine = &mut *native.machine;
        let (a, b, div) = (a.load(machine)?, b.load(machine)?, div.load(machine)?);
        let (q, r) = div_rem(&mul(&a, &b), &div)?;
        let [q0, q1, q2, q3, q4, q5, q6, q7] = q;
        low.store(machine, &[q0, q1, q2, q3])?;
        high.store(machine, &[q4, q5, q6, q7])?;
        remainder.store(machine, &r)?;
        for (name, number) in names.into_iter().zip([a, b, div]) {
            native.set_variable(name, Object::Int(Int::from(number)));
        }
        let q = wide::Wide { negative: false, limbs: q };
        native.set_variable(name_q, Object::Int(Int::from_wide(&q)));
        native.set_variable(name_r, Object::Int(Int::from(r)));
        Some(())
    })
}
