//! [`Import`]: the names that known hints import, and so leave in their scope.
//!
//! A hint's `from module import name` puts an object into its scope that later hints may use. Native
//! code only remembers which one; the interpreter imports it when it gets to see the scope.

use std::fmt;

/// A name that a known hint imports: a row of the table below.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Import(u16);

/// Every module and name that native hints import; an empty name is the module itself.
static TABLE: &[(&str, &str)] = &[
    ("collections", "defaultdict"),
    ("eth_hash.auto", "keccak"),
    ("itertools", ""),
    ("starkware.cairo.common.cairo_blake2s.blake2s_utils", "IV"),
    ("starkware.cairo.common.cairo_blake2s.blake2s_utils", "blake2s_compress"),
    ("starkware.cairo.common.cairo_blake2s.blake2s_utils", "compute_blake2s_func"),
    ("starkware.cairo.common.cairo_secp.secp256r1_utils", "SECP256R1_ALPHA"),
    ("starkware.cairo.common.cairo_secp.secp256r1_utils", "SECP256R1_N"),
    ("starkware.cairo.common.cairo_secp.secp256r1_utils", "SECP256R1_P"),
    ("starkware.cairo.common.cairo_secp.secp_utils", "N"),
    ("starkware.cairo.common.cairo_secp.secp_utils", "SECP256R1"),
    ("starkware.cairo.common.cairo_secp.secp_utils", "SECP_P"),
    ("starkware.cairo.common.cairo_secp.secp_utils", "pack"),
    ("starkware.cairo.common.cairo_secp.secp_utils", "split"),
    ("starkware.cairo.common.cairo_sha256.sha256_utils", "IV"),
    ("starkware.cairo.common.cairo_sha256.sha256_utils", "compute_message_schedule"),
    ("starkware.cairo.common.cairo_sha256.sha256_utils", "sha2_compress_function"),
    ("starkware.cairo.common.dict", "DictManager"),
    ("starkware.cairo.common.keccak_utils.keccak_utils", "keccak_func"),
    ("starkware.cairo.common.math_utils", "as_int"),
    ("starkware.cairo.common.math_utils", "assert_integer"),
    ("starkware.cairo.common.math_utils", "is_positive"),
    ("starkware.cairo.lang.vm.relocatable", "RelocatableValue"),
    ("starkware.crypto.signature.signature", "ALPHA"),
    ("starkware.crypto.signature.signature", "BETA"),
    ("starkware.crypto.signature.signature", "FIELD_PRIME"),
    ("starkware.python.math_utils", "div_ceil"),
    ("starkware.python.math_utils", "div_mod"),
    ("starkware.python.math_utils", "ec_double_slope"),
    ("starkware.python.math_utils", "is_quad_residue"),
    ("starkware.python.math_utils", "isqrt"),
    ("starkware.python.math_utils", "line_slope"),
    ("starkware.python.math_utils", "log2_ceil"),
    ("starkware.python.math_utils", "random_ec_point"),
    ("starkware.python.math_utils", "recover_y"),
    ("starkware.python.math_utils", "safe_div"),
    ("starkware.python.math_utils", "sqrt"),
    ("starkware.python.math_utils", "y_squared_from_x"),
    ("starkware.python.merkle_tree", "build_update_tree"),
    ("starkware.python.merkle_tree", "decode_node"),
    ("starkware.python.utils", "from_bytes"),
    ("starkware.python.utils", "to_bytes"),
];

impl Import {
    /// Finds a row; `None` for a name that no native hint imports.
    #[must_use]
    pub fn find(module: &str, name: &str) -> Option<Self> {
        let at = TABLE.iter().position(|row| *row == (module, name))?;
        u16::try_from(at).ok().map(Self)
    }

    /// Whether a row has this name.
    #[must_use]
    pub(crate) fn is_name(name: &str) -> bool {
        !name.is_empty() && TABLE.iter().any(|row| row.1 == name)
    }

    /// The module that is imported, or imported from.
    #[must_use]
    pub fn module(self) -> &'static str {
        TABLE.get(usize::from(self.0)).map_or("", |row| row.0)
    }

    /// The name that is imported from the module; empty for the module itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        TABLE.get(usize::from(self.0)).map_or("", |row| row.1)
    }

    /// The number of the row, to keep something for each.
    #[must_use]
    pub const fn number(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.module(), self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::{Import, TABLE};

    #[test]
    fn every_row_is_found_once() {
        for (at, (module, name)) in TABLE.iter().enumerate() {
            assert_eq!(Import::find(module, name).map(Import::number), Some(at), "{module}.{name}");
        }
        assert_eq!(Import::find("itertools", "chain"), None);
    }
}
