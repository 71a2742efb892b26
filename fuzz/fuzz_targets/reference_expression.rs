//! Expressions and types that programs hold as text: what is read and written is read as the same.
#![no_main]

use cairo_zero_program::expr::{parse_expr, parse_type};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(expression) = parse_expr(text) {
        let written = expression.to_string();
        // Parentheses can nest as deep as it goes, and more of them are written than were there.
        if let Ok(again) = parse_expr(&written) {
            assert_eq!(again, expression, "{text} and {written}");
        }
    }
    if let Ok(cairo_type) = parse_type(text) {
        let written = cairo_type.to_string();
        if let Ok(again) = parse_type(&written) {
            assert_eq!(again, cairo_type, "{text} and {written}");
        }
    }
});
