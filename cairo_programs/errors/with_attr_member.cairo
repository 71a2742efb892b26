// A message names a member of a variable.
// flags: --layout plain
// expect: error 1
struct Point {
    x: felt,
}

func main() {
    alloc_locals;
    local p: Point = Point(x=3);
    with_attr error_message("x is {p.x}") {
        assert 1 = 2;
    }
    return ();
}
