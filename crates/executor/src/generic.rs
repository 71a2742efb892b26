//! The generic step: any legal instruction, operand by operand as the reference does it.

use cairo_zero_core::{Felt, Value, ValueError};
use cairo_zero_decoder::{
    ApUpdate, Extension, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res, decode,
    decode_extended,
};
use cairo_zero_memory::{MemoryError, MemoryErrorKind};

use crate::extensions as qm31;
use crate::{ExecutionError, Machine, Registers};

/// The values of an instruction's operands.
pub(crate) struct Operands {
    pub(crate) dst: Value,
    pub(crate) op1: Value,
    pub(crate) op0: Value,
    /// The result; `None` for `jnz`, which has none.
    res: Option<Value>,
}

pub(crate) type Outcome<T> = Result<T, ExecutionError>;

impl Machine {
    /// Executes the instruction at `pc` by the generic step, without hints and without the loop.
    /// [`Machine::run`] does exactly the same, faster.
    ///
    /// # Errors
    /// When the instruction can't be executed. `pc` is unchanged then. `fp` and `ap` are too, unless
    /// the instruction failed at moving `pc` or `ap`: the reference has moved `fp` and `ap` by then,
    /// in this order, and its traceback begins with that `fp`.
    pub fn step(&mut self) -> Result<(), ExecutionError> {
        self.execute()?;
        self.steps += 1;
        Ok(())
    }

    /// Executes the instruction at `pc`.
    pub(crate) fn execute(&mut self) -> Outcome<()> {
        let instruction = self.fetch()?;
        self.meet(&instruction);
        let operands = self.operands(&instruction)?;
        self.check(&instruction, &operands)?;
        // No handler takes such an instruction, so it always comes by here.
        if !instruction.is_canonical() {
            self.noncanonical.get_or_insert(self.registers.pc);
        }
        match instruction.extension {
            Some(Extension::Blake2s) => self.compress(&operands, 0)?,
            Some(Extension::Blake2sFinalize) => self.compress(&operands, u32::MAX)?,
            Some(Extension::Qm31) | None => {}
        }
        self.advance(&instruction, &operands)
    }

    /// The instruction at `pc`.
    pub(crate) fn fetch(&self) -> Outcome<Instruction> {
        let pc = self.registers.pc;
        let word = match self.require(pc)? {
            Value::Felt(word) => word,
            address => return Err(ExecutionError::NotAnInstruction(address)),
        };
        let decoded = if self.extended { decode_extended(word) } else { decode(word) };
        let wanted = match &decoded {
            Ok(instruction) => instruction.op1_addr == Op1Addr::Imm,
            Err(error) => error.wants_immediate(),
        };
        if wanted {
            let immediate = self.load(offset(pc, 1)?);
            if !matches!(immediate, Some(Value::Felt(_))) {
                return Err(ExecutionError::NoImmediate);
            }
        }
        Ok(decoded?)
    }

    pub(crate) fn require(&self, address: Value) -> Outcome<Value> {
        self.load(address)
            .ok_or_else(|| MemoryError::from(MemoryErrorKind::Unknown(address)).into())
    }

    fn base(&self, register: Register) -> Value {
        match register {
            Register::Ap => Value::Relocatable(self.registers.ap),
            Register::Fp => self.registers.fp,
        }
    }

    fn op1_base(&self, instruction: &Instruction, op0: Option<Value>) -> Outcome<Value> {
        match instruction.op1_addr {
            Op1Addr::Fp => Ok(self.registers.fp),
            Op1Addr::Ap => Ok(Value::Relocatable(self.registers.ap)),
            Op1Addr::Imm if instruction.off2 == 1 => Ok(self.registers.pc),
            Op1Addr::Imm => Err(ExecutionError::ImmediateOffset),
            Op1Addr::Op0 => op0.ok_or(ExecutionError::UnknownPointer),
        }
    }

