//! The Pedersen hash.
//!
//! The hash of `x` and `y` is the abscissa of `S + x_low * A + x_high * B + y_low * C + y_high * D`,
//! where the low parts have 248 bits, the high ones what is left, and the five points are fixed
//! (`fast_pedersen_hash.py` of cairo-lang). The numbers are taken apart into digits whose multiples
//! of the points stand in tables; a hash is one addition of an affine point for each digit.
//!
//! For a program that hashes little the digits are narrow, with small tables; one that hashes more
//! gets wide ones, which take a few milliseconds to make. Where the processor can do so, the points
//! are then added up in eight lanes.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use cairo_zero_core::{Element, Felt};

use crate::curve::{Affine, Extended, Jacobian, invert_all, normalised};
#[cfg(target_arch = "x86_64")]
use crate::pedersen_lanes::{MOST, Point, Points, is_there};
use crate::wide_multiply::with_wide_multiply;

/// `S`, and then `A`, `B`, `C` and `D`: coordinates as limbs (`CONSTANT_POINTS` number 0, 2, 250, 254
/// and 502 in cairo-lang's `pedersen_params.json`).
const SHIFT: [[u64; 4]; 2] = [
    [0x551f_de40_50ca_6804, 0x716b_0b10_2294_7733, 0x00ee_1b87_eb59_9f16, 0x049e_e3eb_a8c1_6007],
    [0xd040_5d26_6e10_268a, 0x4e62_1062_c0e0_56c1, 0xf346_d49d_06ea_0ed3, 0x03ca_0cfe_4b3b_c6dd],
];
const BASES: [[[[u64; 4]; 2]; 2]; 2] = [
    [
        [
            [
                0x1080_d179_57eb_e47b,
                0x8fa8_120b_6d56_eb0c,
                0x969c_7486_55fc_a9e5,
                0x0234_287d_cbaf_fe7f,
            ],
            [
                0x6ed0_268e_e89e_5615,
                0x9401_35dd_7a6c_94cc,
                0x1e88_9527_d41f_4e39,
                0x03b0_56f1_00f9_6fb2,
            ],
        ],
        [
            [
                0xb7a6_932d_ba8a_a378,
                0x9909_9ec1_de5e_3018,
                0x3f9d_ab26_5655_8f33,
                0x04fa_56f3_76c8_3db3,
            ],
            [
                0x5168_f4e8_0ff5_b54d,
                0x5627_61f9_2a7a_23b4,
                0x8113_e0c0_e47e_4401,
                0x03fa_0984_c931_c9e3,
            ],
        ],
    ],
    [
        [
            [
                0x3aa3_72f0_bd2d_6997,
                0x40c6_90c7_4709_e90f,
                0x7649_10f7_5b45_f74b,
                0x04ba_4cc1_66be_8dec,
            ],
            [
                0x4815_1f27_b24b_219c,
                0xcac5_c59a_5ce5_ae7c,
                0x4b97_1e46_c4ed_e85f,
                0x0040_301c_f5c1_751f,
            ],
        ],
        [
            [
                0xd36f_f12c_49a5_8202,
                0x2ca6_5048_d53f_b325,
                0x6e44_cca8_f61a_63bb,
                0x0543_02dc_b0e6_cc1c,
            ],
            [
                0x879d_cc77_e99c_2426,
                0xce98_ad78_3c25_561a,
                0xb348_0462_68d8_ae25,
                0x01b7_7b3e_37d1_3504,
            ],
        ],
    ],
];

/// Bits of the low part of a number.
const LOW_BITS: u32 = 248;

/// The number of hashes after which the wide tables are made.
const FEW: u32 = 32;

/// Digits of 4 bits.
static NARROW: LazyLock<Tables<4>> = LazyLock::new(Tables::new);

/// Digits of 10 bits, in 1.6 MB of tables.
static WIDE: LazyLock<Tables<10>> = LazyLock::new(Tables::new);

/// The same as lanes take them, in 2 MB; `None` where the processor can't add up in lanes.
#[cfg(target_arch = "x86_64")]
static LANES: LazyLock<Option<Rows>> =
    LazyLock::new(|| is_there().then(|| Rows::new(&Tables::new())));

