"""Writes modulo_circuits.txt: random circuits of the modulo builtins and what cairo-lang makes of them.

Run it with a Python that has cairo-lang 0.14.0.1. The format, one case behind the other:
    case BATCH ADD_GATES MUL_GATES      what fill_memory is called with, - for no circuit
    cell SEGMENT OFFSET VALUE           memory before it, addresses as SEGMENT:OFFSET
    filled                              or: refused MESSAGE
    cell SEGMENT OFFSET VALUE           what fill_memory adds
    add MESSAGE                         what run_security_checks says, ok for nothing
    mul MESSAGE
Segment 2 is add_mod's, 3 mul_mod's, 4 the values', 5 and 6 the offsets' of additions and products.
"""

import random
import signal
import sys
from types import SimpleNamespace

from starkware.cairo.lang.builtins.modulo.instance_def import AddModInstanceDef, MulModInstanceDef
from starkware.cairo.lang.builtins.modulo.mod_builtin_runner import (
    AddModBuiltinRunner,
    ModBuiltinRunner,
    MulModBuiltinRunner,
)
from starkware.cairo.lang.vm.memory_dict import MemoryDict
from starkware.cairo.lang.vm.relocatable import RelocatableValue as R


class Endless(Exception):
    pass


def stop(*_):
    raise Endless()


signal.signal(signal.SIGALRM, stop)
rng = random.Random(20240814)
WORD = 2**96


def number():
    kind = rng.randrange(6)
    if kind < 2:
        return rng.randrange(12)
    if kind == 2:
        return rng.randrange(2**384)
    if kind == 3:
        return 2**384 - 1 - rng.randrange(3)
    return rng.randrange(2 ** rng.choice([64, 96, 100, 200, 256]))


def modulus():
    return rng.choice(
        [0, 1, 2, 7, 12, 97, 2**96, 2**255 - 19, 2**384 - 1, 2**384 - 317, number(), number()]
    )


def words(value):
    return [value // WORD**i % WORD for i in range(4)]


def show(value):
    return f"{value.segment_index}:{value.offset}" if isinstance(value, R) else str(value)


def case(out):
    batch = rng.choice([1, 1, 1, 2, 3])
    cells = {}
    slots = rng.randrange(3, 10)
    p = modulus()
    gates = []
    for name, segment in (("add", 2), ("mul", 3)):
        n = rng.choice([None, 0, 1, 2, 3, 4, 6])
        gates.append(n)
        if not n:
            continue
        for i, word in enumerate(words(p)):
            cells[R(segment, i)] = word
        cells[R(segment, 4)] = R(4, 0)
        cells[R(segment, 5)] = R(segment + 3, 0)
        total = -(-n // batch) * batch + rng.choice([0, 0, batch])
        if rng.randrange(12) == 0:
            total += 1
        if name == "add" or rng.randrange(2):
            cells[R(segment, 6)] = total
        for i in range(3 * n):
            cells[R(segment + 3, i)] = 4 * rng.randrange(slots)
    for slot in range(slots):
        if rng.randrange(5) < 3:
            for i, word in enumerate(words(rng.choice([number, modulus])())):
                cells[R(4, 4 * slot + i)] = word
        elif rng.randrange(8) == 0:
            cells[R(4, 4 * slot + rng.randrange(4))] = rng.randrange(3)
    if rng.randrange(15) == 0 and cells:
        cells[rng.choice(sorted(cells))] = rng.choice([R(1, 7), WORD, 5, 2**200])
    elif rng.randrange(15) == 0 and cells:
        del cells[rng.choice(sorted(cells))]

    common = dict(word_bit_len=96, n_words=4, batch_size=batch, ratio=1, ratio_den=1)
    add = AddModBuiltinRunner(included=True, instance_def=AddModInstanceDef(**common))
    mul = MulModBuiltinRunner(included=True, instance_def=MulModInstanceDef(**common))
    add._base, mul._base = R(2, 0), R(3, 0)
    memory = MemoryDict(dict(cells))
    lines = [f"case {batch} " + " ".join("-" if n is None else str(n) for n in gates)]
    lines += [f"cell {a.segment_index} {a.offset} {show(v)}" for a, v in sorted(cells.items())]
    signal.alarm(1)
    try:
        ModBuiltinRunner.fill_memory(
            memory,
            None if gates[0] is None else (R(2, 0), add, gates[0]),
            None if gates[1] is None else (R(3, 0), mul, gates[1]),
        )
        lines.append("filled")
        lines += [
            f"cell {a.segment_index} {a.offset} {show(v)}"
            for a, v in sorted(memory.items())
            if a not in cells
        ]
    except Endless:
        return False
    except TypeError:
        return False
    except Exception as error:
        lines.append(f"refused {error}")
    finally:
        signal.alarm(0)
    used = lambda segment: max((a.offset + 1 for a in memory if a.segment_index == segment), default=0)
    runner = SimpleNamespace(
        vm_memory=memory,
        segments=SimpleNamespace(get_segment_used_size=used),
        vm=SimpleNamespace(validated_memory=memory),
    )
    for name, builtin in (("add", add), ("mul", mul)):
        try:
            builtin.run_security_checks(runner)
            lines.append(f"{name} ok")
        except TypeError:
            return False
        except Exception as error:
            lines.append(f"{name} {error}")
    out.append(lines)
    return True


cases = []
while len(cases) < int(sys.argv[1]):
    case(cases)
with open(sys.argv[2], "w") as file:
    for lines in cases:
        file.write("\n".join(lines) + "\n")
