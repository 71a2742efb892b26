// A hint changes where a function returns to, so that the check behind the call is never made.
// flags: --layout plain
// expect: error 1
// message: A hint has changed the cell at 1:3
func main() {
    call inner;
    assert 1 = 2;
    ret;
}

func inner() {
    %{ memory.data[fp - 1] = memory.data[fp - 1] + 4 %}
    ret;
}

// reference: ok