    /// The value of an unset cell where its builtin or a rule gives it; the cell is set then.
    fn deduce(&mut self, address: Value) -> Outcome<Option<Value>> {
        let Value::Relocatable(at) = address else {
            return Ok(None);
        };
        let mut deduced = self.builtins.deduce(&self.memory, at)?;
        if deduced.is_none() {
            deduced = self.deduce_by_rules(at)?;
        }
        if let Some(value) = deduced {
            self.store(address, value)?;
        }
        Ok(deduced)
    }

    /// Reads or deduces all operands and stores the deduced ones.
    fn operands(&mut self, instruction: &Instruction) -> Outcome<Operands> {
        let dst_at = offset(self.base(instruction.dst_register), instruction.off0)?;
        let op0_at = offset(self.base(instruction.op0_register), instruction.off1)?;
        let known_dst = self.load(dst_at);
        let known_op0 = self.load(op0_at);
        let op1_at = offset(self.op1_base(instruction, known_op0)?, instruction.off2)?;
        let known_op1 = self.load(op1_at);

        // The builtins come first, in this order; a cell they know counts as known.
        let known_op0 = match known_op0 {
            None => self.deduce(op0_at)?,
            known => known,
        };
        let known_op1 = match known_op1 {
            None => self.deduce(op1_at)?,
            known => known,
        };

        let mut res = None;
        let mut op0 = known_op0;
        if op0.is_none() {
            (op0, res) = self.deduce_op0(instruction, known_dst, known_op1)?;
        }
        let mut op1 = known_op1;
        if op1.is_none() {
            let deduced = deduce_op1(instruction, known_dst, op0)?;
            op1 = deduced.0;
            res = res.or(deduced.1);
        }
        let op0 = op0.map_or_else(|| self.require(op0_at), Ok)?;
        let op1 = op1.map_or_else(|| self.require(op1_at), Ok)?;
        let res = match res {
            None => result(instruction, op0, op1)?,
            known => known,
        };
        let dst = match (known_dst, instruction.opcode, res) {
            (Some(dst), ..) => dst,
            (None, Opcode::AssertEq, Some(res)) => res,
            (None, Opcode::Call, _) => self.registers.fp,
            (None, ..) => self.require(dst_at)?,
        };

        if known_dst.is_none() {
            self.store(dst_at, dst)?;
        }
        if known_op0.is_none() {
            self.store(op0_at, op0)?;
        }
        if known_op1.is_none() {
            self.store(op1_at, op1)?;
        }
        Ok(Operands { dst, op0, op1, res })
    }

    /// The first operand from the other two values, and the result where that is known by then.
    fn deduce_op0(
        &self,
        instruction: &Instruction,
        dst: Option<Value>,
        op1: Option<Value>,
    ) -> Outcome<(Option<Value>, Option<Value>)> {
        if instruction.extension == Some(Extension::Qm31) {
            return qm31::deduce(instruction.res, dst, op1);
        }
        match (instruction.opcode, instruction.res, dst, op1) {
            (Opcode::Call, ..) => {
                Ok((Some(offset(self.registers.pc, instruction.size().into())?), None))
            }
            (Opcode::AssertEq, Res::Add, Some(dst), Some(op1)) => {
                Ok((Some(dst.checked_sub(op1)?), Some(dst)))
            }
            (Opcode::AssertEq, Res::Mul, Some(Value::Felt(dst)), Some(Value::Felt(op1))) => {
                let op0 = dst.checked_div(op1).ok_or(ExecutionError::DivisionByZero(dst))?;
                Ok((Some(op0.into()), Some(dst.into())))
            }
            _ => Ok((None, None)),
        }
    }

    /// What the opcode asserts.
    fn check(&self, instruction: &Instruction, operands: &Operands) -> Outcome<()> {
        match instruction.opcode {
            Opcode::AssertEq => match operands.res {
                None => Err(ExecutionError::Unconstrained("Opcode.ASSERT_EQ")),
                Some(res) if res != operands.dst => {
                    Err(ExecutionError::AssertEq(operands.dst, res))
                }
                Some(_) => Ok(()),
            },
            Opcode::Call => {
                let return_pc = offset(self.registers.pc, instruction.size().into())?;
                if operands.op0 != return_pc {
                    return Err(ExecutionError::ReturnPc(operands.op0, return_pc));
                }
                if operands.dst != self.registers.fp {
                    return Err(ExecutionError::ReturnFp(operands.dst, self.registers.fp));
                }
                Ok(())
            }
            Opcode::Ret | Opcode::Nop => Ok(()),
        }
    }

