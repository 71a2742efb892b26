//! [`Memory`]: all segments, real and temporary, with write-once stores.

use cairo_zero_core::{Felt, Relocatable, Value};

use crate::raw::OutOfMemory;
use crate::{Cell, Segment};

/// What a segment takes of the limit besides its cells, in cells: its own place, twice, since the list
/// of segments is copied when it grows.
const SEGMENT_COST: u64 = (2 * size_of::<Segment>()).div_ceil(size_of::<Cell>()) as u64;

/// The memory of a run: segments of write-once cells.
pub struct Memory {
    segments: Vec<Segment>,
    /// Temporary segments; the one with the number -1 is first.
    temporary: Vec<Segment>,
    /// Where each temporary segment goes, by the same index; shorter while none has a rule.
    rules: Vec<Option<Value>>,
    /// Whether an address was stored that points into no real segment.
    stray_addresses: bool,
    /// How many cells may still be made, set or not.
    budget: u64,
}

/// Why memory could not be written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct MemoryError {
    kind: MemoryErrorKind,
}

impl MemoryError {
    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> MemoryErrorKind {
        self.kind
    }
}

/// What went wrong with memory; the wording is the reference's (`memory_dict.py` of cairo-lang)
/// where it has the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemoryErrorKind {
    /// A cell that holds a value was given another one.
    #[error("Inconsistent memory assignment at address {address}. {old} != {new}.")]
    Inconsistent {
        /// The cell's address.
        address: Relocatable,
        /// What it holds.
        old: Value,
        /// What it was to hold.
        new: Value,
    },
    /// A cell that holds nothing was read.
    #[error("Unknown value for memory cell at address {0}.")]
    Unknown(Value),
    /// A cell at a negative offset was written.
    #[error(
        "The offset of a relocatable value must be nonnegative. Found: {}:{}.",
        .0.segment, .0.offset
    )]
    NegativeOffset(Relocatable),
    /// A cell of a segment that was never added was written.
    #[error("There is no segment {segment} to write {0} to.", segment = .0.segment)]
    NoSegment(Relocatable),
    /// A number was used as an address for writing.
    #[error("Expected memory address to be relocatable value. Found: {0}.")]
    PureAddress(Value),
    /// The system has no more memory, or the limit is reached.
    #[error("Out of memory: there is no room for a cell at address {0}.")]
    OutOfMemory(Relocatable),
    /// More segments than a 31-bit number counts.
    #[error("There are too many segments.")]
    TooManySegments,
    /// More segments than the limit for memory leaves room for.
    #[error("Out of memory: there is no room for another segment.")]
    TooManyForLimit,
    /// A relocation rule for a real segment.
    #[error("src_ptr.segment_index must be < 0, src_ptr={0}.")]
    RuleOfRealSegment(Relocatable),
    /// A relocation rule that does not start at a segment's first cell.
    #[error("src_ptr.offset must be 0, src_ptr={0}.")]
    RuleOffset(Relocatable),
    /// A second relocation rule for a segment.
    #[error("The segment with index {} already has a relocation rule.", .0.segment)]
    SecondRule(Relocatable),
    /// A relocation rule that leads, through others, back to itself.
    #[error("The relocation rule of {0} leads back to it.")]
    RuleLoop(Relocatable),
}

impl From<MemoryErrorKind> for MemoryError {
    fn from(kind: MemoryErrorKind) -> Self {
        Self { kind }
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Memory {
    /// A memory without segments.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            segments: Vec::new(),
            temporary: Vec::new(),
            rules: Vec::new(),
            stray_addresses: false,
            budget: u64::MAX,
        }
    }

    /// Sets how many more bytes the cells of all segments may take. Without this there is no limit.
    pub const fn set_limit(&mut self, bytes: u64) {
        self.budget = bytes / size_of::<Cell>() as u64;
    }

    /// Adds an empty segment and returns its first address.
    ///
    /// # Errors
    /// When there are `2^31` segments already, or the limit is reached.
    pub fn add_segment(&mut self) -> Result<Relocatable, MemoryError> {
        self.push(Segment::new())
    }

