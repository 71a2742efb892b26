//! [`Recorder`]: a profile in the making.
//!
//! The replay goes from stretch to stretch of instructions. Where a way of calls comes to a stretch
//! is a [`Node`], which counts how often, and knows the nodes that it went on to: most stretches
//! take one addition and one look at the node before. What a node counts is shared out to the
//! instructions at the end. Instructions that can be in no stretch are nodes of one step that looks
//! at everything.

use std::collections::HashMap;
use std::mem::take;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{End, Leap, Reach, Replay, Stretch, Turn, Walk, depth_of};
use cairo_zero_runner::Past;

use crate::InsightError;
use crate::code::{Code, Effect, Number};
use crate::error::Kind;
use crate::met::{First, Met};
use crate::profile::{Call, Extra, Way};
use crate::ways::Ways;

/// The number of a node; 0 is that of none.
type Id = u32;

/// As many frames are looked for where one was entered by no plain call.
const MOST_OPEN: usize = 512;

/// The frame of an `fp` that is no address.
const NOWHERE: Relocatable = Relocatable::new(i32::MIN, 0);

/// A way of calls at a stretch.
#[derive(Clone, Copy, Default)]
struct Node {
    /// How often the stretch was made on this way.
    times: u64,
    /// Where it went on to when the way did not part, or when the call that it ends with came back.
    on: Id,
    /// Where it jumped to, or what it called.
    aside: Id,
    /// The way of what it calls; 0 where it has called nothing yet.
    callee: Way,
    /// What stretch it is, by the number of its shape.
    shape: u32,
    leap: Leap,
}

const _: () = assert!(size_of::<Node>() <= 32, "a run may have hundreds of thousands of these");

/// Where a node is.
#[derive(Clone, Copy, Default)]
struct Place {
    way: Way,
    /// Its first instruction.
    at: Number,
    /// The number of the first one of `found` that is for this node, one for each operand of its
    /// shape that can be any cell.
    found: usize,
}

/// Which node's notes say what comes next.
#[derive(Clone, Copy)]
enum Link {
    On(Id),
    Aside(Id),
    /// None's.
    Lost,
}

/// A stretch and what is in it, whatever the way.
#[derive(Default)]
struct Shape {
    stretch: Stretch,
    /// The numbers of its instructions.
    places: Vec<Number>,
    /// The operands that can be any cell, each with the number of its instruction.
    reaches: Vec<(Number, Reach)>,
    /// What its first instruction does.
    effect: Effect,
}

/// The frames that are open; the last ones are the current ones, and there always are some.
struct Open(Vec<Frames>);

/// Open frames of the same kind, one above the other.
#[derive(Clone, Copy)]
struct Frames {
    way: Way,
    /// The node that called them; none if no node did.
    from: Id,
    /// How far they are above their callers' frames, if a node called them. Otherwise memory tells.
    depth: u32,
    count: u32,
}

impl Default for Open {
    /// The first frame alone.
    fn default() -> Self {
        Self(vec![Frames { way: 0, from: 0, depth: 0, count: 1 }])
    }
}

impl Open {
    /// The way that the current frame was come to.
    fn way(&self) -> Way {
        self.0.last().map_or(0, |frames| frames.way)
    }

    fn has_caller(&self) -> bool {
        self.0.len() > 1 || self.0.iter().any(|frames| frames.count > 1)
    }

    #[inline]
    fn push(&mut self, way: Way, from: Id, depth: u32) {
        match self.0.last_mut() {
            Some(last)
                if (last.from, last.depth, last.way) == (from, depth, way)
                    && last.count < u32::MAX =>
            {
                last.count += 1;
            }
            _ => self.0.push(Frames { way, from, depth, count: 1 }),
        }
    }

    #[inline]
    fn pop(&mut self, count: u32) {
        match self.0.last_mut() {
            Some(last) if last.count > count => last.count -= count,
            _ => drop(self.0.pop()),
        }
    }
}

