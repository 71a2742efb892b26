//! The step loop of the Cairo machine.
//!
//! A [`Machine`] owns memory, builtins and the registers. [`Machine::run`] steps it: the common
//! instruction forms through specialised handlers chosen when an instruction is first reached
//! (`handlers.rs`), everything else through the generic step that follows the reference operand by
//! operand (`generic.rs`). No trace is recorded; [`Replay`] recovers the registers of every step
//! from the final memory, which is possible because memory is write-once.
//!
//! Invariants:
//! - the loop allocates nothing, hashes nothing and builds no text; a step that fails says so in one
//!   byte, and the error is made once, outside;
//! - a handler either does exactly what the generic step would do, or does nothing and calls it;
//! - this crate knows no JSON, file, layout or Python; hints come through [`HintHandler`].

mod accessed;
mod arithmetic;
mod erased;
mod error;
mod extensions;
mod generic;
mod handlers;
mod machine;
mod marks;
mod op;
mod replay;
mod rules;
mod run;

pub use accessed::Accessed;
pub use error::{ExecutionError, HintOr};
pub use extensions::STATE_WORDS;
pub use machine::{HintHandler, Machine, NoHints, Registers, Stopped};
pub use replay::{End, Frames, Leap, Reach, Replay, Stretch, Turn, Walk, depth_of};
pub use rules::{RuleError, Rules};
