// A Python hint that no native code covers, 200,000 times, with one name read and one written.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (a million lines)
// slow: yes
func loop(n: felt) {
    alloc_locals;
    local y;
    %{ ids.y = ids.n * 3 + 1 %}
    assert y = n * 3 + 1;
    if (n == 1) {
        return ();
    }
    return loop(n - 1);
}

func main() {
    loop(200000);
    ret;
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