/// The Pedersen hash of two numbers.
#[must_use]
pub fn pedersen_hash(x: Felt, y: Felt) -> Felt {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    if COUNT.load(Ordering::Relaxed) < FEW {
        COUNT.fetch_add(1, Ordering::Relaxed);
        return NARROW.hash(x, y);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(rows) = &*LANES {
        return rows.hash(x, y).unwrap_or_else(|| NARROW.hash(x, y));
    }
    WIDE.hash(x, y)
}

/// The tables for digits of `BITS` bits.
struct Tables<const BITS: u32> {
    shift: Affine,
    /// For the first and the second number.
    operands: [Operand; 2],
}

/// The multiples of a number's two points.
struct Operand {
    /// For each digit of the low part its multiples from 1 up to half of `2^BITS`. Digits are signed.
    low: Vec<Affine>,
    /// The multiples from 1 up by the high part.
    high: Vec<Affine>,
}

impl<const BITS: u32> Tables<BITS> {
    /// Digits of the low part, whose highest is not negative.
    const DIGITS: u32 = (LOW_BITS + 1).div_ceil(BITS);

    /// Half the number of values of a digit.
    const HALF: usize = 1 << (BITS - 1);

    fn new() -> Self {
        let operands = BASES.map(|[low, high]| Operand {
            low: Self::multiples(&point(low)),
            high: multiples(vec![point(high)], 16),
        });
        Self { shift: point(SHIFT), operands }
    }

    /// The multiples of a point for the digits of the low part.
    fn multiples(point: &Affine) -> Vec<Affine> {
        let mut bases = vec![Jacobian::from(point)];
        for _ in 1..Self::DIGITS {
            let base = (0..BITS).fold(bases[bases.len() - 1], |base, _| base.double());
            bases.push(base);
        }
        multiples(normalised(&bases), Self::HALF)
    }

    fn hash(&self, x: Felt, y: Felt) -> Felt {
        with_wide_multiply(
            #[inline(always)]
            || self.sum(x, y),
        )
        .to_affine()
        .x
        .to_felt()
    }

    /// The point whose abscissa the hash is.
    #[inline(always)]
    fn sum(&self, x: Felt, y: Felt) -> Extended {
        let mut sum = Extended::from(&self.shift);
        for (number, operand) in [x, y].into_iter().zip(&self.operands) {
            sum = Self::add(sum, number.limbs(), operand);
        }
        // Two points with one abscissa never meet: nobody knows numbers for which they would.
        sum
    }

    /// `sum` and a number's two products.
    #[inline(always)]
    fn add(mut sum: Extended, limbs: [u64; 4], operand: &Operand) -> Extended {
        let mut digits = Digits::<BITS>::of(limbs);
        for row in 0..Self::DIGITS as usize {
            let (at, negative) = digits.next(row);
            let Some(at) = at else { continue };
            let multiple = operand.low[row * Self::HALF + at];
            sum = sum.add(&if negative { multiple.negative() } else { multiple });
        }
        let high = high_part(&limbs);
        if let Some(at) = high.checked_sub(1) {
            sum = sum.add(&operand.high[at]);
        }
        sum
    }
}

/// The signed digits of a number's low part, from the lowest on.
struct Digits<const BITS: u32> {
    limbs: [u64; 4],
    carry: usize,
}

impl<const BITS: u32> Digits<BITS> {
    #[inline(always)]
    const fn of(limbs: [u64; 4]) -> Self {
        Self { limbs, carry: 0 }
    }

    /// Digit number `row`, of which the ones before were asked for: where its multiple is in its row,
    /// if it is not 0, and whether it is below zero.
    #[inline(always)]
    fn next(&mut self, row: usize) -> (Option<usize>, bool) {
        let half = 1 << (BITS - 1);
        let value = digit::<BITS>(&self.limbs, row as u32 * BITS) + self.carry;
        // A digit above half is one below zero and one more in the next place.
        self.carry = usize::from(value > half);
        let size = if self.carry == 1 { 2 * half - value } else { value };
        (size.checked_sub(1), self.carry == 1)
    }
}

/// What a number has above its low part.
#[inline(always)]
const fn high_part(limbs: &[u64; 4]) -> usize {
    (limbs[3] >> (LOW_BITS - 192)) as usize
}

/// The digit of `BITS` bits of a number's low part that begins at bit `from`.
#[inline(always)]
fn digit<const BITS: u32>(limbs: &[u64; 4], from: u32) -> usize {
    let bits = BITS.min(LOW_BITS.saturating_sub(from));
    let (limb, shift) = ((from / 64) as usize, from % 64);
    let next = limbs.get(limb + 1).copied().unwrap_or(0);
    let joined = u128::from(limbs.get(limb).copied().unwrap_or(0)) | u128::from(next) << 64;
    (joined >> shift) as usize & ((1 << bits) - 1)
}

/// The tables as lanes take them.
#[cfg(target_arch = "x86_64")]
struct Rows {
    /// The shift and the multiples for both high parts, by the first and then the second of them.
    starts: Vec<Point>,
    /// For the first and the second number, its digits' multiples.
    operands: [Vec<Point>; 2],
}

#[cfg(target_arch = "x86_64")]
impl Rows {
    /// High parts are from 0 to 8: the prime is less than `2^251 + 2^197`.
    const HIGH: usize = 9;

    fn new(tables: &Tables<10>) -> Self {
        let [first, second] = &tables.operands;
        let mut starts = Vec::with_capacity(Self::HIGH * Self::HIGH);
        for x in 0..Self::HIGH {
            for y in 0..Self::HIGH {
                let mut sum = Extended::from(&tables.shift);
                for (operand, high) in [(first, x), (second, y)] {
                    if let Some(at) = high.checked_sub(1) {
                        sum = sum.add(&operand.high[at]);
                    }
                }
                starts.push(Point::from(&sum.to_affine()));
            }
        }
        let operands = [first, second].map(|operand| operand.low.iter().map(Point::from).collect());
        Self { starts, operands }
    }

    /// The hash; `None` where there are so few digits that a lane would have none.
    fn hash(&self, x: Felt, y: Felt) -> Option<Felt> {
        let (x, y) = (x.limbs(), y.limbs());
        let start = self.starts.get(high_part(&x) * Self::HIGH + high_part(&y))?;
        let mut points = Points::new(start);
        for (limbs, rows) in [x, y].into_iter().zip(&self.operands) {
            let mut digits = Digits::<10>::of(limbs);
            for row in 0..Tables::<10>::DIGITS as usize {
                let (at, negative) = digits.next(row);
                if let Some(at) = at {
                    points.put(&rows[row * Tables::<10>::HALF + at], negative);
                }
            }
        }
        let [x, zz, zzz] = points.sum()?;
        let root = zz * zzz.inverse()?;
        Some(x * root * root)
    }
}

#[cfg(target_arch = "x86_64")]
const _: () =
    assert!(2 * Tables::<10>::DIGITS < MOST as u32, "the start and all digits have a place");

/// For each of some points its multiples by 1 up to `most`, a power of two that is far below the
/// curve's order.
fn multiples(points: Vec<Affine>, most: usize) -> Vec<Affine> {
    let mut rows: Vec<_> = points.into_iter().map(|point| vec![point]).collect();
    let mut count = 1;
    while count < most {
        // The last of them added to each of them, itself included, gives as many again.
        let mut slopes: Vec<_> = rows.iter().flat_map(|row| denominators(row)).collect();
        invert_all(&mut slopes);
        for (row, slopes) in rows.iter_mut().zip(slopes.chunks(count)) {
            let last = row[count - 1];
            for (at, slope) in slopes.iter().enumerate() {
                row.push(last.along(&row[at], *slope));
            }
        }
        count *= 2;
    }
    rows.concat()
}

/// What the slopes of the lines through the last point and each of the points are divided by.
fn denominators(row: &[Affine]) -> impl Iterator<Item = Element> + '_ {
    let last = row[row.len() - 1];
    let others = row[..row.len() - 1].iter().map(move |point| point.x - last.x);
    others.chain(std::iter::once(last.y.double()))
}

