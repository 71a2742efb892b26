//! The output builtin.

mod support;

use cairo_zero_builtins::{Output, Page};
use cairo_zero_core::{BuiltinName, Relocatable, Value};
use support::{Bench, at, fails, small};

fn output(bench: &mut Bench) -> &mut Output {
    bench.runner().downcast_mut().expect("it is")
}

fn add_page(
    bench: &mut Bench,
    number: u64,
    start: impl Into<Value>,
    size: u64,
) -> Result<(), cairo_zero_builtins::BuiltinError> {
    let base = bench.runner().base();
    output(bench).add_page(base, number, start.into(), size)
}

#[test]
fn nothing_is_checked() {
    let mut bench = Bench::new(BuiltinName::Output);
    assert!(!bench.builtins.watches(2));
    bench.write(5, at(3)).expect("any value");
    bench.verify().expect("nothing is deduced");
    bench.secure().expect("gaps are allowed");
    assert_eq!(bench.builtins.runners()[0].used_cells(&bench.memory), 6);
    assert_eq!(bench.builtins.runners()[0].stop_pointer(&bench.memory), at(6));
    let mut stretches = 0;
    bench.builtins.runners()[0]
        .accesses(&bench.memory, &mut |_, _| stretches += 1)
        .expect("no pointers");
    assert_eq!(stretches, 0);
}

#[test]
fn the_stop_pointer_is_compared() {
    let mut bench = Bench::new(BuiltinName::Output);
    bench.fill(0, &[small(1)]);
    bench.memory.insert(Relocatable::new(1, 0), small(4).into()).expect("a free cell");
    fails(
        bench.builtins.runners()[0].final_stack(&bench.memory, Relocatable::new(1, 1)),
        "Invalid stop pointer for output. Expected: 2:1, found: 4",
    );
    fails(
        bench.builtins.runners()[0].final_stack(&bench.memory, Relocatable::new(1, i64::MIN)),
        "Unknown value for memory cell at address \
         1:3618502788666131213697322783095070105623107215331596699963868684099017244673.",
    );
}

#[test]
fn pages() {
    let mut bench = Bench::new(BuiltinName::Output);
    add_page(&mut bench, 3, at(1), 2).expect("a new page");
    add_page(&mut bench, 1, at(4), 1).expect("a new page");
    fails(add_page(&mut bench, 3, at(6), 1), "Page 3 was already assigned.");
    fails(add_page(&mut bench, 5, small(1), 1), "page_start must be in the output segment.");
    fails(
        add_page(&mut bench, 5, Relocatable::new(1, 1), 1),
        "page_start must be in the output segment.",
    );
    let declared = output(&mut bench);
    assert_eq!(
        declared.pages(),
        [(3, Page { start: 1, size: 2 }), (1, Page { start: 4, size: 1 })]
    );
    let pages = declared.page_of_cells(5).expect("within the output");
    assert_eq!(pages.into_iter().collect::<Vec<_>>(), [(1, 3), (2, 3), (4, 1)]);
    fails(declared.page_of_cells(4), "Page 1 is out of bounds.");
    fails(declared.page_of_cells(2), "Page 3 is out of bounds.");
    add_page(&mut bench, 7, at(2), 1).expect("overlaps are found later");
    fails(output(&mut bench).page_of_cells(5), "Offset 2 was already assigned a page.");
}

#[test]
fn attributes() {
    let mut bench = Bench::new(BuiltinName::Output);
    let output = output(&mut bench);
    output.add_attribute("b", String::from("{}"));
    output.add_attribute("a", String::from("{\"x\": 1}"));
    output.add_attribute("b", String::from("{\"y\": 2}"));
    let pair = |name: &str, json: &str| (String::from(name), String::from(json));
    assert_eq!(output.attributes(), [pair("b", "{\"y\": 2}"), pair("a", "{\"x\": 1}")]);
}

#[test]
fn states() {
    let mut bench = Bench::new(BuiltinName::Output);
    add_page(&mut bench, 1, at(0), 1).expect("a new page");
    let state = bench.runner().output_state().expect("it is");
    // What is added now is in the state too.
    add_page(&mut bench, 2, at(1), 1).expect("a new page");
    bench.runner().new_output_state(at(10));
    assert_eq!(bench.runner().base(), at(10));
    add_page(&mut bench, 1, at(12), 3).expect("a new page");
    assert_eq!(output(&mut bench).pages(), [(1, Page { start: 2, size: 3 })]);
    bench.runner().set_output_state(state);
    assert_eq!(bench.runner().base(), at(0));
    assert_eq!(output(&mut bench).pages().len(), 2);
    assert!(Bench::new(BuiltinName::Pedersen).runner().output_state().is_none());
}
