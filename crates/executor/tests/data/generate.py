"""
Writes reference.json: random programs, and what cairo-lang's own step function makes of them.

    /path/to/venv/bin/python generate.py [CASES [SEED]]   (cairo-lang 0.14.0.1 in the venv)

Each instruction is chosen when the run first reaches its place, to fit what the cells are by then;
some are chosen blindly. A case is an object with:

    s   the segments' first cells: program, execution, a library, data, the output, two empty ones
    t   the cells of temporary segments -1 and -2
    r   relocation rules: [[temporary segment, address], ...]
    g   pc, ap, fp before the first step
    n   steps executed
    e   the error's text, absent when the run was just left there
    b   1 when the step behind is beyond what a machine of 64-bit offsets and real segments can do
    f   pc, ap, fp at the end
    m   the cells that are set then and were not before, in any order: [address, value, ...]

Numbers are strings, negative when above half the prime; addresses are "segment:offset" likewise; an
unset cell is null.
"""

import importlib.util
import json
import random
import re
import sys
from pathlib import Path

# Python 3.11 refuses unhashable default instances in dataclasses, which cairo-lang has.
spec = importlib.util.find_spec("dataclasses")
source = Path(spec.origin).read_text()
source = source.replace(
    "f.default.__class__.__hash__ is None", "isinstance(f.default, (list, dict, set))"
)
module = importlib.util.module_from_spec(spec)
sys.modules["dataclasses"] = module
exec(compile(source, spec.origin, "exec"), module.__dict__)

from starkware.cairo.lang.compiler.encode import encode_instruction  # noqa: E402
from starkware.cairo.lang.compiler.instruction import Instruction, Register  # noqa: E402
from starkware.cairo.lang.compiler.program import StrippedProgram  # noqa: E402
from starkware.cairo.lang.vm.memory_dict import MemoryDict  # noqa: E402
from starkware.cairo.lang.vm.relocatable import RelocatableValue as At  # noqa: E402
from starkware.cairo.lang.vm.vm_core import RunContext, VirtualMachine  # noqa: E402
from starkware.cairo.lang.vm.vm_exceptions import VmException  # noqa: E402

P = 2**251 + 17 * 2**192 + 1
SEGMENTS = 7
PROGRAM, EXECUTION, LIBRARY, DATA, OUTPUT, END = range(6)
AP, FP = Register.AP, Register.FP
Op1, Res, Pc, Ap, Fp, Opcode = (
    Instruction.Op1Addr,
    Instruction.Res,
    Instruction.PcUpdate,
    Instruction.ApUpdate,
    Instruction.FpUpdate,
    Instruction.Opcode,
)
FP_UPDATE = {Opcode.CALL: Fp.AP_PLUS2, Opcode.RET: Fp.DST}


def instruction(**fields):
    fields = {
        **dict(off0=-1, off1=-1, off2=-1, imm=None, dst_register=FP, op0_register=FP),
        **dict(op1_addr=Op1.FP, res=Res.OP1, pc_update=Pc.REGULAR, ap_update=Ap.REGULAR),
        **dict(opcode=Opcode.NOP),
        **fields,
    }
    return Instruction(fp_update=FP_UPDATE.get(fields["opcode"], Fp.REGULAR), **fields)


def text(value):
    if value is None:
        return None
    if isinstance(value, At):
        return f"{value.segment_index}:{signed(value.offset)}"
    return str(signed(value))


def signed(number):
    return number if number <= P // 2 else number - P


def fits(value):
    """Whether a register or value is one that 64 bits of offset hold."""
    return not isinstance(value, At) or -(2**63) <= signed(value.offset) < 2**63


