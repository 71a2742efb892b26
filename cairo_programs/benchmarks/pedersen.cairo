// A chain of Pedersen hashes.
// flags: --layout small
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins pedersen

struct Instance {
    x: felt,
    y: felt,
    result: felt,
}

func loop{pedersen_ptr: Instance*}(a: felt, b: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    pedersen_ptr.x = a;
    pedersen_ptr.y = b;
    let result = pedersen_ptr.result;
    let pedersen_ptr = pedersen_ptr + Instance.SIZE;
    return loop(result, a, n - 1);
}

func main{pedersen_ptr: Instance*}() {
    loop(1, 2, 20000);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
