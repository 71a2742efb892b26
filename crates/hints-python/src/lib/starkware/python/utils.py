"""Bytes and lists; the names and defaults are cairo-lang's."""


def to_bytes(value, length=None, byte_order=None):
    return int.to_bytes(value, 32 if length is None else length, byte_order or "big")


def from_bytes(value, byte_order=None, signed=None):
    return int.from_bytes(value, byte_order or "big", signed=bool(signed))


def blockify(data, chunk_size):
    assert chunk_size > 0, f"chunk_size must be greater than 0. Got: {chunk_size}."
    return (data[i : i + chunk_size] for i in range(0, len(data), chunk_size))


def safe_zip(*iterables):
    return zip(*iterables, strict=True)
