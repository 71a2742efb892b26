//! Instructions as Cairo assembly, written the way the reference formats its own.

use std::fmt;

use cairo_zero_core::Value;

use crate::instruction::{
    ApUpdate, Extension, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res, decode_extended,
};

/// The text of the instruction in the cell `word`, with `next` the cell behind it if that is
/// known; `dw …` for a word that is no instruction.
///
/// Also gives how many cells were used, 1 or 2.
#[must_use]
pub fn disassemble(word: Value, next: Option<Value>) -> (String, u8) {
    match word.felt().and_then(|felt| decode_extended(felt).ok()) {
        Some(instruction) => (instruction.display(next).to_string(), instruction.size()),
        None => (format!("dw {}", Signed(word)), 1),
    }
}

impl Instruction {
    /// The instruction as Cairo assembly, such as `[ap] = [fp + (-3)] + 2, ap++`.
    ///
    /// `immediate` is the cell behind the instruction; an immediate that is not known is written
    /// as the cell it is read from, `[pc + 1]`. Encodings that assembly can't express get a
    /// comment naming the odd cells.
    #[must_use]
    pub fn display(&self, immediate: Option<Value>) -> impl fmt::Display {
        Assembly { instruction: *self, immediate }
    }
}

/// An instruction to be printed.
struct Assembly {
    instruction: Instruction,
    immediate: Option<Value>,
}

impl Assembly {
    /// The second operand.
    fn op1(&self) -> Operand {
        let Instruction { op1_addr, op0_register, off1, off2, .. } = self.instruction;
        match (op1_addr, self.immediate) {
            (Op1Addr::Imm, Some(value)) if off2 == 1 => Operand::Immediate(value),
            (Op1Addr::Imm, _) => Operand::Cell("pc", off2),
            (Op1Addr::Ap, _) => Operand::Cell("ap", off2),
            (Op1Addr::Fp, _) => Operand::Cell("fp", off2),
            (Op1Addr::Op0, _) => Operand::Double(name(op0_register), off1, off2),
        }
    }

    fn dst(&self) -> Operand {
        Operand::Cell(name(self.instruction.dst_register), self.instruction.off0)
    }

    fn op0(&self) -> Operand {
        Operand::Cell(name(self.instruction.op0_register), self.instruction.off1)
    }

    /// What the operands are combined to; a conditional jump only reads the second one.
    fn res(&self) -> String {
        let operator = match self.instruction.res {
            Res::Op1 | Res::Unconstrained => return self.op1().to_string(),
            Res::Add => '+',
            Res::Mul => '*',
        };
        match self.op1() {
            Operand::Immediate(value) if is_negative(value) => {
                format!("{} {operator} ({})", self.op0(), Signed(value))
            }
            op1 => format!("{} {operator} {op1}", self.op0()),
        }
    }

    /// What the instruction asserts, or what its extension computes.
    fn statement(&self) -> Option<String> {
        let hash = |name: &str| {
            let (state, block, counter) = (self.op0(), self.op1(), self.dst());
            Some(format!("[[ap]] = {name}(state={state}, block={block}, counter={counter})"))
        };
        match (self.instruction.extension, self.instruction.opcode) {
            (Some(extension @ (Extension::Blake2s | Extension::Blake2sFinalize)), _) => {
                hash(extension.as_str())
            }
            (Some(extension @ Extension::Qm31), _) => {
                Some(format!("{} = {}({})", self.dst(), extension.as_str(), self.res()))
            }
            (None, Opcode::AssertEq) => Some(format!("{} = {}", self.dst(), self.res())),
            (None, _) => None,
        }
    }

    /// The jump, call or return in the instruction, without a condition.
    fn jump(&self) -> Option<String> {
        let Instruction { opcode, pc_update, .. } = self.instruction;
        if self.is_plain_ret() {
            return Some("ret".to_owned());
        }
        let verb = if opcode == Opcode::Call { "call" } else { "jmp" };
        match pc_update {
            PcUpdate::Regular => None,
            PcUpdate::Jump => Some(format!("{verb} abs {}", self.res())),
            PcUpdate::JumpRel => Some(format!("{verb} rel {}", self.res())),
            PcUpdate::Jnz => Some(format!("{verb} rel {} if {} != 0", self.res(), self.dst())),
        }
    }

    fn is_plain_ret(&self) -> bool {
        self.instruction.opcode == Opcode::Ret && self.instruction.is_canonical()
    }

    /// What assembly has no words for.
    fn oddity(&self) -> Option<String> {
        let Instruction { opcode, pc_update, .. } = self.instruction;
        match opcode {
            Opcode::Call if pc_update == PcUpdate::Regular || !self.instruction.is_canonical() => {
                Some(format!("call saving fp at {} and pc at {}", self.dst(), self.op0()))
            }
            Opcode::Ret if !self.is_plain_ret() => Some(format!("ret with fp = {}", self.dst())),
            _ => None,
        }
    }
}

impl fmt::Display for Assembly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let advance = match self.instruction.ap_update {
            ApUpdate::Regular | ApUpdate::Add2 => None,
            ApUpdate::Add => Some(format!("ap += {}", self.res())),
            ApUpdate::Add1 => Some("ap++".to_owned()),
        };
        let mut separator = "";
        for part in [self.statement(), self.jump(), advance].into_iter().flatten() {
            write!(f, "{separator}{part}")?;
            separator = ", ";
        }
        if separator.is_empty() {
            f.write_str("nop")?;
        }
        match self.oddity() {
            Some(oddity) => write!(f, " // {oddity}"),
            None => Ok(()),
        }
    }
}

/// An operand to be printed.
enum Operand {
    Immediate(Value),
    Cell(&'static str, i16),
    Double(&'static str, i16, i16),
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Immediate(value) => write!(f, "{}", Signed(value)),
            Self::Cell(base, offset) => write!(f, "[{base}{}]", Offset(offset)),
            Self::Double(base, inner, outer) => {
                write!(f, "[[{base}{}]{}]", Offset(inner), Offset(outer))
            }
        }
    }
}

/// An offset to be printed behind its base: nothing, ` + 3` or ` + (-3)`.
struct Offset(i16);

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            positive @ 1.. => write!(f, " + {positive}"),
            negative => write!(f, " + ({negative})"),
        }
    }
}

/// A value to be printed with its sign.
struct Signed(Value);

impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Felt(felt) => fmt::Display::fmt(&felt.signed(), f),
            Value::Relocatable(address) => fmt::Display::fmt(&address, f),
        }
    }
}

fn is_negative(value: Value) -> bool {
    value.felt().is_some_and(|felt| felt.is_negative())
}

const fn name(register: Register) -> &'static str {
    match register {
        Register::Ap => "ap",
        Register::Fp => "fp",
    }
}
