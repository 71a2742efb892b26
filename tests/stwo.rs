//! Programs with the opcode extensions of Stwo, from their instructions to what the binary writes.
//!
//! cairo-lang knows no such words. Where `CAIRO_PEER` names the peer of `bench/`, trace and memory are
//! compared with what that writes; without it the tests hold them to known answers alone.

#![expect(clippy::print_stderr, reason = "a test that leaves something out must say so")]

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use cairo_zero_core::{Felt, Qm31, blake2s};
use cairo_zero_decoder::{
    ApUpdate, Extension, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res, encode,
};
use cairo_zero_testkit::{Ours, Outcome};
use serde_json::{Value, json};
use tempfile::TempDir;

const LAYOUTS: [&str; 2] = ["stwo_no_ecop", "all_cairo_stwo"];

/// `ret`
const RET: Instruction = Instruction {
    off0: -2,
    off1: -1,
    off2: -1,
    dst_register: Register::Fp,
    op0_register: Register::Fp,
    op1_addr: Op1Addr::Fp,
    res: Res::Op1,
    pc_update: PcUpdate::Jump,
    ap_update: ApUpdate::Regular,
    opcode: Opcode::Ret,
    extension: None,
};

/// `call rel …`
const CALL: Instruction = Instruction {
    off0: 0,
    off1: 1,
    off2: 1,
    dst_register: Register::Ap,
    op0_register: Register::Ap,
    op1_addr: Op1Addr::Imm,
    pc_update: PcUpdate::JumpRel,
    ap_update: ApUpdate::Add2,
    opcode: Opcode::Call,
    ..RET
};

/// `[ap] = [fp - 1], ap++` to begin with.
const PUSH: Instruction = Instruction {
    off0: 0,
    dst_register: Register::Ap,
    pc_update: PcUpdate::Regular,
    ap_update: ApUpdate::Add1,
    opcode: Opcode::AssertEq,
    ..RET
};

/// A program in the making.
#[derive(Default)]
struct Words(Vec<Felt>);

impl Words {
    fn add(&mut self, instruction: Instruction) -> Result<()> {
        self.0.push(Felt::from_u128(encode(&instruction)?));
        Ok(())
    }

    /// `[ap] = number, ap++`
    fn push(&mut self, number: Felt) -> Result<()> {
        self.add(Instruction { op1_addr: Op1Addr::Imm, off2: 1, ..PUSH })?;
        self.0.push(number);
        Ok(())
    }

    /// Calls what comes behind and then returns. The frame of that has its caller's at `[fp - 2]`,
    /// which is an address of the execution segment.
    fn frame(&mut self) -> Result<()> {
        self.add(CALL)?;
        self.0.push(Felt::from_u64(3));
        self.add(RET)
    }

    /// The program with what it begins and ends with in proof mode.
    fn for_proofs(&self) -> Result<Self> {
        let mut words = Self::default();
        words.add(CALL)?;
        words.0.push(Felt::from_u64(4));
        // It ends by jumping to itself.
        words.add(Instruction {
            off0: -1,
            off2: 1,
            op1_addr: Op1Addr::Imm,
            pc_update: PcUpdate::JumpRel,
            opcode: Opcode::Nop,
            ..RET
        })?;
        words.0.push(Felt::ZERO);
        words.0.extend(&self.0);
        Ok(words)
    }

    /// `[ap] = [fp - 2] + by`, in a frame of [`Words::frame`]: an address.
    fn address(&mut self, by: i64, ap_update: ApUpdate) -> Result<()> {
        let sum = Instruction { off1: -2, off2: 1, op1_addr: Op1Addr::Imm, res: Res::Add, ..PUSH };
        self.add(Instruction { ap_update, ..sum })?;
        self.0.push(Felt::from_i64(by));
        Ok(())
    }

    fn json(&self) -> Value {
        let data: Vec<String> = self.0.iter().map(|word| format!("{word:#x}")).collect();
        json!({
            "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
            "data": data,
            "builtins": [],
            "hints": {},
            "identifiers": {
                "__main__.main": {"decorators": [], "pc": 0, "type": "function"},
                "__main__.__start__": {"pc": 0, "type": "label"},
                "__main__.__end__": {"pc": 2, "type": "label"}
            },
            "main_scope": "__main__",
            "reference_manager": {"references": []},
            "attributes": [],
            "debug_info": null,
            "compiler_version": "0.14.0.1"
        })
    }
}

/// The program as a file, with what runs of it write beside it.
struct Files(TempDir);

