//! [`Layout`]: which builtins a run has, and the numbers that size its trace.
//!
//! The layouts up to `starknet_with_keccak` and `all_cairo` are those of cairo-lang 0.14.0.1
//! (`instances.py`; `all_cairo` is defined there without a name on the command line). The others are
//! known to the `cairo-vm` crate alone (version 3.2.0, `types/layout.rs` and
//! `types/instance_definitions/builtins_instance_def.rs`), and have its numbers. Where the two
//! differ on a layout that both have, these are cairo-lang's.
//!
//! The layout called [`DYNAMIC`] is not in the table: its numbers come from a file, which
//! `layout_params.rs` reads.
//!
//! What the instance definitions say alike in every layout is in the builtins' own files. To add a
//! layout, put it into the table at its place in the order of size.

use std::borrow::Cow;

use cairo_zero_core::BuiltinName;

/// The name of the layout whose numbers the user gives (`DYNAMIC_LAYOUT_NAME`).
pub const DYNAMIC: &str = "dynamic";

/// A layout of the Cairo AIR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its builtins, in the order of their segments.
    pub builtins: Cow<'static, [BuiltinName]>,
    /// How many steps there are for each instance of a builtin; output has no instances.
    pub ratios: Cow<'static, [(BuiltinName, Ratio)]>,
    /// Rows of the trace for a step, in units of 16 (`cpu_component_step`).
    pub cpu_component_step: u32,
    /// Range check units for each step (`rc_units` of `CairoLayout`).
    pub range_check_units: u32,
    /// Memory units for each step (`memory_units_per_step`).
    pub memory_units: u32,
    /// How many memory units there are for each one of public memory (`public_memory_fraction`).
    pub public_memory_fraction: u32,
    /// The pool for diluted numbers, where a builtin needs one (`diluted_pool_instance_def`).
    pub diluted_pool: Option<DilutedPool>,
}

/// `instances` instances of a builtin for every `steps` steps (`ratio` and `ratio_den` of
/// `BuiltinInstanceDef`). One of the two is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Steps; 0 for a builtin that is not used.
    pub steps: u32,
    /// Instances.
    pub instances: u32,
}

/// The pool of diluted numbers, which have zeros between their bits (`DilutedPoolInstanceDef`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DilutedPool {
    /// The logarithm, to base 2, of the units for each step.
    pub log_units: i32,
    /// The distance from a bit to the next.
    pub spacing: u32,
    /// Bits of a number before it is diluted.
    pub bits: u32,
}

/// The pool with `2^log_units` units for each step; the rest is the same in every layout.
pub(crate) const fn diluted(log_units: i32) -> Option<DilutedPool> {
    Some(DilutedPool { log_units, spacing: 4, bits: 16 })
}

/// The layouts that Stwo alone proves.
const OF_STWO: [&str; 2] = ["stwo_no_ecop", "all_cairo_stwo"];

/// Memory units for each step in every named layout.
const MEMORY_UNITS: u32 = 8;

/// Writes each layout once: its range check units, the fraction of public memory, its diluted pool,
/// whether it has output, and its other builtins with the steps for each instance.
macro_rules! layouts {
    ($(
        $name:literal: $units:literal, $fraction:literal, $pool:expr,
        [$($output:ident)?; $($builtin:ident $steps:literal),*];
    )*) => {
        &[$(Layout {
            name: $name,
            builtins: Cow::Borrowed(&[$(BuiltinName::$output,)? $(BuiltinName::$builtin,)*]),
            ratios: Cow::Borrowed(
                &[$((BuiltinName::$builtin, Ratio { steps: $steps, instances: 1 }),)*]
            ),
            cpu_component_step: 1,
            range_check_units: $units,
            memory_units: MEMORY_UNITS,
            public_memory_fraction: $fraction,
            diluted_pool: $pool,
        },)*]
    };
}

