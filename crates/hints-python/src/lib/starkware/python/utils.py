"""Small helpers on bytes, lists, dictionaries and texts; names and defaults are cairo-lang's.

What needs files, processes or event loops is not here.
"""

from starkware.python.math_utils import div_ceil  # noqa: F401
from starkware.python.utils_stub_module import safe_zip  # noqa: F401

HASH_BYTES = 32


def to_bytes(value, length=None, byte_order=None, signed=None):
    length = HASH_BYTES if length is None else length
    byte_order = "big" if byte_order is None else byte_order
    return int.to_bytes(value, length=length, byteorder=byte_order, signed=bool(signed))


def from_bytes(value, byte_order=None, signed=None):
    byte_order = "big" if byte_order is None else byte_order
    return int.from_bytes(value, byteorder=byte_order, signed=bool(signed))


def hex_to_bytes(hex_str):
    digits = hex_str.replace("0x", "").lower()
    assert set(digits) <= set("0123456789abcdef"), f"Invalid hex string: {hex_str}."
    return bytes.fromhex("0" * (len(digits) % 2) + digits)


def from_hex_str_to_bytes_str(hex_str):
    return to_bytes(int(hex_str, 16)).hex()


def from_hex_str_to_decimal_str(hex_str):
    return str(int(hex_str, 16))


def blockify(data, chunk_size):
    assert chunk_size > 0, f"chunk_size must be greater than 0. Got: {chunk_size}."
    return (data[start : start + chunk_size] for start in range(0, len(data), chunk_size))


def iter_blockify(data, chunk_size):
    assert chunk_size > 0, f"chunk_size must be greater than 0. Got: {chunk_size}."
    chunk = []
    for item in data:
        chunk.append(item)
        if len(chunk) == chunk_size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def assert_same_and_get(*args):
    assert len(set(args)) == 1, f"Values are not the same ({args})"
    return args[0]


def assert_exhausted(iterator):
    for _ in iterator:
        raise AssertionError("Iterator is not empty.")


def unique(x):
    return list(dict.fromkeys(x))


def unique_ordered_union(x, y):
    return list(dict.fromkeys([*x, *y]))


def as_non_optional(value):
    assert value is not None
    return value


def add_counters(x, y):
    keys = unique_ordered_union(x, y)
    return {key: x.get(key, 0) + y.get(key, 0) for key in keys}


def sub_counters(x, y):
    keys = unique_ordered_union(x, y)
    return {key: x.get(key, 0) - y.get(key, 0) for key in keys}


def multiply_counter_by_scalar(scalar, counter):
    return {key: scalar * value for key, value in counter.items()}


def subtract_mappings(a, b):
    return dict(item for item in a.items() if item not in b.items())


def is_in_sorted_sequence(sorted_sequence, item):
    from bisect import bisect_left

    place = bisect_left(sorted_sequence, item)
    if place == len(sorted_sequence):
        return False
    found = sorted_sequence[place]
    return found == item or found is item


def indent(code, indentation):
    if len(code) == 0:
        return code
    if isinstance(indentation, int):
        indentation = " " * indentation
    elif not isinstance(indentation, str):
        found = type(indentation).__name__
        raise TypeError(f"Supports only int or str, got {found}")
    # Lines that are empty stay so, the first one excepted.
    first, *rest = code.split("\n")
    return "\n".join([indentation + first, *(line and indentation + line for line in rest)])


def join_lines(lines):
    return "\n".join(lines)


def remove_trailing_spaces(code):
    return "\n".join(line.rstrip(" ") for line in code.split("\n"))


def to_ascii_string(value):
    return value.encode("ascii", "replace").decode("ascii")


def camel_to_snake_case(camel_case_name):
    first, rest = camel_case_name[0], camel_case_name[1:]
    return (first + "".join("_" + c if "A" <= c <= "Z" else c for c in rest)).lower()


def snake_to_camel_case(snake_case_name):
    import re

    return re.sub("(^|_)([a-z])", lambda found: found[2].upper(), snake_case_name)


def should_discard_key(key, exclude):
    return any(part in key for part in exclude)


def discard_key(d, key, to_replace_by):
    if to_replace_by is None:
        del d[key]
    else:
        d[key] = to_replace_by


def composite(*funcs):
    assert len(funcs) > 0
    *outer, innermost = funcs

    def composition_function(*args, **kwargs):
        value = innermost(*args, **kwargs)
        for function in reversed(outer):
            value = function(value)
        return value

    return composition_function


def all_subclasses(cls):
    found = {cls: None}
    for subclass in cls.__subclasses__():
        found.update(dict.fromkeys(all_subclasses(subclass)))
    return list(found)


def get_exception_repr(exception):
    return f"{type(exception).__name__}({exception})"


def get_random_instance():
    import random

    return random._inst


def initialize_random(random_object=None, seed=None):
    if random_object is not None:
        return random_object
    import random

    return random._inst if seed is None else random.Random(seed)


def get_random_bytes(random_object=None, *, n):
    source = initialize_random(random_object)
    return bytes(source.getrandbits(8) for _ in range(n))


class TriviallyCopyable:
    """Its copies are itself."""

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class TriviallyCopyableCallback(TriviallyCopyable):
    """A function whose copies are itself."""

    def __init__(self, callback):
        self._callback = callback

    def __call__(self, *args, **kwargs):
        return self._callback(*args, **kwargs)


def __getattr__(name):
    if name == "WriteOnceDict":
        from starkware.python._write_once import WriteOnceDict

        return WriteOnceDict
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
