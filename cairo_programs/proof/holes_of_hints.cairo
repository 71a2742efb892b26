// Cells that hints have set and no instruction has used are holes, too.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    alloc_locals;
    local x;
    %{
        for i in range(300):
            memory[ap + 10 + i] = i
        segments.write_arg(segments.add(), list(range(50)))
    %}
    x = 1;
    [ap] = 2, ap++;
    assert output_ptr[0] = x;
    return (output_ptr=output_ptr + 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
