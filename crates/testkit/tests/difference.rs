//! The first difference, found where it is and said in words that help.

use cairo_zero_testkit::{Outcome, compare, first_cell, first_line, first_step, main_message};

fn step(ap: u64, fp: u64, pc: u64) -> Vec<u8> {
    [ap, fp, pc].iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn cell(address: u64, value: u64) -> Vec<u8> {
    let mut bytes = address.to_le_bytes().to_vec();
    bytes.extend(value.to_le_bytes());
    bytes.resize(40, 0);
    bytes
}

#[test]
fn lines() {
    let check = |ours: &str, reference: &str, expected: Option<(&str, &str, &str)>| {
        let found = first_line(ours.as_bytes(), reference.as_bytes());
        let found = found.map(|found| (found.place, found.ours, found.reference));
        let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(found, expected, "{ours:?} and {reference:?}");
    };
    check("", "", None);
    check("a\nb\n", "a\nb\n", None);
    check("a\nb\n", "a\nc\n", Some(("line 2 of standard output", r#""b\n""#, r#""c\n""#)));
    check("a\nb", "a\nb\n", Some(("line 2 of standard output", r#""b""#, r#""b\n""#)));
    check("a\n", "a\nb\n", Some(("line 2 of standard output", "(no more lines)", r#""b\n""#)));
    check("a\nb\n", "a\n", Some(("line 2 of standard output", r#""b\n""#, "(no more lines)")));
}

#[test]
fn steps_come_with_their_instruction() {
    let memory =
        [cell(1, 0x4806_8001_7fff_8000), cell(2, 9), cell(3, 0x208b_7fff_7fff_7ffe)].concat();
    let reference = [step(10, 10, 1), step(11, 10, 3)].concat();
    assert_eq!(first_step(&reference, &reference, &memory), None);
    let ours = [step(10, 10, 1), step(12, 10, 1)].concat();
    let found =
        first_step(&ours, &reference, &memory).unwrap_or_else(|| unreachable!("they differ"));
    assert_eq!(found.place, "step 1 of the trace");
    assert_eq!(found.ours, "ap = 12, fp = 10, pc = 1: [ap] = 9, ap++");
    assert_eq!(found.reference, "ap = 11, fp = 10, pc = 3: ret");
    let found = first_step(&reference[..24], &reference, &memory);
    assert_eq!(found.map(|found| found.ours).as_deref(), Some("(no more steps)"));
}

#[test]
fn cells_in_any_order() {
    let reference = [cell(1, 5), cell(9, 6), cell(4, 7)].concat();
    let sorted = [cell(1, 5), cell(4, 7), cell(9, 6)].concat();
    assert_eq!(first_cell(&sorted, &reference), None);
    let found = first_cell(&[cell(1, 5), cell(9, 8)].concat(), &reference);
    let found = found.map(|found| (found.place, found.ours, found.reference));
    let expected = ("address 4 of the memory", "(not set)", "7");
    assert_eq!(found, Some((expected.0.into(), expected.1.into(), expected.2.into())));
}

#[test]
fn status_before_output() {
    let ours = Outcome { status: 1, stderr: b"Error: no\n".to_vec(), ..Outcome::default() };
    let reference = Outcome { stdout: b"text\n".to_vec(), ..Outcome::default() };
    let found = compare(&ours, &reference).map(|found| found.to_string());
    let expected = "the exit status\n  ours:      1 (Error: no)\n  reference: 0 ()";
    assert_eq!(found.as_deref(), Some(expected));
}

#[test]
fn main_messages() {
    assert_eq!(main_message("a.cairo:1:1: Error at pc=0:2:\nIt failed.\n    x\n"), "It failed.");
    assert_eq!(main_message("Traceback\n  File\nKeyError: -1\n"), "KeyError: -1");
    assert_eq!(main_message("Error: Missing main().\n"), "Error: Missing main().");
    assert_eq!(main_message(""), "");
}
