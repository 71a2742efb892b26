//! The Pedersen builtin.

mod support;

use cairo_zero_builtins::{Pedersen, pedersen_hash};
use cairo_zero_core::{BuiltinName, Felt, Relocatable};
use lambdaworks_crypto::hash::pedersen::{Pedersen as _, PedersenStarkCurve};
use proptest::prelude::*;
use support::{Bench, at, cases, fails, felt, felts, library, ours, small};

const PEDERSEN: BuiltinName = BuiltinName::Pedersen;

/// Inputs and hashes: the two of StarkWare's crypto-cpp (`crypto_lib_test.go`), and corners computed
/// with cairo-lang's `pedersen_hash`.
const VECTORS: &[[&str; 3]] = &[
    [
        "0x3d937c035c878245caf64531a5756109c53068da139362728feb561405371cb",
        "0x208a0a10250e382e1e4bbe2880906c2791bf6275695e02fbbc6aeff9cd8b31a",
        "0x30e480bed5fe53fa909cc0f8c4d99b8f9f2c016be4c41e13a4848797979c662",
    ],
    [
        "0x58f580910a6ca59b28927c08fe6c43e2e303ca384badc365795fc645d479d45",
        "0x78734f65a067be9bdb39de18434d71e79f7b6466a4b66bbd979ab9e7515fe0b",
        "0x68cc0b76cddd1dd4ed2301ada9b7c872b23875d5ff837b3a87993e0d9996b87",
    ],
    ["0x0", "0x0", "0x49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804"],
    ["0x1", "0x0", "0x268a9d47dde48af4b6e2c33932ed1c13adec25555abaa837c376af4ea2f8a94"],
    ["0x0", "0x1", "0x46c9aeb066cc2f41c7124af30514f9e607137fbac950524f5fdace5788f9d43"],
    [
        "0x800000000000011000000000000000000000000000000000000000000000000",
        "0x800000000000011000000000000000000000000000000000000000000000000",
        "0x7258fccaf3371fad51b117471d9d888a1786c5694c3e6099160477b593a576e",
    ],
    [
        "0x100000000000000000000000000000000000000000000000000000000000000",
        "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0x4093db927509c6f9fe0c78b70e8f9b75d099424268832b33349a5edaad9eab",
    ],
    [
        "0x800000000000000000000000000000000000000000000000000000000000000",
        "0x5",
        "0x1f467432bcda4ac0c53c427ffad9edb6f92d223ab8c3e3dc964ad7d062029ec",
    ],
];

#[test]
fn known_answers() {
    for [x, y, hash] in VECTORS {
        assert_eq!(pedersen_hash(felt(x), felt(y)), felt(hash), "{x} {y}");
        let mut bench = Bench::new(PEDERSEN);
        bench.fill(3, &[felt(x), felt(y)]);
        assert_eq!(bench.number(5), felt(hash));
        bench.verify().expect("deduced");
        bench.builtins.runners()[0].downcast::<Pedersen>().expect("it is");
    }
}

#[test]
fn only_outputs_with_both_inputs() {
    let mut bench = Bench::new(PEDERSEN);
    bench.fill(1, &[small(1)]);
    for offset in [0, 2, 3, 5] {
        assert_eq!(bench.read(offset), Ok(None), "{offset}");
    }
}

#[test]
fn addresses_are_refused() {
    let mut bench = Bench::new(PEDERSEN);
    bench.write(0, Relocatable::new(1, 2)).expect("no check");
    bench.write(1, at(0)).expect("no check");
    fails(bench.read(2), "pedersen builtin: Expected integer at address 2:0. Got: 1:2.");
    fails(bench.secure(), "pedersen builtin: Expected integer at address 2:0. Got: 1:2.");
    bench.fill(3, &[small(0)]);
    bench.write(4, at(0)).expect("no check");
    fails(bench.read(5), "pedersen builtin: Expected integer at address 2:4. Got: 2:0.");
}

#[test]
fn a_wrong_hash_is_found_once() {
    let mut bench = Bench::new(PEDERSEN);
    bench.fill(0, &[small(1), small(2), small(3)]);
    fails(
        bench.verify(),
        "Inconsistent auto deduction rule at address 2:2. 3 != \
         2592987851775965742543459319508348457290966253241455514226127639100457844774.",
    );
}

#[test]
fn verified_outputs() {
    let mut bench = Bench::new(PEDERSEN);
    let verified =
        |bench: &mut Bench| bench.runner().downcast::<Pedersen>().expect("it is").verified();
    let inputs: Vec<Felt> = (0..2).map(small).collect();
    bench.fill(0, &inputs);
    bench.fill(3, &inputs);
    bench.fill(6, &inputs);
    bench.fill(9, &inputs);
    bench.number(5);
    assert_eq!(verified(&mut bench), [5]);
    assert_eq!(bench.memory.get(at(5)), Some(pedersen_hash(small(0), small(1)).into()));
    bench.fill(2, &[pedersen_hash(small(0), small(1))]);
    bench.verify().expect("consistent");
    assert_eq!(verified(&mut bench), [2, 5]);
    bench.runner().downcast_mut::<Pedersen>().expect("it is").trust(11);
    assert_eq!(verified(&mut bench), [2, 5, 11]);
    bench.secure().expect("complete");
    assert_eq!(verified(&mut bench), [2, 5, 8, 11]);
}

#[test]
fn missing_inputs() {
    let mut bench = Bench::new(PEDERSEN);
    bench.fill(0, &[small(1), small(2), small(3)]);
    bench.fill(4, &[small(1)]);
    fails(bench.secure(), "Missing memory cells for pedersen: 3.");
}

#[test]
fn verified_outputs_far_apart() {
    let mut bench = Bench::new(PEDERSEN);
    for instance in [1 << 60, 5, 4095, 4096] {
        bench.fill(3 * instance, &[small(1), small(2)]);
        bench.number(3 * instance + 2);
    }
    let verified = bench.runner().downcast::<Pedersen>().expect("it is").verified();
    assert_eq!(verified, [17, 12287, 12290, (3 << 60) + 2]);
    bench.verify().expect("deduced");
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn as_the_library(x in felts(), y in felts()) {
        let known = PedersenStarkCurve::hash(&library(x), &library(y));
        prop_assert_eq!(pedersen_hash(x, y), ours(&known));
    }
}
