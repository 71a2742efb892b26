//! [`Recording`]: what a run's steps have told, two parts of them replayed at the same time.

use std::collections::HashMap;
use std::thread;

use cairo_zero_runner::{Past, Track};

use crate::InsightError;
use crate::code::{Code, Number, Strays};
use crate::error::Kind;
use crate::met::Instances;
use crate::profile::{Call, Extra, Way};
use crate::recorder::Recorder;
use crate::ways::Ways;

/// What replays have told.
pub(crate) struct Recording {
    pub(crate) ways: Vec<Call>,
    pub(crate) strays: Strays,
    /// The steps of each instruction on each way, in order.
    pub(crate) counts: Vec<(Way, Number, u64)>,
    /// What they have used besides, in order.
    pub(crate) extra: Vec<((Way, Number), Extra)>,
}

/// What one replay has told, in no order.
pub(crate) struct Tally {
    pub(crate) ways: Ways,
    pub(crate) strays: Strays,
    pub(crate) counts: Vec<(Way, Number, u64)>,
    pub(crate) extra: HashMap<(Way, Number), Extra>,
}

/// Replays a run and counts.
///
/// # Errors
/// When memory is not that of such a run.
pub(crate) fn record(past: &Past<'_>, code: &Code) -> Result<Recording, InsightError> {
    let track = past.track();
    let runners = past.builtins().runners().iter();
    let builtins: Vec<_> = runners
        .map(|runner| Instances {
            base: runner.base(),
            cells_per_instance: runner.row().cells_per_instance.max(1) as i64,
        })
        .collect();
    let halves = record_halves(track, code, &builtins);
    let tally = halves.filter(|tally| tally.steps() == track.steps()).unwrap_or_else(|| {
        let mut recorder = Recorder::new(track, code, &builtins);
        recorder.record(&mut track.replay());
        recorder.into_tally()
    });
    match tally.steps() {
        steps if steps == track.steps() => Ok(tally.into_recording()),
        counted => Err(Kind::Lost(counted).into()),
    }
}

/// Replays two parts of a run at the same time, if it was long. The parts depend on the run alone, and
/// so does what comes of them.
fn record_halves(track: Track<'_>, code: &Code, builtins: &[Instances]) -> Option<Tally> {
    let [mut replay, later] = track.halves()?;
    let middle = later.registers();
    let record_later = || {
        let [_, mut later] = track.halves()?;
        let mut recorder = Recorder::new(track, code, builtins);
        recorder.begin_amid(&later).then(|| recorder.record(&mut later))?;
        Some(recorder)
    };
    let mut first = Recorder::new(track, code, builtins);
    let second = thread::scope(|scope| {
        let helper = thread::Builder::new().name("profile".to_owned());
        let helper = helper.spawn_scoped(scope, record_later);
        first.record(&mut replay);
        match helper {
            Ok(helper) => helper.join().ok().flatten(),
            Err(_) => record_later(),
        }
    });
    let mut second = second.filter(|_| replay.registers() == middle)?;
    second.settle(&mut first);
    let mut tally = first.into_tally();
    tally.take_in(second.into_tally(), code);
    Some(tally)
}

impl Tally {
    fn steps(&self) -> u64 {
        self.counts.iter().map(|(.., steps)| steps).sum()
    }

    /// Takes in what a later part of the run has told.
    fn take_in(&mut self, later: Self, code: &Code) {
        let Self { ways, strays, counts, extra } = later;
        let number = |at, ours: &mut Strays| code.renumber(at, &strays, ours);
        let mut ours: Vec<Way> = Vec::new();
        for Call { caller, back, .. } in ways.into_calls() {
            // The first one is that of no calls.
            let way = ours.get(caller as usize).map_or(0, |caller| {
                let back = number(back, &mut self.strays);
                self.ways.call_as_told(*caller, back)
            });
            ours.push(way);
        }
        for (way, at, steps) in counts {
            self.counts.push((ours[way as usize], number(at, &mut self.strays), steps));
        }
        for ((way, at), found) in extra {
            let place = (ours[way as usize], number(at, &mut self.strays));
            self.extra.entry(place).or_default().add_all(&found);
        }
    }

    fn into_recording(self) -> Recording {
        let Self { ways, strays, mut counts, extra } = self;
        counts.retain(|(.., steps)| *steps > 0);
        counts.sort_unstable();
        counts.dedup_by(|(way, at, steps), (same_way, same_at, sum)| {
            let same = (way, at) == (same_way, same_at);
            if same {
                *sum += *steps;
            }
            same
        });
        let mut extra: Vec<_> = extra.into_iter().collect();
        extra.sort_unstable_by_key(|(place, _)| *place);
        Recording { ways: ways.into_calls(), strays, counts, extra }
    }
}
