"""Filling in circuits of the modulo builtins; the names are cairo-lang's."""

from _cairo_host import fill_memory as _fill_memory

from starkware.cairo.lang.vm.builtin_runner import BuiltinRunner

MAX_N = 100000
INPUT_NAMES = ["p0", "p1", "p2", "p3", "values_ptr", "offsets_ptr", "n"]
MEMORY_VAR_NAMES = [f"{operand}_offset" for operand in "abc"] + [
    f"{operand}{word}" for operand in "abc" for word in range(4)
]
INPUT_CELLS = len(INPUT_NAMES)
ADDITIONAL_MEMORY_UNITS = len(MEMORY_VAR_NAMES)


class ModBuiltinRunner:
    """The one function of the class that hints call."""

    @staticmethod
    def fill_memory(memory, add_mod, mul_mod):
        circuits = []
        for circuit in (add_mod, mul_mod):
            if circuit:
                address, runner, count = circuit
                assert isinstance(runner, BuiltinRunner)
                circuit = (address, count)
            circuits.append(circuit or None)
        _fill_memory(*circuits)
