//! One measured run of one process.
//!
//! The time is the wall clock from before the spawn until the process has been waited for. Peak
//! memory is `ru_maxrss` of that process alone, from `wait4`. The kernel carries the peak of the
//! address space that called `exec` over into the new process, and a spawned child shares this
//! driver's address space until then: figures below the driver's own peak (some 2 MB) cannot be
//! seen, which [`floor`] makes visible. So the driver keeps small: it holds no program's output.
//!
//! On a virtual machine that gives free memory back to its host, the first touch of such a page
//! costs a fault in the host: the same run was seen to take 0.12 s or 0.45 s, all of the difference
//! system time. So before a measured run another process takes memory and frees it again
//! ([`settle`]), and the run finds pages that the machine already holds.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// CPU seconds after which a run is killed, so that an endless program ends the bench.
const CPU_LIMIT: u64 = 600;

/// What one run took.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Wall time, from before the spawn to after the wait.
    pub wall: Duration,
    /// User and system time of the process.
    pub cpu: Duration,
    /// Peak resident memory, in KiB.
    pub peak: u64,
}

/// Runs `command` with its stdout and stderr discarded.
///
/// # Errors
/// If it cannot be started or does not exit with 0.
pub fn measure(command: &mut Command) -> Result<Sample, String> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let child = command.spawn().map_err(|e| not_started(command, &e))?;
    let pid = libc::pid_t::try_from(child.id()).map_err(|e| e.to_string())?;
    limit_cpu(pid);
    let (status, usage) = wait(pid)?;
    let wall = start.elapsed();
    if !(libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0) {
        return Err(format!("{}: {}", shown(command), ending(status)));
    }
    Ok(Sample {
        wall,
        cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
        peak: u64::try_from(usage.ru_maxrss).unwrap_or(0),
    })
}

/// Runs `command` unmeasured and returns its stdout.
///
/// # Errors
/// If it cannot be started or does not exit with 0; the message ends with its last line of stderr.
pub fn output(command: &mut Command) -> Result<String, String> {
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| not_started(command, &e))?;
    limit_cpu(libc::pid_t::try_from(child.id()).map_err(|e| e.to_string())?);
    let output = child.wait_with_output().map_err(|e| not_started(command, &e))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let last = stderr.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    Err(format!("{}: {}: {}", shown(command), output.status, last.trim()))
}

/// The hidden argument under which this program is the process that touches memory.
pub const TOUCH: &str = "--touch-mebibytes";

/// Lets another process touch and free `mebibytes` of memory, at most a quarter of what is free.
pub fn settle(mebibytes: u64) {
    let Ok(driver) = std::env::current_exe() else {
        return;
    };
    let amount = mebibytes.min(available().unwrap_or(mebibytes * 4) / 4);
    // If it fails, only the noise is greater.
    let _ = measure(Command::new(driver).arg(TOUCH).arg(amount.to_string()));
}

/// What the process started by [`settle`] does.
pub fn touch(mebibytes: usize) {
    let mut memory = vec![0_u8; mebibytes << 20];
    for byte in memory.iter_mut().step_by(4096) {
        *std::hint::black_box(byte) = 1;
    }
}

/// The line `MemAvailable` of `/proc/meminfo`, in MiB.
fn available() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024)
}

/// What a process that does nothing shows: the least that can be seen of any run.
pub fn floor() -> Option<Sample> {
    let nothing =
        ["/bin/true", "/usr/bin/true"].into_iter().find(|path| Path::new(path).exists())?;
    (0..5).filter_map(|_| measure(&mut Command::new(nothing)).ok()).min_by_key(|s| s.wall)
}

fn wait(pid: libc::pid_t) -> Result<(libc::c_int, libc::rusage), String> {
    let mut status = 0;
    // SAFETY: rusage is a C struct of integers, for which all zeros is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: both pointers are to live locals of the types wait4 writes.
        let reaped = unsafe { libc::wait4(pid, &raw mut status, 0, &raw mut usage) };
        if reaped == pid {
            return Ok((status, usage));
        }
        let error = std::io::Error::last_os_error();
        if error.kind() != std::io::ErrorKind::Interrupted {
            return Err(format!("wait4: {error}"));
        }
    }
}

fn limit_cpu(pid: libc::pid_t) {
    let limit = libc::rlimit { rlim_cur: CPU_LIMIT, rlim_max: CPU_LIMIT };
    // SAFETY: `limit` lives through the call, no old limit is asked for, and `pid` is a child that
    // has not been waited for, so the number is still its own. A failure only means no limit.
    unsafe { libc::prlimit(pid, libc::RLIMIT_CPU, &raw const limit, std::ptr::null_mut()) };
}

fn seconds(time: libc::timeval) -> Duration {
    let part = |n: i64| u64::try_from(n).unwrap_or(0);
    Duration::from_secs(part(time.tv_sec)) + Duration::from_micros(part(time.tv_usec))
}

fn ending(status: libc::c_int) -> String {
    if libc::WIFSIGNALED(status) {
        format!("killed by signal {}", libc::WTERMSIG(status))
    } else {
        format!("exit status {}", libc::WEXITSTATUS(status))
    }
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("{}: {error}", command.get_program().to_string_lossy())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
