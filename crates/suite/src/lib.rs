//! A folder of programs held to recorded answers: finds them, runs each in a process of its own, and
//! says what has changed.
//!
//! It knows nothing of how a program is run: the command that runs one is given, and what it leaves
//! (exit status, what it prints, files) is all there is to compare.

mod answer;
mod case;
mod child;
mod compile;
mod digests;
mod report;
mod run;
mod settings;

use std::io;
use std::path::{Path, PathBuf};

pub use answer::{Answer, Moved, Run};
pub use case::{Case, Plan, ProgramFile, SUITE_FILE, find};
pub use child::{Child, ChildError, Ended};
pub use compile::Compiler;
pub use digests::Digests;
pub use report::{Report, Style};
pub use run::{Bless, Options, Partition, Progress, Verdict, Verified, run};
pub use settings::{Item, Seconds, Settings, Tolerance, Words};

/// Why no programs could be found.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct SuiteError(Kind);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("{}: {error}", path.display())]
    Path { path: PathBuf, error: io::Error },
}

impl SuiteError {
    fn path(path: &Path, error: io::Error) -> Self {
        Self(Kind::Path { path: path.to_owned(), error })
    }
}
