// The sum of some numbers, one of which no range check takes: the error is reached some calls deep.
// flags: --layout small --print_output
// expect: error 1
// message: is out of range

%builtins output range_check

struct Point {
    x: felt,
    y: felt,
}

// The square of a point's distance from the origin.
func norm(point: Point) -> felt {
    tempvar x = point.x;
    tempvar y = point.y;
    return x * x + y * y;
}

// The sum of the numbers from 1 to n, checked to be small on the way.
func sum{range_check_ptr}(n: felt) -> felt {
    if (n == 0) {
        return 0;
    }
    %{ print(f"n is {ids.n}") %}
    with_attr error_message("{n} is no good") {
        assert [range_check_ptr] = n - 20;
    }
    let range_check_ptr = range_check_ptr + 1;
    let rest = sum(n - 1);
    return rest + n;
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    local point: Point;
    %{
        ids.point.x = 3
        ids.point.y = 4
        print("a point was chosen")
    %}
    let distance = norm(point);
    assert distance = 25;
    let total = sum(distance);
    assert [output_ptr] = total;
    assert [output_ptr + 1] = 'done';
    let output_ptr = output_ptr + 2;
    return ();
}
