// flags: --layout plain
// expect: error 1
// message: is not a member of
struct Point {
    x: felt,
    y: felt,
}

func main() {
    alloc_locals;
    local p: Point;
    %{ ids.p.z = 3 %}
    assert p.x = 1;
    ret;
}
