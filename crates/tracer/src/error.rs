//! [`TracerError`]: why a run could not be shown.

use std::io;

use cairo_zero_insight::InsightError;
use cairo_zero_program::ProgramError;

/// Why a run could not be shown.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct TracerError(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error(transparent)]
    Insight(InsightError),
    #[error(transparent)]
    Program(ProgramError),
    #[error("the tracer can't use port {port}: {error}")]
    Port { port: u16, error: io::Error },
    #[error("the system gives no random numbers for the tracer's address")]
    NoToken,
    #[error("the tracer can't serve its page: {0}")]
    Serving(io::Error),
}

impl From<InsightError> for TracerError {
    fn from(error: InsightError) -> Self {
        Self(Kind::Insight(error))
    }
}

impl From<ProgramError> for TracerError {
    fn from(error: ProgramError) -> Self {
        Self(Kind::Program(error))
    }
}
