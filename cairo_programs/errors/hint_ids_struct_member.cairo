// The offset of a member can't be assigned to.
// flags: --layout plain
// expect: error 1
struct Point {
    x: felt,
}

func main() {
    %{ ids.Point.x = 4 %}
    ret;
}
