// Hints, references and values of tuples in the debug information: "ä", <€>.
// flags: --layout small --proof_mode
// compile: --proof_mode
// expect: ok
%builtins range_check

struct Pair {
    a: felt,
    b: felt,
}

func main{range_check_ptr}() {
    alloc_locals;
    local pair: Pair = Pair(a=3, b=4);
    let sum = pair.a + pair.b;
    tempvar product = sum * pair.b;
    %{
        # ü
        memory[ids.range_check_ptr] = ids.product
    %}
    assert [range_check_ptr] = product;
    let range_check_ptr = range_check_ptr + 1;
    with_attr error_message("sum {sum}") {
        assert sum = 7;
    }
    return ();
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
