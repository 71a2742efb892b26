// A hint gives a cell another value after the program has compared it: no proof could hold both.
// flags: --layout plain
// expect: error 1
// message: A hint has changed the cell at 1:2
func main() {
    [ap] = 5, ap++;
    assert [ap - 1] = 5;
    %{ memory.data[ap - 1] = 6 %}
    assert [ap - 1] = 6;
    ret;
}

// reference: ok
