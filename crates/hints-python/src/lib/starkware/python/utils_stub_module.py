"""Iterables of one length; names and messages are cairo-lang's."""

from itertools import zip_longest as _zip_longest

_MISSING = object()


def safe_zip(*iterables):
    for items in _zip_longest(*iterables, fillvalue=_MISSING):
        assert _MISSING not in items, "Iterables to safe_zip are not equal in length."
        yield items
