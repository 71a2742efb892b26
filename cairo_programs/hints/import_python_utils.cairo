// Helpers: starkware.python.utils.
// flags: --layout plain
// expect: ok
func main() {
    %{
        from starkware.python.utils import (
            HASH_BYTES, WriteOnceDict, add_counters, as_non_optional, assert_exhausted,
            assert_same_and_get, blockify, camel_to_snake_case, composite, from_bytes, hex_to_bytes,
            indent, iter_blockify, safe_zip, snake_to_camel_case, sub_counters, subtract_mappings,
            to_bytes, unique, unique_ordered_union,
        )

        print(HASH_BYTES, to_bytes(258).hex(), to_bytes(258, 4, 'little'), from_bytes(b'\x01\x02'))
        print(from_bytes(b'\xff\x02', 'little', True), hex_to_bytes('0x123'))
        print(list(blockify([1, 2, 3, 4, 5], 2)), list(iter_blockify(range(3), 2)), list(safe_zip('ab', [1, 2])))
        print(unique([3, 1, 3]), unique_ordered_union([1, 2], [2, 3]), assert_same_and_get(4, 4))
        print(add_counters({1: 2}, {1: 3, 4: 5}), sub_counters({1: 2}, {4: 5}), subtract_mappings({1: 2, 3: 4}, {3: 4}))
        print(camel_to_snake_case('BitwiseBuiltin'), snake_to_camel_case('range_check'), repr(indent('a\n\nb\n', 2)))
        print(composite(lambda x: x + 1, lambda x, y: x * y)(3, 4), as_non_optional(0))
        once = WriteOnceDict()
        once['a'] = 1
        for failing in [
            lambda: once.__setitem__('a', 1),
            lambda: list(safe_zip([1], [])),
            lambda: blockify([1], 0),
            lambda: assert_same_and_get(1, 2),
            lambda: assert_exhausted(iter([1])),
            lambda: to_bytes(-1),
        ]:
            try:
                print(failing())
            except Exception as error:
                print(type(error).__name__, error)
    %}
    [ap] = 1, ap++;
    ret;
}
