//! `starkware.python.merkle_tree`: the trees of updates that Merkle and Patricia hints walk down.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use super::super::{Decline, Got};
use super::Run;
use crate::Int;
use crate::math::number;
use crate::object::Object;

/// `decode_node(node)`: both children, and which of them are there.
pub(super) fn decode_node(run: &mut Run<'_, '_>, node: &Object) -> Got<Object> {
    let children = run.unpacked(node, 2)?;
    let [left, right] = children.as_slice() else { return Err(Decline) };
    let case = match (left, right) {
        (Object::Foreign(_), _) | (_, Object::Foreign(_)) => return Err(Decline),
        (Object::None, Object::None) => return Err(Decline),
        (Object::None, _) => "right",
        (_, Object::None) => "left",
        _ => "both",
    };
    Ok(Object::Tuple([left.clone(), right.clone(), Object::Text(case.into())].into()))
}

/// `build_update_tree(height, modifications)`: pairs of pairs down to the leaves, `None` where
/// nothing changes.
pub(super) fn build_update_tree(
    run: &mut Run<'_, '_>,
    height: &Int,
    modifications: &Object,
) -> Got<Object> {
    let mut layer: BTreeMap<BigInt, Object> = BTreeMap::new();
    for modification in run.sequence(modifications)? {
        let pair = run.unpacked(&modification, 2)?;
        let [Object::Int(index), leaf] = pair.as_slice() else { return Err(Decline) };
        layer.insert(index.to_big(), leaf.clone());
    }
    if layer.is_empty() {
        return Ok(Object::None);
    }
    let height = number::to_usize(height).filter(|height| *height < 1000).ok_or(Decline)?;
    for _ in 0..height {
        run.charge(layer.len() as u64)?;
        let mut above: BTreeMap<BigInt, (Object, Object)> = BTreeMap::new();
        for (index, tree) in layer {
            let children =
                above.entry(&index >> 1_u32).or_insert_with(|| (Object::None, Object::None));
            if index.bit(0) { children.1 = tree } else { children.0 = tree }
        }
        let pairs = above.into_iter();
        layer = pairs
            .map(|(index, (left, right))| (index, Object::Tuple([left, right].into())))
            .collect();
    }
    match layer.pop_first() {
        Some((index, root)) if layer.is_empty() && index == BigInt::ZERO => Ok(root),
        _ => Err(Decline),
    }
}
