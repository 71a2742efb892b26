"""A dictionary whose keys can't be set again."""

from collections import UserDict


class WriteOnceDict(UserDict):
    """Setting a key a second time is an error, even to the value it has."""

    def __setitem__(self, key, value):
        if key in self.data:
            raise AssertionError(
                f"Trying to set key={key} to '{value}' but key={key} is already set to '{self[key]}'."
            )
        self.data[key] = value