class Case:
    def __init__(self, rng):
        self.rng = rng
        execution = [self.value() for _ in range(rng.randrange(1, 5))]
        execution += [At(EXECUTION, rng.randrange(1, 3)), At(END, 0)]
        self.segments = [{} for _ in range(SEGMENTS)]
        self.segments[EXECUTION] = dict(enumerate(execution))
        self.segments[DATA] = self.cells(10)
        self.segments[OUTPUT] = self.cells(3)
        self.temporary = [self.cells(5), self.cells(5)]
        self.rules = []
        if rng.random() < 0.25:
            self.rules.append((-rng.randrange(1, 3), At(DATA, rng.randrange(0, 8))))
        self.memory = MemoryDict()
        for number, cells in [
            *enumerate(self.segments),
            *((-1 - i, cells) for i, cells in enumerate(self.temporary)),
        ]:
            for offset, value in cells.items():
                self.memory[At(number, offset)] = value
        for source, destination in self.rules:
            self.memory.add_relocation_rule(At(source, 0), destination)
        ap = At(EXECUTION, len(execution))
        fp = ap
        if rng.random() < 0.04:
            fp = rng.choice([5, At(DATA, 4), At(-1, 3), At(EXECUTION, 0)])
        self.vm = VirtualMachine(
            program=StrippedProgram(prime=P, data=[], builtins=[], main=0),
            run_context=RunContext(
                memory=self.memory, pc=At(PROGRAM, 0), ap=ap, fp=fp, prime=P
            ),
            hint_locals={},
        )
        self.start = self.registers()
        self.code = {}
        self.starts = set()
        self.error = None
        self.beyond = False
        self.steps = 0
        self.run(rng.randrange(8, 30))

    def felt(self):
        rng = self.rng
        return rng.choice(
            [*[lambda: rng.randrange(-6, 12)] * 6, lambda: rng.randrange(P), lambda: 2**64]
        )() % P

    def value(self):
        rng = self.rng
        if rng.random() < 0.6:
            return self.felt()
        segment = rng.choice([PROGRAM, EXECUTION, LIBRARY, DATA, DATA, OUTPUT, END, -1, -1, -2])
        return At(segment, rng.randrange(0, 8))

    def cells(self, most):
        rng = self.rng
        return {
            i: self.value() for i in range(rng.randrange(0, most)) if rng.random() < 0.8
        }

    def registers(self):
        context = self.vm.run_context
        return [context.pc, context.ap, context.fp]

    def run(self, limit):
        context = self.vm.run_context
        for _ in range(limit):
            pc = context.pc
            if pc == At(END, 0):
                return
            if isinstance(pc, At) and pc.segment_index in (PROGRAM, LIBRARY):
                if pc.offset < 50 and pc not in self.memory:
                    self.write_code(pc)
            before, cells = self.registers(), dict(self.memory.items())
            self.steps = self.vm.current_step
            try:
                self.vm.step()
            except VmException as error:
                self.error = str(error.inner_exc)
                kind = type(error.inner_exc)
                if self.error == "" or kind is KeyError or kind is AssertionError and (
                    "update_ap" in self.error
                ):
                    # No text of the reference's own: a word that is no instruction.
                    self.error = "decode"
            new = [at for at in self.memory.data if at not in cells]
            stray = any(
                not isinstance(at, At)
                or at.offset >= 2**63
                or not -3 < at.segment_index < SEGMENTS
                for at in new
            )
            values = [*self.registers(), *(self.memory.data[at] for at in new)]
            numbers = map(int, re.findall(r":(\d+)", self.error or ""))
            if stray or not all(map(fits, values)) or not all(fits(At(0, n)) for n in numbers):
                # The step is left out.
                context.pc, context.ap, context.fp = before
                self.memory.data = cells
                self.error = None
                self.beyond = True
                return
            self.steps = self.vm.current_step
            if self.error is not None:
                return

    def write_code(self, pc):
        rng = self.rng
        element = None
        room = pc + 1 not in self.memory
        for _ in range(40):
            if rng.random() < 0.04:
                element = self.wild()
            else:
                element = self.attempt()
            if element is None or element.imm is not None and not room:
                continue
            if element.imm is not None and element.pc_update is not Pc.REGULAR:
                target = pc + element.imm
                ahead = target.offset > pc.offset + 1 and target not in self.memory
                if target not in self.starts and not ahead and rng.random() > 0.03:
                    continue
            if element.opcode is Opcode.CALL and rng.random() > 0.05:
                ap = self.vm.run_context.ap
                if ap in self.memory or ap + 1 in self.memory:
                    continue
            break
        else:
            element = instruction(off0=-2, pc_update=Pc.JUMP, opcode=Opcode.RET)
        self.starts.add(pc)
        words = encode_instruction(element, P)
        if rng.random() < 0.005:
            words[0] = rng.choice([rng.randrange(2**64), 2**63, P - 1, At(DATA, 2)])
        if len(words) == 2 and rng.random() < 0.01:
            words[1] = rng.choice([At(DATA, 1), 2**70])
        if len(words) == 2 and rng.random() < 0.004:
            words.pop()
        for i, word in enumerate(words):
            if pc + i not in self.memory:
                self.memory[pc + i] = self.code[pc + i] = word

    def attempt(self):
        rng, get = self.rng, self.memory.get
        context = self.vm.run_context
        places = [
            (register, offset, get(base + offset))
            for register, base in ((AP, context.ap), (FP, context.fp))
            for offset in range(-7, 4)
            if isinstance(base, At) and base.offset + offset >= 0
        ]
        known = [place for place in places if place[2] is not None]
        unset = [place for place in places if place[2] is None]
        felts = [place for place in known if isinstance(place[2], int)]
        addresses = [place for place in known if isinstance(place[2], At)]
        small = rng.randrange(-3, 5)
        operator = rng.choice([Res.ADD, Res.MUL])
        update = rng.choice([Ap.REGULAR, Ap.ADD1])

        def dst(place):
            return dict(dst_register=place[0], off0=place[1])

        def op0(place):
            return dict(op0_register=place[0], off1=place[1])

        def op1(place):
            return dict(op1_addr=Op1.AP if place[0] is AP else Op1.FP, off2=place[1])

        def imm(number):
            return dict(op1_addr=Op1.IMM, off2=1, imm=number)

        into = dict(dst_register=AP, off0=0, ap_update=Ap.ADD1)
        if rng.random() < 0.25 and unset:
            into = dict(dst(rng.choice(unset)), ap_update=update)
        into["opcode"] = Opcode.ASSERT_EQ
        check = dict(ap_update=update, opcode=Opcode.ASSERT_EQ)
        call = dict(off0=0, off1=1, dst_register=AP, op0_register=AP)
        call |= dict(ap_update=Ap.ADD2, opcode=Opcode.CALL)
        pick = rng.choice
        try:
            form = rng.randrange(31)
            if form < 3:
                return instruction(**into, **imm(self.felt()))
            if form < 6:
                return instruction(**into, **op1(pick(known)))
            if form < 8:
                return instruction(**into, **op0(pick(felts)), **imm(self.felt()), res=operator)
            if form < 9:
                return instruction(**into, **op0(pick(addresses)), **imm(small), res=Res.ADD)
            if form < 12:
                return instruction(**into, **op0(pick(felts)), **op1(pick(felts)), res=operator)
            if form < 13:
                a, b = pick(known), pick(known if rng.random() < 0.1 else felts)
                far = isinstance(b[2], int) and 20 < b[2] < P - 20
                if isinstance(a[2], At) and far and rng.random() < 0.9:
                    return None
                a, b = rng.sample([a, b], 2)
                return instruction(**into, **op0(a), **op1(b), res=Res.ADD)
            if form < 16:
                pointer, off2 = pick(addresses), rng.randrange(-3, 4)
                if get(pointer[2] + off2) is None:
                    return None
                return instruction(**into, **op0(pointer), op1_addr=Op1.OP0, off2=off2)
            if form < 18:
                pointer, off2 = pick(addresses), rng.randrange(-3, 4)
                if get(pointer[2] + off2) is not None:
                    return None
                fields = dict(dst(pick(known)), op1_addr=Op1.OP0, off2=off2)
                return instruction(**check, **fields, **op0(pointer))
            if form < 20:
                a, b = rng.sample([pick(unset), pick(felts)], 2)
                return instruction(**check, **dst(pick(felts)), **op0(a), **op1(b), res=operator)
            if form < 21:
                c, b = pick(addresses), pick(known)
                same = isinstance(b[2], int) or b[2].segment_index == c[2].segment_index
                if not same and rng.random() < 0.9:
                    return None
                a, b = rng.sample([pick(unset), b], 2)
                return instruction(**check, **dst(c), **op0(a), **op1(b), res=Res.ADD)
            if form < 22:
                a = pick(known)
                b = pick([place for place in places if place[2] in (None, a[2])])
                return instruction(**check, **dst(a), **op1(b))
            if form < 23:
                fields = dict(dst(pick(felts)), res=operator)
                return instruction(**check, **fields, **op0(pick(unset)), **imm(small))
            if form < 25:
                target = imm(rng.randrange(-8, 20))
                return instruction(**call, **target, pc_update=Pc.JUMP_REL)
            if form < 26:
                codes = [a for a in addresses if a[2].segment_index in (PROGRAM, LIBRARY)]
                return instruction(**call, **op1(pick(codes)), pc_update=Pc.JUMP)
            if form < 27:
                if get(context.fp - 1) == At(END, 0) and rng.random() < 0.9:
                    return None
                return instruction(off0=-2, pc_update=Pc.JUMP, opcode=Opcode.RET)
            if form < 28:
                target = imm(rng.randrange(-6, 12))
                return instruction(**target, pc_update=Pc.JUMP_REL, ap_update=update)
            if form < 29:
                target = imm(rng.randrange(-6, 12))
                fields = dict(dst(pick(known)), pc_update=Pc.JNZ, res=Res.UNCONSTRAINED)
                return instruction(**target, **fields, ap_update=update)
            if form < 30:
                return instruction(**imm(rng.randrange(-2, 5)), ap_update=Ap.ADD)
            if rng.random() < 0.05:
                far = rng.choice([1, -1]) * 2 ** rng.randrange(15, 63)
                return instruction(**imm(far), ap_update=Ap.ADD)
            steps = [a for a in felts if a[2] < 8 or rng.random() < 0.02]
            return instruction(**op1(pick(steps)), ap_update=Ap.ADD)
        except (IndexError, TypeError):
            # Nothing that fits.
            return None

    def wild(self):
        rng = self.rng
        op1_addr = rng.choice(list(Op1))
        pc_update = rng.choice([Pc.REGULAR, Pc.REGULAR, Pc.JUMP, Pc.JUMP_REL, Pc.JNZ])
        opcode = rng.choice([*Opcode, Opcode.ASSERT_EQ])
        res = rng.choice([Res.OP1, Res.ADD, Res.MUL])
        update = rng.choice([Ap.REGULAR, Ap.ADD, Ap.ADD1])
        return instruction(
            off0=rng.randrange(-5, 3),
            off1=rng.randrange(-5, 3),
            off2=1 if op1_addr is Op1.IMM and rng.random() < 0.9 else rng.randrange(-5, 3),
            dst_register=rng.choice([AP, FP]),
            op0_register=rng.choice([AP, FP]),
            op1_addr=op1_addr,
            imm=rng.randrange(-6, 20) if op1_addr is Op1.IMM else None,
            res=Res.UNCONSTRAINED if pc_update is Pc.JNZ else res,
            pc_update=pc_update,
            ap_update=Ap.ADD2 if opcode is Opcode.CALL else update,
            opcode=opcode,
        )

    def to_json(self):
        for at, value in self.code.items():
            self.segments[at.segment_index][at.offset] = value
        first = {At(i, o): v for i, cells in enumerate(self.segments) for o, v in cells.items()}
        first |= {
            At(-1 - i, o): v for i, cells in enumerate(self.temporary) for o, v in cells.items()
        }
        new = [(at, value) for at, value in self.memory.items() if at not in first]
        case = dict(
            s=[listed(cells) for cells in self.segments],
            t=[listed(cells) for cells in self.temporary],
            g=[text(value) for value in self.start],
            n=self.steps,
            f=[text(value) for value in self.registers()],
            m=[text(value) for pair in new for value in pair],
        )
        if self.rules:
            case["r"] = [[source, text(destination)] for source, destination in self.rules]
        if self.error is not None:
            case["e"] = self.error
        if self.beyond:
            case["b"] = 1
        return case


def listed(cells):
    return [text(cells.get(i)) for i in range(max(cells, default=-1) + 1)]


def main():
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    lines = []
    while len(lines) < cases:
        case = Case(rng).to_json()
        # Most of the programs should have come somewhere.
        if case["n"] > 5 or rng.random() < 0.2:
            lines.append(json.dumps(case, separators=(",", ":")))
    path = Path(__file__).parent / "reference.json"
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")


main()
