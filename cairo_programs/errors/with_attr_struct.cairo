// A message names a variable of several cells.
// flags: --layout plain
// expect: error 1
struct Point {
    x: felt,
    y: felt,
}

func main() {
    alloc_locals;
    local p: Point = Point(x=3, y=4);
    with_attr error_message("p is {p}") {
        assert 1 = 2;
    }
    return ();
}
