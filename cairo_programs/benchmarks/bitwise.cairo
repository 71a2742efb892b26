// The bitwise builtin: and, exclusive or, or of numbers of 251 bits.
// flags: --layout recursive
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins bitwise

struct Instance {
    x: felt,
    y: felt,
    x_and_y: felt,
    x_xor_y: felt,
    x_or_y: felt,
}

func loop{bitwise_ptr: Instance*}(a: felt, b: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    bitwise_ptr.x = a;
    bitwise_ptr.y = b;
    let both = bitwise_ptr.x_and_y;
    let one = bitwise_ptr.x_xor_y;
    assert bitwise_ptr.x_or_y = both + one;
    let bitwise_ptr = bitwise_ptr + Instance.SIZE;
    return loop(one, b, n - 1);
}

func main{bitwise_ptr: Instance*}() {
    loop(
        0x3a5c9d8e7f6b5a4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0,
        0x155555555aaaaaaaa333333337777777f0f0f0f01234567890abcdef98765432,
        200000,
    );
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
