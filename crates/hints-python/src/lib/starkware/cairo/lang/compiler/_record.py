"""Objects that are their fields, without the time that importing `dataclasses` takes."""


class Record:
    """Made from its fields in order or by name; equal to its like with equal fields."""

    __hash__ = None
    __match_args__ = ()
    _defaults = {}

    def __init__(self, *values, **named):
        names = self.__match_args__
        given = dict(self._defaults)
        given.update(zip(names, values))
        for name in named:
            if name not in names or name in names[: len(values)]:
                raise TypeError(
                    f"{type(self).__name__}.__init__() got an unexpected argument '{name}'"
                )
        given.update(named)
        missing = [name for name in names if name not in given]
        if missing or len(values) > len(names):
            raise TypeError(f"{type(self).__name__}.__init__() takes {', '.join(names)}")
        self.__dict__.update(given)

    def _compared(self):
        return tuple(self.__dict__[name] for name in self.__match_args__ if name != "location")

    def __eq__(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._compared() == other._compared()

    def __repr__(self):
        fields = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({fields})"
