"""Iterables of one length; names and messages are cairo-lang's."""

_END = object()


def safe_zip(*iterables):
    iterators = [iter(iterable) for iterable in iterables]
    while iterators:
        items = tuple(next(iterator, _END) for iterator in iterators)
        ended = sum(item is _END for item in items)
        if ended == len(items):
            return
        assert ended == 0, "Iterables to safe_zip are not equal in length."
        yield items
