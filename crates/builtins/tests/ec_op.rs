//! The EC operation builtin.

mod support;

use cairo_zero_builtins::ec_op;
use cairo_zero_core::{BuiltinName, Felt};
use lambdaworks_math::cyclic_group::IsGroup;
use lambdaworks_math::elliptic_curve::short_weierstrass::curves::stark_curve::StarkCurve;
use lambdaworks_math::elliptic_curve::traits::IsEllipticCurve;
use lambdaworks_math::unsigned_integer::element::UnsignedInteger;
use proptest::prelude::*;
use support::{Bench, at, cases, fails, felt, felts, ours, small};

const EC_OP: BuiltinName = BuiltinName::EcOp;

/// Inputs and outputs computed with cairo-lang's `ec_op_impl`.
const VECTORS: &[([&str; 5], [&str; 2])] = &[
    (
        [
            "0x49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804",
            "0x3ca0cfe4b3bc6ddf346d49d06ea0ed34e621062c0e056c1d0405d266e10268a",
            "0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca",
            "0x5668060aa49730b7be4801df46ec62de53ecd11abe43a32873000c36e8dc1f",
            "0x0",
        ],
        [
            "0x49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804",
            "0x3ca0cfe4b3bc6ddf346d49d06ea0ed34e621062c0e056c1d0405d266e10268a",
        ],
    ),
    (
        [
            "0x49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804",
            "0x3ca0cfe4b3bc6ddf346d49d06ea0ed34e621062c0e056c1d0405d266e10268a",
            "0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca",
            "0x5668060aa49730b7be4801df46ec62de53ecd11abe43a32873000c36e8dc1f",
            "0x1",
        ],
        [
            "0x53ac02c0a5f157d132f278536382bb6a5d97470d2200b3bf4ae9f313627ba19",
            "0x474a9037f8a03cfbf90f7f5b72df656b5f5dd92c2deeec945d79139ad364efc",
        ],
    ),
    (
        [
            "0x49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804",
            "0x3ca0cfe4b3bc6ddf346d49d06ea0ed34e621062c0e056c1d0405d266e10268a",
            "0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca",
            "0x5668060aa49730b7be4801df46ec62de53ecd11abe43a32873000c36e8dc1f",
            "0x22",
        ],
        [
            "0x1a6a3a6ab6e27d682543f06dfcb2d81a2ae004134e066df8b2c024ee99d6cfe",
            "0x3bb9c8085f3809706ee20ff17440537c2e5f4bf29537afd391b33b5012cbebd",
        ],
    ),
    (
        [
            "0x7fa463ee2a2d6a585d5c3358918270f6c28c66df1f86803374d1edf3819cc62",
            "0xa996edf01598832e644e1cae9a37288865ad80e2787f9bf958aceccc99afae",
            "0x54313129bf13993952cd2b31ed06013aba85e74c1b8a00e062031f32188a84e",
            "0x680129efc9eb8ec07fc180e8f6877e5f0f9f44e3000a2c586ed4ce49d12a313",
            "0x800000000000000000000000000000000000000000000000000000000000000",
        ],
        [
            "0x67fd3378ef2831c3f50996b34261ac93b5fd0ba56ca4ffdd741811ad196d32",
            "0x196cbed613b4b48b6f0d1d6f5341d4b286b455a7bc16d3ba54a41dda4921d3c",
        ],
    ),
    (
        [
            "0x7fa463ee2a2d6a585d5c3358918270f6c28c66df1f86803374d1edf3819cc62",
            "0xa996edf01598832e644e1cae9a37288865ad80e2787f9bf958aceccc99afae",
            "0x54313129bf13993952cd2b31ed06013aba85e74c1b8a00e062031f32188a84e",
            "0x680129efc9eb8ec07fc180e8f6877e5f0f9f44e3000a2c586ed4ce49d12a313",
            "0x800000000000011000000000000000000000000000000000000000000000000",
        ],
        [
            "0x512fa8b3ca721c9eb3bdfd393ea6d1253c95ce111c2ba028fd5bbf2c6a0482a",
            "0x20d96b15942480d50b51d5aa9478d1974d63520e47d40a4667b64656d4bc278",
        ],
    ),
    (
        [
            "0x49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804",
            "0x3ca0cfe4b3bc6ddf346d49d06ea0ed34e621062c0e056c1d0405d266e10268a",
            "0x54313129bf13993952cd2b31ed06013aba85e74c1b8a00e062031f32188a84e",
            "0x680129efc9eb8ec07fc180e8f6877e5f0f9f44e3000a2c586ed4ce49d12a313",
            "0x1000000000000000000000000000000000000000000000011",
        ],
        [
            "0x405c27369ab55ee9910fbe2b4f9cfbfd966c1f2124230a6124d4810e5f8ffc6",
            "0x66bba5fa9fa27da33d3b91abd61cf092cfa55d183f94ba3003648b5b72b661d",
        ],
    ),
];

/// The point that StarkWare's hashes begin at, and the generator of the curve.
const SHIFT: [&str; 2] = [
    "0x49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804",
    "0x3ca0cfe4b3bc6ddf346d49d06ea0ed34e621062c0e056c1d0405d266e10268a",
];
const GENERATOR: [&str; 2] = [
    "0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca",
    "0x5668060aa49730b7be4801df46ec62de53ecd11abe43a32873000c36e8dc1f",
];

fn inputs(p: [&str; 2], q: [&str; 2], m: Felt) -> [Felt; 5] {
    [felt(p[0]), felt(p[1]), felt(q[0]), felt(q[1]), m]
}

