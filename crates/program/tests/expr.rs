//! Expressions and types: held to the reference's parser and formatter, and to any text.
//!
//! `data/expressions.txt` was written by a script that calls cairo-lang 0.14.0.1.

use cairo_zero_program::BigConst;
use cairo_zero_program::expr::{
    CairoType, Expr, ExprError, Reg, TupleItem, parse_expr, parse_type,
};
use proptest::prelude::*;

fn number(number: i64) -> Expr {
    Expr::Const(BigConst::from(number))
}

#[test]
fn the_reference_formats_the_same() {
    let mut lines = 0;
    let given = include_str!("data/expressions.txt");
    for line in given.lines().filter(|line| !line.starts_with('#')) {
        let [kind, text, expected] = line.splitn(3, '|').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let read = match kind {
            "expr" => parse_expr(text).map(|expr| expr.to_string()),
            _ => parse_type(text).map(|cairo_type| cairo_type.to_string()),
        };
        match read {
            Ok(found) => assert_eq!(found, expected, "{text}"),
            Err(error) => assert_eq!(expected, "!", "{text}: {error}"),
        }
        lines += 1;
    }
    assert!(lines > 100);
}

#[test]
fn references_become_trees() {
    let offset = |reg, by| Expr::Add(Box::new(Expr::Reg(reg)), Box::new(number(by)));
    let cast = |expr, to| Expr::Cast(Box::new(expr), to);
    assert_eq!(
        parse_expr("[cast(fp + (-3), felt*)]"),
        Ok(Expr::Deref(Box::new(cast(offset(Reg::Fp, -3), CairoType::Felt.pointer()))))
    );
    let inner = Expr::Deref(Box::new(offset(Reg::Ap, 2)));
    assert_eq!(
        parse_expr("cast([ap + 2] - 1, lib.T**)"),
        Ok(cast(
            Expr::Sub(Box::new(inner), Box::new(number(1))),
            CairoType::Struct("lib.T".to_owned()).pointer().pointer()
        ))
    );
    let item =
        |name: Option<&str>, cairo_type| TupleItem { name: name.map(str::to_owned), cairo_type };
    assert_eq!(
        parse_type("(a: felt, codeoffset*)"),
        Ok(CairoType::Tuple(vec![
            item(Some("a"), CairoType::Felt),
            item(None, CairoType::CodeOffset.pointer())
        ]))
    );
}

#[test]
fn errors_say_where_and_what() {
    let unexpected = |text: &str| parse_expr(text).unwrap_err().to_string();
    assert_eq!(unexpected("[cast("), "Unexpected end of text at column 7. Expected: expression.");
    assert_eq!(unexpected("1 2"), "Unexpected '2' at column 3. Expected: operator or end of text.");
    assert_eq!(unexpected("[fp)"), "Unexpected ')' at column 4. Expected: operator or ']'.");
    assert_eq!(
        parse_type("felt felt").unwrap_err().to_string(),
        "Unexpected 'felt' at column 6. Expected: '*' or end of text."
    );
    assert_eq!(parse_expr(&"1".repeat(5000)), Err(ExprError::TooLarge { column: 1 }));
    let long = format!("fp + '{}'", "a".repeat(32));
    assert_eq!(parse_expr(&long), Err(ExprError::TooLarge { column: 6 }));
}

#[test]
fn depth_is_bounded_however_it_comes_about() {
    let nested = |open: &str, core: &str, close: &str, times: usize| {
        format!("{}{core}{}", open.repeat(times), close.repeat(times))
    };
    let forms: [(&str, &str, &str); 9] = [
        ("[", "fp", "]"),
        ("(", "1", ")"),
        ("-", "fp", ""),
        ("&", "a", ""),
        ("", "1", " + 1"),
        ("", "1", " * 1"),
        ("", "2", " ** 2"),
        ("", "fp", "[1]"),
        ("cast(", "fp", ", felt)"),
    ];
    for (open, core, close) in forms {
        assert!(parse_expr(&nested(open, core, close, 50)).is_ok(), "{open}{close}");
        let deep = parse_expr(&nested(open, core, close, 100_000));
        assert!(matches!(deep, Err(ExprError::TooDeep { .. })), "{open}{close}");
    }
    for (open, core, close) in [("(", "felt", ")"), ("", "felt", "*"), ("(a: ", "b", ")")] {
        assert!(parse_type(&nested(open, core, close, 50)).is_ok(), "{open}{close}");
        let deep = parse_type(&nested(open, core, close, 100_000));
        assert!(matches!(deep, Err(ExprError::TooDeep { .. })), "{open}{close}");
    }
}

fn types() -> impl Strategy<Value = CairoType> {
    let leaf = prop_oneof![
        Just(CairoType::Felt),
        Just(CairoType::CodeOffset),
        "[a-d]{1,3}(\\.[x-z]{1,3}){0,2}".prop_map(CairoType::Struct),
    ];
    leaf.prop_recursive(4, 16, 3, |inner| {
        let item = (proptest::option::of("[a-z]{1,5}_"), inner.clone())
            .prop_map(|(name, cairo_type)| TupleItem { name, cairo_type });
        prop_oneof![
            inner.prop_map(CairoType::pointer),
            proptest::collection::vec(item, 0..4).prop_map(CairoType::Tuple),
        ]
    })
}

fn exprs() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(number),
        Just(Expr::Reg(Reg::Ap)),
        Just(Expr::Reg(Reg::Fp)),
        "[a-z]{1,3}_(\\.[a-z]{1,3}){0,2}".prop_map(Expr::Identifier),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        let two = || (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        let one = || inner.clone().prop_map(Box::new);
        let place = (proptest::option::of("[a-z]{1,5}_"), inner.clone());
        prop_oneof![
            two().prop_map(|(a, b)| Expr::Add(a, b)),
            two().prop_map(|(a, b)| Expr::Sub(a, b)),
            two().prop_map(|(a, b)| Expr::Mul(a, b)),
            two().prop_map(|(a, b)| Expr::Div(a, b)),
            two().prop_map(|(a, b)| Expr::Pow(a, b)),
            two().prop_map(|(a, b)| Expr::Subscript(a, b)),
            one().prop_map(Expr::Deref),
            one().prop_map(Expr::Neg),
            one().prop_map(Expr::AddressOf),
            (one(), "[a-z]{1,4}").prop_map(|(a, member)| Expr::Dot(a, member)),
            (one(), types()).prop_map(|(a, cairo_type)| Expr::Cast(a, cairo_type)),
            proptest::collection::vec(place, 0..3).prop_map(Expr::Tuple),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(expr in exprs()) {
        // Sums and products lose their grouping to the right, so texts are compared.
        let text = expr.to_string();
        prop_assert_eq!(parse_expr(&text).map(|expr| expr.to_string()), Ok(text));
    }

    #[test]
    fn printed_types_are_read_again(cairo_type in types()) {
        prop_assert_eq!(parse_type(&cairo_type.to_string()), Ok(cairo_type));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}", grammar in "[\\[\\]()*+/.,:=&' 0-9a-f\n-]{0,60}") {
        for text in [&text, &grammar] {
            let _ = parse_type(text);
            if let Ok(expr) = parse_expr(text) {
                let printed = expr.to_string();
                prop_assert_eq!(parse_expr(&printed).map(|expr| expr.to_string()), Ok(printed));
            }
        }
    }
}
