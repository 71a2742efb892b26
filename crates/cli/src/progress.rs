//! `--progress`: how far a run and its files are, on the terminal of standard error.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// What takes less than this is over before anybody asks.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on the terminal that says how far things are, once they have taken a while.
pub(crate) struct Progress {
    began: Instant,
    /// The steps that are to be made, where that is known.
    steps: Option<u64>,
    /// The line while it is shown.
    bar: Mutex<Option<ProgressBar>>,
    made: AtomicU64,
    written: AtomicU64,
}

impl Progress {
    /// A line for a run of so many steps; none where standard error is no terminal.
    pub(crate) fn new(steps: Option<u64>) -> Option<Self> {
        let (bar, made, written) = (Mutex::new(None), AtomicU64::new(0), AtomicU64::new(0));
        io::stderr().is_terminal().then(|| Self {
            began: Instant::now(),
            steps,
            bar,
            made,
            written,
        })
    }

    /// Shows how far things are, if it is time for that.
    fn show(&self) {
        // What is shown is not worth waiting for.
        let Ok(mut bar) = self.bar.try_lock() else { return };
        if bar.is_none() && self.began.elapsed() < PATIENCE {
            return;
        }
        let bar = bar.get_or_insert_with(|| self.bar());
        bar.set_position(self.made.load(Ordering::Relaxed));
        match self.written.load(Ordering::Relaxed) >> 20 {
            0 => {}
            mib => bar.set_message(format!("{mib} MiB written")),
        }
    }

    fn bar(&self) -> ProgressBar {
        let bar = self.steps.map_or_else(ProgressBar::no_length, ProgressBar::new);
        let template = match self.steps {
            Some(_) => "{bar:30} {human_pos}/{human_len} steps {msg}",
            None => "{human_pos} steps {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar
    }

    /// So many steps have been made.
    pub(crate) fn steps(&self, steps: u64) {
        self.made.store(steps, Ordering::Relaxed);
        self.show();
    }

    /// A sink that says how much has been written through it.
    pub(crate) const fn watch<'a>(&'a self, sink: &'a mut dyn Write) -> Watched<'a> {
        Watched { sink, progress: self }
    }

    /// Takes the line away, for something else to be printed.
    pub(crate) fn clear(&self) {
        let bar = self.bar.lock().ok().and_then(|mut bar| bar.take());
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
    }
}

/// A sink that is watched.
pub(crate) struct Watched<'a> {
    sink: &'a mut dyn Write,
    progress: &'a Progress,
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.sink.write(bytes)?;
        self.progress.written.fetch_add(count as u64, Ordering::Relaxed);
        self.progress.show();
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}
