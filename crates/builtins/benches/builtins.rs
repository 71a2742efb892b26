//! What an instance of each builtin takes, beside the library function that does its work.
//!
//! The builtin's side is what a run pays: inputs are in memory, outputs are deduced, stored and
//! checked. The library's side is the same function on numbers that are already in its own form,
//! or, for builtins that no library function does the work of, what the second column says. The
//! ratios stand at the end.

#![expect(clippy::print_stdout, reason = "the ratios are what this is run for")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cairo_zero_builtins::{Circuit, Ecdsa, Signature};
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use criterion::{BatchSize, Criterion, Throughput};
use lambdaworks_crypto::hash::pedersen::{Pedersen, PedersenStarkCurve};
use lambdaworks_crypto::hash::poseidon::Poseidon;
use lambdaworks_crypto::hash::poseidon::starknet::PoseidonCairoStark252;
use lambdaworks_math::cyclic_group::IsGroup;
use lambdaworks_math::elliptic_curve::short_weierstrass::curves::stark_curve::StarkCurve;
use lambdaworks_math::elliptic_curve::traits::IsEllipticCurve;
use lambdaworks_math::field::element::FieldElement;
use lambdaworks_math::field::fields::fft_friendly::stark_252_prime_field::Stark252PrimeField;
use lambdaworks_math::unsigned_integer::element::UnsignedInteger;
use num_bigint::{BigInt, BigUint};
use support::{Bench, at, felt, small};

type Element = FieldElement<Stark252PrimeField>;

/// Instances for each measured run, so that setting it up does not count.
const INSTANCES: i64 = 32;

/// Numbers without a pattern: the powers of a generator of the field.
fn numbers() -> impl Iterator<Item = Felt> {
    std::iter::successors(Some(small(3)), |power| Some(*power * *power + small(3)))
}

fn element(number: Felt) -> Element {
    let [a, b, c, d] = number.limbs();
    Element::new(UnsignedInteger::from_limbs([d, c, b, a]))
}

fn number(element: &Element) -> Felt {
    let [d, c, b, a] = element.representative().limbs;
    Felt::from_limbs([a, b, c, d]).expect("reduced")
}

/// A builtin's cells: those of an instance, and how many of them are inputs.
#[derive(Clone, Copy)]
struct Cells {
    instance: i64,
    inputs: i64,
}

/// Measures reading every output of instances with these inputs, one instance behind the other.
fn deduce(c: &mut Criterion, name: BuiltinName, cells: Cells, inputs: impl Fn(i64) -> Vec<Felt>) {
    let full = || {
        let mut bench = Bench::new(name);
        for instance in 0..INSTANCES {
            bench.fill(instance * cells.instance, &inputs(instance));
        }
        bench
    };
    let read = |bench: &mut Bench| {
        for offset in 0..INSTANCES * cells.instance {
            if offset % cells.instance >= cells.inputs {
                black_box(bench.number(offset));
            }
        }
    };
    let mut group = c.benchmark_group(name.as_str());
    group.throughput(Throughput::Elements(INSTANCES.cast_unsigned()));
    group.bench_function("builtin", |b| b.iter_batched_ref(full, read, BatchSize::SmallInput));
    group.finish();
}

/// Measures `work` on the inputs of each instance.
fn library<I>(c: &mut Criterion, name: BuiltinName, inputs: &[I], mut work: impl FnMut(&I)) {
    let mut group = c.benchmark_group(name.as_str());
    group.throughput(Throughput::Elements(inputs.len() as u64));
    group.bench_function("library", |b| b.iter(|| inputs.iter().for_each(&mut work)));
    group.finish();
}

fn pedersen(c: &mut Criterion) {
    let pairs: Vec<[Felt; 2]> =
        numbers().zip(numbers().skip(1)).map(|(x, y)| [x, y]).take(INSTANCES as usize).collect();
    let cells = Cells { instance: 3, inputs: 2 };
    deduce(c, BuiltinName::Pedersen, cells, |at| pairs[at as usize].to_vec());
    let elements: Vec<[Element; 2]> = pairs.iter().map(|pair| pair.map(element)).collect();
    library(c, BuiltinName::Pedersen, &elements, |[x, y]| {
        black_box(PedersenStarkCurve::hash(x, y));
    });
}

