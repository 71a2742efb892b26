// common/cairo_sha256: a block compressed by a hint and proven.
// flags: --layout recursive_large_output
// expect: ok
// memory: no (the finalised blocks make it long)
%builtins output range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_sha256.sha256_utils import (
    compute_message_schedule,
    finalize_sha256,
    get_round_constants,
    sha2_compress,
)
from starkware.cairo.common.memcpy import memcpy
from starkware.cairo.common.serialize import serialize_word

func initial(state: felt*) {
    %{
        from starkware.cairo.common.cairo_sha256.sha256_utils import IV
        segments.write_arg(ids.state, IV)
    %}
    return ();
}

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (message) = alloc();
    %{ segments.write_arg(ids.message, [0x61626380] + [0] * 14 + [24]) %}
    let constants = get_round_constants();
    let (state) = alloc();
    initial(state);
    let (words) = alloc();
    memcpy(words, message, 16);
    compute_message_schedule(words);
    let (compressed) = sha2_compress(state, words, constants);
    serialize_word(compressed[0]);
    serialize_word(compressed[7]);

    // The same as a block whose output a hint computes: message, state, output.
    let (local block: felt*) = alloc();
    memcpy(block, message, 16);
    initial(block + 16);
    %{
        from starkware.cairo.common.cairo_sha256.sha256_utils import (
            compute_message_schedule, sha2_compress_function)
        words = compute_message_schedule(memory.get_range(ids.block, 16))
        segments.write_arg(ids.block + 24, sha2_compress_function(IV, words))
    %}
    serialize_word(block[24]);
    finalize_sha256(block, block + 32);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
