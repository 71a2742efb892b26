// More segments than 16 bits can count.
// flags: --layout plain
// memory: no (it is the segments that count)
// slow: yes
// expect: ok
func main() {
    %{
        for number in range(70000):
            base = segments.add()
        memory[base] = 5
    %}
    ret;
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
