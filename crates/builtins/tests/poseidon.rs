//! The Poseidon builtin.

mod support;

use cairo_zero_builtins::poseidon_permutation;
use cairo_zero_core::{BuiltinName, Relocatable};
use lambdaworks_crypto::hash::poseidon::Poseidon as _;
use lambdaworks_crypto::hash::poseidon::starknet::PoseidonCairoStark252;
use proptest::prelude::*;
use support::{Bench, at, cases, fails, felt, felts, library, ours, small};

const POSEIDON: BuiltinName = BuiltinName::Poseidon;

/// States and what they become: the zeros of the reference implementation's test vectors
/// (starkware-industries/poseidon), and others computed with cairo-lang's `poseidon_perm`.
const VECTORS: &[([&str; 3], [&str; 3])] = &[
    (
        ["0x0", "0x0", "0x0"],
        [
            "0x79e8d1e78258000a28fc9d49e233bc6852357968577b1e386550ed6a9086133",
            "0x3840d003d0f3f96dbb796ff6aa6a63be5b5404b91ccaabca256154cbb6fb984",
            "0x1eb39da3f7d3b04142d0ac83d9da00c9325a61fb2ef326e50b70eaa8a3c7cc7",
        ],
    ),
    (
        ["0x9", "0xb", "0x2"],
        [
            "0x510f3a3faf4084e3b1e95fd44c30746271b48723f7ea9c8be6a9b6b5408e7e6",
            "0x4f511749bd4101266904288021211333fb0a514cb15381af087462fa46e6bd9",
            "0x186f6dd1a6e79cb1b66d505574c349272cd35c07c223351a0990410798bb9d8",
        ],
    ),
    (
        [
            "0x800000000000011000000000000000000000000000000000000000000000000",
            "0x800000000000011000000000000000000000000000000000000000000000000",
            "0x800000000000011000000000000000000000000000000000000000000000000",
        ],
        [
            "0x5a5f2203787ca729e974a3156ebf02128c355cebc22cb6371c94c6d8eb1b78",
            "0x323000fe60b1ef090b2301b817be26aaf097e9aa3390daeee7466f7bf85850e",
            "0x1670112bd02cdc30ea05e8a310389ac1f61c2fcf5f645db052a8bddc9a6df7a",
        ],
    ),
    (
        ["0x1", "0x100000000000000000000000000000000", "0x3"],
        [
            "0x2eb4fb90997d0b7f237e8fb7e054b2dd1eacbe8dc140f6f3a4c4fbf462a29ec",
            "0x1456b9f53073834e3366b80be254dbb952ff0ee0266fe6e1ec11e5264f40730",
            "0x229f09d250b182b50c95a63b2dacfc243b6ab238e851626c655c26e449572e7",
        ],
    ),
];

#[test]
fn known_answers() {
    for (inputs, outputs) in VECTORS {
        let inputs = inputs.map(felt);
        let outputs = outputs.map(felt);
        assert_eq!(poseidon_permutation(inputs), outputs);
        let mut bench = Bench::new(POSEIDON);
        bench.fill(6, &inputs);
        // Outputs out of order, and one left out.
        assert_eq!(bench.number(11), outputs[2]);
        assert_eq!(bench.number(9), outputs[0]);
        bench.verify().expect("deduced");
        bench.fill(10, &[outputs[1]]);
        bench.verify().expect("right");
    }
}

#[test]
fn only_outputs_with_all_inputs() {
    let mut bench = Bench::new(POSEIDON);
    bench.fill(0, &[small(1), small(2)]);
    for offset in [2, 3, 4, 5, 6, 9] {
        assert_eq!(bench.read(offset), Ok(None), "{offset}");
    }
    bench.fill(2, &[small(3)]);
    assert!(bench.read(4).expect("three numbers").is_some());
}

#[test]
fn addresses_are_refused() {
    let mut bench = Bench::new(POSEIDON);
    bench.fill(0, &[small(1)]);
    bench.write(1, at(3)).expect("no check");
    bench.write(2, Relocatable::new(1, 2)).expect("no check");
    fails(bench.read(5), "poseidon builtin: Expected integer at address 2:1. Got: 2:3.");
    fails(bench.secure(), "poseidon builtin: Expected integer at address 2:1. Got: 2:3.");
}

#[test]
fn wrong_outputs_are_found() {
    let mut bench = Bench::new(POSEIDON);
    bench.fill(0, &[small(0), small(0), small(0)]);
    bench.number(3);
    bench.fill(4, &[small(7)]);
    fails(
        bench.verify(),
        "Inconsistent auto deduction rule at address 2:4. 7 != 1590252087433376791875644726012779423683501236913937337746052470473806035332.",
    );
}

#[test]
fn missing_inputs() {
    let mut bench = Bench::new(POSEIDON);
    bench.fill(0, &[small(1), small(2)]);
    bench.fill(5, &[small(2)]);
    fails(bench.secure(), "Missing memory cells for poseidon: 2.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn instances_do_not_mix(states in prop::collection::vec(any::<[u64; 3]>(), 1..5), order: u64) {
        let mut bench = Bench::new(POSEIDON);
        for (at, state) in states.iter().enumerate() {
            bench.fill(6 * at as i64, &state.map(small));
        }
        for step in 0..3 * states.len() {
            let cell = (step as u64).wrapping_add(order) as usize % (3 * states.len());
            // Hops from instance to instance.
            let (instance, output) = (cell % states.len(), cell / states.len());
            let found = bench.number((6 * instance + 3 + output) as i64);
            prop_assert_eq!(found, poseidon_permutation(states[instance].map(small))[output]);
        }
        bench.verify().expect("deduced");
        bench.secure().expect("complete");
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn as_the_library(a in felts(), b in felts(), c in felts()) {
        let mut known = [a, b, c].map(library);
        PoseidonCairoStark252::hades_permutation(&mut known);
        prop_assert_eq!(poseidon_permutation([a, b, c]), known.map(|number| ours(&number)));
    }
}
