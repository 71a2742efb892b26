// Struct members through `ids`: nested, behind pointers, assigned, arrays of structs, sizes and offsets.
// flags: --layout plain
// expect: ok
struct Point {
    x: felt,
    y: felt,
}

struct Line {
    start: Point,
    end: Point*,
    name: felt,
}

func own_fp() -> (value: felt*) {
    return (value=cast([fp - 2], felt*));
}

func describe(line: Line*, points: Point*, n: felt) {
    alloc_locals;
    local free: Point;
    local plain: Point = Point(x=8, y=9);
    %{
        print(ids.line.start.x, ids.line.start.y, ids.line.end.x, ids.line.end.y)
        print(ids.line.name, bytes.fromhex(f'{ids.line.name:x}').decode())
        print(ids.line.address_ - ids.line.end.address_)
        print(ids.Point.SIZE, ids.Line.SIZE, ids.Line.name, ids.Point.y)
        print([(ids.points[i].x, ids.points[i].y) for i in range(ids.n)])
        ids.free.x = ids.plain.x * 2
        ids.free.y = -1
        ids.points[ids.n].x = 70
        ids.points[ids.n].y = 71
        print(ids.free.x, ids.free.y, ids.plain.address_ - ids.free.address_)
        print(ids.free == ids.plain, ids.line.start.address_ == ids.line.address_)
    %}
    assert free = Point(x=16, y=-1);
    assert points[n] = Point(x=70, y=71);
    return ();
}

func main() {
    alloc_locals;
    let (__fp__) = own_fp();
    local end: Point = Point(x=3, y=4);
    local line: Line = Line(start=Point(x=1, y=2), end=&end, name='line');
    let points = cast([fp - 2], Point*);
    assert points[0] = Point(x=10, y=11);
    assert points[1] = Point(x=20, y=21);
    describe(&line, points, 2);
    ret;
}