fn poseidon(c: &mut Criterion) {
    let states: Vec<Vec<Felt>> =
        (0..INSTANCES as usize).map(|at| numbers().skip(at).take(3).collect()).collect();
    let cells = Cells { instance: 6, inputs: 3 };
    deduce(c, BuiltinName::Poseidon, cells, |at| states[at as usize].clone());
    let elements: Vec<Vec<Element>> =
        states.iter().map(|state| state.iter().copied().map(element).collect()).collect();
    library(c, BuiltinName::Poseidon, &elements, |state| {
        let mut state = [state[0], state[1], state[2]];
        PoseidonCairoStark252::hades_permutation(&mut state);
        black_box(state);
    });
}

/// Numbers of `bits` bits at most, 64 to 251.
fn below(bits: u32) -> impl Iterator<Item = Felt> {
    numbers().map(move |number| {
        let [a, b, c, d] = number.limbs();
        let keep = |limb: u64, from: u32| match bits.saturating_sub(from) {
            0 => 0,
            left if left < 64 => limb & ((1 << left) - 1),
            _ => limb,
        };
        let limbs = [keep(a, 0), keep(b, 64), keep(c, 128), keep(d, 192)];
        Felt::from_limbs(limbs).expect("fewer bits than the prime")
    })
}

fn keccak(c: &mut Criterion) {
    let states: Vec<Vec<Felt>> =
        (0..INSTANCES as usize).map(|at| below(200).skip(at).take(8).collect()).collect();
    let cells = Cells { instance: 16, inputs: 8 };
    deduce(c, BuiltinName::Keccak, cells, |at| states[at as usize].clone());
    let lanes: Vec<[u64; 25]> = (0..INSTANCES as u64)
        .map(|at| {
            std::array::from_fn(|lane| (at + 1).wrapping_mul(lane as u64 + 0x9e37_79b9_7f4a_7c15))
        })
        .collect();
    library(c, BuiltinName::Keccak, &lanes, |lanes| {
        let mut lanes = *lanes;
        keccak::f1600(&mut lanes);
        black_box(lanes);
    });
}

fn bitwise(c: &mut Criterion) {
    let pairs: Vec<Vec<Felt>> =
        (0..INSTANCES as usize).map(|at| below(251).skip(at).take(2).collect()).collect();
    let cells = Cells { instance: 5, inputs: 2 };
    deduce(c, BuiltinName::Bitwise, cells, |at| pairs[at as usize].clone());
    let wide = |number: &Felt| UnsignedInteger::<4>::from_limbs(number.limbs());
    let wide: Vec<_> = pairs.iter().map(|pair| (wide(&pair[0]), wide(&pair[1]))).collect();
    library(c, BuiltinName::Bitwise, &wide, |(x, y)| {
        black_box((*x & *y, *x ^ *y, *x | *y));
    });
}

fn ec_op(c: &mut Criterion) {
    let generator = StarkCurve::generator();
    let scalars: Vec<Felt> = below(251).skip(10).take(INSTANCES as usize).collect();
    let points: Vec<_> = (0..INSTANCES as u64)
        .map(|at| [5 + 2 * at, 1000 + at].map(|k| generator.operate_with_self(k).to_affine()))
        .collect();
    let cells = Cells { instance: 7, inputs: 5 };
    deduce(c, BuiltinName::EcOp, cells, |at| {
        let at = at as usize;
        let [p, q] = &points[at];
        vec![number(p.x()), number(p.y()), number(q.x()), number(q.y()), scalars[at]]
    });
    let scalar = |number: &Felt| {
        let [a, b, c, d] = number.limbs();
        UnsignedInteger::<4>::from_limbs([d, c, b, a])
    };
    let inputs: Vec<_> = points.iter().cloned().zip(scalars.iter().map(scalar)).collect();
    library(c, BuiltinName::EcOp, &inputs, |([p, q], scalar)| {
        black_box(p.operate_with(&q.operate_with_self(*scalar)).to_affine());
    });
}

