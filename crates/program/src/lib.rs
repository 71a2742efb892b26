//! Compiled Cairo programs: reading the JSON that cairo-compile writes.
