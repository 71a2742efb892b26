//! The Pedersen hash on processors with AVX-512 IFMA: eight sums side by side.
//!
//! The points that a hash adds up are dealt out to eight lanes, which are added up at the end. A
//! number of the field is five limbs of 52 bits, one vector each, in Montgomery form: it stands for
//! `x` by `x * 2^260` modulo the prime. There is room for 256 primes in 260 bits, so that sums are
//! not reduced before they are multiplied: each of the functions says how many primes its operands
//! are below. A product is below two if both factors are below 16.
#![allow(unsafe_code, reason = "functions for processors with a feature are called behind a check")]

use std::arch::x86_64::{
    __m512i, _mm_cvtsi128_si64, _mm512_add_epi64, _mm512_alignr_epi64, _mm512_and_si512,
    _mm512_castsi512_si128, _mm512_madd52hi_epu64, _mm512_madd52lo_epu64, _mm512_mask_mov_epi64,
    _mm512_mask_sub_epi64, _mm512_set_epi64, _mm512_set1_epi64, _mm512_setzero_si512,
    _mm512_srai_epi64, _mm512_srli_epi64, _mm512_sub_epi64,
};

use cairo_zero_core::{Element, Felt};

use crate::curve::Affine;

/// Limbs of a number.
const LIMBS: usize = 5;

/// Bits of a limb.
const BITS: u32 = 52;

const MASK: i64 = (1 << BITS) - 1;

/// The prime's limbs that are neither 0 nor 1: the two highest ones.
const PRIME_3: i64 = 17 << (192 - 3 * BITS);
const PRIME_4: i64 = 1 << (251 - 4 * BITS);

/// Points that are added up in a lane, and how many lanes there are.
const ROUNDS: usize = 7;
const LANES: usize = 8;

/// The most points that are added up.
pub(crate) const MOST: usize = ROUNDS * LANES;

/// An affine point: the limbs of its two coordinates.
#[derive(Clone, Copy)]
pub(crate) struct Point([u64; 2 * LIMBS]);

impl From<&Affine> for Point {
    fn from(point: &Affine) -> Self {
        let [x, y] = [point.x, point.y].map(limbs);
        Self(std::array::from_fn(|at| if at < LIMBS { x[at] } else { y[at - LIMBS] }))
    }
}

/// A number's limbs here. The other Montgomery form is that of `2^256`.
fn limbs(element: Element) -> [u64; LIMBS] {
    let [a, b, c, d] = element.double().double().double().double().canonical();
    let mask = MASK.cast_unsigned();
    [
        a & mask,
        (a >> 52 | b << 12) & mask,
        (b >> 40 | c << 24) & mask,
        (c >> 28 | d << 36) & mask,
        d >> 16,
    ]
}

/// Points to add up, up to [`MOST`].
pub(crate) struct Points<'a> {
    points: [&'a Point; MOST],
    count: usize,
    /// A bit for each that is to be taken away.
    negative: u64,
}

impl<'a> Points<'a> {
    /// One point.
    pub(crate) const fn new(first: &'a Point) -> Self {
        Self { points: [first; MOST], count: 1, negative: 0 }
    }

    /// Adds one more, or takes it away.
    #[inline]
    pub(crate) fn put(&mut self, point: &'a Point, negative: bool) {
        self.points[self.count] = point;
        self.negative |= u64::from(negative) << self.count;
        self.count += 1;
    }

    /// The abscissa of the sum over the denominators that adding points without inverses leaves:
    /// `x`, `zz` and `zzz` of the point `(x / zz, y / zzz)`. `None` for fewer points than lanes, and
    /// on processors that can't do this.
    pub(crate) fn sum(&self) -> Option<[Felt; 3]> {
        if self.count < LANES || !is_there() {
            return None;
        }
        // SAFETY: the processor has the features, which has just been checked.
        Some(unsafe { sum(self) })
    }
}

/// Whether the processor can do this.
pub(crate) fn is_there() -> bool {
    is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512ifma")
}

/// Eight numbers.
#[derive(Clone, Copy)]
struct Numbers([__m512i; LIMBS]);