/// Public key, message hash and signature, made with cairo-lang's `sign`.
const SIGNED: [&str; 4] = [
    "0x2abbefdcbf731195ee2acd186441eb536e86f888327b3655cffbd07b57dbf26",
    "0xdeadbeef",
    "1716998244152835390044433303154649109043770648793004875484345120221700629816",
    "2476302800253747369837643012730942817355767106608413119550579421557952959798",
];

fn ecdsa(c: &mut Criterion) {
    let [key, message, r, s] = SIGNED;
    let signature = Signature { r: r.parse().expect("r"), s: s.parse().expect("s") };
    let empty = || {
        let mut bench = Bench::new(BuiltinName::Ecdsa);
        for instance in 0..INSTANCES {
            let ecdsa = bench.runner().downcast_mut::<Ecdsa>().expect("it is");
            let address = Value::Relocatable(at(2 * instance));
            ecdsa.add_signature(at(0), address, signature.clone()).expect("a key's cell");
        }
        bench
    };
    let write = |bench: &mut Bench| {
        for instance in 0..INSTANCES {
            bench.fill(2 * instance, &[felt(key), felt(message)]);
        }
    };
    let mut group = c.benchmark_group("ecdsa");
    group.throughput(Throughput::Elements(INSTANCES.cast_unsigned()));
    group.bench_function("builtin", |b| b.iter_batched_ref(empty, write, BatchSize::SmallInput));
    group.finish();
    // The two multiplications that a verification is made of.
    let generator = StarkCurve::generator();
    let number: BigInt = s.parse().expect("s");
    let mut limbs = [0; 4];
    for (limb, digit) in limbs.iter_mut().rev().zip(number.iter_u64_digits()) {
        *limb = digit;
    }
    let scalar = UnsignedInteger::<4>::from_limbs(limbs);
    library(c, BuiltinName::Ecdsa, &[scalar], |scalar| {
        let point = generator.operate_with_self(*scalar);
        black_box(point.operate_with(&generator.operate_with_self(*scalar)).to_affine());
    });
}

/// Writing cells that a builtin checks, beside writing cells that none checks.
fn range_check(c: &mut Criterion, name: BuiltinName, bits: u32) {
    let numbers: Vec<Felt> = below(bits).take(INSTANCES as usize).collect();
    let mut group = c.benchmark_group(name.as_str());
    group.throughput(Throughput::Elements(INSTANCES.cast_unsigned()));
    let new = || Bench::new(name);
    let write = |bench: &mut Bench| bench.fill(0, &numbers);
    group.bench_function("builtin", |b| b.iter_batched_ref(new, write, BatchSize::SmallInput));
    let insert = |bench: &mut Bench| {
        for (offset, number) in (0..).zip(&numbers) {
            bench.memory.insert(at(offset), Value::Felt(*number)).expect("a free cell");
        }
    };
    group.bench_function("library", |b| b.iter_batched_ref(new, insert, BatchSize::SmallInput));
    group.finish();
}

