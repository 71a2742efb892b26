//! Whether every instance that was begun has its inputs, for a secure run.

use cairo_zero_memory::Segment;

use crate::error::LISTED;
use crate::python_set::PythonSet;
use crate::{BuiltinError, BuiltinErrorKind, Row};

/// Checks that all input cells of every instance up to the last cell used are set.
pub(crate) fn check_inputs(row: &Row, segment: &Segment) -> Result<(), BuiltinError> {
    let instances = segment.used_size().div_ceil(row.cells_per_instance);
    if has_inputs(row, segment, instances) {
        return Ok(());
    }
    // Far-out cells make too many instances to go through, but then the set cells can't be enough.
    if instances > segment.count() / row.input_cells {
        return Err(BuiltinErrorKind::MissingCells(row.name).into());
    }
    let inputs = (0..instances).flat_map(|instance| {
        let first = instance * row.cells_per_instance;
        first..first + row.input_cells
    });
    let is_missing = |offset: &u64| !segment.cell(*offset).is_set();
    if !inputs.clone().any(|offset| is_missing(&offset)) {
        return Ok(());
    }
    // The reference takes one set from another, which makes a third.
    let inputs = PythonSet::new(inputs);
    let missing = PythonSet::new(inputs.iter().filter(is_missing));
    let missing = missing.iter().take(LISTED + 1).collect();
    Err(BuiltinErrorKind::MissingInputs { builtin: row.name, missing }.into())
}

/// Whether so many instances have all their inputs, and lie in the segment's first stretch.
fn has_inputs(row: &Row, segment: &Segment, instances: u64) -> bool {
    let (Some((_, run)), Ok(instances)) = (segment.runs().next(), usize::try_from(instances))
    else {
        return false;
    };
    let whole = run.chunks_exact(row.cells_per_instance as usize);
    whole.len() >= instances
        && whole.take(instances).all(|instance| {
            instance.iter().take(row.input_cells as usize).all(|cell| cell.is_set())
        })
}
