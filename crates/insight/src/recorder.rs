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
use cairo_zero_executor::{End, Frames, Leap, Reach, Replay, Stretch, Turn, Walk, depth_of};
use cairo_zero_runner::Track;

use crate::code::{Code, Effect, Number, Strays};
use crate::met::{First, Instances, Met};
use crate::open::{Alike, Open};
use crate::profile::{Extra, Way};
use crate::recording::Tally;
use crate::ways::Ways;

/// The number of a node; 0 is that of none.
type Id = u32;

/// As many frames are looked for where one was entered by no plain call.
const MOST_OPEN: usize = 512;

/// As many kinds of calls are looked at of the frames that are open where a replay begins.
const MOST_KINDS: usize = 1 << 16;

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

/// A profile in the making.
pub(crate) struct Recorder<'a> {
    track: Track<'a>,
    code: &'a Code,
    strays: Strays,
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
    /// What has met cells first, where it is not known yet which were met in an earlier part of the
    /// run.
    meetings: Option<Vec<(Relocatable, By)>>,
}

/// What meets a cell.
#[derive(Clone, Copy)]
enum By {
    /// A node, by the number of its one of `found`.
    Node(u32),
    /// A step made by itself.
    Step(Way, Number),
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(track: Track<'a>, code: &'a Code, builtins: &'a [Instances]) -> Self {
        let start = track.start();
        let first = start.fp.relocatable().filter(|fp| fp.segment == start.ap.segment);
        Self {
            track,
            code,
            strays: Strays::default(),
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
            met: Met::new(track, code, builtins),
            meetings: None,
        }
    }

    /// Makes the steps of a replay and counts.
    pub(crate) fn record(&mut self, replay: &mut Replay<'a>) {
        while !is_over(replay) {
            self.follow(replay);
            if !is_over(replay) {
                let (way, at) = self.place(replay);
                let effect = self.code.effect(at);
                *self.singles.entry((way, at)).or_default() += self.step(replay, way, at, effect);
            }
        }
    }

    /// Prepares for a replay that begins in the middle of the run: memory tells which frames are
    /// open. Gives whether it does.
    pub(crate) fn begin_amid(&mut self, replay: &Replay<'a>) -> bool {
        self.meetings = Some(Vec::new());
        let Some(open) = replay.open_frames(self.first, MOST_KINDS) else { return false };
        for Frames { back, depth, count } in open.into_iter().rev() {
            let back = self.code.number(back.into(), &mut self.strays);
            let mut left = count;
            while left > 0 {
                let caller = self.open.way();
                let from = self.caller(replay, caller, back);
                let way = self.ways.call(caller, back);
                // A call that leads back to the way that it is made on is made again and again.
                let same = if way == caller { left } else { 1 };
                if from == 0 {
                    self.open.push(way, 0, 0, same);
                } else {
                    self.nodes[from as usize].callee = way;
                    self.open.push(way, from, depth, same);
                }
                left -= same;
            }
        }
        true
    }

    /// The node of the call on a way that returns to `back`; 0 if there can't be one.
    fn caller(&mut self, replay: &Replay<'a>, way: Way, back: Number) -> Id {
        let call = self.code.call_before(back).and_then(|call| self.code.pc(call).relocatable());
        let Some(call) = call else { return 0 };
        let node = self.node_at(replay, way, call).unwrap_or_default();
        let is_call = self.nodes[node as usize].leap.end() == End::Call;
        if is_call && self.shape_of(node).stretch.steps() == 1 { node } else { 0 }
    }

    /// What was counted.
    pub(crate) fn into_tally(mut self) -> Tally {
        let mut counts: Vec<_> =
            self.singles.into_iter().map(|((way, at), steps)| (way, at, steps)).collect();
        for (node, Place { way, found, .. }) in self.nodes.iter().zip(&self.places) {
            let shape = &self.shapes[node.shape as usize];
            if node.times > 0 {
                counts.extend(shape.places.iter().map(|at| (*way, *at, node.times)));
            }
            for ((at, _), found) in shape.reaches.iter().zip(&self.found[*found..]) {
                if found.cells > 0 {
                    self.extra.entry((*way, *at)).or_default().add_all(found);
                }
            }
        }
        Tally { ways: self.ways, strays: self.strays, counts, extra: self.extra }
    }

    /// Takes in which cells an earlier part of the run has met: all that this one has met first were
    /// met first by what they were met by here, but for those.
    pub(crate) fn settle(&mut self, earlier: &mut Self) {
        for (cell, by) in self.meetings.take().unwrap_or_default() {
            if let Some(First { builtin }) = earlier.met.meet(cell) {
                match by {
                    By::Node(found) => self.found[found as usize].add(builtin),
                    By::Step(way, at) => self.extra.entry((way, at)).or_default().add(builtin),
                }
            }
        }
    }

