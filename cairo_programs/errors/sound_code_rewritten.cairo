// A hint changes an instruction that has been executed.
// flags: --layout plain
// expect: error 1
// message: A hint has changed the cell at 0:1
func main() {
    [ap] = 5, ap++;
    %{ memory.data[pc - 1] = 7 %}
    ret;
}

// reference: ok
