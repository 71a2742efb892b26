// Multiples of points by the EC op builtin.
// flags: --layout starknet_with_keccak
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
%builtins ec_op

struct Point {
    x: felt,
    y: felt,
}

struct Instance {
    p: Point,
    q: Point,
    m: felt,
    r: Point,
}

func loop{ec_op_ptr: Instance*}(p: Point, q: Point, m: felt, n: felt) {
    if (n == 0) {
        return ();
    }
    assert ec_op_ptr.p = p;
    assert ec_op_ptr.q = q;
    ec_op_ptr.m = m;
    tempvar r = ec_op_ptr.r;
    let ec_op_ptr = ec_op_ptr + Instance.SIZE;
    return loop(r, q, m * m + r.x, n - 1);
}

func main{ec_op_ptr: Instance*}() {
    loop(
        Point(
            x=0x6a4beaef5a93425b973179cdba0c9d42f30e01a5f1e2db73da0884b8d6756fc,
            y=0x72565ec81bc09ff53fbfad99324a92aa5b39fb58267e395e8abe36290ebf24f,
        ),
        Point(
            x=0x654fd7e67a123dd13868093b3b7777f1ffef596c2e324f25ceaf9146698482c,
            y=0x4fad269cbf860980e38768fe9cb6b0b9ab03ee3fe84cfde2eccce597c874fd8,
        ),
        2 ** 250 + 12345678901234567890123456789,
        2000,
    );
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