    fn shape_of(&self, node: Id) -> &Shape {
        &self.shapes[self.nodes[node as usize].shape as usize]
    }

    /// The way and the instruction of the next step.
    fn place(&mut self, replay: &Replay<'_>) -> (Way, Number) {
        (self.open.way(), self.code.number(replay.registers().pc, &mut self.strays))
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
        let (mut nodes, mut open) = (take(&mut self.nodes), self.open.take());
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
                open.push(node.callee, here, depth, 1);
            } else if end == End::Return {
                let Some(Alike { from, depth, count, .. }) = open.last() else { break };
                next = nodes[from as usize].on;
                if next == 0 {
                    break;
                }
                // Frames that all go back to this very node are left together.
                times = walk.leave(leap, depth, if next == here { count } else { 1 });
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
        self.open.push(way, here, depth, 1);
        Link::Aside(here)
    }

    /// Leaves the frame at `last`, which has returned to the one at `fp`.
    fn return_to(&mut self, last: Relocatable, fp: Relocatable) -> Link {
        let Some(Alike { from, depth, .. }) = self.open.last() else {
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
                self.open.push(way, 0, 0, 1);
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
            self.open.push(way, 0, 0, 1);
        }
    }

    /// What the frame at `fp` has saved: its caller's frame, and where it returns to.
    fn saved(&mut self, fp: Relocatable) -> Option<(Relocatable, Number)> {
        let below = |cells: i64| self.track.value(fp.checked_add(-cells)?);
        let (caller, back) = (below(2)?, below(1)?);
        Some((frame_of(caller), self.code.number(back, &mut self.strays)))
    }

    fn is_above_first(&self, fp: Relocatable) -> bool {
        fp.segment == self.track.start().ap.segment && fp.offset > self.first
    }

    /// The node that the way is at, as far as there can be one.
    #[cold]
    fn node(&mut self, replay: &Replay<'_>) -> Option<Id> {
        let [pc, ..] = replay.registers_by_offsets()?;
        self.node_at(replay, self.open.way(), pc)
    }

    /// The node that a way has at `pc`.
    fn node_at(&mut self, replay: &Replay<'_>, way: Way, pc: Relocatable) -> Option<Id> {
        let at = self.code.number(pc.into(), &mut self.strays);
        if let Some(known) = self.known.get(&(way, at)) {
            return Some(*known);
        }
        let shape = match self.shaped.get(&at) {
            Some(known) => *known,
            None => self.shape(replay, pc, at),
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

    fn shape(&mut self, replay: &Replay<'_>, pc: Relocatable, at: Number) -> u32 {
        let (mut places, mut reaches) = (Vec::new(), Vec::new());
        let (code, strays) = (self.code, &mut self.strays);
        let stretch = replay.stretch(pc, |pc, reach| {
            let at = code.number(pc.into(), strays);
            // Where `ap` moves by what only the run knows, and in code of no program, each step is
            // looked at.
            let fits = code.effect(at).up.is_some();
            if fits {
                places.push(at);
                reaches.extend(reach.map(|reach| (at, reach)));
            }
            fits
        });
        if places.is_empty() {
            places.push(at);
        }
        let number = self.shapes.len() as u32;
        let effect = self.code.effect(at);
        self.shapes.push(Shape { stretch, places, reaches, effect });
        self.shaped.insert(at, number);
        number
    }

    /// Takes note of the cells that the instructions of a node are about to get at.
    #[inline(never)]
    fn reach(&mut self, walk: Walk<'_>, here: Id, shape: u32) {
        let shape = &self.shapes[shape as usize];
        let found = self.places[here as usize].found..;
        for ((_, reach), found) in shape.reaches.iter().zip(found) {
            let Some(cell) = walk.reached(reach) else { continue };
            if let Some(First { builtin }) = self.met.meet(cell) {
                match &mut self.meetings {
                    Some(meetings) => meetings.push((cell, By::Node(found as u32))),
                    None => self.found[found].add(builtin),
                }
            }
        }
    }

    /// Makes one step and looks at all it does. Gives the number of steps made, which is that of all
    /// that are left when the run has come to rest.
    fn step(&mut self, replay: &mut Replay<'_>, way: Way, at: Number, effect: Effect) -> u64 {
        if effect.reaches
            && let Some(([_, _, op1], _)) = replay.operands()
            && let Some(First { builtin }) = self.met.meet(op1)
        {
            match &mut self.meetings {
                Some(meetings) => meetings.push((op1, By::Step(way, at))),
                None => self.extra.entry((way, at)).or_default().add(builtin),
            }
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
