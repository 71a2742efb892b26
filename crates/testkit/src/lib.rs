//! What the tests share: compiling programs, running the reference, finding the first difference.
