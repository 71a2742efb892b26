//! Links the binary for a quick start, on Linux with the GNU library.
//!
//! - At a fixed address: the embedded interpreter is tables upon tables of pointers. In a
//!   position-independent binary the loader has to write every one of them before `main`, which takes
//!   longer than a small program's whole run.
//! - With the compiler's support library inside: as a shared one it is another file to load, and it
//!   asks the processor what it is when it is loaded, which is slow on virtual machines.

#![allow(clippy::print_stdout, reason = "that is how a build script speaks to cargo")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}"));
    if target("OS").as_deref() == Ok("linux") && target("ENV").as_deref() == Ok("gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        if env::var("HOST") == env::var("TARGET") && has_static_support_library() {
            include_support_library();
        }
    }
}

/// Whether the C compiler knows where the static twin of `libgcc_s.so` is.
fn has_static_support_library() -> bool {
    let answer = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output();
    let path = answer.ok().and_then(|answer| String::from_utf8(answer.stdout).ok());
    path.is_some_and(|path| Path::new(path.trim()).is_absolute())
}

/// Has the linker find static libraries where the standard library asks for `libgcc_s.so`. Nothing
/// is lost if the file can't be written: the shared one is found then.
fn include_support_library() {
    let Ok(folder) = env::var("OUT_DIR") else {
        return;
    };
    let script = Path::new(&folder).join("libgcc_s.so");
    if fs::write(script, "INPUT(-lgcc_eh -lgcc)\n").is_ok() {
        println!("cargo::rustc-link-search=native={folder}");
    }
}
