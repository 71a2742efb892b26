//! Reading the inputs of an instance.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::{BuiltinError, BuiltinErrorKind};

/// A cell's instance and its place in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The number of the instance.
    pub(crate) instance: u64,
    /// The address of the instance's first cell.
    pub(crate) first: Relocatable,
    /// The cell's place among the cells of the instance.
    pub(crate) index: usize,
}

impl Place {
    /// Where `address`, whose offset is not negative, is among instances of `cells` cells.
    pub(crate) const fn of(address: Relocatable, cells: u64) -> Self {
        let offset = address.offset.cast_unsigned();
        let index = offset % cells;
        let first = Relocatable::new(address.segment, (offset - index).cast_signed());
        Self { instance: offset / cells, first, index: index as usize }
    }
}

/// The address `cells` behind `first`, the first of an instance that a cell was found in.
pub(crate) const fn behind(first: Relocatable, cells: usize) -> Relocatable {
    Relocatable::new(first.segment, first.offset.saturating_add(cells as i64))
}

/// The numbers in the `N` cells from `first` on, when all of them hold one.
#[inline]
pub(crate) fn felts<const N: usize>(memory: &Memory, first: Relocatable) -> Option<[Felt; N]> {
    let segment = memory.segment(first.segment)?;
    let mut felts = [Felt::ZERO; N];
    for (offset, felt) in (u64::try_from(first.offset).ok()?..).zip(&mut felts) {
        *felt = segment.cell(offset).felt()?;
    }
    Some(felts)
}

/// The values of the `N` cells from `first` on, when all are set.
pub(crate) fn values<const N: usize>(memory: &Memory, first: Relocatable) -> Option<[Value; N]> {
    let mut values = [Value::Felt(Felt::ZERO); N];
    for (index, value) in values.iter_mut().enumerate() {
        *value = memory.get(behind(first, index))?;
    }
    Some(values)
}

/// The number that the cell at `address` was found to hold.
pub(crate) fn integer(
    builtin: BuiltinName,
    address: Relocatable,
    found: Value,
) -> Result<Felt, BuiltinError> {
    match found {
        Value::Felt(felt) => Ok(felt),
        Value::Relocatable(_) => {
            Err(BuiltinErrorKind::NotAnInteger { builtin, address, found }.into())
        }
    }
}

/// The numbers of the `N` cells from `first` on, when all are set.
pub(crate) fn integers<const N: usize>(
    builtin: BuiltinName,
    memory: &Memory,
    first: Relocatable,
) -> Result<Option<[Felt; N]>, BuiltinError> {
    if let Some(numbers) = felts(memory, first) {
        return Ok(Some(numbers));
    }
    let Some(values) = values::<N>(memory, first) else { return Ok(None) };
    let mut numbers = [Felt::ZERO; N];
    for (index, number) in numbers.iter_mut().enumerate() {
        *number = integer(builtin, behind(first, index), values[index])?;
    }
    Ok(Some(numbers))
}
