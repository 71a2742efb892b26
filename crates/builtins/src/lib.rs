//! The builtins: deduction, validation and stop pointers.
