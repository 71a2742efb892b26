//! [`Layout`]: which builtins a run has.

use cairo_zero_core::BuiltinName;

/// A layout of the Cairo AIR: the builtins it has, in the order of their segments
/// (`instances.py` of cairo-lang).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its builtins.
    pub builtins: &'static [BuiltinName],
}

impl Layout {
    /// Every layout, in the order in which they are offered.
    pub const ALL: &[Self] = &[
        Self { name: "plain", builtins: &[] },
        Self {
            name: "small",
            builtins: &[
                BuiltinName::Output,
                BuiltinName::Pedersen,
                BuiltinName::RangeCheck,
                BuiltinName::Ecdsa,
            ],
        },
    ];

    /// The layout of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|layout| layout.name == name)
    }

    /// The first layout, from the smallest on, that has all of `builtins`.
    #[must_use]
    pub fn smallest_with(builtins: &[BuiltinName]) -> Option<&'static Self> {
        Self::ALL.iter().find(|layout| builtins.iter().all(|name| layout.builtins.contains(name)))
    }
}
