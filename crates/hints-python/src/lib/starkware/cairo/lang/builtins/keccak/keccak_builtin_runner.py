"""The rule that deduces the Keccak builtin's outputs; names and messages are cairo-lang's."""

from starkware.cairo.common.keccak_utils.keccak_utils import keccak_f
from starkware.python.math_utils import safe_div
from starkware.python.utils import from_bytes, to_bytes


def is_keccak_input_cell(index, n_input_cells):
    return index < n_input_cells


def keccak_auto_deduction_rule_wrapper(keccak_cache, instance_def=None):
    # Without a definition: a state of eight numbers of 200 bits.
    widths = [200] * 8 if instance_def is None else instance_def.state_rep
    cells = 16 if instance_def is None else instance_def.memory_cells_per_instance
    inputs = safe_div(cells, 2)

    def message(vm, memory, first):
        parts = []
        for place, bits in enumerate(widths):
            value = memory[first + place]
            assert vm.is_integer_value(
                value
            ), f"Keccak builtin: Expected integer at address {first + place}. Got: {value}."
            assert 0 <= value < 2**bits, (
                f"Keccak builtin: Expected integer at address {first + place} "
                f"to be smaller than 2^{bits}. Got: {value}."
            )
            parts.append(to_bytes(value, safe_div(bits, 8), "little"))
        return b"".join(parts)

    def rule(vm, addr):
        memory = vm.run_context.memory
        place = addr.offset % cells
        if is_keccak_input_cell(place, inputs):
            return None
        if addr not in keccak_cache:
            first = addr - place
            if not all(first + i in memory for i in range(inputs)):
                return None
            output = keccak_f(message(vm, memory, first))
            for number, bits in enumerate(widths):
                length = safe_div(bits, 8)
                part, output = output[:length], output[length:]
                keccak_cache[first + inputs + number] = from_bytes(part, byte_order="little")
        return keccak_cache[addr]

    return rule
