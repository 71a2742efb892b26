//! [`Type`]: the Cairo types that references and struct members have.

use std::fmt;

/// A Cairo type, with names resolved to full ones by the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    /// `felt`.
    Felt,
    /// `codeoffset`.
    CodeOffset,
    /// A struct by its full name.
    Struct(Box<str>),
    /// `T*`.
    Pointer(Box<Type>),
    /// `(felt, b: T)`.
    Tuple(Vec<(Option<Box<str>>, Type)>),
}

impl Type {
    /// Whether hints see a value of this type as a number or address: `felt`, `felt*`, `T**`.
    pub(crate) fn is_simple(&self) -> bool {
        match self {
            Self::Felt => true,
            Self::Pointer(to) => matches!(**to, Self::Felt | Self::Pointer(_)),
            Self::CodeOffset | Self::Struct(_) | Self::Tuple(_) => false,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Felt => f.write_str("felt"),
            Self::CodeOffset => f.write_str("codeoffset"),
            Self::Struct(name) => f.write_str(name),
            Self::Pointer(to) => write!(f, "{to}*"),
            Self::Tuple(items) => {
                f.write_str("(")?;
                for (at, (name, item)) in items.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    if let Some(name) = name {
                        write!(f, "{name}: ")?;
                    }
                    write!(f, "{item}")?;
                }
                let lone = matches!(items.as_slice(), [(None, _)]);
                f.write_str(if lone { ",)" } else { ")" })
            }
        }
    }
}
