//! A whole run: layouts, entry, end checks, relocation and what is printed.
