//! Cairo instructions: words to instructions and back, and their text.
//!
//! The bits of an instruction are written once, in `table.rs`; decoding, encoding and the errors'
//! names come from there. The crate reads no memory: an immediate lives in the cell behind the
//! instruction and is the caller's to fetch.
//!
//! Invariants:
//! - [`decode`], [`decode_extended`] and [`encode`] are total: they answer for every input and never
//!   panic;
//! - [`decode`] accepts exactly the words that cairo-lang's `decode_instruction` accepts
//!   (`compiler/encode.py`), non-canonical `call` and `ret` included; [`decode_extended`] also those
//!   with an opcode extension, which only the machine of Stwo has;
//! - encoding a decoded word gives that word back, and decoding an encoded instruction gives the
//!   instruction back.

mod disassemble;
mod error;
mod instruction;
mod table;

pub use disassemble::disassemble;
pub use error::{DecodeError, EncodeError, Field};
pub use instruction::{
    ApUpdate, Extension, FpUpdate, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res, decode,
    decode_extended, encode, looks_like_call,
};
