//! The ECDSA builtin.

mod support;

use std::str::FromStr;

use cairo_zero_builtins::{BuiltinError, Ecdsa, Signature, verify_signature};
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use num_bigint::BigInt;
use support::{Bench, at, fails, felt, small};

const ECDSA: BuiltinName = BuiltinName::Ecdsa;

/// Public key, message hash, `r` and `s` (decimal), signed with cairo-lang's `sign`.
const SIGNED: &[[&str; 4]] = &[
    [
        "0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca",
        "0x1",
        "420423819908394641079278039288151495721101622431530179174315581048166880256",
        "293905327363666551958107728095258322672969199051198726927803440602163689711",
    ],
    [
        "0x2abbefdcbf731195ee2acd186441eb536e86f888327b3655cffbd07b57dbf26",
        "0xdeadbeef",
        "1716998244152835390044433303154649109043770648793004875484345120221700629816",
        "2476302800253747369837643012730942817355767106608413119550579421557952959798",
    ],
    [
        "0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca",
        "0x7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "3169927249647432119178060790687076445250319294548797068048415148933803846810",
        "797748486216917371260948575952366197997895057970812305784651976815796802367",
    ],
    [
        "0x5eb9e1fef0aeb2e384a4c95509673464fdba147c540950249cb40fd982ab301",
        "0x40000000000000000000000000000000000000000000000000000000000004d",
        "2628402943858795151449079750586097498223553212834494915371655337334873055582",
        "917689163719618801479797276404133127413622939345729183306580365363589489949",
    ],
];

fn signature(r: &str, s: &str) -> Signature {
    let number = |text| BigInt::from_str(text).expect("a number");
    Signature { r: number(r), s: number(s) }
}

fn add(bench: &mut Bench, address: impl Into<Value>, given: Signature) -> Result<(), BuiltinError> {
    let base = bench.runner().base();
    let ecdsa = bench.runner().downcast_mut::<Ecdsa>().expect("it is");
    ecdsa.add_signature(base, address.into(), given)
}

fn verify(public_key: &str, message: &str, r: &str, s: &str) -> Result<bool, BuiltinError> {
    verify_signature(felt(public_key), felt(message), &signature(r, s))
}

#[test]
fn signed_messages() {
    for [key, message, r, s] in SIGNED {
        assert_eq!(verify(key, message, r, s), Ok(true));
        // Another message, another key, the parts of another signature.
        let other = felt(message) - small(1);
        assert_eq!(verify_signature(felt(key), other, &signature(r, s)), Ok(false));
        assert_eq!(verify("5", message, r, s), Ok(false));
        assert_eq!(verify(key, message, "12345", s), Ok(false));
    }
}

/// The signatures of starknet-crypto's own tests: one that is valid, one that is not.
#[test]
fn published_signatures() {
    let number = |digits: &str| {
        let number = BigInt::parse_bytes(digits.as_bytes(), 16).expect("a number");
        number.to_string()
    };
    let r = number("411494b501a98abd8262b0da1351e17899a0c4ef23dd2f96fec5ba847310b20");
    let s = number("405c3191ab3883ef2b763af35bc5f5d15b3b4e99461d70e84c654a351a7c81b");
    let key = "0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca";
    assert_eq!(verify(key, "0x2", &r, &s), Ok(true));
    assert_eq!(verify(key, "0x3", &r, &s), Ok(false));
    let r = number("173fd03d8b008ee7432977ac27d1e9d1a1f6c98b1a2f05fa84a21c84c44e882");
    let s = number("1f2c44a7798f55192f153b4c48ea5c1241fbb69e6132cc8a0da9c5b62a4286e");
    let key = "0x77a4b314db07c45076d11f62b6f9e748a39790441823307743cf00d6597ea43";
    let message = "0x397e76d1667c4454bfb83514e120583af836f8e32a516765497823eabe16a3f";
    assert_eq!(verify(key, message, &r, &s), Ok(false));
}

