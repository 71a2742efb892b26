// The sizes of the builtins' segments and of the program's are not for hints to give.
// flags: --layout dex --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output range_check

func main(output_ptr: felt*, range_check_ptr) -> (output_ptr: felt*, range_check_ptr: felt) {
    %{
        segments.finalize(ids.output_ptr.segment_index, 2000)
        segments.finalize(ids.range_check_ptr.segment_index, 3000)
        segments.finalize(0, 400)
        segments.finalize(ap.segment_index, 1500)
    %}
    assert [range_check_ptr] = 5;
    assert output_ptr[0] = 3;
    return (output_ptr=output_ptr + 1, range_check_ptr=range_check_ptr + 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
