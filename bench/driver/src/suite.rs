//! The order of the runs: for every mode and program a warm-up of each side, which also tells the
//! number of steps and whether the output files agree, then the pairs.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::options::{Mode, Options};
use crate::process::{self, Sample};
use crate::stats::median;
use crate::table::Entry;

/// Which of the two programs.
#[derive(Clone, Copy)]
enum Side {
    Ours,
    Peer,
}

/// The runs of one program in one mode.
pub struct Row {
    pub name: String,
    pub layout: String,
    pub mode: Mode,
    /// Steps of the run, padding included, if either side tells.
    pub steps: Option<u64>,
    /// Ours and the peer's, in the order they ran.
    pub pairs: Vec<(Sample, Sample)>,
}

impl Row {
    /// The figure `of` every pair, as a median.
    pub fn median(&self, of: impl Fn(&(Sample, Sample)) -> f64) -> f64 {
        median(self.pairs.iter().map(of))
    }
}

/// The runs of a program that the peer can't run.
pub struct Alone {
    pub name: String,
    pub layout: String,
    pub steps: Option<u64>,
    /// How many Python hints each run has.
    pub hints: u32,
    pub runs: Vec<Sample>,
}

/// All that a report tells.
pub struct Results {
    pub pairs: usize,
    pub modes: Vec<Mode>,
    pub rows: Vec<Row>,
    /// How many programs are still to be measured, each mode for itself.
    pub left: usize,
    /// Measured without the peer, in the mode `run`.
    pub alone: Vec<Alone>,
    /// Programs that could not be measured, and disagreements, each one sentence.
    pub problems: Vec<String>,
    /// A process that does nothing.
    pub floor: Option<Sample>,
    /// Name and value of what the figures depend on.
    pub machine: Vec<(&'static str, String)>,
}

/// Measures every entry in every mode that was asked for, and gives `report` what there is so far
/// after each of them.
///
/// # Errors
/// If a binary is missing, or from `report`; a program that fails becomes a problem in the report.
pub fn run(
    options: &Options,
    entries: &[Entry],
    report: impl Fn(&Results) -> Result<(), String>,
) -> Result<Results, String> {
    for binary in [&options.ours, &options.peer] {
        if !binary.is_file() {
            return Err(format!("{}: not built", binary.display()));
        }
    }
    let jobs: Vec<Job<'_>> =
        options.modes.iter().flat_map(|mode| jobs(options, entries, *mode)).collect();
    let mut results = Results {
        pairs: options.pairs,
        modes: options.modes.clone(),
        rows: Vec::new(),
        left: jobs.len(),
        alone: Vec::new(),
        problems: Vec::new(),
        floor: process::floor(),
        machine: machine(),
    };
    // From the start on the files are of this bench, and not of one before.
    report(&results)?;
    for job in jobs {
        let what = format!("{} ({})", job.entry.name, job.mode.name());
        eprintln!("{what}");
        let done = match job.entry.hints {
            Some(hints) => job.measure_alone(hints).map(|alone| results.alone.push(alone)),
            None => job.measure(&mut results.problems).map(|row| results.rows.push(row)),
        };
        if let Err(why) = done {
            results.problems.push(format!("{what} not measured: {why}"));
        }
        results.left -= 1;
        report(&results)?;
    }
    Ok(results)
}

/// What is to be measured in a mode.
fn jobs<'a>(
    options: &'a Options,
    entries: &'a [Entry],
    mode: Mode,
) -> impl Iterator<Item = Job<'a>> {
    let wanted = move |entry: &&Entry| {
        options.only.as_ref().is_none_or(|part| entry.name.contains(part))
            && (entry.hints.is_none() || mode == Mode::Run)
    };
    entries.iter().filter(wanted).filter_map(move |entry| {
        let program = match mode {
            Mode::Proof => entry.proof.as_deref()?,
            _ => entry.program.as_path(),
        };
        Some(Job { options, entry, mode, program })
    })
}

/// One program in one mode.
struct Job<'a> {
    options: &'a Options,
    entry: &'a Entry,
    mode: Mode,
    program: &'a Path,
}

