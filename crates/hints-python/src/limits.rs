//! [`Limits`]: how long a hint may run and how much memory hints may hold, and the watch over both.
//!
//! A thread looks every few milliseconds whether the hint that runs is still the one it saw before,
//! and how much memory is in use. A hint that is over a limit is ended in three stages, each given a
//! short while: an exception that `except Exception` does not catch; then, for hints that catch
//! everything, unwinding; and for one that never gets back to Python code at all (`sum(range(10**12))`
//! is one native loop), whatever [`Limits::stuck`] does, which can only end the process.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustpython_vm::builtins::PyTypeRef;
use rustpython_vm::signal::{UserSignalReceiver, UserSignalSender, user_signal_channel};
use rustpython_vm::{PyResult, VirtualMachine};

/// What is done about a hint that can't be ended: its number and the reason.
pub type Stuck = Arc<dyn Fn(u32, &str) + Send + Sync>;

/// What hints may use.
#[derive(Clone, Default)]
pub struct Limits {
    /// How long one hint may run.
    pub hint_timeout: Option<Duration>,
    /// How much memory hints may hold.
    pub memory: Option<MemoryLimit>,
    /// Called, on a thread of its own, with the number of a hint that can't be ended otherwise and
    /// the reason. It should end the process; if it comes back, the hint goes on.
    pub stuck: Option<Stuck>,
}

/// How much memory hints may hold.
#[derive(Clone, Copy, Debug)]
pub struct MemoryLimit {
    /// How many bytes the process has allocated at the moment.
    pub used: fn() -> usize,
    /// How many more bytes than at the interpreter's start there may be.
    pub most: usize,
}

/// The time between two looks.
const TICK: Duration = Duration::from_millis(20);

/// How long each stage of ending a hint is given.
const GRACE: Duration = Duration::from_millis(500);

/// What the watch and the thread of the hints share.
#[derive(Default)]
struct Shared {
    /// Odd while a hint runs; changes with each hint's begin and end.
    turn: AtomicU64,
    /// The number of the hint that runs.
    hint: AtomicU32,
    ended: AtomicBool,
    /// Why the hint of a turn was asked to end, if it was.
    asked: Mutex<Option<(u64, String)>>,
}

/// The panic that ends a hint which catches every exception, with the reason.
pub(crate) struct Unwound(pub(crate) String);

/// The watch over the hints of one interpreter.
#[derive(Default)]
pub(crate) struct Watch {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// The interpreter's end of the channel that interruptions come through.
pub(crate) struct Interruptions {
    pub(crate) sender: UserSignalSender,
    pub(crate) receiver: UserSignalReceiver,
}

/// A channel for interruptions.
pub(crate) fn interruptions() -> Interruptions {
    let (sender, receiver) = user_signal_channel();
    Interruptions { sender, receiver }
}

impl Watch {
    /// Begins to watch, if there is anything to be held to.
    pub(crate) fn start(limits: &Limits, sender: UserSignalSender) -> Self {
        let shared = Arc::new(Shared::default());
        if limits.hint_timeout.is_none() && limits.memory.is_none() {
            return Self { shared, thread: None };
        }
        let baseline = limits.memory.map_or(0, |memory| (memory.used)());
        let watcher =
            Watcher { shared: Arc::clone(&shared), limits: limits.clone(), baseline, sender };
        // Without a thread there are no limits, which is better than no run.
        let thread = thread::Builder::new().name("watch".to_owned()).spawn(|| watcher.run());
        Self { shared, thread: thread.ok() }
    }

    /// A hint begins.
    pub(crate) fn enter(&self, hint: u32) {
        self.shared.hint.store(hint, Ordering::Relaxed);
        self.shared.turn.fetch_add(1, Ordering::Release);
    }

    /// Why the hint that runs was asked to end, if it was: an interruption can come where the
    /// interpreter is not made for one, and then it panics.
    pub(crate) fn asked(&self) -> Option<String> {
        let turn = self.shared.turn.load(Ordering::Acquire);
        let mut asked = self.shared.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.take().filter(|(of, _)| *of == turn).map(|(_, reason)| reason)
    }

    /// The hint has ended.
    pub(crate) fn leave(&self) {
        self.shared.turn.fetch_add(1, Ordering::Release);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
        }
    }
}

struct Watcher {
    shared: Arc<Shared>,
    limits: Limits,
    baseline: usize,
    sender: UserSignalSender,
}

impl Watcher {
    fn run(self) {
        let mut turn = 0;
        let mut since = Instant::now();
        let mut over: Option<(Instant, String)> = None;
        while !self.shared.ended.load(Ordering::Acquire) {
            thread::park_timeout(TICK);
            let now = self.shared.turn.load(Ordering::Acquire);
            if now != turn || now.is_multiple_of(2) {
                (turn, since, over) = (now, Instant::now(), None);
            }
            if turn.is_multiple_of(2) {
                continue;
            }
            if over.is_none() {
                over = self.excess(since).map(|reason| (Instant::now(), reason));
            }
            if let Some((asked, reason)) = &over {
                self.end(turn, asked.elapsed(), reason);
            }
        }
    }

    /// Why the hint that has run since then has to end, if it has.
    fn excess(&self, since: Instant) -> Option<String> {
        if let Some(memory) = &self.limits.memory
            && (memory.used)().saturating_sub(self.baseline) > memory.most
        {
            let most = memory.most >> 20;
            return Some(format!(
                "hints hold more than {most} MiB of memory; --max_memory sets another limit"
            ));
        }
        let timeout = self.limits.hint_timeout.filter(|timeout| since.elapsed() >= *timeout)?;
        Some(format!(
            "the hint has run for more than {} seconds; --hint_timeout sets another limit",
            timeout.as_secs_f64()
        ))
    }

    /// Has the hint end, by the means that its stage asks for. One interruption may be lost, so they
    /// are sent again.
    fn end(&self, turn: u64, waited: Duration, reason: &str) {
        if waited >= GRACE * 2 {
            if let Some(stuck) = &self.limits.stuck {
                stuck(self.shared.hint.load(Ordering::Relaxed), reason);
            }
            return;
        }
        *self.shared.asked.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((turn, reason.to_owned()));
        let (shared, reason) = (Arc::clone(&self.shared), reason.to_owned());
        let raises = waited < GRACE;
        let interruption = move |vm: &VirtualMachine| -> PyResult<()> {
            if shared.turn.load(Ordering::Acquire) != turn {
                // Meant for a hint that has ended meanwhile.
                return Ok(());
            }
            if raises {
                return Err(vm.new_exception_msg(class(vm), reason.into()));
            }
            resume_unwind(Box::new(Unwound(reason)))
        };
        // Nobody listens when the interpreter is gone.
        let _ = self.sender.send(Box::new(interruption));
    }
}

/// The exception of a hint that is over a limit. It is no `Exception`, so that few hints catch it.
fn class(vm: &VirtualMachine) -> PyTypeRef {
    let base = vm.ctx.exceptions.base_exception_type.to_owned();
    vm.ctx.new_exception_type("cairo_run", "LimitExceeded", Some(vec![base]))
}