impl Files {
    fn new(words: &Words) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("program.json"), words.json().to_string())?;
        Ok(Self(folder))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn run(&self, layout: &str) -> Result<Outcome> {
        self.run_as(env!("CARGO_BIN_EXE_cairo-run"), layout, "ours", &[])
    }

    fn run_as(&self, binary: &str, layout: &str, name: &str, flags: &[&str]) -> Result<Outcome> {
        let [program, trace, memory] =
            ["program.json", &format!("{name}.trace"), &format!("{name}.memory")]
                .map(|name| self.path(name));
        let arguments = [
            &program,
            "--layout",
            layout,
            "--trace_file",
            &trace,
            "--memory_file",
            &memory,
            "--print_info",
        ];
        Ours::new(Path::new(binary)).run_with(&[&arguments[..], flags].concat())
    }

    /// The cells of the execution segment that was written last, without its address.
    fn cells(&self, words: &Words) -> Result<Vec<Option<Felt>>> {
        let memory = fs::read(self.path("ours.memory"))?;
        let first = 1 + words.0.len();
        let mut cells = Vec::new();
        for record in memory.as_chunks::<40>().0 {
            let address = u64::from_le_bytes(record[..8].try_into()?) as usize;
            let Some(at) = address.checked_sub(first) else { continue };
            cells.resize(cells.len().max(at + 1), None);
            cells[at] = Felt::from_le_bytes(record[8..].try_into()?);
        }
        Ok(cells)
    }

    /// Runs the program in both layouts, and beside the peer if there is one.
    fn check(&self, flags: &[&str]) -> Result<()> {
        for layout in LAYOUTS {
            let binary = env!("CARGO_BIN_EXE_cairo-run");
            let outcome = self.run_as(binary, layout, "ours", flags)?;
            ensure!(outcome.status == 0, "{layout}: {}", outcome.stderr_text());
            let Ok(peer) = std::env::var("CAIRO_PEER") else {
                eprintln!("CAIRO_PEER names no peer: not compared with it");
                continue;
            };
            let other = self.run_as(&peer, layout, "peer", flags)?;
            ensure!(other.status == 0, "{layout}, peer: {}", other.stderr_text());
            for kind in ["trace", "memory"] {
                let [ours, peers] = ["ours", "peer"].map(|name| format!("{name}.{kind}"));
                let compared = Ours::new(binary).run_with(&[
                    &format!("compare-{kind}"),
                    &self.path(&ours),
                    &self.path(&peers),
                    "--program",
                    &self.path("program.json"),
                ])?;
                ensure!(compared.status == 0, "{layout}: {}", compared.stdout_text());
            }
        }
        Ok(())
    }
}

/// Runs a program as it is, and in proof mode; its files are those of the first.
fn checked(words: &Words) -> Result<Files> {
    Files::new(&words.for_proofs()?)?.check(&["--proof_mode"])?;
    let files = Files::new(words)?;
    files.check(&[])?;
    Ok(files)
}

/// Where the frame of main lies in the execution segment.
const MAIN: usize = 2;

/// Where the frame is that it calls, from main's.
const FRAME: i64 = 2;

/// A program that hashes `message` block by block, and where the digest is in the execution segment.
fn hashing(message: &[u8]) -> Result<(Words, usize)> {
    let mut state = blake2s::IV;
    state[0] ^= 0x0101_0020;
    let mut padded = message.to_vec();
    padded.resize(message.len().next_multiple_of(64).max(64), 0);
    let blocks = padded.len() as i64 / 64;
    let mut words = Words::default();
    words.frame()?;
    for word in state {
        words.push(Felt::from_u64(word.into()))?;
    }
    for word in padded.as_chunks::<4>().0 {
        words.push(Felt::from_u64(u32::from_le_bytes(*word).into()))?;
    }
    let pushed = 8 + 16 * blocks;
    // States go behind all that is pushed.
    let state = |block: i64| FRAME + if block == 0 { 0 } else { pushed + 4 * blocks + 8 * block };
    for block in 0..blocks {
        let last = block + 1 == blocks;
        words.address(state(block), ApUpdate::Add1)?;
        words.address(FRAME + 8 + 16 * block, ApUpdate::Add1)?;
        let counter = if last { message.len() as u64 } else { 64 * (block as u64 + 1) };
        words.push(Felt::from_u64(counter))?;
        words.address(state(block + 1), ApUpdate::Regular)?;
        let place = i16::try_from(pushed + 4 * block)?;
        words.add(Instruction {
            off0: place + 2,
            off1: place,
            off2: place + 1,
            pc_update: PcUpdate::Regular,
            ap_update: ApUpdate::Add1,
            opcode: Opcode::Nop,
            extension: Some(if last { Extension::Blake2sFinalize } else { Extension::Blake2s }),
            ..RET
        })?;
    }
    words.add(RET)?;
    Ok((words, MAIN + usize::try_from(state(blocks))?))
}

