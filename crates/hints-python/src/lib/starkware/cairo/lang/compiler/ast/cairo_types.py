"""Types of Cairo values; the classes and what they print are cairo-lang's."""

from starkware.cairo.lang.compiler._record import Record
from starkware.cairo.lang.compiler.scoped_name import ScopedName


class CairoType(Record):
    __match_args__ = ("location",)
    _defaults = {"location": None}

    def get_pointer_type(self):
        return TypePointer(pointee=self, location=self.location)


class TypeFelt(CairoType):
    def format(self):
        return "felt"


class TypeCodeoffset(CairoType):
    def format(self):
        return "codeoffset"


class TypePointer(CairoType):
    __match_args__ = ("pointee", "location")

    def format(self):
        return f"{self.pointee.format()}*"


class TypeIdentifier(CairoType):
    __match_args__ = ("name", "location")

    def format(self):
        return str(self.name)


class TypeStruct(CairoType):
    __match_args__ = ("scope", "location")

    def format(self):
        return str(self.scope)


class TypeFunction(TypeStruct):
    pass


class TypeTuple(CairoType):
    class Item(Record):
        __match_args__ = ("name", "typ", "location")
        _defaults = {"location": None}

        def format(self):
            return self.typ.format() if self.name is None else f"{self.name}: {self.typ.format()}"

    __match_args__ = ("members", "location")

    @property
    def types(self):
        return [member.typ for member in self.members]

    @property
    def is_named(self):
        return bool(self.members) and all(member.name is not None for member in self.members)

    def format(self):
        comma = "," if len(self.members) == 1 and self.members[0].name is None else ""
        return f"({', '.join(member.format() for member in self.members)}{comma})"


def _parse(text):
    """The type that a compiled program has written out."""
    found, rest = _parsed(text)
    if rest.strip():
        raise ValueError(f"'{text}' is no type.")
    return found


def _parsed(text):
    text = text.lstrip()
    if text.startswith("("):
        found, text = _tuple(text[1:])
    else:
        end = next((at for at, c in enumerate(text) if not (c.isalnum() or c in "_.")), len(text))
        name, text = text[:end], text[end:]
        if not name:
            raise ValueError(f"'{text}' begins no type.")
        if name == "felt":
            found = TypeFelt()
        elif name == "codeoffset":
            found = TypeCodeoffset()
        else:
            found = TypeStruct(scope=ScopedName.from_string(name))
    while text.lstrip().startswith("*"):
        found, text = TypePointer(pointee=found), text.lstrip()[1:]
    return found, text


def _tuple(text):
    """The members up to the closing parenthesis, and what follows it."""
    members = []
    while not text.lstrip().startswith(")"):
        head, colon, tail = text.partition(":")
        name = None
        if colon and head.strip().isidentifier():
            name, text = head.strip(), tail
        typ, text = _parsed(text)
        members.append(TypeTuple.Item(name=name, typ=typ))
        text = text.lstrip()
        if text.startswith(","):
            text = text[1:]
        elif not text.startswith(")"):
            raise ValueError("A tuple has no end.")
    return TypeTuple(members=members), text.lstrip()[1:]
