// Memory by segment, and the cell that is selected.

const followMemory = () => {
  const at = parseAddress(state[byId("follow").value] ?? "");
  if (!at) return;
  const inside = at.segment === memory.segment && at.offset >= memory.from + 8n && at.offset < memory.from + memory.count - 8n;
  if (inside) return;
  memory.segment = at.segment;
  memory.from = at.offset > memory.count / 2n ? at.offset - memory.count / 2n : 0n;
  // Windows begin at round places, so that answers can be used again.
  memory.from -= memory.from % 32n;
};

const showMemory = async () => {
  const { segment, from, count: many } = memory;
  const window = await provider.memory(segment, from, many);
  if (segment !== memory.segment || from !== memory.from) return;
  byId("segment").value = String(segment);
  byId("offset").value = from.toString();
  const marks = new Map();
  const mark = (at, name) => { if (at) marks.set(at, [...(marks.get(at) ?? []), name]); };
  for (const register of ["pc", "ap", "fp"]) mark(state[register], register);
  for (const operand of state.operands ?? []) mark(operand.at, operand.name);
  const used = new Set((state.operands ?? []).map(({ at }) => at));
  const shown = new Set();
  // What lies behind ap is written later, but for cells that this step writes.
  const ap = parseAddress(state.ap);
  const isLater = (at) => {
    const address = parseAddress(at);
    return address.segment === ap.segment && address.offset >= ap.offset && !used.has(at);
  };
  const element = (at, value) => {
    shown.add(at);
    return make("tr", {
      "data-at": at, tabindex: "0", "aria-selected": at === selectedCell ? "true" : null,
      class: [used.has(at) && "used", value === null && "unset", isLater(at) && "later", at === selectedCell && "selected", stops.cells.has(at) && "stopped"].filter(Boolean).join(" ") || null,
      onclick: () => showCell(at, false),
      ondblclick: () => { toggle(stops.cells, at); refreshStops(); },
      onkeydown: (event) => { if (event.key === "Enter" && event.target === event.currentTarget) showCell(at, false); },
    }, make("td", { class: "marks" }, (marks.get(at) ?? []).join(" ")), make("td", { class: "address" }, shownAddress(at)),
    make("td", { class: "value" }, value === null ? "·" : valueElement(value)));
  };
  const rows = (window?.cells ?? []).map((value, index) => element(`${segment}:${from + BigInt(index)}`, value));
  // Registers point behind the last cell, too.
  for (const at of marks.keys()) {
    const address = parseAddress(at);
    if (address.segment === segment && !shown.has(at) && address.offset >= from && address.offset < from + many) rows.push(element(at, null));
  }
  const body = byId("memory").tBodies[0];
  body.replaceChildren(...rows);
  const size = BigInt(window?.size ?? 0);
  byId("memory-up").disabled = from === 0n;
  byId("memory-down").disabled = from + many >= size;
  byId("memory-note").textContent = provider.window && rows.length && !(window?.cells ?? []).some((cell) => cell !== null) ? "not in this file" : `${count(size)} cells`;
  const followed = body.querySelector(`[data-at="${state[byId("follow").value] ?? ""}"]`) ?? null;
  const goal = memory.goal ? body.querySelector(`[data-at="${memory.goal}"]`) : followed;
  memory.goal = null;
  if (goal) scrollTo(byId("memory-scroll"), goal);
};

const showWindow = (segment, offset, goal = null) => {
  byId("follow").value = "";
  memory.segment = segment;
  memory.from = offset > 0n ? offset : 0n;
  memory.goal = goal;
  byId("memory-scroll").scrollTop = 0;
  return showMemory();
};

const writerText = (cell) => {
  const writer = cell?.writer;
  switch (writer?.by) {
    case "instruction": return "written by the assertion of step";
    case "call": return "pushed by the call of step";
    case "blake2s": return "made by the Blake2s instruction of step";
    case "program": return "part of the program";
    case "start": return "there before the first step";
    case "builtin": return `given by the ${writer.builtin} builtin, or a hint`;
    case "hint": return "set by a hint before it was first read";
    case "nobody": return "not set";
    case "earlier": return "written before the steps of this file, or by a hint";
    default: return "set by a hint or the loader; no step gets at it";
  }
};

const showCell = async (at, jump) => {
  selectedCell = at;
  if (jump) {
    const { segment, offset } = parseAddress(at);
    const inside = segment === memory.segment && offset >= memory.from && offset < memory.from + memory.count;
    if (!inside) await showWindow(segment, offset > 16n ? offset - 16n : 0n, at);
    else { memory.goal = at; await showMemory(); }
  }
  for (const row of byId("memory").querySelectorAll("tr")) row.classList.toggle("selected", row.dataset.at === at);
  byId("cell-none").hidden = true;
  byId("cell-box").hidden = false;
  byId("cell-at").textContent = at;
  byId("cell-stop").setAttribute("aria-pressed", String(stops.cells.has(at)));
  byId("cell-writer").textContent = "…";
  byId("cell-reads").replaceChildren();
  byId("cell-values").replaceChildren();
  const cell = await provider.cell(at);
  if (selectedCell === at) fillCell(cell);
};

const fillCell = (cell) => {
  const entry = (name, ...content) => make("div", {}, make("dt", {}, name), make("dd", { "data-form": name }, ...content));
  const place = places.relocated(cell.at);
  const entries = [place === null ? null : entry("relocated", place.toString())];
  if (isAddress(cell.value)) {
    const to = places.relocated(cell.value);
    entries.push(entry("address", valueElement(cell.value)), to === null ? null : entry("as a number", to.toString()));
  } else if (cell.value !== null) {
    const number = BigInt(cell.value);
    const text = shortString(number);
    entries.push(entry("signed", signed(number).toString()), entry("hexadecimal", cell.value),
      signed(number) < 0n ? entry("unsigned", number.toString()) : null, text === null ? null : entry("text", `'${text}'`));
  }
  byId("cell-values").replaceChildren(...entries.filter(Boolean));
  const step = cell.writer?.step ?? null;
  byId("cell-writer").replaceChildren(cell.writer === null ? "Who wrote it takes too long to find." : `${writerText(cell)} `,
    step === null ? "" : stepLink(step));
  const reads = cell.reads.steps.flatMap((read) => [stepLink(read), " "]);
  byId("cell-reads").replaceChildren(reads.length ? "read by steps " : "read by no step", ...reads, cell.reads.more ? "…" : "");
};

const stepLink = (step) => link(count(step), { "data-step": step }, () => goto(step));
