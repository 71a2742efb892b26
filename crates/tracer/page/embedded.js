// The answers of a page that has its data in it: the last steps of a run, its memory, listing and
// sources as far as they had room. The methods are those of `ServerProvider`.

const NONE = { step: null, stopped_at: null };

// The numbers of a text that `encode` of file.rs has made.
const decodeNumbers = (text, count) => {
  const bytes = atob(text);
  const numbers = new Float64Array(count);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    let value = 0;
    let scale = 1;
    let byte;
    do {
      byte = bytes.charCodeAt(at);
      at += 1;
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte & 128);
    numbers[index] = value % 2 ? -(value + 1) / 2 : value / 2;
  }
  return numbers;
};

class EmbeddedProvider {
  constructor(data) {
    this.data = data;
    this.first = data.first;
    this.last = data.last;
    this.window = { first: this.first, last: this.last };
    this.readSteps();
    this.cells = new Map();
    for (const [segment, stretches] of Object.entries(data.memory)) {
      for (const [from, cells] of stretches) {
        cells.split(",").forEach((text, index) => {
          if (text !== "") this.cells.set(`${segment}:${from + index}`, isAddress(text) ? text : `0x${text}`);
        });
      }
    }
    this.rowOf = new Map(data.rows.map((row, index) => [row.at, index]));
    this.sizes = new Map(data.about.segments.map(({ number, size }) => [number, size]));
    const start = data.about.segments.find(({ name }) => name === "execution");
    this.execution = start ? start.number : 1;
  }

  readSteps() {
    const count = this.last - this.first + 1;
    const numbers = decodeNumbers(this.data.steps, count * 3);
    this.offsets = [0, 1, 2].map(() => new Float64Array(count));
    for (let index = 0; index < count; index += 1) {
      for (let register = 0; register < 3; register += 1) {
        const before = index ? this.offsets[register][index - 1] : 0;
        this.offsets[register][index] = before + numbers[index * 3 + register];
      }
    }
  }

