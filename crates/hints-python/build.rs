//! Has this crate built anew when a Python module in it changes: the macro that compiles them into
//! the binary does not say so itself.

#[allow(clippy::print_stdout, reason = "cargo reads what a build script prints")]
fn main() {
    println!("cargo::rerun-if-changed=src/lib");
    println!("cargo::rerun-if-changed=build.rs");
}
