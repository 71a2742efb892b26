//! `cairo-run`: see the library crate `cairo-zero-cli`.

fn main() {}
