//! [`InsightError`]: why something could not be shown.

use cairo_zero_program::ProgramError;

/// Why something could not be shown.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct InsightError(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error(transparent)]
    Program(ProgramError),
    #[error("{0}")]
    Hints(String),
    #[error("the registers of step {0} can't be recovered")]
    Lost(u64),
}

impl From<ProgramError> for InsightError {
    fn from(error: ProgramError) -> Self {
        Self(Kind::Program(error))
    }
}
