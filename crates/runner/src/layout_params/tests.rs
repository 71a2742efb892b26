//! Parameters of the layout `dynamic`: good ones, and one wrong in each way.

use cairo_zero_core::BuiltinName;
use serde_json::{Map, Value, json};

use crate::{DYNAMIC, DilutedPool, Layout, Ratio};

fn good() -> Map<String, Value> {
    let mut params = Map::new();
    for (key, number) in [
        ("cpu_component_step", 8),
        ("rc_units", 4),
        ("memory_units_per_step", 8),
        ("log_diluted_units_per_step", -2),
        ("pedersen_ratio", 32),
        ("range_check_ratio", 16),
        ("ecdsa_ratio", 2048),
        ("bitwise_ratio", 64),
        ("ec_op_ratio", 0),
        ("keccak_ratio", 0),
        ("poseidon_ratio", 1),
        ("range_check96_ratio", 1),
        ("range_check96_ratio_den", 4),
        ("add_mod_ratio", 128),
        ("add_mod_ratio_den", 1),
        ("mul_mod_ratio", 0),
        ("mul_mod_ratio_den", 0),
    ] {
        params.insert(key.to_owned(), number.into());
    }
    for name in ["pedersen", "range_check", "ecdsa", "bitwise", "poseidon", "range_check96"] {
        params.insert(format!("uses_{name}_builtin"), 1.into());
    }
    for name in ["ec_op", "keccak", "mul_mod"] {
        params.insert(format!("uses_{name}_builtin"), 0.into());
    }
    params.insert("uses_add_mod_builtin".to_owned(), true.into());
    params
}

fn message(text: &str) -> String {
    match Layout::dynamic(text.as_bytes()) {
        Ok(_) => String::from("accepted"),
        Err(error) => error.to_string(),
    }
}

/// The message for good parameters with one of them changed.
fn with(key: &str, value: impl Into<Value>) -> String {
    let mut params = good();
    params.insert(key.to_owned(), value.into());
    message(&Value::Object(params).to_string())
}

#[test]
fn good_parameters() {
    let text = Value::Object(good()).to_string();
    let layout = Layout::dynamic(text.as_bytes()).expect("the parameters are good");
    assert_eq!(layout.name, DYNAMIC);
    assert_eq!(layout.builtins.as_ref(), BuiltinName::ALL.split_last().expect("not empty").1);
    assert_eq!((layout.cpu_component_step, layout.range_check_units), (8, 4));
    assert_eq!((layout.memory_units, layout.public_memory_fraction), (8, 8));
    assert_eq!(layout.diluted_pool, Some(DilutedPool { log_units: -2, spacing: 4, bits: 16 }));
    let ratio = |name| layout.ratio(name).map(|Ratio { steps, instances }| (steps, instances));
    assert_eq!(ratio(BuiltinName::Output), None);
    assert_eq!(ratio(BuiltinName::Ecdsa), Some((2048, 1)));
    assert_eq!(ratio(BuiltinName::Keccak), Some((0, 1)));
    assert_eq!(ratio(BuiltinName::RangeCheck96), Some((1, 4)));
    assert_eq!(ratio(BuiltinName::AddMod), Some((128, 1)));
    assert_eq!(ratio(BuiltinName::MulMod), Some((0, 1)));
}

#[test]
fn every_parameter_is_needed_and_no_other() {
    for key in good().keys() {
        let mut params = good();
        params.remove(key);
        let text = Value::Object(params).to_string();
        assert_eq!(message(&text), format!("the layout parameter {key} is missing"));
    }
    assert_eq!(with("output_ratio", 1), "there is no layout parameter \"output_ratio\"");
}

#[test]
fn every_parameter_is_a_whole_number_that_fits() {
    for key in good().keys() {
        let start = format!("the layout parameter {key} must be a ");
        for (value, found) in [(json!(2.5), "2.5"), (json!("8"), "\"8\""), (json!(null), "null")] {
            assert_eq!(with(key, value), format!("{start}whole number, not {found}"));
        }
        // Nine digits for a sign, and what neither 32 nor 64 bits hold.
        for number in ["-123456789", "4294967296", "99999999999999999999999999"] {
            let text = Value::Object(good()).to_string();
            let entry = format!("\"{key}\":");
            let (before, after) = text.split_once(&entry).expect("every key is there");
            let end = after.find([',', '}']).expect("something ends every value");
            let text = format!("{before}{entry}{number}{}", &after[end..]);
            let found = message(&text);
            assert!(
                found.starts_with(&start) && found.ends_with(&format!("not {number}")),
                "{found}"
            );
        }
    }
}

#[test]
fn numbers_that_no_trace_has() {
    let cases = [
        ("cpu_component_step", 0, "must be a number from 1 to 256, not 0"),
        ("cpu_component_step", 3, "must be a power of two, not 3"),
        ("cpu_component_step", 512, "must be a number from 1 to 256, not 512"),
        ("rc_units", 0, "must be a number from 1 to 2147483648, not 0"),
        ("rc_units", 5, "must be a power of two, not 5"),
        ("memory_units_per_step", 6, "must be a power of two, not 6"),
        ("log_diluted_units_per_step", 8, "must be a number from -31 to 7, not 8"),
        ("log_diluted_units_per_step", -32, "must be a number from -31 to 7, not -32"),
        ("uses_pedersen_builtin", 2, "must be a number from 0 to 1, not 2"),
        ("uses_pedersen_builtin", -1, "must be a number from 0 to 1, not -1"),
        ("pedersen_ratio", -1, "must be a number from 0 to 2147483648, not -1"),
        ("pedersen_ratio", 100, "must be a power of two, not 100"),
        ("keccak_ratio", 8, "must be 0 because uses_keccak_builtin is 0"),
        ("add_mod_ratio_den", 0, "must be a number from 1 to 2147483648, not 0"),
        ("range_check96_ratio_den", 3, "must be a power of two, not 3"),
    ];
    for (key, number, words) in cases {
        assert_eq!(with(key, number), format!("the layout parameter {key} {words}"));
    }
    let two =
        "one of the layout parameters range_check96_ratio and range_check96_ratio_den must be 1";
    assert_eq!(with("range_check96_ratio", 2), two);
    assert_eq!(with("pedersen_ratio", 0), "accepted");
}

#[test]
fn no_object_of_numbers() {
    for text in ["", "[]", "1", "{", "{\"rc_units\": NaN}", "{} {}"] {
        let found = message(text);
        assert!(
            found.starts_with("this is no JSON object of layout parameters: "),
            "{text}: {found}"
        );
    }
    let deep = format!("{{\"rc_units\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_ne!(message(&deep), "accepted");
}