/// Filling in the result of one gate after the other.
fn modulo(c: &mut Criterion, name: BuiltinName, work: fn(&BigUint, &BigUint, &BigUint) -> BigUint) {
    let (values, offsets) = (SEGMENTS[0], SEGMENTS[1]);
    let mut words: Vec<Felt> = below(96).skip(5).take(12).collect();
    // A modulus of all bits, so that no sum is too large for it.
    words[3] = Felt::from_u128((1 << 96) - 1);
    let gates = INSTANCES;
    let begun = || {
        let mut bench = Bench::new(name);
        for _ in SEGMENTS {
            bench.memory.add_segment().expect("a segment");
        }
        let mut set = |segment, offset, value: Value| {
            bench.memory.insert(Relocatable::new(segment, offset), value).expect("a free cell");
        };
        for (at, word) in (0..).zip(&words[..4]) {
            set(support::SEGMENT, at, Value::Felt(*word));
        }
        set(support::SEGMENT, 4, Relocatable::new(values, 0).into());
        set(support::SEGMENT, 5, Relocatable::new(offsets, 0).into());
        set(support::SEGMENT, 6, small(gates.cast_unsigned()).into());
        for (at, word) in (0..).zip(&words[4..]) {
            set(values, at, Value::Felt(*word));
        }
        for gate in 0..gates {
            for (place, slot) in [0, 1, 2 + gate].into_iter().enumerate() {
                let offset = small(4 * slot.cast_unsigned());
                set(offsets, 3 * gate + place as i64, offset.into());
            }
        }
        bench
    };
    let fill = |bench: &mut Bench| {
        let gates = small(gates.cast_unsigned());
        let circuit = Some(Circuit { instance: at(0), gates });
        let (add, mul) =
            if name == BuiltinName::AddMod { (circuit, None) } else { (None, circuit) };
        bench.builtins.fill_memory(&mut bench.memory, add, mul).expect("it can be filled in");
    };
    let mut group = c.benchmark_group(name.as_str());
    group.throughput(Throughput::Elements(gates.cast_unsigned()));
    group.bench_function("builtin", |b| b.iter_batched_ref(begun, fill, BatchSize::SmallInput));
    group.finish();
    let wide = |words: &[Felt]| {
        let shifted = |sum: BigUint, word: &Felt| {
            (sum << 96) + BigUint::from(word.to_u128().expect("96 bits"))
        };
        words.iter().rev().fold(BigUint::ZERO, shifted)
    };
    let inputs = [[wide(&words[4..8]), wide(&words[8..]), wide(&words[..4])]];
    library(c, name, &inputs, |[a, b, modulus]| {
        black_box(work(a, b, modulus));
    });
}

/// The segments of a circuit's values and offsets, behind the builtin's.
const SEGMENTS: [i32; 2] = [support::SEGMENT + 1, support::SEGMENT + 2];

/// Every builtin with what its second column is.
const COLUMNS: &[(BuiltinName, &str)] = &[
    (BuiltinName::Pedersen, "lambdaworks PedersenStarkCurve::hash"),
    (BuiltinName::RangeCheck, "writing cells that nothing checks"),
    (BuiltinName::Ecdsa, "two lambdaworks multiplications on the curve"),
    (BuiltinName::Bitwise, "lambdaworks and, xor, or of 256 bits"),
    (BuiltinName::EcOp, "lambdaworks multiplication and addition"),
    (BuiltinName::Keccak, "keccak::f1600"),
    (BuiltinName::Poseidon, "lambdaworks PoseidonCairoStark252::hades_permutation"),
    (BuiltinName::RangeCheck96, "writing cells that nothing checks"),
    (BuiltinName::AddMod, "num-bigint (a + b) % p"),
    (BuiltinName::MulMod, "num-bigint a * b % p"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion")
}

/// The measured time of an instance in nanoseconds, if it was measured.
fn time(name: BuiltinName, side: &str) -> Option<f64> {
    let path = folder().join(name.as_str()).join(side).join("new");
    let read = |file: &str| -> Option<serde_json::Value> {
        serde_json::from_slice(&std::fs::read(path.join(file)).ok()?).ok()
    };
    let elements = read("benchmark.json")?["throughput"]["Elements"].as_f64()?;
    Some(read("estimates.json")?["median"]["point_estimate"].as_f64()? / elements)
}

fn print_ratios() {
    println!("\n{:<14} {:>10} {:>10} {:>7}  library", "an instance", "builtin", "library", "ratio");
    for (name, column) in COLUMNS {
        if let (Some(ours), Some(theirs)) = (time(*name, "builtin"), time(*name, "library")) {
            println!("{name:<14} {ours:>7.0} ns {theirs:>7.0} ns {:>7.2}  {column}", ours / theirs);
        }
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .output_directory(&folder())
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    let c = &mut criterion;
    pedersen(c);
    range_check(c, BuiltinName::RangeCheck, 128);
    ecdsa(c);
    bitwise(c);
    ec_op(c);
    keccak(c);
    poseidon(c);
    range_check(c, BuiltinName::RangeCheck96, 96);
    modulo(c, BuiltinName::AddMod, |a, b, modulus| (a + b) % modulus);
    modulo(c, BuiltinName::MulMod, |a, b, modulus| a * b % modulus);
    print_ratios();
}