impl Layout {
    /// Every layout with numbers of its own, from the one with the fewest builtins on.
    pub const ALL: &[Self] = layouts! {
        "plain": 16, 4, None, [;];
        "small": 16, 4, None, [Output; Pedersen 8, RangeCheck 8, Ecdsa 512];
        "dex": 4, 4, None, [Output; Pedersen 8, RangeCheck 8, Ecdsa 512];
        "perpetual": 4, 4, None, [Output; Pedersen 32, RangeCheck 16, Ecdsa 2048];
        "recursive": 4, 8, diluted(4), [Output; Pedersen 128, RangeCheck 8, Bitwise 8];
        "recursive_with_poseidon": 4, 8, diluted(3),
            [Output; Pedersen 256, RangeCheck 16, Bitwise 16, Poseidon 64];
        "recursive_large_output": 4, 8, diluted(4),
            [Output; Pedersen 128, RangeCheck 8, Bitwise 8, Poseidon 8];
        "dex_with_bitwise": 4, 4, diluted(1),
            [Output; Pedersen 8, RangeCheck 8, Ecdsa 512, Bitwise 64];
        "all_solidity": 8, 8, diluted(4),
            [Output; Pedersen 8, RangeCheck 8, Ecdsa 512, Bitwise 256, EcOp 256];
        "starknet": 4, 4, diluted(1),
            [Output; Pedersen 32, RangeCheck 16, Ecdsa 2048, Bitwise 64, EcOp 1024, Poseidon 32];
        "starknet_with_keccak": 4, 4, diluted(4),
            [Output; Pedersen 32, RangeCheck 16, Ecdsa 2048, Bitwise 64, EcOp 1024, Keccak 2048,
             Poseidon 32];
        "stwo_no_ecop": 4, 8, diluted(4),
            [Output; Pedersen 256, RangeCheck 8, Bitwise 16, Poseidon 256, RangeCheck96 8,
             AddMod 128, MulMod 256];
        "all_cairo_stwo": 4, 8, diluted(4),
            [Output; Pedersen 256, RangeCheck 8, Bitwise 16, EcOp 1024, Poseidon 256,
             RangeCheck96 8, AddMod 128, MulMod 256];
        "all_cairo": 8, 8, diluted(4),
            [Output; Pedersen 256, RangeCheck 8, Ecdsa 2048, Bitwise 16, EcOp 1024, Keccak 2048,
             Poseidon 256, RangeCheck96 8, AddMod 128, MulMod 256];
    };

    /// Whether instructions may have the opcode extensions of Stwo.
    #[must_use]
    pub fn has_opcode_extensions(&self) -> bool {
        OF_STWO.contains(&self.name)
    }

    /// The layout of that name; there is none for [`DYNAMIC`].
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|layout| layout.name == name)
    }

    /// The first layout, from the smallest on, that has all of `builtins`.
    #[must_use]
    pub fn smallest_with(builtins: &[BuiltinName]) -> Option<&'static Self> {
        Self::ALL.iter().find(|layout| builtins.iter().all(|name| layout.builtins.contains(name)))
    }

    /// How many steps there are for the instances of a builtin; `None` for output and for builtins
    /// that the layout lacks.
    #[must_use]
    pub fn ratio(&self, builtin: BuiltinName) -> Option<Ratio> {
        self.ratios.iter().find(|(name, _)| *name == builtin).map(|(_, ratio)| *ratio)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtins_are_in_their_order_and_layouts_in_theirs() {
        for layout in Layout::ALL {
            assert!(layout.builtins.is_sorted(), "{}", layout.name);
            assert_eq!(Layout::by_name(layout.name), Some(layout));
            let ratio = |name: &BuiltinName| layout.ratio(*name).is_some();
            assert!(layout.builtins.iter().skip(1).all(ratio), "{}", layout.name);
        }
        assert!(Layout::ALL.is_sorted_by_key(|layout| layout.builtins.len()));
    }

    #[test]
    fn the_smallest_layout() {
        let smallest = |builtins: &[BuiltinName]| Layout::smallest_with(builtins).map(|l| l.name);
        assert_eq!(smallest(&[]), Some("plain"));
        assert_eq!(smallest(&[BuiltinName::Bitwise]), Some("recursive"));
        assert_eq!(smallest(&[BuiltinName::SegmentArena]), None);
    }
}
