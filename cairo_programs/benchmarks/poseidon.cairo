// A chain of Poseidon hashes.
// flags: --layout starknet_with_keccak
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins poseidon

struct Instance {
    x: felt,
    y: felt,
    z: felt,
    out_x: felt,
    out_y: felt,
    out_z: felt,
}

func loop{poseidon_ptr: Instance*}(a: felt, b: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    poseidon_ptr.x = a;
    poseidon_ptr.y = b;
    tempvar two = 2;
    poseidon_ptr.z = two;
    let result = poseidon_ptr.out_x;
    let poseidon_ptr = poseidon_ptr + Instance.SIZE;
    return loop(result, a, n - 1);
}

func main{poseidon_ptr: Instance*}() {
    loop(1, 2, 60000);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
