// The output is public memory.
// flags: --layout small --proof_mode
// compile: --proof_mode --no_debug_info
// expect: ok
%builtins output

func main(output_ptr: felt*) -> (output_ptr: felt*) {
    write(output_ptr, 100);
    return (output_ptr=output_ptr + 100);
}

func write(to: felt*, left: felt) {
    if (left == 0) {
        return ();
    }
    assert to[left - 1] = left * left - 50;
    return write(to, left - 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
