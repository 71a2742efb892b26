// Structures by value and behind pointers, as arguments and as results.
// flags: --layout plain
// compile: --no_debug_info
// expect: ok
// memory: no (millions of lines)
// slow: yes
struct Point {
    x: felt,
    y: felt,
}

struct Box {
    low: Point,
    high: Point,
}

func new_segment() -> (start: felt*) {
    %{ memory[ap] = segments.add() %}
    ap += 1;
    return (start=cast([ap - 1], felt*));
}

func moved(box: Box, by: Point) -> (box: Box) {
    return (
        box=Box(
            low=Point(x=box.low.x + by.x, y=box.low.y + by.y),
            high=Point(x=box.high.x + by.x, y=box.high.y + by.y),
        ),
    );
}

func area(box: Box*) -> (area: felt) {
    return (area=(box.high.x - box.low.x) * (box.high.y - box.low.y));
}

func fill(boxes: Box*, box: Box, n: felt) {
    if (n == 0) {
        return ();
    }
    let (next: Box) = moved(box, Point(x=3, y=-5));
    assert boxes[0] = next;
    return fill(boxes + Box.SIZE, next, n - 1);
}

func sum(boxes: Box*, n: felt, total: felt) -> (total: felt) {
    if (n == 0) {
        return (total=total);
    }
    let (one) = area(boxes);
    return sum(boxes + Box.SIZE, n - 1, total + one);
}

func main() {
    alloc_locals;
    let (boxes) = new_segment();
    local start: Box* = cast(boxes, Box*);
    fill(start, Box(low=Point(x=0, y=0), high=Point(x=10, y=20)), 80000);
    let (total) = sum(start, 80000, 0);
    assert total = 80000 * 200;
    return ();
}

// suite: inherit = false
// suite: record = ["stdout", "stderr"]
// suite: flags = "--print_output --print_info --print_segments"
// suite: skip = "runs for long"