/// What a replay has told.
pub(crate) struct Recording {
    pub(crate) code: Code,
    pub(crate) ways: Vec<Call>,
    /// The steps of each instruction on each way, in order.
    pub(crate) counts: Vec<(Way, Number, u64)>,
    /// What they have used besides, in order.
    pub(crate) extra: Vec<((Way, Number), Extra)>,
}

/// A profile in the making.
pub(crate) struct Recorder<'a> {
    past: Past<'a>,
    code: Code,
    ways: Ways,
    nodes: Vec<Node>,
    /// Where they are.
    places: Vec<Place>,
    shapes: Vec<Shape>,
    /// The nodes by their ways and first instructions.
    known: HashMap<(Way, Number), Id>,
    /// The shapes by their first instructions.
    shaped: HashMap<Number, u32>,
    open: Open,
    /// The offset of the first frame in the execution segment, which no call goes below.
    first: i64,
    /// Steps that were made one by one.
    singles: HashMap<(Way, Number), u64>,
    /// What these have used besides.
    extra: HashMap<(Way, Number), Extra>,
    /// What nodes have used besides.
    found: Vec<Extra>,
    met: Met<'a>,
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(past: &Past<'a>, code: Code) -> Self {
        let start = past.start();
        let first = start.fp.relocatable().filter(|fp| fp.segment == start.ap.segment);
        Self {
            past: *past,
            code,
            ways: Ways::new(),
            nodes: vec![Node::default()],
            places: vec![Place::default()],
            shapes: vec![Shape::default()],
            known: HashMap::new(),
            shaped: HashMap::new(),
            open: Open::default(),
            first: first.map_or(i64::MAX, |fp| fp.offset),
            singles: HashMap::new(),
            extra: HashMap::new(),
            found: Vec::new(),
            met: Met::new(past),
        }
    }

    /// Replays the run and counts.
    ///
    /// # Errors
    /// When memory is not that of such a run.
    pub(crate) fn record(mut self) -> Result<Recording, InsightError> {
        let mut replay = self.past.replay();
        while !is_over(&replay) {
            self.follow(&mut replay);
            if !is_over(&replay) {
                let (way, at) = self.place(&replay);
                let effect = self.code.effect(at);
                *self.singles.entry((way, at)).or_default() +=
                    self.step(&mut replay, way, at, effect);
            }
        }
        let steps = self.past.steps();
        let recording = self.shared_out();
        let counted = recording.counts.iter().map(|(.., steps)| steps).sum::<u64>();
        if counted == steps { Ok(recording) } else { Err(Kind::Lost(counted).into()) }
    }

    /// Gives what was counted to the instructions.
    fn shared_out(mut self) -> Recording {
        let mut counts: Vec<_> = self.singles.into_iter().collect();
        for (node, Place { way, found, .. }) in self.nodes.iter().zip(&self.places) {
            let shape = &self.shapes[node.shape as usize];
            counts.extend(shape.places.iter().map(|at| ((*way, *at), node.times)));
            for ((at, _), found) in shape.reaches.iter().zip(&self.found[*found..]) {
                if found.cells > 0 {
                    self.extra.entry((*way, *at)).or_default().add_all(found);
                }
            }
        }
        counts.retain(|(_, steps)| *steps > 0);
        counts.sort_unstable();
        counts.dedup_by(|(place, steps), (before, sum)| {
            let same = place == before;
            if same {
                *sum += *steps;
            }
            same
        });
        let counts = counts.into_iter().map(|((way, at), steps)| (way, at, steps)).collect();
        let mut extra: Vec<_> = self.extra.into_iter().collect();
        extra.sort_unstable_by_key(|(place, _)| *place);
        Recording { code: self.code, ways: self.ways.into_calls(), counts, extra }
    }

    fn shape_of(&self, node: Id) -> &Shape {
        &self.shapes[self.nodes[node as usize].shape as usize]
    }

    /// The way and the instruction of the next step.
    fn place(&mut self, replay: &Replay<'_>) -> (Way, Number) {
        (self.open.way(), self.code.number(replay.registers().pc))
    }

    /// Goes from node to node as long as there are any to go to.
    fn follow(&mut self, replay: &mut Replay<'a>) {
        let Some(mut here) = self.node(replay) else { return };
        loop {
            here = self.walk(replay, here);
            if is_over(replay) {
                return;
            }
            let made = match self.shape_of(here).stretch.steps() {
                0 => self.make_step(replay, here),
                _ => self.make(replay, here),
            };
            let Some(link) = made else { return };
            if is_over(replay) {
                return;
            }
            here = match self.linked(link) {
                0 => {
                    let Some(next) = self.node(replay) else { return };
                    self.link(link, next);
                    next
                }
                next => next,
            };
        }
    }

    /// Walks from a node to the next ones as far as it is known which those are. Gives the one that
    /// is next then, of which nothing is counted yet.
    #[inline(never)]
    fn walk(&mut self, replay: &mut Replay<'a>, mut here: Id) -> Id {
        let Some(mut walk) = replay.walk() else { return here };
        // What is not behind `self` can stay in the processor's registers.
        let (mut nodes, mut open) = (take(&mut self.nodes), Open(take(&mut self.open.0)));
        let first = self.first;
        loop {
            let node = &nodes[here as usize];
            let leap = node.leap;
            if !walk.goes_on(leap) {
                break;
            }
            if leap.reaches() {
                self.reach(walk, here, node.shape);
            }
            let (end, mut times) = (leap.end(), 1);
            let mut next = node.on;
            if end == End::Jump {
                let Some(jumps) = walk.jumps(leap) else { break };
                if jumps {
                    next = node.aside;
                }
                if next == 0 {
                    break;
                }
                walk.pass(leap);
            } else if end == End::Call {
                next = node.aside;
                if next == 0 {
                    break;
                }
                let Some(depth) = walk.enter(leap, first) else { break };
                open.push(node.callee, here, depth);
            } else if end == End::Return {
                let Some(Frames { from, depth, count, .. }) = open.0.last() else { break };
                next = nodes[*from as usize].on;
                if next == 0 {
                    break;
                }
                // Frames that all go back to this very node are left together.
                times = walk.leave(leap, *depth, if next == here { *count } else { 1 });
                if times == 0 {
                    break;
                }
                open.pop(times);
            } else if end == End::On && next != 0 {
                walk.pass(leap);
            } else {
                break;
            }
            nodes[here as usize].times += u64::from(times);
            here = next;
        }
        (self.nodes, self.open) = (nodes, open);
        replay.resume(walk, &self.shape_of(here).stretch);
        here
    }

    /// Makes the stretch of a node; `None` where it can't be made.
    fn make(&mut self, replay: &mut Replay<'a>, here: Id) -> Option<Link> {
        let Node { shape, .. } = self.nodes[here as usize];
        let fp = frame_of(replay.registers().fp);
        if !self.shapes[shape as usize].reaches.is_empty()
            && u64::from(self.shapes[shape as usize].stretch.steps()) <= replay.left()
        {
            self.reach(replay.walk()?, here, shape);
        }
        let turn = replay.make(&self.shapes[shape as usize].stretch)?;
        self.nodes[here as usize].times += 1;
        match turn {
            Turn::On => Some(Link::On(here)),
            Turn::Jumped => Some(Link::Aside(here)),
            // Frames that no step is made in are none.
            Turn::Called | Turn::Returned if replay.left() == 0 => None,
            Turn::Called => Some(self.call(replay, fp, here)),
            Turn::Returned => Some(self.return_to(fp, frame_of(replay.registers().fp))),
        }
    }

    /// Makes the step of a node that has no stretch.
    fn make_step(&mut self, replay: &mut Replay<'_>, here: Id) -> Option<Link> {
        let Place { way, at, .. } = self.places[here as usize];
        let effect = self.shape_of(here).effect;
        let made = self.step(replay, way, at, effect);
        self.nodes[here as usize].times += made;
        replay.registers_by_offsets()?;
        let place = self.place(replay);
        let node = &mut self.nodes[here as usize];
        let next = self.places[node.on as usize];
        if (next.way, next.at) != place {
            node.on = 0;
        }
        Some(Link::On(here))
    }

    fn linked(&self, link: Link) -> Id {
        match link {
            Link::On(node) => self.nodes[node as usize].on,
            Link::Aside(node) => self.nodes[node as usize].aside,
            Link::Lost => 0,
        }
    }

    #[cold]
    fn link(&mut self, link: Link, next: Id) {
        match link {
            Link::On(node) => self.nodes[node as usize].on = next,
            Link::Aside(node) => self.nodes[node as usize].aside = next,
            Link::Lost => {}
        }
    }

    /// Enters the frame that the call at the end of a node has opened, from the one at `last`.
    fn call(&mut self, replay: &Replay<'_>, last: Relocatable, here: Id) -> Link {
        let fp = frame_of(replay.registers().fp);
        let same = last.segment == fp.segment;
        let depth = depth_of(last.offset, fp.offset, self.first).filter(|_| same);
        let (way, depth) = match (self.nodes[here as usize].callee, depth) {
            (way @ 1.., Some(depth)) => (way, depth),
            (_, depth) => {
                let entered = self.enter(last, fp).zip(depth);
                let Some((way, depth)) = entered else { return Link::Lost };
                self.open.pop(1);
                self.nodes[here as usize].callee = way;
                (way, depth)
            }
        };
        self.open.push(way, here, depth);
        Link::Aside(here)
    }

    /// Leaves the frame at `last`, which has returned to the one at `fp`.
    fn return_to(&mut self, last: Relocatable, fp: Relocatable) -> Link {
        let Some(Frames { from, depth, .. }) = self.open.0.last().copied() else {
            return Link::Lost;
        };
        let is_caller = fp.segment == last.segment && last.offset - fp.offset == i64::from(depth);
        if from == 0 || !is_caller || self.nodes[from as usize].on != 0 {
            self.enter(last, fp);
            return Link::Lost;
        }
        self.open.pop(1);
        Link::On(from)
    }

    /// Goes from the frame at `last` to the one at `fp`; gives the way of that if it was called from
    /// there as compilers write it.
    #[cold]
    fn enter(&mut self, last: Relocatable, fp: Relocatable) -> Option<Way> {
        if fp == last {
            return None;
        }
        if self.open.has_caller() && self.saved(last).is_some_and(|(caller, _)| caller == fp) {
            self.open.pop(1);
            return None;
        }
        match self.saved(fp) {
            Some((caller, back)) if caller == last && self.is_above_first(fp) => {
                let way = self.ways.call(self.open.way(), back);
                self.open.push(way, 0, 0);
                Some(way)
            }
            _ => {
                self.enter_by_chain(fp);
                None
            }
        }
    }

    /// Enters a frame that was entered by no plain call or return.
    fn enter_by_chain(&mut self, fp: Relocatable) {
        let mut backs = Vec::new();
        let mut at = fp;
        while backs.len() < MOST_OPEN && self.is_above_first(at) {
            let Some((caller, back)) = self.saved(at) else { break };
            backs.push(back);
            at = caller;
        }
        self.open = Open::default();
        for back in backs.into_iter().rev() {
            let way = self.ways.call(self.open.way(), back);
            self.open.push(way, 0, 0);
        }
    }

    /// What the frame at `fp` has saved: its caller's frame, and where it returns to.
    fn saved(&mut self, fp: Relocatable) -> Option<(Relocatable, Number)> {
        let below = |cells: i64| self.past.memory().get(fp.checked_add(-cells)?);
        let (caller, back) = (below(2)?, below(1)?);
        Some((frame_of(caller), self.code.number(back)))
    }

    fn is_above_first(&self, fp: Relocatable) -> bool {
        fp.segment == self.past.start().ap.segment && fp.offset > self.first
    }

    /// The node that the way is at, as far as there can be one.
    #[cold]
    fn node(&mut self, replay: &Replay<'_>) -> Option<Id> {
        replay.registers_by_offsets()?;
        let (way, at) = self.place(replay);
        if let Some(known) = self.known.get(&(way, at)) {
            return Some(*known);
        }
        let shape = match self.shaped.get(&at) {
            Some(known) => *known,
            None => self.shape(replay, at)?,
        };
        let id = Id::try_from(self.nodes.len()).ok()?;
        let Shape { stretch, reaches, .. } = &self.shapes[shape as usize];
        self.nodes.push(Node { shape, leap: stretch.leap(), ..Node::default() });
        let found = self.found.len();
        self.places.push(Place { way, at, found });
        self.found.resize_with(found + reaches.len(), Extra::default);
        self.known.insert((way, at), id);
        Some(id)
    }

    fn shape(&mut self, replay: &Replay<'_>, at: Number) -> Option<u32> {
        let (mut places, mut reaches) = (Vec::new(), Vec::new());
        let code = &mut self.code;
        let stretch = replay.stretch(|pc, reach| {
            let at = code.number(pc.into());
            // Where `ap` moves by what only the run knows, and in code of no program, each step is
            // looked at.
            let fits = code.effect(at).up.is_some();
            if fits {
                places.push(at);
                reaches.extend(reach.map(|reach| (at, reach)));
            }
            fits
        })?;
        if places.is_empty() {
            places.push(at);
        }
        let number = self.shapes.len() as u32;
        let effect = self.code.effect(at);
        self.shapes.push(Shape { stretch, places, reaches, effect });
        self.shaped.insert(at, number);
        Some(number)
    }

    /// Takes note of the cells that the instructions of a node are about to get at.
    #[inline(never)]
    fn reach(&mut self, walk: Walk<'_>, here: Id, shape: u32) {
        let shape = &self.shapes[shape as usize];
        let found = &mut self.found[self.places[here as usize].found..];
        for ((_, reach), found) in shape.reaches.iter().zip(found) {
            let Some(cell) = walk.reached(reach) else { continue };
            if let Some(First { builtin }) = self.met.meet(&self.code, cell) {
                found.add(builtin);
            }
        }
    }

    /// Makes one step and looks at all it does. Gives the number of steps made, which is that of all
    /// that are left when the run has come to rest.
    fn step(&mut self, replay: &mut Replay<'_>, way: Way, at: Number, effect: Effect) -> u64 {
        if effect.reaches
            && let Some(([_, _, op1], _)) = replay.operands()
            && let Some(First { builtin }) = self.met.meet(&self.code, op1)
        {
            self.extra.entry((way, at)).or_default().add(builtin);
        }
        let Some(before) = replay.next() else { return 0 };
        let after = replay.registers();
        if effect.up.is_none() {
            let up = after.ap.offset.saturating_sub(before.ap.offset);
            let cells = u64::try_from(up).unwrap_or_default();
            self.extra.entry((way, at)).or_default().cells += cells;
        }
        if replay.is_at_rest() {
            return 1 + replay.left();
        }
        if replay.left() > 0 {
            self.enter(frame_of(before.fp), frame_of(after.fp));
        }
        1
    }
}

/// Whether the run goes on to nothing new.
fn is_over(replay: &Replay<'_>) -> bool {
    replay.left() == 0 || replay.is_at_rest()
}

/// The frame at `fp`.
fn frame_of(fp: Value) -> Relocatable {
    fp.relocatable().unwrap_or(NOWHERE)
}