#[test]
fn known_answers() {
    for (inputs, outputs) in VECTORS {
        let inputs = inputs.map(felt);
        let outputs = outputs.map(felt);
        assert_eq!(ec_op(inputs), Ok(outputs));
        let mut bench = Bench::new(EC_OP);
        bench.fill(0, &inputs);
        assert_eq!(bench.number(6), outputs[1]);
        bench.verify().expect("deduced");
        bench.secure().expect("complete");
        assert_eq!(bench.number(5), outputs[0]);
    }
}

#[test]
fn only_outputs_with_all_inputs() {
    let mut bench = Bench::new(EC_OP);
    bench.fill(0, &inputs(SHIFT, GENERATOR, small(1))[..4]);
    for offset in [4, 5, 6, 7] {
        assert_eq!(bench.read(offset), Ok(None), "{offset}");
    }
}

#[test]
fn what_is_no_input() {
    let mut bench = Bench::new(EC_OP);
    bench.fill(0, &inputs(SHIFT, GENERATOR, small(1))[..4]);
    bench.write(4, at(0)).expect("no check");
    fails(bench.read(5), "ec_op builtin: Expected integer at address 2:4.Got: 2:0.");
    bench.fill(7, &inputs(SHIFT, ["1", "2"], small(1)));
    fails(bench.read(12), "ec_op builtin: point (1, 2) is not on the curve.");
    bench.fill(14, &inputs(["0", "0"], ["1", "2"], small(1)));
    fails(bench.read(20), "ec_op builtin: point (0, 0) is not on the curve.");
}

#[test]
fn points_with_one_abscissa() {
    let mut bench = Bench::new(EC_OP);
    bench.fill(0, &inputs(GENERATOR, GENERATOR, small(0)));
    fails(
        bench.read(5),
        &format!(
            "Cannot apply EC operation: computation reached two points with the same x coordinate.\n\
         Attempting to compute P + m * Q where:\nP = ({0}, {1})\nm = 0\nQ = ({0}, {1}).",
            felt(GENERATOR[0]),
            felt(GENERATOR[1]),
        ),
    );
    // Unset outputs fail in a secure run as well.
    bench.secure().expect_err("not provable");
    // The sum is 2G when the point is doubled for the second bit.
    let (x, y) = (felt(DOUBLE[0]), felt(DOUBLE[1]));
    let [g_x, g_y] = GENERATOR.map(felt);
    ec_op([x, y, g_x, g_y, small(4)]).expect_err("the second doubled point is the first sum");
    // Behind the scalar's last bit the doubled point is still compared.
    let far = FAR.map(felt);
    ec_op([far[0], far[1], g_x, g_y, small(0)]).expect_err("2^255 G");
}

/// The generator doubled, and doubled 255 times; computed with cairo-lang's `ec_double`.
const DOUBLE: [&str; 2] = [
    "0x759ca09377679ecd535a81e83039658bf40959283187c654c5416f439403cf5",
    "0x6f524a3400e7708d5c01a28598ad272e7455aa88778b19f93b562d7a9646c41",
];
const FAR: [&str; 2] = [
    "0x44888b471abfdec39bb1b74bab5e62fa9f88e01e77c57bada4f231c292862e1",
    "0x471d22a93606d65fa0af1ad3ec355e85ed75d33c8276163a6b07fc478c0f4c9",
];

#[test]
fn wrong_outputs_are_found() {
    let mut bench = Bench::new(EC_OP);
    bench.fill(0, &inputs(SHIFT, GENERATOR, small(0)));
    bench.fill(5, &[felt(SHIFT[0])]);
    bench.verify().expect("P + 0 * Q is P");
    bench.fill(6, &[small(3)]);
    fails(
        bench.verify(),
        &format!("Inconsistent auto deduction rule at address 2:6. 3 != {}.", felt(SHIFT[1])),
    );
}

#[test]
fn missing_inputs() {
    let mut bench = Bench::new(EC_OP);
    bench.fill(0, &inputs(SHIFT, GENERATOR, small(0))[..4]);
    bench.fill(6, &[small(3)]);
    fails(bench.secure(), "Missing memory cells for ec_op: 4.");
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn as_the_library(p in 1_u64.., q in 1_u64.., m in felts(), n in felts()) {
        let generator = StarkCurve::generator();
        let p = generator.operate_with_self(p).to_affine();
        let q = generator.operate_with_self(q).to_affine();
        let mut bench = Bench::new(EC_OP);
        // The same point again and again takes another way from the second time on.
        for (instance, m) in [m, n, m].into_iter().enumerate() {
            let [a, b, c, d] = m.limbs();
            let scalar = UnsignedInteger::<4>::from_limbs([d, c, b, a]);
            let sum = p.operate_with(&q.operate_with_self(scalar)).to_affine();
            let known = [ours(sum.x()), ours(sum.y())];
            let inputs = [ours(p.x()), ours(p.y()), ours(q.x()), ours(q.y()), m];
            prop_assert_eq!(ec_op(inputs), Ok(known));
            let first = 7 * instance as i64;
            bench.fill(first, &inputs);
            prop_assert_eq!([bench.number(first + 5), bench.number(first + 6)], known);
        }
    }
}

/// The steps at which points with one abscissa meet are found with kept doubles too.
#[test]
fn points_with_one_abscissa_again() {
    let mut bench = Bench::new(EC_OP);
    bench.fill(0, &inputs(SHIFT, GENERATOR, small(5)));
    bench.read(5).expect("a sum");
    bench.fill(7, &inputs(GENERATOR, GENERATOR, small(5)));
    assert!(bench.read(12).is_err());
    bench.fill(14, &inputs(SHIFT, GENERATOR, small(7)));
    bench.read(19).expect("a sum");
}
