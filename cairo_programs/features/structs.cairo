// Structs by value and by pointer, nested, as arguments and as return values.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
struct Point {
    x: felt,
    y: felt,
}

struct Segment {
    start: Point,
    end: Point*,
    tag: felt,
}

func own_fp() -> (value: felt*) {
    return (value=cast([fp - 2], felt*));
}

func shift(point: Point, by: felt) -> (point: Point) {
    return (point=Point(x=point.x + by, y=point.y - by));
}

func add_ends(segment: Segment*) -> (sum: Point) {
    return (sum=Point(x=segment.start.x + segment.end.x, y=segment.start.y + segment.end.y));
}

func answers() -> (sum: Point, size: felt) {
    alloc_locals;
    let (__fp__) = own_fp();
    local a: Point = Point(x=1, y=2);
    let (local b: Point) = shift(a, 10);
    assert b.x = 11;
    assert b.y = -8;
    local segment: Segment = Segment(start=a, end=&b, tag='seg');
    let (local sum: Point) = add_ends(&segment);
    assert sum.x = 12;
    assert sum.y = -6;
    assert segment.end = &b;
    assert &segment.tag = cast(&segment, felt*) + 3;
    return (sum=sum, size=Segment.SIZE);
}

func main() {
    answers();
    return ();
}
