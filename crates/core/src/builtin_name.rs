//! [`BuiltinName`]: the builtins there are, in their one canonical order.

use std::fmt;
use std::str::FromStr;

/// Writes the names once; everything about them is derived from this table.
macro_rules! builtin_names {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// A builtin, in the order that a program's `%builtins` line has to keep (the order of
        /// `builtin_factories` in cairo-lang's `cairo_runner.py`, with the segment arena behind it).
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum BuiltinName {
            $($(#[doc = $doc])* $variant,)*
        }

        impl BuiltinName {
            /// Every builtin, in canonical order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name used in programs and files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

builtin_names! {
    /// The program's output.
    Output = "output",
    /// The Pedersen hash.
    Pedersen = "pedersen",
    /// Numbers below `2^128`.
    RangeCheck = "range_check",
    /// ECDSA signatures on the STARK curve.
    Ecdsa = "ecdsa",
    /// Bitwise and, xor and or.
    Bitwise = "bitwise",
    /// `P + m * Q` on the STARK curve.
    EcOp = "ec_op",
    /// The Keccak-f permutation.
    Keccak = "keccak",
    /// The Poseidon permutation.
    Poseidon = "poseidon",
    /// Numbers below `2^96`.
    RangeCheck96 = "range_check96",
    /// Additions modulo a 384-bit number.
    AddMod = "add_mod",
    /// Multiplications modulo a 384-bit number.
    MulMod = "mul_mod",
    /// The dictionaries' segment arena.
    SegmentArena = "segment_arena",
}

impl fmt::Display for BuiltinName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text names no builtin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown builtin")]
pub struct UnknownBuiltin;

impl FromStr for BuiltinName {
    type Err = UnknownBuiltin;

    fn from_str(name: &str) -> Result<Self, UnknownBuiltin> {
        Self::ALL.iter().copied().find(|builtin| builtin.as_str() == name).ok_or(UnknownBuiltin)
    }
}
