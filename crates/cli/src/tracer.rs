//! `--tracer` and `--tracer_html`: a run that is over, shown in a browser or kept as a page.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, Result};
use cairo_zero_hints::Whereabouts;
use cairo_zero_runner::{Layout, Past, Relocated, RunError};
use cairo_zero_tracer::{Print, Server, Setting, Tracing};

use crate::args::Args;
use crate::outputs::Outputs;

/// The most bytes that are kept of what hints print.
const MOST_PRINTED: usize = 1 << 20;

/// What shows the run once it is over, if it is asked for.
pub(crate) struct Show {
    title: String,
    layout: Layout,
    server: Option<Server>,
    kept: Rc<RefCell<Kept>>,
    whereabouts: Whereabouts,
}

/// What hints have printed.
#[derive(Default)]
struct Kept {
    prints: Vec<Print>,
    bytes: usize,
    cut: bool,
}

/// A sink for what hints print that keeps a copy, with where they did.
struct Copying<W> {
    sink: W,
    kept: Rc<RefCell<Kept>>,
    whereabouts: Whereabouts,
}

impl Show {
    /// Takes the port, so that one that is taken is known before the run; `None` if nobody is to look.
    ///
    /// # Errors
    /// When the port can't be had.
    pub(crate) fn new(args: &Args, path: &Path, layout: &Layout) -> Result<Option<Self>> {
        if !args.tracer && args.tracer_html.is_none() {
            return Ok(None);
        }
        let server = args.tracer.then(|| Server::bind(args.tracer_port)).transpose()?;
        Ok(Some(Self {
            title: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            layout: layout.clone(),
            server,
            kept: Rc::default(),
            whereabouts: Rc::new(Cell::new((0, None))),
        }))
    }

    /// Where hints are to say where they run.
    pub(crate) fn whereabouts(&self) -> Whereabouts {
        Rc::clone(&self.whereabouts)
    }

    /// A sink for what hints print.
    pub(crate) fn copying(&self, sink: impl Write + 'static) -> impl Write + 'static {
        let whereabouts = self.whereabouts();
        Copying { sink, kept: Rc::clone(&self.kept), whereabouts }
    }

    /// The page of a run that has reached its end: written to its file, and shown until the process is
    /// told to end.
    ///
    /// # Errors
    /// When it can't be.
    pub(crate) fn ended(self, outputs: &mut Outputs, run: &Relocated) -> Result<()> {
        let setting = self.setting(None);
        let tracing = Tracing::of(&run.past(), Some(run.table().clone()), setting)?;
        outputs.write_tracing(&tracing)?;
        self.serve(&tracing)
    }

    /// Writes the page of a run that has failed to its file, and gives what is to be served.
    ///
    /// # Errors
    /// When that can't be.
    pub(crate) fn failed<'a>(
        &self,
        outputs: &mut Outputs,
        past: Past<'a>,
        error: &RunError,
    ) -> Result<Tracing<'a>> {
        let setting = self.setting(Some(error.to_string()));
        // A segment too large for its place is shown without it.
        let tracing = Tracing::of(&past, past.table().ok(), setting)?;
        outputs.write_tracing(&tracing)?;
        Ok(tracing)
    }

    fn setting(&self, error: Option<String>) -> Setting {
        let kept = self.kept.take();
        Setting {
            title: self.title.clone(),
            layout: self.layout.clone(),
            error,
            prints: kept.prints,
            prints_cut: kept.cut,
        }
    }

    /// Shows a run until the process is told to end, if a port was asked for.
    ///
    /// # Errors
    /// When nobody can connect any more.
    pub(crate) fn serve(self, tracing: &Tracing<'_>) -> Result<()> {
        let Some(server) = self.server else { return Ok(()) };
        // The reference prints these two lines. Whoever reads the first may not wait for the second.
        let lines = format!("Running tracer on {}\n\n", server.address());
        let mut out = io::stdout().lock();
        let printed = out.write_all(lines.as_bytes()).and_then(|()| out.flush());
        printed.context("can't print the address of the tracer")?;
        drop(out);
        server.serve(tracing, || false).context("the tracer has ended")
    }
}

impl<W: Write> Write for Copying<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.sink.write(bytes)?;
        if let (step, Some(pc)) = self.whereabouts.get() {
            self.kept.borrow_mut().add(step, pc, &String::from_utf8_lossy(&bytes[..count]));
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

impl Kept {
    fn add(&mut self, step: u64, pc: cairo_zero_core::Value, text: &str) {
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > MOST_PRINTED {
            self.cut = true;
            return;
        }
        match self.prints.last_mut() {
            Some(last) if (last.step, last.pc) == (step, pc) => last.text.push_str(text),
            _ => self.prints.push(Print { step, pc, text: text.to_owned() }),
        }
    }
}