/// Eight points `(x / zz, y / zzz)`, where `zz^3 = zzz^2`. Abscissas are below 8 primes, ordinates
/// below 4, the others below 2.
#[derive(Clone, Copy)]
struct Sums {
    x: Numbers,
    y: Numbers,
    zz: Numbers,
    zzz: Numbers,
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn sum(given: &Points<'_>) -> [Felt; 3] {
    let one = every(&limbs(Element::ONE));
    let (x, y) = load(given, 0);
    let mut sums = Sums { x, y, zz: one, zzz: one };
    for round in 1..given.count.div_ceil(LANES) {
        let (x, y) = load(given, round);
        let there = u8::MAX.checked_shr((LANES * (round + 1)).saturating_sub(given.count) as u32);
        let there = there.unwrap_or(0);
        let added = add_affine(&sums, &x, &y);
        sums = Sums {
            x: chosen(&sums.x, there, &added.x),
            y: chosen(&sums.y, there, &added.y),
            zz: chosen(&sums.zz, there, &added.zz),
            zzz: chosen(&sums.zzz, there, &added.zzz),
        };
    }
    let sums = add(&sums, &turned::<4>(&sums));
    let sums = add(&sums, &turned::<2>(&sums));
    let sums = add(&sums, &turned::<1>(&sums));
    // Times 1 without the factor of the Montgomery form: the number itself, or the prime for 0.
    let plain = every(&[1, 0, 0, 0, 0]);
    [
        first(&multiply(&sums.x, &plain)),
        first(&multiply(&sums.zz, &plain)),
        first(&multiply(&sums.zzz, &plain)),
    ]
}

/// The coordinates of the points of a round.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn load(given: &Points<'_>, round: usize) -> (Numbers, Numbers) {
    let from = LANES * round;
    let [a, b, c, d, e, f, g, h]: [&Point; LANES] =
        std::array::from_fn(|lane| given.points[from + lane]);
    let mut coordinates = [_mm512_setzero_si512(); 2 * LIMBS];
    for (at, limb) in coordinates.iter_mut().enumerate() {
        let of = |point: &Point| point.0[at].cast_signed();
        *limb = _mm512_set_epi64(of(h), of(g), of(f), of(e), of(d), of(c), of(b), of(a));
    }
    let [x0, x1, x2, x3, x4, y0, y1, y2, y3, y4] = coordinates;
    let negative = (given.negative >> from) as u8;
    let mut y = [y0, y1, y2, y3, y4];
    for (limb, prime) in y.iter_mut().zip([1, 0, 0, PRIME_3, PRIME_4]) {
        *limb = _mm512_mask_sub_epi64(*limb, negative, _mm512_set1_epi64(prime), *limb);
    }
    (Numbers([x0, x1, x2, x3, x4]), carried(y))
}

/// `sums` and an affine point in each lane, which must have another abscissa: "madd-2008-s" of the
/// Explicit-Formulas Database.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn add_affine(sums: &Sums, x: &Numbers, y: &Numbers) -> Sums {
    let abscissas = [sums.x, multiply(x, &sums.zz)];
    let ordinates = [sums.y, multiply(y, &sums.zzz)];
    let (x, y, pp, ppp) = chord(&abscissas, &ordinates);
    Sums { x, y, zz: multiply(&sums.zz, &pp), zzz: multiply(&sums.zzz, &ppp) }
}

/// `sums + others`, lane by lane, with other abscissas: "add-2008-s" of the Explicit-Formulas
/// Database.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn add(sums: &Sums, others: &Sums) -> Sums {
    let abscissas = [multiply(&sums.x, &others.zz), multiply(&others.x, &sums.zz)];
    let ordinates = [multiply(&sums.y, &others.zzz), multiply(&others.y, &sums.zzz)];
    let (x, y, pp, ppp) = chord(&abscissas, &ordinates);
    let zz = multiply(&multiply(&sums.zz, &others.zz), &pp);
    let zzz = multiply(&multiply(&sums.zzz, &others.zzz), &ppp);
    Sums { x, y, zz, zzz }
}

/// The third point on the chord, with the square and the cube of the difference of the abscissas.
/// The first abscissa is below 8 primes, the first ordinate below 4, the second ones below 2.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn chord(x: &[Numbers; 2], y: &[Numbers; 2]) -> (Numbers, Numbers, Numbers, Numbers) {
    let difference = minus::<8>(&x[1], &x[0]);
    let r = minus::<4>(&y[1], &y[0]);
    let pp = multiply(&difference, &difference);
    let ppp = multiply(&difference, &pp);
    let q = multiply(&x[0], &pp);
    let square = multiply(&r, &r);
    let mut third = [_mm512_setzero_si512(); LIMBS];
    for (at, limb) in third.iter_mut().enumerate() {
        let taken = _mm512_add_epi64(ppp.0[at], _mm512_add_epi64(q.0[at], q.0[at]));
        let given = _mm512_add_epi64(square.0[at], _mm512_set1_epi64(primes::<6>(at)));
        *limb = _mm512_sub_epi64(given, taken);
    }
    let third = carried(third);
    let left = multiply(&r, &minus::<8>(&q, &third));
    (third, minus::<2>(&left, &multiply(&y[0], &ppp)), pp, ppp)
}

