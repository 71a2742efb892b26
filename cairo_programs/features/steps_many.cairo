// A hundred and thirty thousand steps in a tight loop.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (too many lines)
func main() {
    [ap] = 43333, ap++;
    loop:
    [ap] = [ap - 1] - 1, ap++;
    jmp loop if [ap - 1] != 0;
    ret;
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
