//! [`Child`]: a process of its own for a run, so that nothing it does reaches the others.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes that a process may print to each of its outputs.
const MOST_PRINTED: u64 = 256 << 20;

/// A process to be started.
#[derive(Debug, Clone)]
pub struct Child {
    /// What is started.
    pub command: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// The folder that it is started in.
    pub folder: PathBuf,
}

/// What a process has left behind.
#[derive(Debug)]
pub struct Ended {
    /// The exit status; negative for the signal that ended it.
    pub status: i32,
    /// What it has printed to standard output.
    pub stdout: Vec<u8>,
    /// What it has printed to standard error.
    pub stderr: Vec<u8>,
    /// How long it took.
    pub time: Duration,
}

/// Why a process did not end by itself.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// It could not be started or waited for.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It took too long.
    #[error("did not end within {} s", .0.as_secs_f64())]
    TimedOut(Duration),
    /// It printed too much.
    #[error("prints more than {} MiB", .0 >> 20)]
    PrintsTooMuch(u64),
}

impl Child {
    /// `command` without arguments, to be started in `folder`.
    #[must_use]
    pub fn new(command: &Path, folder: &Path) -> Self {
        Self { command: command.to_owned(), arguments: Vec::new(), folder: folder.to_owned() }
    }

    /// Runs the process to its end, or for `limit`, then it is killed.
    ///
    /// # Errors
    /// When it can't be started, takes too long or prints too much.
    pub fn run(&self, limit: Duration) -> Result<Ended, ChildError> {
        let start = Instant::now();
        let mut child = Command::new(&self.command)
            .args(&self.arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (send, received) = mpsc::channel();
        let read = |number: usize, pipe: Option<Box<dyn Read + Send>>| {
            let send = send.clone();
            thread::spawn(move || {
                let text = pipe.map_or_else(|| Ok(Vec::new()), read_all);
                // Nobody waits for it any more if the process has been killed.
                drop(send.send((number, text)));
            });
        };
        read(0, stdout.map(|pipe| Box::new(pipe) as _));
        read(1, stderr.map(|pipe| Box::new(pipe) as _));
        drop(send);
        // Both pipes are closed when the process has ended.
        let mut texts = [Vec::new(), Vec::new()];
        for _ in 0..texts.len() {
            let text = match received.recv_timeout(limit.saturating_sub(start.elapsed())) {
                Ok((number, Ok(text))) => {
                    texts[number] = text;
                    Ok(())
                }
                Ok((_, Err(error))) => Err(error),
                Err(RecvTimeoutError::Timeout) => Err(ChildError::TimedOut(limit)),
                Err(RecvTimeoutError::Disconnected) => {
                    Err(io::Error::other("a pipe was lost").into())
                }
            };
            if let Err(error) = text {
                // It may have ended by itself meanwhile.
                drop(child.kill());
                child.wait()?;
                return Err(error);
            }
        }
        let status = loop {
            match child.try_wait()? {
                Some(status) => break status,
                None if start.elapsed() < limit => thread::sleep(Duration::from_micros(200)),
                None => {
                    drop(child.kill());
                    child.wait()?;
                    return Err(ChildError::TimedOut(limit));
                }
            }
        };
        let [stdout, stderr] = texts;
        Ok(Ended { status: code(status), stdout, stderr, time: start.elapsed() })
    }
}

fn read_all(pipe: Box<dyn Read + Send>) -> Result<Vec<u8>, ChildError> {
    let mut text = Vec::new();
    pipe.take(MOST_PRINTED + 1).read_to_end(&mut text)?;
    if text.len() as u64 > MOST_PRINTED {
        return Err(ChildError::PrintsTooMuch(MOST_PRINTED));
    }
    Ok(text)
}

#[cfg(unix)]
fn code(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status.code().or_else(|| status.signal().map(|signal| -signal)).unwrap_or(-1)
}

#[cfg(not(unix))]
fn code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}