#[test]
fn verified_when_both_cells_are_written() {
    let [key, message, r, s] = SIGNED[0];
    for key_first in [true, false] {
        let mut bench = Bench::new(ECDSA);
        add(&mut bench, at(2), signature(r, s)).expect("a public key's cell");
        let cells = [(2, felt(key)), (3, felt(message))];
        let cells = if key_first { cells } else { [cells[1], cells[0]] };
        for (offset, number) in cells {
            bench.write(offset, number).expect("valid");
        }
        // Replaced afterwards, it is not verified again.
        add(&mut bench, at(2), signature("1", "1")).expect("a public key's cell");
        bench.write(3, felt(message)).expect("verified before");
        let ecdsa = bench.runner().downcast::<Ecdsa>().expect("it is");
        assert_eq!(ecdsa.signatures().len(), 1);
        assert_eq!(ecdsa.signatures()[&at(2)], signature("1", "1"));
    }
}

#[test]
fn without_a_signature() {
    let mut bench = Bench::new(ECDSA);
    bench.write(0, small(1)).expect("no message yet");
    fails(
        bench.write(1, small(2)),
        "Signature hint is missing for ECDSA builtin at address 2:0. Add it using \
         'ecdsa_builtin.add_signature'.",
    );
}

#[test]
fn with_a_wrong_signature() {
    let [key, message, r, s] = SIGNED[1];
    let mut bench = Bench::new(ECDSA);
    add(&mut bench, at(0), signature("123", s)).expect("a public key's cell");
    bench.write(0, felt(key)).expect("no message yet");
    fails(
        bench.write(1, felt(message)),
        &format!(
            "Signature (123, {s}), is invalid, with respect to the public key {}, and the message \
             hash {}.",
            felt(key),
            felt(message),
        ),
    );
    add(&mut bench, at(0), signature(r, s)).expect("a public key's cell");
    bench.write(1, felt(message)).expect("verified now");
}

#[test]
fn addresses_are_refused() {
    let mut bench = Bench::new(ECDSA);
    bench.write(0, at(7)).expect("no message yet");
    fails(
        bench.write(1, small(1)),
        "ECDSA builtin: Expected public key at address 2:0 to be an integer. Got: 2:7.",
    );
    bench.write(2, small(7)).expect("no message yet");
    fails(
        bench.write(3, at(7)),
        "ECDSA builtin: Expected message hash at address 2:3 to be an integer. Got: 2:7.",
    );
}

#[test]
fn numbers_out_of_range() {
    const ORDER: &str =
        "3618502788666131213697322783095070105526743751716087489154079457884512865583";
    let two_to_251 = (BigInt::from(1) << 251_u32).to_string();
    fails(verify("1", "1", "1", "0"), "s = 0");
    fails(verify("1", "1", "1", "-5"), "s = -5");
    fails(verify("1", "1", "1", ORDER), &format!("s = {ORDER}"));
    fails(verify("1", "1", "0", "1"), "r = 0");
    fails(verify("1", "1", "-1", "1"), "r = -1");
    fails(verify("1", "1", &two_to_251, "1"), &format!("r = {two_to_251}"));
    // The inverse of -1 is -1, which has 252 bits.
    let minus_one = (BigInt::from_str(ORDER).expect("a number") - 1_u32).to_string();
    fails(verify("1", "1", "1", &minus_one), &format!("w = {minus_one}"));
    fails(
        verify_signature(small(1), Felt::MINUS_ONE, &signature("1", "1")),
        &format!("msg_hash = {}", Felt::MINUS_ONE),
    );
    assert_eq!(verify("1", "0", "1", "1"), Ok(false));
}

#[test]
fn signatures_elsewhere() {
    let mut bench = Bench::new(ECDSA);
    fails(
        add(&mut bench, small(5), signature("1", "1")),
        "Expected memory address to be relocatable value. Found: 5.",
    );
    fails(
        add(&mut bench, Relocatable::new(1, 0), signature("1", "1")),
        "Signature hint must point to the signature builtin segment, not 1:0.",
    );
    fails(
        add(&mut bench, at(3), signature("1", "1")),
        "Signature hint must point to the public key cell, not 2:3.",
    );
}

#[test]
fn half_an_instance() {
    let mut bench = Bench::new(ECDSA);
    bench.write(0, small(1)).expect("no message yet");
    fails(bench.secure(), "Missing memory cells for ecdsa.");
    assert_eq!(bench.builtins.runners()[0].stop_pointer(&bench.memory), at(2));
}
