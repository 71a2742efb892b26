// Square roots in the field, of residues and of others.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
from starkware.cairo.common.math import is_quad_residue

func loop(n: felt) {
    if (n == 0) {
        return ();
    }
    let residue = is_quad_residue(n * 2 ** 200 + 3 * n * n);
    assert residue * residue = residue;
    return loop(n - 1);
}

func main() {
    loop(2000);
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
