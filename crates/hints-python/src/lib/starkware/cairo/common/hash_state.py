"""Chains of hashes with their length; names and messages are cairo-lang's."""

from starkware.cairo.lang.vm.crypto import pedersen_hash


def compute_hash_on_elements_without_length(data, hash_func=pedersen_hash):
    digest = 0
    for value in data:
        digest = hash_func(digest, value)
    return digest


def compute_hash_on_elements(data, hash_func=pedersen_hash):
    return compute_hash_on_elements_without_length([*data, len(data)], hash_func)


class HashState:
    """A hash of words that come one by one, as the struct of that name in Cairo."""

    __hash__ = None
    __match_args__ = ("current_hash", "n_words", "hash_func", "finalized")

    def __init__(self, current_hash, n_words, hash_func, finalized):
        self.current_hash = current_hash
        self.n_words = n_words
        self.hash_func = hash_func
        self.finalized = finalized

    @classmethod
    def init(cls, hash_func=pedersen_hash):
        return cls(current_hash=0, n_words=0, hash_func=hash_func, finalized=False)

    def _fields(self):
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __eq__(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._fields() == other._fields()

    def __repr__(self):
        fields = zip(self.__match_args__, self._fields())
        return f"HashState({', '.join(f'{name}={value!r}' for name, value in fields)})"

    def update_single(self, value):
        assert not self.finalized, "Cannot update a finalized HashState."
        self.current_hash = self.hash_func(self.current_hash, value)
        self.n_words += 1

    def update_with_hashchain(self, values):
        assert not self.finalized, "Cannot update a finalized HashState."
        self.update_single(compute_hash_on_elements(values, self.hash_func))

    def finalize(self):
        assert not self.finalized, "Cannot finalize twice."
        self.finalized = True
        return self.hash_func(self.current_hash, self.n_words)
