"""The EC operation, and the rule that deduces it; names and messages are cairo-lang's."""

import _cairo_native as _native

from starkware.cairo.lang.builtins.ec.instance_def import (
    CELLS_PER_EC_OP,
    INPUT_CELLS_PER_EC_OP,
)
from starkware.crypto.signature.signature import ALPHA, BETA, FIELD_PRIME
from starkware.python.math_utils import ec_add, ec_double

EC_POINT_INDICES = [(0, 1), (2, 3), (5, 6)]
M_INDEX = 4
OUTPUT_INDICES = EC_POINT_INDICES[2]
INPUT_NAMES = ["p_x", "p_y", "q_x", "q_y", "m"]
EC_OP_NAME = "ec_op"
SCALAR_HEIGHT = 256
SCALAR_BITS = 252
SCALAR_LIMIT = 2**251 + 17 * 2**192 + 1


def point_on_curve(x, y, alpha, beta, p):
    return pow(y, 2, p) == (pow(x, 3, p) + alpha * x + beta) % p


def ec_op_impl(p_x, p_y, q_x, q_y, m, alpha, prime, height):
    result = _native.ec_op(p_x, p_y, q_x, q_y, m, alpha, prime, height)
    if result is not None:
        return result
    # Step by step, to fail where the original does.
    total, double = (p_x, p_y), (q_x, q_y)
    for place in range(height):
        assert (double[0] - total[0]) % prime != 0, (
            "Cannot apply EC operation: computation reached two points with the same x coordinate."
            "\nAttempting to compute P + m * Q where:\n"
            f"P = {(p_x, p_y)}\nm = {m}\nQ = {(q_x, q_y)}."
        )
        if m >> place & 1:
            total = ec_add(total, double, prime)
        double = ec_double(double, alpha, prime)
    return total


def ec_op_auto_deduction_rule_wrapper(ec_op_cache, ec_op_builtin=None):
    limit, bits, height = SCALAR_LIMIT, SCALAR_BITS, SCALAR_HEIGHT
    if ec_op_builtin is not None:
        limit, bits = ec_op_builtin.scalar_limit, ec_op_builtin.scalar_bits
        height = ec_op_builtin.scalar_height
    if limit is None:
        limit = 1 << bits

    def checked_inputs(vm, memory, instance):
        inputs = []
        for place in range(INPUT_CELLS_PER_EC_OP):
            value = memory[instance + place]
            assert vm.is_integer_value(value), (
                f"{EC_OP_NAME} builtin: Expected integer at address {instance + place}."
                f"Got: {value}."
            )
            inputs.append(value)
        assert inputs[M_INDEX] < limit, f"{EC_OP_NAME} builtin: m must be at most {limit}."
        for x, y in (inputs[:2], inputs[2:4]):
            assert point_on_curve(
                x, y, ALPHA, BETA, FIELD_PRIME
            ), f"{EC_OP_NAME} builtin: point ({x}, {y}) is not on the curve."
        return inputs

    def ec_op_auto_deduction_rule(vm, addr):
        memory = vm.run_context.memory
        place = addr.offset % CELLS_PER_EC_OP
        if place not in OUTPUT_INDICES:
            return None
        if addr not in ec_op_cache:
            instance = addr - place
            if not all(instance + i in memory for i in range(INPUT_CELLS_PER_EC_OP)):
                return None
            inputs = checked_inputs(vm, memory, instance)
            result = ec_op_impl(*inputs, alpha=ALPHA, prime=FIELD_PRIME, height=height)
            for index, value in zip(OUTPUT_INDICES, result):
                ec_op_cache[instance + index] = value
        return ec_op_cache[addr]

    return ec_op_auto_deduction_rule
