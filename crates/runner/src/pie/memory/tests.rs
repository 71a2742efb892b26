//! Cells of `memory.bin`, written, read and refused.

use super::*;

fn record(address: u64, limbs: [u64; 4]) -> Vec<u8> {
    let words = std::iter::once(address).chain(limbs);
    words.flat_map(u64::to_le_bytes).collect()
}

#[test]
fn what_is_written_is_read() {
    let sizes = [5, 0, 9];
    let mut memory = Memory::new();
    for _ in sizes {
        assert!(memory.add_segment().is_ok());
    }
    let cells = [
        (Relocatable::new(0, 4), Value::Felt(Felt::ZERO - Felt::ONE)),
        (Relocatable::new(2, 0), Value::Relocatable(Relocatable::new(2, (1 << 47) - 1))),
        (Relocatable::new(2, 8), Value::Relocatable(Relocatable::new(1, 0))),
    ];
    for (address, value) in cells {
        assert_eq!(memory.insert(address, value), Ok(true));
    }
    let mut file = Vec::new();
    assert!(Places::own().write(&memory, &mut file).is_ok());
    let read: Vec<_> =
        file.chunks(RECORD).filter_map(|record| decode(record, &sizes).ok()).collect();
    assert_eq!(read, cells);
}

#[test]
fn merged_segments_lie_behind_each_other() {
    let (places, size) = Places::merged(&[(4, 3), (6, 0), (70_000, 2)]);
    assert_eq!(size, 5);
    let place = |segment, offset| places.pack(Relocatable::new(segment, offset)).ok();
    assert_eq!(place(3, 7), Some(3 << 47 | 7));
    assert_eq!(place(5, 0), Some(5 << 47));
    assert_eq!(place(4, 2), Some(4 << 47 | 2));
    assert_eq!(place(6, 0), Some(4 << 47 | 3));
    assert_eq!(place(70_000, 1), Some(4 << 47 | 4));
    assert_eq!(place(65_535, 0), Some(65_535 << 47));
    assert_eq!(place(65_536, 0), None);
    assert_eq!(place(0, 1 << 47), None);
    assert_eq!(place(-1, 0), None);
    assert_eq!(place(0, -1), None);
}

#[test]
fn cells_that_are_refused() {
    let sizes = [5, 0];
    let at = |segment: u64, offset: u64| IS_ADDRESS | segment << 47 | offset;
    let refused = |address, limbs| {
        decode(&record(address, limbs), &sizes)
            .map_or_else(|error| error.to_string(), |_| String::new())
    };
    assert_eq!(refused(at(0, 4), [1, 0, 0, 0]), "");
    // The reference ignores the bits between an address and its mark, too.
    assert_eq!(refused(at(0, 4), [1, 1 << 40, 7, IS_ADDRESS]), "");
    for address in [4, at(0, 5), at(1, 0), at(2, 0), at(65_535, 0)] {
        assert!(refused(address, [1, 0, 0, 0]).ends_with("Invalid memory cell address."));
    }
    assert!(refused(at(0, 0), [2 << 47, 0, 0, IS_ADDRESS]).ends_with("Invalid memory cell value."));
    assert!(refused(at(0, 0), Felt::PRIME).contains("0:0 is not below the prime"));
    assert!(refused(at(0, 0), [0, 0, 0, 1 << 62]).contains("not below the prime"));
}
