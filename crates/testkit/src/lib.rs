//! What the tests share: the programs of `cairo_programs/`, running them on the reference and on
//! our binary, and finding the first difference.
//!
//! Never part of what ships. A test asks [`discover`] for the programs, makes a [`Job`] of each,
//! gives the jobs to an [`Engine`] ([`Ours`] or [`Reference`]) and puts the two [`Outcome`]s of
//! each job into [`compare`].

mod browser;
mod difference;
mod engine;
mod error_text;
mod known;
mod pie;
mod program;
mod reference;

pub use browser::Browser;
pub use difference::{Difference, compare, first_cell, first_line, first_step, main_message};
pub use engine::{Engine, Job, Ours, Outcome, REFERENCE_LAYOUTS};
pub use error_text::{KnownTexts, TextClass, compare_texts};
pub use known::KnownDifferences;
pub use pie::{compare_pies, pack_pie, unpack_pie};
pub use program::{Header, Program, compared, discover, root};
pub use reference::Reference;
