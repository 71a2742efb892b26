//! Hints: resolving them at load, the native ones, and the names they see.
