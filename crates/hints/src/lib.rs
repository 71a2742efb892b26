//! Hints: resolving them at load, the native ones, and the names they see.
//!
//! A program's hints are Python texts. [`Engine::load`] decides for each who runs it: native code
//! found by the text's canonical form ([`Canonical`], `table.rs`), a native hint of the embedder
//! ([`Registry`]), native code that understands the text itself (`evaluate`), or an [`Interpreter`]. What `ids.x` means is worked out here as well ([`Names`]),
//! once per hint and name, for both kinds alike.
//!
//! Invariants:
//! - nothing is looked up by text while the program runs;
//! - a native hint does what its Python text does; where it can't, it declines before it has changed
//!   anything, and the text runs;
//! - scopes and memory are one thing for native hints and the interpreter;
//! - this crate knows no Python object; the interpreter is behind a trait.

pub mod dict;
mod engine;
mod error;
mod evaluate;
mod exception;
mod ids;
mod imports;
mod int;
mod interpreter;
pub mod math;
pub mod memory;
mod native;
mod natives;
pub mod object;
mod scopes;
mod squashing;
mod table;
mod text;

pub use engine::{Choice, Engine, Options, Runner, Whereabouts};
pub use error::{Failure, FailureKind, HintError, Piece, Place, Traceback, TracebackFrame};
pub use evaluate::obstacle;
pub use exception::{Exception, ExceptionClass};
pub use ids::{
    Binding, Frame, Integer, Item, Member, MemberKind, NameScope, Names, Operand, Reference, Site,
    Slot, Struct,
};
pub use imports::Import;
pub use int::Int;
pub use interpreter::{Context, Interpreter};
pub use native::{Make, Native, NativeHint, Registry, Stop};
pub use scopes::{OpenScopes, Scope, ScopeVariables, Scopes, Symbol, Variables};
pub use table::rows;
pub use text::{Canonical, Digest};
