// A hint takes a cell away after the program has used it.
// flags: --layout plain
// expect: error 1
// message: A hint has changed the cell at 1:2
func main() {
    [ap] = 5, ap++;
    assert [ap - 1] = 5;
    %{ del memory.data[ap - 1] %}
    ret;
}

// reference: ok