/// `a - b + MANY * P`, for `b` up to that.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn minus<const MANY: i64>(a: &Numbers, b: &Numbers) -> Numbers {
    let mut difference = [_mm512_setzero_si512(); LIMBS];
    for (at, limb) in difference.iter_mut().enumerate() {
        let given = _mm512_add_epi64(a.0[at], _mm512_set1_epi64(primes::<MANY>(at)));
        *limb = _mm512_sub_epi64(given, b.0[at]);
    }
    carried(difference)
}

/// A limb of so many primes.
const fn primes<const MANY: i64>(at: usize) -> i64 {
    [1, 0, 0, PRIME_3, PRIME_4][at] * MANY
}

/// `a * b / 2^260` modulo the prime, below two primes for factors below 16.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn multiply(a: &Numbers, b: &Numbers) -> Numbers {
    let zero = _mm512_setzero_si512();
    let mut columns = [zero; 2 * LIMBS];
    for i in 0..LIMBS {
        for j in 0..LIMBS {
            columns[i + j] = _mm512_madd52lo_epu64(columns[i + j], a.0[i], b.0[j]);
            columns[i + j + 1] = _mm512_madd52hi_epu64(columns[i + j + 1], a.0[i], b.0[j]);
        }
    }
    let mask = _mm512_set1_epi64(MASK);
    let (prime_3, prime_4) = (_mm512_set1_epi64(PRIME_3), _mm512_set1_epi64(PRIME_4));
    for i in 0..LIMBS {
        // The prime's lowest limb is 1: this many primes clear the column, and carry what is above.
        let column = columns[i];
        let many = _mm512_and_si512(_mm512_sub_epi64(zero, column), mask);
        let carry = _mm512_srli_epi64::<BITS>(_mm512_add_epi64(column, many));
        columns[i + 1] = _mm512_add_epi64(columns[i + 1], carry);
        columns[i + 3] = _mm512_madd52lo_epu64(columns[i + 3], many, prime_3);
        columns[i + 4] = _mm512_madd52hi_epu64(columns[i + 4], many, prime_3);
        columns[i + 4] = _mm512_madd52lo_epu64(columns[i + 4], many, prime_4);
        columns[i + 5] = _mm512_madd52hi_epu64(columns[i + 5], many, prime_4);
    }
    let [.., a, b, c, d, e] = columns;
    carried([a, b, c, d, e])
}

/// Limbs that are above 52 bits or below zero, brought into them.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn carried(mut limbs: [__m512i; LIMBS]) -> Numbers {
    let mask = _mm512_set1_epi64(MASK);
    for at in 1..LIMBS {
        let carry = _mm512_srai_epi64::<BITS>(limbs[at - 1]);
        limbs[at - 1] = _mm512_and_si512(limbs[at - 1], mask);
        limbs[at] = _mm512_add_epi64(limbs[at], carry);
    }
    Numbers(limbs)
}

/// The same number in every lane.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn every(limbs: &[u64; LIMBS]) -> Numbers {
    let mut every = [_mm512_setzero_si512(); LIMBS];
    for (limb, number) in every.iter_mut().zip(limbs) {
        *limb = _mm512_set1_epi64(number.cast_signed());
    }
    Numbers(every)
}

/// `new` in the lanes whose bit is set, else `old`.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn chosen(old: &Numbers, lanes: u8, new: &Numbers) -> Numbers {
    let mut chosen = old.0;
    for (limb, new) in chosen.iter_mut().zip(new.0) {
        *limb = _mm512_mask_mov_epi64(*limb, lanes, new);
    }
    Numbers(chosen)
}

/// Each lane's point where the one `BY` lanes above it was.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn turned<const BY: i32>(sums: &Sums) -> Sums {
    let mut turned = *sums;
    for number in [&mut turned.x, &mut turned.y, &mut turned.zz, &mut turned.zzz] {
        for limb in &mut number.0 {
            *limb = _mm512_alignr_epi64::<BY>(*limb, *limb);
        }
    }
    turned
}

/// The number of the first lane, which is not above the prime.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn first(numbers: &Numbers) -> Felt {
    let mut limbs = [0; LIMBS];
    for (limb, vector) in limbs.iter_mut().zip(numbers.0) {
        *limb = _mm_cvtsi128_si64(_mm512_castsi512_si128(vector)).cast_unsigned();
    }
    let [a, b, c, d, e] = limbs;
    let words = [a | b << 52, b >> 12 | c << 40, c >> 24 | d << 28, d >> 36 | e << 16];
    if words == Felt::PRIME { Felt::ZERO } else { Felt::from_reduced_limbs(words) }
}
