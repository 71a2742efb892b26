//! Expressions and types that programs hold as text: what is read can be written, and that text stands
//! for itself. The trees may differ: sums in sums are written without parentheses.
#![no_main]

use cairo_zero_program::expr::{parse_expr, parse_type};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(expression) = parse_expr(text) {
        let written = expression.to_string();
        // What is at the bound for nesting may be beyond it with the parentheses that are added.
        if let Ok(again) = parse_expr(&written) {
            assert_eq!(again.to_string(), written, "{text}");
        }
    }
    if let Ok(cairo_type) = parse_type(text) {
        let written = cairo_type.to_string();
        if let Ok(again) = parse_type(&written) {
            assert_eq!(again, cairo_type, "{text} and {written}");
        }
    }
});
