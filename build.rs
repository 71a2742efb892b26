//! Links the binary at a fixed address.
//!
//! The embedded interpreter is tables upon tables of pointers. In a position-independent binary the
//! loader has to write every one of them before `main`, which takes longer than a small program's
//! whole run.

#![allow(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}"));
    if target("OS").as_deref() == Ok("linux") && target("ENV").as_deref() == Ok("gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
