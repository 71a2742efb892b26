// Names of every kind, for the tests of cairo-zero-program. It imports nothing from a library.
// Compiled by cairo-compile 0.14.0.1 to names.json.
from lib import Inner as Renamed, helper

const SMALL = 7;
const MINUS = -3;
const HUGE = 2 ** 251;

struct Point {
    x: felt,
    y: Renamed,
    next: Point*,
}

using Pair = (first: felt, second: Point*);

namespace shapes {
    const CORNERS = 4;

    struct Square {
        side: felt,
    }

    func area(square: Square) -> felt {
        const CORNERS = 5;
        let size = square.side * square.side;
        %{ print(ids.CORNERS, ids.size) %}
        return size;
    }
}

func main() {
    alloc_locals;
    local point: Point*;
    local pair: Pair;
    let sum = [ap - 1] + 3;
    let zero = cast(0, felt);
    let deep = [[fp + 1] + 2];
    tempvar temporary = 5;
    %{
        # A hint of two lines.
        assert ids.SMALL == 7 and ids.shapes.CORNERS == 4
    %}
    with_attr error_message("pair is {temporary}") {
        assert temporary = 5;
    }
    looping:
    shapes.area(shapes.Square(side=temporary));
    helper(temporary);
    return ();
}
