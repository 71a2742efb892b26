"""Dotted names; the class and its messages are cairo-lang's."""


class ScopedName:
    """A name with its parts."""

    SEPARATOR = "."
    __slots__ = ("path",)
    __match_args__ = ("path",)

    def __init__(self, path=()):
        object.__setattr__(self, "path", path)
        assert "" not in path, "Empty namespace is not supported."
        assert not any(self.SEPARATOR in part for part in path)

    def __setattr__(self, name, value):
        _refuse("assign to", name)

    def __delattr__(self, name):
        _refuse("delete", name)

    @classmethod
    def from_string(cls, scope):
        return cls(tuple(scope.split(cls.SEPARATOR)) if scope else ())

    def __repr__(self):
        return f"ScopedName(path={self.path!r})"

    def __str__(self):
        return self.SEPARATOR.join(self.path)

    def __eq__(self, other):
        return self.path == other.path if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self):
        return hash((self.path,))

    def __len__(self):
        return len(self.path)

    def startswith(self, other):
        if isinstance(other, str):
            other = self.from_string(other)
        assert isinstance(other, ScopedName)
        return self.path[: len(other.path)] == other.path

    def __add__(self, other):
        if isinstance(other, str):
            other = self.from_string(other)
        assert isinstance(other, ScopedName)
        return ScopedName(self.path + other.path)

    def __getitem__(self, index):
        assert isinstance(index, slice)
        return ScopedName(path=self.path[index])


def _refuse(what, name):
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot {what} field {name!r}")
