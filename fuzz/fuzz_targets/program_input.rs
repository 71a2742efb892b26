//! Program inputs.
#![no_main]

use cairo_zero_hints_python::Json;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(error) = Json::parse(text) {
        std::hint::black_box(error.to_string());
    }
});