  // The last change of segments at or before a step.
  segmentsAt(step) {
    const changes = this.data.segments;
    let low = 0;
    let high = changes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (changes[middle][0] <= step) low = middle;
      else high = middle - 1;
    }
    return changes[low];
  }

  registers(step) {
    const index = step - this.first;
    const segments = this.segmentsAt(step);
    const [pc, ap, fp] = [1, 2, 3].map((register) => {
      const segment = segments[register];
      if (typeof segment === "string") return segment;
      return `${segment}:${this.offsets[register - 1][index]}`;
    });
    return { pc, ap, fp };
  }

  rowAt(pc) {
    const row = this.rowOf.get(pc);
    return row === undefined ? null : this.data.rows[row];
  }

  // The cells that the instruction at a step gets at.
  operands(step) {
    const { pc, ap, fp } = this.registers(step);
    const row = this.rowAt(pc);
    if (!row || !row.fields || (step === this.last && !this.data.about.failed)) return null;
    const [dstRegister, dstOffset, op0Register, op0Offset, op1Base, op1Offset] = row.fields;
    const at = (base, by) => (isAddress(base) ? moved(base, by) : null);
    const dst = at(dstRegister ? fp : ap, dstOffset);
    const op0 = at(op0Register ? fp : ap, op0Offset);
    const bases = [pc, ap, fp, op1Base === 3 && op0 ? this.cells.get(op0) : null];
    return { dst, op0, op1: at(bases[op1Base], op1Offset) };
  }

  getsAt(step, cell) {
    const operands = this.operands(step);
    if (!operands) return false;
    if (operands.dst === cell || operands.op0 === cell || operands.op1 === cell) return true;
    return this.storesBlock(step, cell);
  }

  // Whether a step makes a state of Blake2s that has the cell in it.
  storesBlock(step, cell) {
    const { pc, ap } = this.registers(step);
    const row = this.rowAt(pc);
    if (!row || !row.fields || !row.fields[7]) return false;
    const to = parseAddress(this.cells.get(ap) ?? "");
    const at = parseAddress(cell);
    return to !== null && to.segment === at.segment && at.offset >= to.offset && at.offset < to.offset + 8n;
  }

  lineKey(pc) {
    const row = this.rowAt(pc);
    return row && row.place ? `${row.place.file}:${row.place.line}` : "";
  }

  placeOf(pc) {
    const row = this.rowAt(pc);
    return row ? row.place : null;
  }

  frame(pc, fp) {
    const row = this.rowAt(pc);
    return { fp, pc, function: row ? row.scope : null, place: this.placeOf(pc) };
  }

  stack(pc, fp) {
    const frames = [this.frame(pc, fp)];
    let depth = 0;
    let at = fp;
    while (depth < 100000) {
      const caller = isAddress(at) ? this.cells.get(moved(at, -2)) : undefined;
      const back = isAddress(at) ? this.cells.get(moved(at, -1)) : undefined;
      const [outer, inner] = [parseAddress(caller ?? ""), parseAddress(at)];
      const inside = outer && isAddress(back) && outer.segment === this.execution && outer.offset < inner.offset;
      if (!inside || !(this.rowAt(moved(back, -1)) || this.rowAt(moved(back, -2)))) break;
      const short = this.rowAt(moved(back, -1));
      const call = short && short.fields && short.fields[6] === 2 && short.words.length === 1;
      if (frames.length < 200) frames.push(this.frame(moved(back, call ? -1 : -2), caller));
      at = caller;
      depth += 1;
    }
    return { frames, depth };
  }

  async about() { return this.data.about; }

  async state(wanted) {
    const step = Math.min(Math.max(wanted, this.first), this.last);
    const registers = this.registers(step);
    const row = this.rowAt(registers.pc);
    const operands = this.operands(step);
    const { frames, depth } = this.stack(registers.pc, registers.fp);
    const cell = (name) => ({ name, at: operands[name], value: this.cells.get(operands[name]) ?? null });
    const prints = this.data.prints.filter(([, pc]) => pc === registers.pc);
    const printed = prints.filter(([at]) => at === step).map(([, , text]) => text).join("");
    const near = prints.filter(([at]) => at !== step).map(([at, , text]) => [at, text]);
    near.sort((a, b) => Math.abs(a[0] - step) - Math.abs(b[0] - step));
    return {
      step,
      ...registers,
      text: row ? row.text : null,
      row: this.rowOf.get(registers.pc) ?? null,
      operands: operands ? ["dst", "op0", "op1"].map(cell) : null,
      place: this.placeOf(registers.pc),
      parents: row?.parents ?? [],
      scope: row ? row.scope : null,
      stack: frames,
      depth,
      hints: row ? row.hints.map(({ code }) => code) : [],
      printed: printed || null,
      prints: near.slice(0, 40).sort((a, b) => a[0] - b[0]),
      last: step === this.last,
    };
  }

  async find(step, direction, until, { cell = "", pcs = [], cells = [] }) {
    const by = direction === "forward" ? 1 : -1;
    const here = this.registers(step);
    const stops = new Set(pcs);
    const isFrame = (fp, same) => {
      if (fp === here.fp) return same;
      const [a, b] = [parseAddress(fp), parseAddress(here.fp)];
      return a !== null && b !== null && a.segment === b.segment && a.offset < b.offset;
    };
    const isStop = (at, registers) => stops.has(registers.pc) || cells.some((other) => this.getsAt(at, other));
    const isGoal = (at) => {
      const registers = this.registers(at);
      switch (until) {
        case "line": return this.beginsLine(at, registers);
        case "over": return isFrame(registers.fp, true) || isStop(at, registers);
        case "out": return isFrame(registers.fp, false) || isStop(at, registers);
        case "break": return isStop(at, registers);
        case "access": return this.getsAt(at, cell);
        default: return false;
      }
    };
    for (let at = step + by; at >= this.first && at <= this.last; at += by) {
      if (isGoal(at)) return { step: at };
    }
    const cut = by < 0 && this.first > 0;
    return cut ? { ...NONE, outside: this.first } : NONE;
  }

  beginsLine(step, { pc, fp }) {
    if (step === 0) return true;
    if (step === this.first) return false;
    const before = this.registers(step - 1);
    return before.fp !== fp || this.lineKey(before.pc) !== this.lineKey(pc);
  }

  async memory(segment, from, count) {
    if (!this.sizes.has(segment)) return null;
    const size = this.sizes.get(segment);
    const start = Number(from);
    const end = Math.min(start + Number(count), size);
    const cells = [];
    for (let offset = start; offset < end; offset += 1) {
      cells.push(this.cells.get(`${segment}:${offset}`) ?? null);
    }
    return { segment, from: start, cells, next: end < size ? end : null, size };
  }

  async value(at) { return this.cells.get(at) ?? null; }

  async cell(at) {
    const value = this.cells.get(at) ?? null;
    let first = null;
    const reads = [];
    for (let step = this.first; step < this.last && reads.length <= 60; step += 1) {
      if (!this.getsAt(step, at)) continue;
      first ??= step;
      reads.push(step);
    }
    const writer = value === null ? { step: null, by: "nobody", builtin: null, first } : this.writer(at, first);
    const steps = reads.filter((step) => step !== writer.step);
    return { at, value, writer, reads: { steps: steps.slice(0, 60), more: steps.length > 60 } };
  }

  writer(at, first) {
    const by = (who, step = null, builtin = null) => ({ step, by: who, builtin, first });
    const { segment } = parseAddress(at);
    if (this.rowAt(at) || segment === 0) return by("program");
    const segments = this.data.about.segments;
    const name = (segments.find(({ number }) => number === segment) ?? {}).name;
    const builtin = this.data.about.builtins.some((known) => known.name === name) ? name : null;
    // What happened before the steps of this file is not known here.
    if (first === null || this.first > 0 && !this.isNew(at, first)) {
      return builtin ? by("builtin", null, builtin) : by(this.first > 0 ? "earlier" : "unknown");
    }
    const opcode = this.rowAt(this.registers(first).pc).fields[6];
    const { dst, op0, op1 } = this.operands(first);
    if (this.storesBlock(first, at)) return by("blake2s", first);
    if (opcode === 2 && (at === dst || at === op0)) return by("call", first);
    if (opcode === 1 && at === dst) return by("instruction", first);
    if (opcode === 1 && (at === op0 || at === op1) && this.isKnownBefore(dst, first)) {
      return by("instruction", first);
    }
    return builtin ? by("builtin", null, builtin) : by("hint");
  }

  // Whether a cell that a step gets at first lies where nothing was before.
  isNew(at, step) {
    const { segment, offset } = parseAddress(at);
    const start = parseAddress(this.registers(this.first).ap);
    return segment === start.segment && offset >= start.offset && step >= this.first;
  }

  isKnownBefore(at, step) {
    if (at === null || this.rowAt(at)) return true;
    const start = parseAddress(this.registers(this.first).ap);
    const address = parseAddress(at);
    if (address.segment === start.segment && address.offset < start.offset) return true;
    for (let earlier = this.first; earlier < step; earlier += 1) {
      if (this.getsAt(earlier, at)) return true;
    }
    return false;
  }

  async rows(from, count) { return this.data.rows.slice(from, from + count); }
  async row(pc) { return this.rowOf.get(pc) ?? null; }
  async source(file) { return this.data.sources[file] ?? null; }

  async names(pc) {
    const list = this.data.names[pc];
    return list === undefined ? [] : this.data.lists[list];
  }

  async constant(pc, name) {
    const row = this.rowAt(pc);
    let scope = row && row.scope ? row.scope : "";
    for (;;) {
      const full = scope ? `${scope}.${name}` : name;
      if (Object.hasOwn(this.data.constants, full)) return this.data.constants[full];
      if (!scope) return null;
      scope = scope.includes(".") ? scope.slice(0, scope.lastIndexOf(".")) : "";
    }
  }

  async struct(name) { return Object.hasOwn(this.data.structs, name) ? this.data.structs[name] : null; }

  async search(text) {
    const wanted = text.trim();
    const hits = [];
    const has = (name) => wanted.length > 1 && name.toLowerCase().includes(wanted.toLowerCase());
    if (/^\d+$/.test(wanted) && Number(wanted) <= this.last) {
      hits.push({ kind: "step", text: `step ${wanted}`, step: Number(wanted) });
    }
    if (parseAddress(wanted)) {
      const at = addressText(parseAddress(wanted));
      if (this.rowOf.has(at)) hits.push({ kind: "pc", text: `instruction ${at}`, at });
      hits.push({ kind: "cell", text: `cell ${at}`, at });
    }
    const { functions, labels, files } = this.data.about;
    for (const [kind, names] of [["function", functions], ["label", labels]]) {
      for (const { name, at } of names.filter((named) => has(named.name)).slice(0, 30)) {
        hits.push({ kind, text: name, at });
      }
    }
    const line = /^(.+):(\d+)$/.exec(wanted);
    files.forEach((file, number) => {
      if (!line || !file.toLowerCase().includes(line[1].toLowerCase())) return;
      const entry = this.data.sources[number].lines.find(([at]) => at >= Number(line[2]));
      if (entry) hits.push({ kind: "line", text: `${file}:${entry[0]}`, at: entry[1][0] });
    });
    hits.push(...this.cellsWith(wanted));
    return hits;
  }

  cellsWith(text) {
    let value = parseAddress(text) ? addressText(parseAddress(text)) : null;
    if (/^-?(0x[\da-f]+|\d+)$/i.test(text)) {
      const number = BigInt(text.replace("-", ""));
      value = feltText(text.startsWith("-") ? -number : number);
    }
    const hits = [];
    if (value === null) return hits;
    for (const [at, held] of this.cells) {
      if (held === value) hits.push({ kind: "cell", text: `${text} at ${at}`, at });
      if (hits.length === 30) break;
    }
    return hits;
  }
}
