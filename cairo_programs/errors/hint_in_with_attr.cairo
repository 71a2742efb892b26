// flags: --layout plain
// expect: error 1
// message: Error message: x was 3
func check(x: felt) {
    with_attr error_message("x was {x}") {
        %{ assert ids.x == 4 %}
        [ap] = 2, ap++;
    }
    return ();
}

func main() {
    check(3);
    return ();
}