    /// Adds an empty segment that grows in place in reserved address space: the execution segment.
    ///
    /// # Errors
    /// When there are `2^31` segments already, or the limit is reached.
    pub fn add_execution_segment(&mut self) -> Result<Relocatable, MemoryError> {
        self.push(Segment::reserved())
    }

    fn push(&mut self, segment: Segment) -> Result<Relocatable, MemoryError> {
        let number =
            i32::try_from(self.segments.len()).map_err(|_| MemoryErrorKind::TooManySegments)?;
        self.take_segment()?;
        self.segments.push(segment);
        Ok(Relocatable::new(number, 0))
    }

    /// Takes what a segment costs from the limit.
    fn take_segment(&mut self) -> Result<(), MemoryError> {
        let left = self.budget.checked_sub(SEGMENT_COST);
        self.budget = left.ok_or(MemoryErrorKind::TooManyForLimit)?;
        Ok(())
    }

    /// Adds an empty temporary segment and returns its first address.
    ///
    /// # Errors
    /// When there are `2^31 - 1` of them already, or the limit is reached.
    pub fn add_temporary_segment(&mut self) -> Result<Relocatable, MemoryError> {
        let number = i32::try_from(self.temporary.len() + 1)
            .map_err(|_| MemoryErrorKind::TooManySegments)?;
        self.take_segment()?;
        self.temporary.push(Segment::new());
        Ok(Relocatable::new(-number, 0))
    }

    /// Takes back the segments that were added last, with all they hold, until `real` and
    /// `temporary` ones are left: for a hint that is about to run anew from its start.
    pub fn remove_segments(&mut self, real: usize, temporary: usize) {
        let removed = self.segments.len().saturating_sub(real)
            + self.temporary.len().saturating_sub(temporary);
        self.budget = self.budget.saturating_add((removed as u64).saturating_mul(SEGMENT_COST));
        self.segments.truncate(real);
        self.temporary.truncate(temporary);
    }

    /// The number of real segments.
    #[must_use]
    pub const fn segment_count(&self) -> usize {
        self.segments.len()
    }

    /// The number of temporary segments.
    #[must_use]
    pub const fn temporary_count(&self) -> usize {
        self.temporary.len()
    }

    /// The real segments, in order of their numbers.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The segment with this number, temporary ones included.
    #[inline]
    #[must_use]
    pub fn segment(&self, number: i32) -> Option<&Segment> {
        match usize::try_from(number) {
            Ok(index) => self.segments.get(index),
            Err(_) => self.temporary.get(temporary_index(number)),
        }
    }

    /// The cell at `address` as it is stored; unset outside every segment.
    #[inline]
    #[must_use]
    pub fn cell(&self, address: Relocatable) -> Cell {
        match (self.segment(address.segment), u64::try_from(address.offset)) {
            (Some(segment), Ok(offset)) => segment.cell(offset),
            _ => Cell::UNSET,
        }
    }

    /// The value at `address`, with an address into a temporary segment moved by the segment's
    /// relocation rule; `None` for a cell that holds nothing.
    #[inline]
    #[must_use]
    pub fn get(&self, address: Relocatable) -> Option<Value> {
        match self.cell(address).value() {
            Some(Value::Relocatable(value)) if value.is_temporary() => Some(self.moved(value)),
            value => value,
        }
    }

    /// The value at `address`.
    ///
    /// # Errors
    /// When the cell holds nothing.
    pub fn require(&self, address: Relocatable) -> Result<Value, MemoryError> {
        self.get(address).ok_or_else(|| MemoryErrorKind::Unknown(address.into()).into())
    }

