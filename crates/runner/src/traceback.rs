//! The Cairo traceback of a failed run, read off the frames in memory.

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_decoder::looks_like_call;
use cairo_zero_executor::Machine;

use crate::Ready;
use crate::attributes::error_messages;
use crate::location::Locations;

/// The most frames a traceback shows (`MAX_TRACEBACK_ENTRIES` in cairo-lang's
/// `virtual_machine_base.py`).
const MOST_FRAMES: usize = 20;

/// The calls that led to where the machine is, the most recent last; `None` where there are none.
pub(crate) fn traceback(ready: &Ready, locations: &Locations) -> Option<String> {
    let calls = calls(&ready.machine);
    if calls.is_empty() {
        return None;
    }
    let mut text = String::from("Cairo traceback (most recent call last):\n");
    for (fp, call) in calls.into_iter().rev() {
        text.push_str(&error_messages(ready, call.into(), fp));
        text.push_str(&locations.frame(call));
    }
    Some(text)
}

/// The callers' frames and the addresses of the calls, the most recent first.
fn calls(machine: &Machine) -> Vec<(Value, Relocatable)> {
    let mut calls = Vec::new();
    let mut fp = machine.registers().fp;
    for _ in 0..MOST_FRAMES {
        let Some((previous, call)) = caller(machine, fp) else {
            break;
        };
        calls.push((previous, call));
        fp = previous;
    }
    calls
}

/// The frame and the call instruction that the frame at `fp` came from.
fn caller(machine: &Machine, fp: Value) -> Option<(Value, Relocatable)> {
    let below = |cells: i64| machine.load(fp.relocatable()?.checked_add(-cells)?.into());
    let previous = below(2).filter(|previous| *previous != fp)?;
    let back = below(1)?.relocatable()?;
    let before = |cells: i64| {
        let at = back.checked_add(-cells)?;
        Some((at, machine.load(at.into())?.felt()?))
    };
    // With an immediate the call is two words long; that may be ambiguous, and the shorter form is
    // tried first, as in the reference.
    let (short, last) = before(1)?;
    if looks_like_call(last, false) {
        return Some((previous, short));
    }
    let (long, first) = before(2)?;
    looks_like_call(first, true).then_some((previous, long))
}