impl Job<'_> {
    fn measure(&self, problems: &mut Vec<String>) -> Result<Row, String> {
        if !self.program.is_file() {
            return Err(format!("{} is not there", self.program.display()));
        }
        let result = self.warm_up(problems).and_then(|(steps, memory)| {
            let mut pairs = Vec::with_capacity(self.options.pairs);
            for _ in 0..self.options.pairs {
                let ours = self.sample(Side::Ours, memory)?;
                pairs.push((ours, self.sample(Side::Peer, memory)?));
            }
            Ok(Row {
                name: self.entry.name.clone(),
                layout: self.entry.layout.clone(),
                mode: self.mode,
                steps,
                pairs,
            })
        });
        self.remove_files();
        result
    }

    /// Measures our side alone, once before for the number of steps.
    fn measure_alone(&self, hints: u32) -> Result<Alone, String> {
        let steps = steps(&process::output(self.command(Side::Ours).arg("--print_info"))?);
        let memory = 2 * self.sample(Side::Ours, 0)?.peak / 1024 + 128;
        let runs = (0..self.options.pairs).map(|_| self.sample(Side::Ours, memory));
        Ok(Alone {
            name: self.entry.name.clone(),
            layout: self.entry.layout.clone(),
            steps,
            hints,
            runs: runs.collect::<Result<_, _>>()?,
        })
    }

    /// One measured run, after `memory` MiB have been made ready.
    fn sample(&self, side: Side, memory: u64) -> Result<Sample, String> {
        process::settle(memory);
        let sample = process::measure(&mut self.command(side));
        self.remove_files();
        sample
    }

    /// Runs both sides unmeasured. Returns the number of steps, and the MiB of memory to make
    /// ready before a run: twice what the greedier side takes, files included, and some.
    fn warm_up(&self, problems: &mut Vec<String>) -> Result<(Option<u64>, u64), String> {
        let ours = steps(&process::output(self.command(Side::Ours).arg("--print_info"))?);
        let peer = steps(&process::output(self.command(Side::Peer).arg("--print_info"))?);
        let what = format!("{} ({})", self.entry.name, self.mode.name());
        if let (Some(ours), Some(peer)) = (ours, peer)
            && ours != peer
        {
            problems.push(format!("{what}: {ours} steps in ours, {peer} in the peer"));
        }
        for kind in ["trace", "memory"] {
            let [ours, peer] = [Side::Ours, Side::Peer].map(|side| self.file(side, kind));
            if let (Some(ours), Some(peer)) = (ours, peer)
                && let Some(place) = first_difference(&ours, &peer)?
            {
                problems.push(format!("{what}: the {kind} files differ from byte {place}"));
            }
        }
        let files = ["trace", "memory"]
            .iter()
            .filter_map(|kind| self.file(Side::Peer, kind)?.metadata().ok())
            .map(|file| file.len() >> 20);
        let files: u64 = files.sum();
        self.remove_files();
        let peak = self.sample(Side::Ours, 0)?.peak.max(self.sample(Side::Peer, 0)?.peak);
        Ok((ours.or(peer), 2 * (peak / 1024 + files) + 128))
    }

    fn command(&self, side: Side) -> Command {
        let mut command = Command::new(match side {
            Side::Ours => &self.options.ours,
            Side::Peer => &self.options.peer,
        });
        command.arg("--program").arg(self.program);
        command.arg("--layout").arg(&self.entry.layout);
        if self.mode == Mode::Proof {
            command.arg("--proof_mode");
        }
        for (flag, kind) in [("--trace_file", "trace"), ("--memory_file", "memory")] {
            let path = self.file(side, kind);
            let null = (self.mode == Mode::Null).then(|| OsStr::new("/dev/null"));
            if let Some(path) = path.as_ref().map(|path| path.as_os_str()).or(null) {
                command.arg(flag).arg(path);
            }
        }
        command
    }

    /// The real file that a side writes in this mode.
    fn file(&self, side: Side, kind: &str) -> Option<PathBuf> {
        let side = match side {
            Side::Ours => "ours",
            Side::Peer => "peer",
        };
        matches!(self.mode, Mode::File | Mode::Proof)
            .then(|| self.options.out.join(format!("{side}.{kind}")))
    }

    /// Removes the files, so that no run pays for overwriting or flushing those of another.
    fn remove_files(&self) {
        for side in [Side::Ours, Side::Peer] {
            for path in ["trace", "memory"].iter().filter_map(|kind| self.file(side, kind)) {
                // Not there is as good as removed.
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

/// The number in the line `Number of steps: 5 (originally, 5)`.
fn steps(stdout: &str) -> Option<u64> {
    let rest = stdout.lines().find_map(|line| line.strip_prefix("Number of steps: "))?;
    rest.split_whitespace().next()?.parse().ok()
}

/// Where two files first differ, the end of the shorter one included.
fn first_difference(a: &Path, b: &Path) -> Result<Option<u64>, String> {
    let open = |path: &Path| {
        let file = File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok::<_, String>(BufReader::with_capacity(1 << 16, file).bytes())
    };
    let (mut a, mut b) = (open(a)?, open(b)?);
    for place in 0.. {
        match (a.next().transpose(), b.next().transpose()) {
            (Ok(None), Ok(None)) => break,
            (Ok(x), Ok(y)) if x == y => {}
            (Ok(_), Ok(_)) => return Ok(Some(place)),
            (Err(e), _) | (_, Err(e)) => return Err(e.to_string()),
        }
    }
    Ok(None)
}

fn machine() -> Vec<(&'static str, String)> {
    let file = |path: &str| std::fs::read_to_string(path).unwrap_or_default().trim().to_owned();
    let said = |program: &str, args: &[&str]| {
        process::output(Command::new(program).args(args))
            .map_or_else(|_| String::from("unknown"), |text| text.trim().to_owned())
    };
    let cpuinfo = file("/proc/cpuinfo");
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name"));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    vec![
        ("cpu", model.unwrap_or("unknown").trim_start_matches(['\t', ' ', ':']).to_owned()),
        ("cores", cores.to_string()),
        ("kernel", file("/proc/sys/kernel/osrelease")),
        ("transparent huge pages", file("/sys/kernel/mm/transparent_hugepage/enabled")),
        ("load before the bench", file("/proc/loadavg")),
        ("commit", said("git", &["describe", "--always", "--dirty"])),
        ("compiler", said("rustc", &["--version"])),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn step_line() {
        assert_eq!(super::steps("x\nNumber of steps: 8 (originally, 5)\n"), Some(8));
        assert_eq!(super::steps("Number of steps: 1500009\n"), Some(1_500_009));
        assert_eq!(super::steps("Used memory cells: 3\n"), None);
    }
}
