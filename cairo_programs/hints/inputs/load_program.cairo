const FACTOR = 3;

struct Pair {
    a: felt,
    b: felt,
}

func fails(x: felt) {
    with_attr error_message("inner says {x}") {
        %{ raise ValueError(f'inner hint {ids.x}') %}
        assert x = 0;
    }
    return ();
}

func work(x: felt, pair: Pair*) -> felt {
    alloc_locals;
    local y;
    %{
        ids.y = ids.x * ids.FACTOR + ids.pair.b
        calls = calls + 1 if 'calls' in globals() else 1
        print('inner', ids.x, ids.y, calls, ids.Pair.SIZE, ids.fails.instruction_offset_)
    %}
    assert y = x * FACTOR + pair.b;
    %{ print('again', ids.y, current_step > 0, (pc - 0).segment_index) %}
    if (x == 7) {
        fails(x);
    }
    return y;
}

func main() {
    return ();
}
