// A struct can't be assigned to.
// flags: --layout plain
// expect: error 1
struct Point {
    x: felt,
}

func main() {
    %{ ids.Point = 4 %}
    ret;
}
