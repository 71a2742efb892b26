"""Keccak-256 as Ethereum has it; names and messages are those of the package eth-hash."""

import _cairo_native as _native


def _checked(data):
    if not isinstance(data, (bytearray, bytes)):
        raise TypeError(
            f"Can only compute the hash of `bytes` or `bytearray` values, not {data!r}"
        )
    return data


class _Preimage:
    """Bytes that more may be added to."""

    def __init__(self, data):
        self._data = bytes(data)

    def update(self, data):
        self._data += data

    def digest(self):
        return _native.keccak256(self._data)

    def copy(self):
        return _Preimage(self._data)


class Keccak256:
    """The hash function."""

    def __call__(self, preimage):
        return _native.keccak256(_checked(preimage))

    def new(self, preimage):
        return _Preimage(_checked(preimage))


keccak = Keccak256()
