// Everything that a message can name: numbers, negative ones, addresses, members.
// flags: --layout plain
// expect: error 1
struct Point {
    x: felt,
    y: felt,
}

func check(a: felt, p: Point*, q: Point) {
    alloc_locals;
    local negative = -7;
    local sum = a + 3;
    let twice = 2 * a;
    with_attr error_message("a={a} p={p} negative={negative} sum={sum} twice={twice} {} {{a}} { a } {a!r}") {
        assert a = 6;
    }
    return ();
}

func main() {
    alloc_locals;
    local point: Point = Point(x=1, y=2);
    let (__fp__, _) = get_registers();
    check(5, cast(__fp__, Point*), point);
    return ();
}

func get_registers() -> (fp_val: felt*, pc_val: felt*) {
    return (fp_val=cast([fp - 2], felt*), pc_val=cast([fp - 1], felt*));
}
