//! [`Settings`]: how a program is run and what is recorded of it.
//!
//! They are TOML: a file beside the program, or lines in the comments of its source.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

/// What begins the flags in the comments of a source.
const FLAGS: &str = "// flags: ";

/// What begins the result to expect in the comments of a source.
const EXPECT: &str = "// expect: ";

/// What begins a line with any other setting in the comments of a source.
const SETTING: &str = "// suite: ";

/// How a program is run and what is recorded of it. Paths are relative to the root of the suite.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Flags of `cairo-run`.
    pub flags: Words,
    /// The layout.
    pub layout: Option<String>,
    /// What hints see as `program_input`.
    pub program_input: Option<PathBuf>,
    /// The exit status that the run must have; 0 if not given.
    pub status: Option<i32>,
    /// What is recorded beside the exit status; [`Item::USUAL`] if not given.
    pub record: Option<Vec<Item>>,
    /// How far counts may be from the recorded ones, by name: `steps`, `memory_cells`, or a builtin.
    pub tolerance: BTreeMap<String, Tolerance>,
    /// How long the run may take.
    pub timeout: Option<Seconds>,
    /// How many MiB the memory cells, or what hints keep besides, may take.
    pub max_memory: Option<u64>,
    /// Why the program is not run.
    pub skip: Option<String>,
    /// Further runs by name: flags that come after the others.
    pub variants: BTreeMap<String, Words>,
    /// Flags of the compiler, for a source.
    pub compile: Words,
    /// `false` if the settings of the whole suite don't hold for this program. Otherwise they do
    /// where the program's say nothing; flags are put together, the program's behind.
    pub inherit: Option<bool>,
}

/// What can be recorded of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
    /// Steps, set memory cells, and used instances of each builtin.
    Counts,
    /// What the program wrote to its output.
    Output,
    /// Where each segment begins.
    Segments,
    /// Digests of the trace file.
    Trace,
    /// Digests of the memory file.
    Memory,
    /// The digest of the Cairo PIE.
    Pie,
}

impl Item {
    /// What is recorded unless the settings say otherwise.
    pub const USUAL: [Self; 4] = [Self::Stdout, Self::Stderr, Self::Counts, Self::Output];
}

/// How far a count may be from the recorded one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tolerance {
    /// By so much.
    Count(u64),
    /// By such a part of what is recorded.
    Share(f64),
}

impl Tolerance {
    /// Whether `count` is near enough to `recorded`.
    #[must_use]
    pub fn allows(self, recorded: u64, count: u64) -> bool {
        let difference = recorded.abs_diff(count);
        match self {
            Self::Count(most) => difference <= most,
            Self::Share(share) => difference as f64 <= recorded as f64 * share,
        }
    }
}

impl<'de> Deserialize<'de> for Tolerance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            Count(u64),
            Text(String),
        }
        let wrong = || D::Error::custom("a tolerance is a number, or a text like \"2%\"");
        match Raw::deserialize(deserializer).map_err(|_| wrong())? {
            Raw::Count(count) => Ok(Self::Count(count)),
            Raw::Text(text) => {
                let share = text.strip_suffix('%').and_then(|share| share.trim().parse().ok());
                let share = share.filter(|share: &f64| share.is_finite() && *share >= 0.0);
                Ok(Self::Share(share.ok_or_else(wrong)? / 100.0))
            }
        }
    }
}

/// A length of time, written as a number of seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seconds(pub Duration);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        Duration::try_from_secs_f64(seconds).map(Self).map_err(D::Error::custom)
    }
}

/// Words of a command line, written as a list, or as one text that is parted at its spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            Text(String),
            List(Vec<String>),
        }
        match Raw::deserialize(deserializer) {
            Ok(Raw::Text(text)) => Ok(Self(text.split_whitespace().map(String::from).collect())),
            Ok(Raw::List(words)) => Ok(Self(words)),
            Err(_) => Err(D::Error::custom("flags are a text or a list of texts")),
        }
    }
}

impl Settings {
    /// Reads settings from TOML.
    ///
    /// # Errors
    /// When it is malformed or has a key that is not known, as text that shows the place.
    pub fn parse(toml: &str) -> Result<Self, String> {
        toml::from_str(toml).map_err(|error| error.to_string().trim_end().to_owned())
    }

    /// The settings in the comments of a source: `// flags: WORDS`, `// expect: ok` or `error
    /// STATUS`, and any other as TOML behind `// suite: `. `None` if there are none.
    ///
    /// # Errors
    /// As [`Settings::parse`]; when a line is there twice, or a result is neither.
    pub fn of_source(source: &str) -> Result<Option<Self>, String> {
        let behind = |start: &'static str| {
            source.lines().filter_map(move |line| line.strip_prefix(start)).map(str::trim)
        };
        let toml = behind(SETTING).collect::<Vec<_>>().join("\n");
        let only = |start: &'static str| match (behind(start).next(), behind(start).nth(1)) {
            (_, Some(_)) => Err(format!("there are two lines `{start}`")),
            (line, None) => Ok(line),
        };
        let (flags, expect) = (only(FLAGS)?, only(EXPECT)?);
        if toml.is_empty() && flags.is_none() && expect.is_none() {
            return Ok(None);
        }
        let mut settings = Self::parse(&toml)?;
        if let Some(flags) = flags {
            settings.flags.0.extend(flags.split_whitespace().map(String::from));
        }
        if let Some(expect) = expect {
            let status = match expect.strip_prefix("error ") {
                None if expect == "ok" => Some(0),
                Some(status) => status.parse().ok(),
                None => None,
            };
            let wrong = || format!("`{EXPECT}{expect}` is neither `ok` nor `error STATUS`");
            let status = status.ok_or_else(wrong)?;
            if settings.status.replace(status).is_some_and(|other| other != status) {
                return Err(String::from("there are two exit statuses"));
            }
        }
        Ok(Some(settings))
    }

    /// These settings with those of the whole suite where these say nothing.
    #[must_use]
    pub fn over(self, suite: &Self) -> Self {
        if self.inherit == Some(false) {
            return self;
        }
        let joined = |first: &Words, second: Words| Words([&first.0[..], &second.0].concat());
        let mut tolerance = suite.tolerance.clone();
        tolerance.extend(self.tolerance);
        let mut variants = suite.variants.clone();
        variants.extend(self.variants);
        Self {
            flags: joined(&suite.flags, self.flags),
            layout: self.layout.or_else(|| suite.layout.clone()),
            program_input: self.program_input.or_else(|| suite.program_input.clone()),
            status: self.status.or(suite.status),
            record: self.record.or_else(|| suite.record.clone()),
            tolerance,
            timeout: self.timeout.or(suite.timeout),
            max_memory: self.max_memory.or(suite.max_memory),
            skip: self.skip.or_else(|| suite.skip.clone()),
            variants,
            compile: joined(&suite.compile, self.compile),
            inherit: self.inherit,
        }
    }

    /// The flags of a run; `more` come last.
    #[must_use]
    pub fn arguments(&self, more: &Words) -> Vec<String> {
        let mut words = self.flags.0.clone();
        if let Some(layout) = &self.layout {
            words.extend([String::from("--layout"), layout.clone()]);
        }
        if let Some(input) = &self.program_input {
            words.extend([String::from("--program_input"), input.display().to_string()]);
        }
        words.extend(more.0.iter().cloned());
        words
    }

    /// Whether `item` is recorded.
    #[must_use]
    pub fn records(&self, item: Item) -> bool {
        self.record.as_deref().unwrap_or(&Item::USUAL).contains(&item)
    }
}