/// Digests are those of Python's `hashlib.blake2s`.
#[test]
fn hashes() -> Result<()> {
    let counted = |length: u32| (0..length).map(|at| (at % 251) as u8).collect::<Vec<u8>>();
    let cases = [
        (Vec::new(), "69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9"),
        (b"abc".to_vec(), "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982"),
        (counted(64), "56f34e8b96557e90c1f24b52d0c89d51086acf1b00f634cf1dde9233b8eaaa3e"),
        (counted(65), "1b53ee94aaf34e4b159d48de352c7f0661d0a40edff95a0b1639b4090e974472"),
        (counted(1000), "1c067a5e746fb0f6734efac9a8cdb0e11061f0077f255184365c690115392501"),
    ];
    for (message, digest) in cases {
        let (words, at) = hashing(&message)?;
        let files = checked(&words)?;
        let cells = files.cells(&words)?;
        let mut text = String::new();
        for cell in cells.get(at..at + 8).context("no digest")? {
            let word = cell.and_then(Felt::to_u64).context("no word of the digest")?;
            let bytes = u32::try_from(word)?.to_le_bytes();
            text.extend(bytes.map(|byte| format!("{byte:02x}")));
        }
        ensure!(text == digest, "{} bytes: {text}", message.len());
    }
    Ok(())
}

/// A program that adds, multiplies, subtracts and divides, in this order, and multiplies by itself.
fn computing(a: Qm31, b: Qm31) -> Result<Words> {
    let mut words = Words::default();
    let compute = Instruction {
        off1: 0,
        off2: 1,
        op0_register: Register::Fp,
        op1_addr: Op1Addr::Fp,
        extension: Some(Extension::Qm31),
        ..PUSH
    };
    words.push(a.to_felt())?;
    words.push(b.to_felt())?;
    words.add(Instruction { res: Res::Add, ..compute })?;
    words.add(Instruction { res: Res::Mul, ..compute })?;
    // [fp] is known, [ap] is not.
    let solve = Instruction { dst_register: Register::Fp, op0_register: Register::Ap, ..compute };
    words.add(Instruction { res: Res::Add, ..solve })?;
    words.add(Instruction { res: Res::Mul, ..solve })?;
    words.add(Instruction { op1_addr: Op1Addr::Imm, res: Res::Mul, ..compute })?;
    words.0.push(a.to_felt());
    words.add(RET)?;
    Ok(words)
}

#[test]
fn field_arithmetic() -> Result<()> {
    const MOST: u32 = (1 << 31) - 2;
    let element = |coordinates| Qm31::new(coordinates).context("no element");
    for (a, b) in [
        ([1, 2, 3, 4], [5, 6, 7, 8]),
        ([0, 0, 0, 0], [0, 0, 0, 1]),
        ([MOST, MOST, MOST, MOST], [MOST, 0, 1, 0x1234_5678]),
    ] {
        let (a, b) = (element(a)?, element(b)?);
        let words = computing(a, b)?;
        let files = checked(&words)?;
        let quotient = a.checked_div(b).context("a division by zero")?;
        let expected = [a, b, a + b, a * b, a - b, quotient, a * a];
        let expected = expected.map(|element| Some(element.to_felt()));
        let cells = files.cells(&words)?;
        ensure!(cells.get(MAIN..MAIN + 7) == Some(&expected[..]), "{cells:?}");
    }
    Ok(())
}

#[test]
fn what_the_extensions_refuse() -> Result<()> {
    let one = Qm31::ONE;
    let by_zero = computing(one, Qm31::ZERO)?;
    let mut wide = computing(one, one)?;
    wide.0[1] = Felt::from_u64((1 << 31) - 1);
    let mut no_word = hashing(b"abc")?.0;
    no_word.0[4] = Felt::from_u64(1 << 32);
    let mut no_flags = computing(one, one)?;
    no_flags.0[4] += Felt::from_u64(1 << 55);
    let mut no_extension = computing(one, one)?;
    no_extension.0[4] += Felt::from_u64(1 << 63);
    for (words, message) in [
        (by_zero, "Unknown value for memory cell"),
        (wide, "needs elements of QM31, four reduced coordinates. Found: 2147483647."),
        (no_word, "needs a number of 32 bits as its state. Found: 4294967296."),
        (no_flags, "the opcode extension qm31 can't have its flags."),
        (no_extension, "Unsupported instruction: 0x"),
    ] {
        let files = Files::new(&words)?;
        for layout in LAYOUTS {
            let outcome = files.run(layout)?;
            let text = outcome.stderr_text();
            ensure!(outcome.status == 1 && text.contains(message), "{layout}: {text}");
            if let Ok(peer) = std::env::var("CAIRO_PEER") {
                let other = files.run_as(&peer, layout, "peer", &[])?;
                ensure!(other.status == 1, "the peer takes what should end in `{message}`");
            }
        }
    }
    Ok(())
}

/// Everywhere else they are no instructions, as for cairo-lang.
#[test]
fn other_layouts_have_no_extensions() -> Result<()> {
    for words in [hashing(b"abc")?.0, computing(Qm31::ONE, Qm31::ONE)?] {
        let files = Files::new(&words)?;
        for layout in ["plain", "small", "starknet_with_keccak", "all_cairo"] {
            let outcome = files.run(layout)?;
            let text = outcome.stderr_text();
            ensure!(
                outcome.status == 1 && text.contains("Unsupported instruction: 0x"),
                "{layout}: {text}"
            );
        }
    }
    Ok(())
}