fn point([x, y]: [[u64; 4]; 2]) -> Affine {
    Affine::new(Felt::from_reduced_limbs(x), Felt::from_reduced_limbs(y))
}

#[cfg(test)]
mod tests {
    use cairo_zero_core::Felt;

    use super::{NARROW, WIDE, pedersen_hash};

    #[test]
    fn both_tables_give_the_same() {
        let mut number = Felt::MINUS_ONE;
        for _ in 0..200 {
            let other = number * number + Felt::from_u64(3);
            assert_eq!(NARROW.hash(number, other), WIDE.hash(number, other));
            number = other;
        }
    }

    #[test]
    fn lanes_give_the_same() {
        let mut numbers: Vec<_> = (0..64).map(Felt::from_u64).collect();
        let two = Felt::from_u64(2);
        // Ones, zeros and signs in all digits, and numbers of no pattern.
        for number in 0..64 {
            numbers.push(Felt::MINUS_ONE - numbers[number]);
            let last = numbers[numbers.len() - 2];
            numbers.push(last * two);
            numbers.push(last * last + Felt::from_u64(3));
        }
        for (at, number) in numbers.iter().enumerate() {
            for other in [numbers[at * 7 % numbers.len()], numbers[(at + 97) % numbers.len()]] {
                assert_eq!(pedersen_hash(*number, other), NARROW.hash(*number, other));
            }
        }
    }
}
