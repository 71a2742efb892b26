//! [`Answer`]: what is recorded of a program's runs, as text that people can read, and what differs
//! between two.

use std::collections::BTreeMap;

use similar::TextDiff;

use crate::settings::Tolerance;

/// What begins the line above each part.
const MARK: &str = "===";

/// Lines around a difference.
const CONTEXT: usize = 3;

/// Lines that are looked at for the first hunk of a difference.
const WINDOW: usize = 400;

/// Lines of a hunk that are shown.
const MOST_LINES: usize = 40;

/// What is recorded of a program's runs.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The run itself, and its variants.
    pub runs: Vec<Run>,
}

/// What is recorded of one run.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// The name of the variant; empty for the run itself.
    pub variant: String,
    /// The exit status.
    pub status: i32,
    /// Counts by name, such as `steps`.
    pub counts: Vec<(String, u64)>,
    /// Texts by name, such as `stdout`.
    pub texts: Vec<(&'static str, String)>,
}

/// A count that is not what is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What is counted; the variant comes first if there is one.
    pub what: String,
    /// The recorded count.
    pub recorded: u64,
    /// The count now.
    pub now: u64,
}

impl Answer {
    /// The text that is recorded.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (at, run) in self.runs.iter().enumerate() {
            text.push_str(&format!("{}\n", heading(&run.variant)));
            if at > 0 && self.runs.first().is_some_and(|first| run.is_like(first)) {
                text.push_str("the same\n");
                continue;
            }
            text.push_str(&format!("status: {}\n", run.status));
            for (name, count) in &run.counts {
                text.push_str(&format!("{name}: {count}\n"));
            }
            for (name, body) in &run.texts {
                text.push_str(&format!("{MARK} {name}\n"));
                push_body(&mut text, body);
            }
        }
        text
    }

    /// Compares with what is recorded, with counts that may be off by the tolerances. Gives the
    /// difference, if there is one, and the counts that have changed.
    #[must_use]
    pub fn compare(
        &self,
        recorded: &str,
        tolerances: &BTreeMap<String, Tolerance>,
    ) -> (Option<String>, Vec<Moved>) {
        let counts = counts_in(recorded);
        let mut near = self.clone();
        let mut moved = Vec::new();
        for run in &mut near.runs {
            for (name, count) in &mut run.counts {
                let key = (run.variant.clone(), name.clone());
                let Some(recorded) = counts.get(&key).filter(|recorded| *recorded != count) else {
                    continue;
                };
                let what = [&*run.variant, name].join(" ").trim_start().to_owned();
                moved.push(Moved { what, recorded: *recorded, now: *count });
                if tolerances.get(name).is_some_and(|most| most.allows(*recorded, *count)) {
                    *count = *recorded;
                }
            }
        }
        let near = near.text();
        let difference = (near != recorded).then(|| first_hunk(recorded, &near));
        (difference, moved)
    }

    /// The recorded text called `name` of a variant.
    #[must_use]
    pub fn recorded_text(recorded: &str, variant: &str, name: &str) -> Option<String> {
        let own = heading(variant);
        let mut lines = recorded.lines().skip_while(|line| *line != own).skip(1);
        let part = format!("{MARK} {name}");
        let found = lines.by_ref().take_while(|line| !is_run(line)).any(|line| line == part);
        let body =
            lines.take_while(|line| !line.starts_with(MARK)).map(|line| [line, "\n"].concat());
        found.then(|| body.collect())
    }
}

impl Run {
    /// Whether it came out as another did.
    fn is_like(&self, other: &Self) -> bool {
        self.status == other.status && self.counts == other.counts && self.texts == other.texts
    }
}

/// The line above a run.
fn heading(variant: &str) -> String {
    format!("{MARK} run {variant}").trim_end().to_owned()
}

fn is_run(line: &str) -> bool {
    line.strip_prefix(MARK).is_some_and(|rest| rest == " run" || rest.starts_with(" run "))
}

/// Adds the lines of a text so that none can be taken for one of ours.
fn push_body(text: &mut String, body: &str) {
    for line in body.lines() {
        if line.starts_with(MARK) || line.starts_with('\\') {
            text.push('\\');
        }
        text.push_str(line);
        text.push('\n');
    }
    if !body.is_empty() && !body.ends_with('\n') {
        text.push_str("\\ no newline at the end\n");
    }
}

/// The counts of a recorded text, by variant and name.
fn counts_in(recorded: &str) -> BTreeMap<(String, String), u64> {
    let mut counts = BTreeMap::new();
    let mut variant = None;
    for line in recorded.lines() {
        if is_run(line) {
            let name = line.trim_start_matches(MARK).trim_start().trim_start_matches("run");
            variant = Some(name.trim_start().to_owned());
        } else if line.starts_with(MARK) {
            variant = None;
        } else if let (Some(variant), Some((name, count))) = (&variant, line.split_once(": "))
            && let Ok(count) = count.parse()
        {
            counts.insert((variant.clone(), name.to_owned()), count);
        }
    }
    counts
}

/// The first hunk of the unified diff of two texts that differ.
fn first_hunk(recorded: &str, now: &str) -> String {
    let same = recorded.lines().zip(now.lines()).take_while(|(a, b)| a == b).count();
    let first = same.saturating_sub(CONTEXT);
    let window = |text: &str| {
        let lines = text.split_inclusive('\n').skip(first).take(WINDOW);
        lines.collect::<String>()
    };
    let (recorded, now) = (window(recorded), window(now));
    let difference = TextDiff::from_lines(&recorded, &now);
    let mut unified = difference.unified_diff();
    unified.context_radius(CONTEXT).missing_newline_hint(true);
    let Some(hunk) = unified.iter_hunks().next() else { return String::new() };
    let hunk = hunk.to_string();
    // The numbers of the lines are those of the window.
    let lines: Vec<&str> = hunk.lines().skip(1).collect();
    let mut text = format!("--- recorded\n+++ now\n@@ from line {} @@\n", first + 1);
    for line in lines.iter().take(MOST_LINES) {
        text.push_str(line);
        text.push('\n');
    }
    if lines.len() > MOST_LINES {
        text.push_str(&format!("... {} lines more\n", lines.len() - MOST_LINES));
    }
    text
}