    /// Stores `value` at `address`; whether the cell held nothing before.
    ///
    /// # Errors
    /// When the cell holds another value, the address is outside every segment, or the system has
    /// no memory left.
    #[inline]
    pub fn insert(&mut self, address: Relocatable, value: Value) -> Result<bool, MemoryError> {
        let Ok(offset) = u64::try_from(address.offset) else {
            return Err(MemoryErrorKind::NegativeOffset(address).into());
        };
        let segment = match usize::try_from(address.segment) {
            Ok(index) => self.segments.get_mut(index),
            Err(_) => self.temporary.get_mut(temporary_index(address.segment)),
        };
        let Some(segment) = segment else {
            return Err(MemoryErrorKind::NoSegment(address).into());
        };
        let slot = match segment.slot(offset, &mut self.budget) {
            Ok(slot) => slot,
            Err(OutOfMemory) => return Err(MemoryErrorKind::OutOfMemory(address).into()),
        };
        match slot.value() {
            None => {
                *slot = value.into();
                if let Value::Relocatable(value) = value {
                    self.stray_addresses |= self.is_stray(value);
                }
                Ok(true)
            }
            Some(old) if old == value => Ok(false),
            Some(old) => Err(MemoryErrorKind::Inconsistent { address, old, new: value }.into()),
        }
    }

    /// Sets an unset cell of the dense part of a real segment to a number, or to an address that is in
    /// such a segment; false, and nothing is done, where [`Memory::insert`] has to look closer.
    #[inline]
    pub fn fill(&mut self, address: Relocatable, cell: Cell) -> bool {
        if cell.relocatable().is_some_and(|value| self.is_stray(value)) || !cell.is_set() {
            return false;
        }
        let segment = usize::try_from(address.segment).ok();
        let segment = segment.and_then(|index| self.segments.get_mut(index));
        let offset = usize::try_from(address.offset).ok();
        match (segment, offset) {
            (Some(segment), Some(offset)) => segment.fill(offset, cell),
            _ => false,
        }
    }

    /// Makes the dense part of a real segment reach over a cell near its end, as a write there would;
    /// false, and nothing is done, where it does already or a write would not.
    pub fn reach(&mut self, address: Relocatable) -> bool {
        let segment = usize::try_from(address.segment).ok();
        let segment = segment.and_then(|index| self.segments.get_mut(index));
        match (segment, u64::try_from(address.offset)) {
            (Some(segment), Ok(offset)) => segment.reach(offset, &mut self.budget),
            _ => false,
        }
    }

    /// Takes the value of a cell back. The machine never does; hints can. Cells that are not there
    /// stay away.
    pub fn erase(&mut self, address: Relocatable) {
        if !self.cell(address).is_set() {
            return;
        }
        let segment = match usize::try_from(address.segment) {
            Ok(index) => self.segments.get_mut(index),
            Err(_) => self.temporary.get_mut(temporary_index(address.segment)),
        };
        // A set cell is there, so this makes none.
        let slot = segment.map(|segment| segment.slot(address.offset.cast_unsigned(), &mut 0));
        if let Some(Ok(slot)) = slot {
            *slot = Cell::UNSET;
        }
    }

    /// Whether an address has a negative offset or a segment that is no real one.
    const fn is_stray(&self, address: Relocatable) -> bool {
        address.offset < 0 || address.segment < 0 || address.segment as usize >= self.segments.len()
    }

    /// The first cell that holds an address with a negative offset or into no real segment, with
    /// that address. A secure run has none. Memory is only searched when one was ever stored.
    #[must_use]
    pub fn first_stray_address(&self) -> Option<(Relocatable, Relocatable)> {
        if !self.stray_addresses {
            return None;
        }
        let addresses = self.iter().filter_map(|(at, value)| Some((at, value.relocatable()?)));
        addresses.into_iter().find(|(_, value)| self.is_stray(*value))
    }