    /// Moves the registers behind the instruction: `fp`, `ap`, and then `pc`.
    fn advance(&mut self, instruction: &Instruction, operands: &Operands) -> Outcome<()> {
        let Registers { pc, ap, fp } = self.registers;
        self.registers.fp = match instruction.opcode {
            Opcode::Call => offset(ap.into(), 2)?,
            Opcode::Ret => operands.dst,
            Opcode::AssertEq | Opcode::Nop => fp,
        };
        let next_ap = match instruction.ap_update {
            ApUpdate::Regular => ap.into(),
            ApUpdate::Add1 => offset(ap.into(), 1)?,
            ApUpdate::Add2 => offset(ap.into(), 2)?,
            ApUpdate::Add => {
                let by = operands.res.ok_or(ExecutionError::Unconstrained("ApUpdate.ADD"))?;
                Value::Relocatable(ap).checked_add(by)?
            }
        };
        if let Value::Relocatable(next_ap) = next_ap {
            self.registers.ap = next_ap;
        }
        let behind = || offset(pc, instruction.size().into());
        self.registers.pc = match instruction.pc_update {
            PcUpdate::Regular => behind()?,
            PcUpdate::Jump => operands.res.ok_or(ExecutionError::Unconstrained("PcUpdate.JUMP"))?,
            PcUpdate::JumpRel => {
                match operands.res.ok_or(ExecutionError::Unconstrained("PcUpdate.JUMP_REL"))? {
                    by @ Value::Felt(_) => pc.checked_add(by)?,
                    by => return Err(ExecutionError::JumpByAddress(by)),
                }
            }
            PcUpdate::Jnz => match operands.dst {
                Value::Felt(dst) if dst.is_zero() => behind()?,
                _ => pc.checked_add(operands.op1)?,
            },
        };
        Ok(())
    }
}

/// The second operand from the other two values, and the result where that is known by then.
fn deduce_op1(
    instruction: &Instruction,
    dst: Option<Value>,
    op0: Option<Value>,
) -> Outcome<(Option<Value>, Option<Value>)> {
    if instruction.opcode != Opcode::AssertEq {
        return Ok((None, None));
    }
    if instruction.extension == Some(Extension::Qm31) {
        return qm31::deduce(instruction.res, dst, op0);
    }
    match (instruction.res, dst, op0) {
        (Res::Op1, Some(dst), _) => Ok((Some(dst), Some(dst))),
        (Res::Add, Some(dst), Some(op0)) => Ok((Some(dst.checked_sub(op0)?), Some(dst))),
        (Res::Mul, Some(Value::Felt(dst)), Some(Value::Felt(op0))) => {
            // With a factor of zero nothing is deduced, and the operand is reported as unknown.
            let op1 = dst.checked_div(op0).map(Value::Felt);
            Ok((op1, op1.map(|_| Value::Felt(dst))))
        }
        _ => Ok((None, None)),
    }
}

fn result(instruction: &Instruction, op0: Value, op1: Value) -> Outcome<Option<Value>> {
    if instruction.extension == Some(Extension::Qm31) {
        return qm31::result(instruction.res, op0, op1);
    }
    match instruction.res {
        Res::Op1 => Ok(Some(op1)),
        Res::Add => Ok(Some(op0.checked_add(op1)?)),
        Res::Mul => Ok(Some(op0.checked_mul(op1)?)),
        Res::Unconstrained => Ok(None),
    }
}

/// `base` moved by an instruction's offset.
pub(crate) fn offset(base: Value, by: i16) -> Result<Value, ValueError> {
    base.checked_add(Value::Felt(Felt::from_i64(by.into())))
}
