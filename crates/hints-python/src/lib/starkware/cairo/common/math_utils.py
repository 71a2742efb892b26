"""How hints look at felts as signed numbers; the names and messages are cairo-lang's."""


def assert_integer(val):
    assert isinstance(val, int), f"Expected integer, found: {val}."


def as_int(val, prime):
    assert_integer(val)
    return val - prime if val >= prime // 2 else val


def is_positive(value, prime, rc_bound):
    val = as_int(value, prime)
    assert abs(val) < rc_bound, f"value={val} is out of the valid range."
    return val > 0