    /// Stores `values` one behind the other from `address` on; the address behind the last.
    ///
    /// # Errors
    /// As [`Memory::insert`].
    pub fn load(
        &mut self,
        address: Relocatable,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Relocatable, MemoryError> {
        let mut at = address;
        for value in values {
            self.insert(at, value)?;
            at = at.checked_add(1).ok_or(MemoryErrorKind::OutOfMemory(at))?;
        }
        Ok(at)
    }

    /// Says where a temporary segment goes: addresses into it are moved when they are read. If it
    /// goes to a number, they become numbers, and none of its cells may be written.
    ///
    /// # Errors
    /// When `source` is no temporary segment's first address, has a rule already, or the rules
    /// would lead in a circle.
    pub fn add_relocation_rule(
        &mut self,
        source: Relocatable,
        destination: impl Into<Value>,
    ) -> Result<(), MemoryError> {
        let destination = destination.into();
        if !source.is_temporary() {
            return Err(MemoryErrorKind::RuleOfRealSegment(source).into());
        }
        if source.offset != 0 {
            return Err(MemoryErrorKind::RuleOffset(source).into());
        }
        let index = temporary_index(source.segment);
        if index >= self.temporary.len() {
            return Err(MemoryErrorKind::NoSegment(source).into());
        }
        if self.rules.get(index).is_some_and(Option::is_some) {
            return Err(MemoryErrorKind::SecondRule(source).into());
        }
        let end = destination.relocatable().and_then(|end| self.moved(end).relocatable());
        if end.is_some_and(|end| end.segment == source.segment) {
            return Err(MemoryErrorKind::RuleLoop(source).into());
        }
        self.rules.resize(self.rules.len().max(index + 1), None);
        self.rules[index] = Some(destination);
        Ok(())
    }

    /// Whether any temporary segment has a relocation rule.
    #[inline]
    #[must_use]
    pub const fn has_relocation_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// `address` moved by the relocation rules; unchanged where there is none.
    #[must_use]
    pub fn moved(&self, mut address: Relocatable) -> Value {
        // Rules have no circles, so this ends.
        while address.is_temporary() {
            let next = match self.rules.get(temporary_index(address.segment)).copied().flatten() {
                Some(Value::Relocatable(destination)) => destination.checked_add(address.offset),
                Some(Value::Felt(number)) => {
                    return (number + Felt::from_i64(address.offset)).into();
                }
                None => None,
            };
            match next {
                Some(next) => address = next,
                None => break,
            }
        }
        address.into()
    }

    /// Applies the relocation rules to all addresses and values and forgets them.
    ///
    /// # Errors
    /// When a moved cell meets another value, or is moved to a number.
    pub fn apply_relocation_rules(&mut self) -> Result<(), MemoryError> {
        if !self.has_relocation_rules() {
            return Ok(());
        }
        let mut segments = std::mem::take(&mut self.segments);
        let mut temporary = std::mem::take(&mut self.temporary);
        for cell in segments.iter_mut().chain(&mut temporary).flat_map(Segment::runs_mut) {
            if let Some(address) = cell.relocatable().filter(|address| address.is_temporary()) {
                *cell = self.moved(address).into();
            }
        }
        self.segments = segments;
        self.temporary = temporary;
        for index in 0..self.rules.len() {
            if self.rules[index].is_none() {
                continue;
            }
            let source = std::mem::replace(&mut self.temporary[index], Segment::new());
            let number = -1 - i32::try_from(index).map_err(|_| MemoryErrorKind::TooManySegments)?;
            for (offset, value) in source.iter() {
                let address = self.moved(Relocatable::new(number, offset.cast_signed()));
                let to = address.relocatable().ok_or(MemoryErrorKind::PureAddress(address))?;
                self.insert(to, value)?;
            }
        }
        self.rules.clear();
        Ok(())
    }

    /// The number of cells that hold a value, temporary segments included.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.segments.iter().chain(&self.temporary).map(Segment::count).sum()
    }

    /// Every set cell of the temporary and then the real segments, in order of address.
    pub fn iter(&self) -> impl Iterator<Item = (Relocatable, Value)> + '_ {
        let temporary = self.temporary.iter().enumerate().rev();
        let temporary = temporary.map(|(index, segment)| (-1 - index as i32, segment));
        let real = self.segments.iter().enumerate();
        let real = real.map(|(index, segment)| (index as i32, segment));
        temporary.chain(real).flat_map(|(number, segment)| {
            let cells = segment.iter();
            cells.map(move |(at, value)| (Relocatable::new(number, at.cast_signed()), value))
        })
    }
}

/// The place of a temporary segment's number, -1 being the first.
#[inline]
const fn temporary_index(number: i32) -> usize {
    !number as usize
}
