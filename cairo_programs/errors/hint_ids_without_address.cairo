// A reference to a struct that was never written has no address to give its members.
// flags: --layout plain
// expect: error 1
// message: to have an address.
struct Point {
    x: felt,
    y: felt,
}

func main() {
    let point = Point(x=1, y=2);
    %{ print(ids.point.x) %}
    [ap] = 1, ap++;
    return ();
}
