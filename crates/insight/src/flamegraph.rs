//! The profile as a flame graph.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use inferno::flamegraph::{Options, from_lines};

use crate::Profile;
use crate::profile::Way;

impl Profile {
    /// Writes a flame graph of the steps, an SVG for browsers: a box for each function below its
    /// caller's, as wide as its share of the steps. A function that calls itself is one box.
    ///
    /// # Errors
    /// When `out` does not take it, or no step was made.
    pub fn write_flamegraph(&self, title: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut stacks: BTreeMap<String, u64> = BTreeMap::new();
        let mut callers: HashMap<Way, Vec<&str>> = HashMap::new();
        for sample in self.samples() {
            let names = callers.entry(sample.way).or_insert_with(|| {
                let backs: Vec<_> = self.frames(sample.way).collect();
                backs.iter().rev().map(|back| self.code.scope(*back)).collect()
            });
            let mut stack: Vec<&str> = names.clone();
            stack.push(self.code.scope(sample.at));
            stack.dedup();
            let steps = stacks.entry(stack.join(";")).or_default();
            *steps = steps.saturating_add(sample.steps);
        }
        if stacks.is_empty() {
            return Err(io::Error::other("the run has made no step"));
        }
        let lines: Vec<String> =
            stacks.into_iter().map(|(stack, steps)| format!("{stack} {steps}")).collect();
        let mut options = Options::default();
        options.title = title.to_owned();
        options.count_name = String::from("steps");
        options.hash = true;
        from_lines(&mut options, lines.iter().map(String::as_str), out)
            .map_err(|error| io::Error::other(error.to_string()))
    }
}
