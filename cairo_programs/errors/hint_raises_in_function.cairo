// The exception comes out of a function of an earlier hint.
// flags: --layout plain
// expect: error 1
// message: ZeroDivisionError
func check(x: felt) {
    %{ divide(10, ids.x) %}
    [ap] = x, ap++;
    return ();
}

func main() {
    %{
        def divide(a, b):
            return a // b
    %}
    [ap] = 1, ap++;
    check(5);
    check(0);
    return ();
}
