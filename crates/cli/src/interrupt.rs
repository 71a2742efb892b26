//! Interruption: a run that is told to end removes its unfinished files and ends with the status
//! that shells know a signal by.

/// Has SIGINT, SIGTERM and SIGHUP end the process in order, wherever the run is, with status 128 and
/// the signal's number. Called before there are other threads: they leave the signals to the one that
/// waits for them, so that the run itself never has to look.
#[cfg(unix)]
pub(crate) fn end_cleanly() {
    use nix::sys::signal::{SigSet, Signal};

    let ignored = ignored_signals();
    let mut signals = SigSet::empty();
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        // What `nohup` or a shell has turned off stays off.
        if ignored >> (signal as u32 - 1) & 1 == 0 {
            signals.add(signal);
        }
    }
    if signals.thread_block().is_err() {
        return;
    }
    let wait = move || {
        let Ok(signal) = signals.wait() else { return };
        crate::outputs::remove_unfinished();
        let text = format!("Error: the run was interrupted ({signal}).\n");
        drop(std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes()));
        std::process::exit(128 + signal as i32);
    };
    let waiting = std::thread::Builder::new().name(String::from("signals")).spawn(wait);
    if waiting.is_err() {
        // Nobody would ever take them.
        let _ = signals.thread_unblock();
    }
}

/// The signals that the process was started to ignore, signal N in bit N - 1; none where the system
/// does not say.
#[cfg(unix)]
fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(not(unix))]
pub(crate) fn end_cleanly() {}
