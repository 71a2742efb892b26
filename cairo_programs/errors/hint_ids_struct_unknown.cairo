// A struct has no such member.
// flags: --layout plain
// expect: error 1
struct Point {
    x: felt,
}

func main() {
    %{ ids.Point.y %}
    ret;
}
