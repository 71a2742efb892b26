// The page: what is shown of one step, and the ways from one step to another.

const byId = (id) => document.getElementById(id);

const data = JSON.parse(byId("data").textContent);
const provider = data === null ? new ServerProvider() : new EmbeddedProvider(data);

// An element with attributes and children; texts become text nodes.
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

const link = (text, attributes, onclick) => make("button", { type: "button", class: "link", ...attributes, onclick }, text);

let about = null;
let places = null;
// What is shown, as the provider gave it.
let state = null;
// The step that is to be shown, or is.
let heading = 0;
// The number of the last wish to see a step; older answers are dropped.
let wish = 0;
let aborter = null;
let relocated = false;
let selectedCell = null;
let selectedFrame = 0;
let shownFile = null;
// Breakpoints: lines as "file:line" with their instructions, instructions, and cells.
const stops = { lines: new Map(), pcs: new Set(), cells: new Set() };
const watches = [];
const memory = { segment: 1, from: 0n, count: 128n };

const say = (text) => { byId("status").textContent = text; };
const count = (number) => Number(number).toLocaleString("en-US");

// Addresses and values as the switch says.
const shownAddress = (text) => {
  if (!relocated || !isAddress(text)) return text ?? "";
  const place = places.relocated(text);
  return place === null ? text : place.toString();
};
const shownValue = (text) => {
  if (text === null || text === undefined) return "";
  return isAddress(text) ? shownAddress(text) : shownNumber(BigInt(text));
};
const valueElement = (text) =>
  isAddress(text) ? link(shownValue(text), { "data-value": text, title: "Show this cell" }, () => showCell(text, true))
    : make("span", { "data-value": text }, shownValue(text));

const fileName = (file) => about.files[file] ?? "";
const shortName = (path) => path.split("/").slice(-2).join("/");

// Going somewhere.

const clamp = (step) => {
  const first = provider.window ? provider.window.first : 0;
  return Math.min(Math.max(step, first), about.steps);
};

const goto = async (step) => {
  const mine = (wish += 1);
  heading = clamp(step);
  aborter?.abort();
  aborter = new AbortController();
  document.body.dataset.busy = "true";
  try {
    const found = await provider.state(heading, aborter.signal);
    if (mine !== wish) return;
    state = found;
    selectedFrame = 0;
    show();
  } catch (error) {
    if (error.name !== "AbortError") say(`No answer: ${error.message}`);
  } finally {
    if (mine === wish) document.body.dataset.busy = "false";
  }
};

const stopList = () => {
  const pcs = new Set(stops.pcs);
  for (const entries of stops.lines.values()) for (const at of entries) pcs.add(at);
  return { pcs: [...pcs], cells: [...stops.cells] };
};

const NAMES = { line: "line", over: "step of this function", out: "step outside this function", break: "breakpoint", access: "access" };

const find = async (direction, until, cell = undefined) => {
  if (!state) return;
  const mine = (wish += 1);
  aborter?.abort();
  aborter = new AbortController();
  document.body.dataset.busy = "true";
  const way = direction === "forward" ? "later" : "earlier";
  try {
    const found = await provider.find(state.step, direction, until, { ...stopList(), cell }, aborter.signal);
    if (mine !== wish) return;
    if (found && found.step !== null) await goto(found.step);
    else if (found?.outside !== undefined) say(`No ${way} ${NAMES[until]} in this file, which begins at step ${count(found.outside)}.`);
    else if (found?.stopped_at) say(`The search was given up at step ${count(found.stopped_at)}: it takes too long.`);
    else say(`There is no ${way} ${NAMES[until]}.`);
  } catch (error) {
    if (error.name !== "AbortError") say(`No answer: ${error.message}`);
  } finally {
    if (mine === wish) document.body.dataset.busy = "false";
  }
};

const gotoWrite = async () => {
  if (!selectedCell) return say("Select a cell first.");
  const cell = await provider.cell(selectedCell);
  const step = cell?.writer?.step ?? null;
  if (step === null) say(`No step wrote ${shownAddress(selectedCell)}: ${writerText(cell)}.`);
  else await goto(step);
};

const accessed = (direction) => {
  if (!selectedCell) return say("Select a cell first.");
  return find(direction, "access", selectedCell);
};

// Takes the reader to the first step at an instruction, or to its place if no step is at it.
const gotoPc = async (at) => {
  const { step } = (await provider.find(0, "forward", "break", { pcs: [at] })) ?? {};
  const first = provider.window ? provider.window.first : 0;
  if (first === 0 && (await provider.state(0)).pc === at) return goto(0);
  if (step !== null && step !== undefined) return goto(step);
  say(`No step is at ${at}.`);
  return showCode(await provider.row(at));
};

// What is shown of a step.

const show = () => {
  document.body.dataset.step = state.step;
  document.body.dataset.ready = "true";
  byId("goto").value = state.step;
  byId("slider").value = state.step;
  history.replaceState(null, "", `#step=${state.step}`);
  say(state.last ? (about.failed ? "The run failed here." : "The run ended here: all steps are behind.") : "");
  showState();
  showStack();
  showFrame();
  showCode(state.row);
  followMemory();
  showMemory();
  showWatches();
  showHints();
  drawTimeline();
};

const showState = () => {
  byId("instruction").textContent = state.last && !about.failed ? "—" : state.text ?? "There is no instruction here.";
  byId("scope").textContent = state.scope ?? "";
  for (const register of ["pc", "ap", "fp"]) byId(register).replaceChildren(valueElement(state[register]));
  for (const name of ["dst", "op0", "op1"]) {
    const operand = state.operands?.find((known) => known.name === name);
    const row = byId(name);
    row.querySelector(".at").replaceChildren(...(operand?.at ? [link(shownAddress(operand.at), { "data-value": operand.at }, () => showCell(operand.at, true))] : []));
    row.querySelector(".value").replaceChildren(...(operand?.value ? [valueElement(operand.value)] : []));
  }
  byId("parents").replaceChildren(...state.parents.map(({ reason, file, line }) => make("li", {}, `${reason} ${file}:${line}`)));
};

const placeText = (place) => (place ? `${shortName(fileName(place.file))}:${place.line}` : "");

const showStack = () => {
  byId("depth").textContent = state.depth === 1 ? "1 call deep" : `${count(state.depth)} calls deep`;
  byId("stack").replaceChildren(...state.stack.map((frame, index) => make("li", {}, make("button", {
    type: "button", "data-fp": frame.fp, "data-pc": frame.pc, "aria-current": index === selectedFrame ? "true" : null,
    class: index === selectedFrame ? "current" : null,
    onclick: () => { selectedFrame = index; showStack(); showFrame(); },
  }, make("span", { class: "name" }, frame.function ?? frame.pc), make("span", { class: "place" }, placeText(frame.place) || `pc ${frame.pc}`)))));
};

// The source of the frame that is selected.
const showFrame = async () => {
  const place = selectedFrame === 0 ? state.place : state.stack[selectedFrame].place;
  if (!place) {
    unmarkSource();
    if (shownFile === null && about.files.length === 0) byId("source").replaceChildren(make("p", { class: "quiet" }, "This program has no debug information, so there is no source to show."));
    return;
  }
  await showFile(place.file);
  unmarkSource();
  const line = byId("source").querySelector(`[data-line="${place.line}"]`);
  if (!line) return;
  line.classList.add(selectedFrame === 0 ? "current" : "caller");
  line.setAttribute("aria-current", "true");
  markColumns(line.querySelector(".text"), place);
  scrollTo(byId("source"), line);
};

const markColumns = (text, { line, column, end_line: endLine, end_column: endColumn }) => {
  const whole = text.textContent;
  const begin = Math.max(column - 1, 0);
  const end = endLine === line && endColumn > column ? endColumn - 1 : endLine > line ? whole.length : begin;
  if (end <= begin) return;
  // Columns count characters, and not the units of a string.
  const letters = [...whole];
  const [before, inside, behind] = [letters.slice(0, begin), letters.slice(begin, end), letters.slice(end)].map((part) => part.join(""));
  text.replaceChildren(before, make("mark", {}, inside), behind);
};

const unmarkSource = () => {
  for (const line of byId("source").querySelectorAll(".current, .caller")) {
    line.classList.remove("current", "caller");
    line.removeAttribute("aria-current");
    const text = line.querySelector(".text");
    text.textContent = text.textContent;
  }
};

const scrollTo = (box, element) => {
  const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientTop + box.scrollTop;
  const visible = top >= box.scrollTop + 20 && top + element.offsetHeight <= box.scrollTop + box.clientHeight - 40;
  if (!visible) box.scrollTop = Math.max(0, top - box.clientHeight / 3);
};

const MOST_LINES = 20000;

const showFile = async (file) => {
  if (shownFile === file) return;
  shownFile = file;
  byId("file").value = file;
  const source = await provider.source(file);
  if (shownFile !== file) return;
  const entries = new Map(source?.lines ?? []);
  const box = byId("source");
  if (!source || source.text === null) {
    box.replaceChildren(make("p", { class: "quiet" }, "This file is not there. Its lines with instructions:"),
      ...[...entries.keys()].slice(0, MOST_LINES).map((line) => lineElement(file, line, "", entries)));
    return;
  }
  const lines = source.text.split(/\r?\n/);
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  box.replaceChildren(...lines.slice(0, MOST_LINES).map((text, index) => lineElement(file, index + 1, text, entries)));
};

const lineElement = (file, line, text, entries) => make("div", { class: "line", "data-line": line },
  entries.has(line) ? make("button", {
    type: "button", class: "stop", "aria-pressed": String(stops.lines.has(`${file}:${line}`)), "aria-label": `Breakpoint at line ${line}`,
    onclick: (event) => {
      toggleLine(file, line, entries.get(line));
      event.currentTarget.setAttribute("aria-pressed", String(stops.lines.has(`${file}:${line}`)));
    },
  }) : make("span", { class: "no-stop" }),
  make("span", { class: "number" }, String(line)), make("span", { class: "text" }, text));

// Breakpoints.

const toggleLine = (file, line, entries) => {
  const key = `${file}:${line}`;
  if (!stops.lines.delete(key)) stops.lines.set(key, entries);
  showStops();
};
const toggle = (set, key) => {
  if (!set.delete(key)) set.add(key);
  showStops();
};

const showStops = () => {
  const item = (key, text, remove) => make("li", { "data-stop": key }, text, make("button", {
    type: "button", class: "remove", "aria-label": `Remove the breakpoint ${text}`, onclick: () => { remove(); refreshStops(); },
  }, "×"));
  const items = [
    ...[...stops.lines.keys()].map((key) => {
      const [file, line] = key.split(":");
      return item(key, `${shortName(fileName(Number(file)))}:${line}`, () => stops.lines.delete(key));
    }),
    ...[...stops.pcs].map((at) => item(at, `instruction ${at}`, () => stops.pcs.delete(at))),
    ...[...stops.cells].map((at) => item(at, `cell ${at}`, () => stops.cells.delete(at))),
  ];
  byId("stops").replaceChildren(...items);
  byId("no-stops").hidden = items.length > 0;
};

const refreshStops = () => {
  showStops();
  for (const line of byId("source").querySelectorAll(".line")) {
    line.querySelector(".stop")?.setAttribute("aria-pressed", String(stops.lines.has(`${shownFile}:${line.dataset.line}`)));
  }
  for (const row of byId("code").querySelectorAll(".row")) {
    row.querySelector(".stop").setAttribute("aria-pressed", String(stops.pcs.has(row.dataset.at)));
  }
  showMemory();
  if (selectedCell) byId("cell-stop").setAttribute("aria-pressed", String(stops.cells.has(selectedCell)));
};

// The instructions around the current one.

const code = { from: 0, to: 0 };
const AROUND = 120;

const showCode = async (row) => {
  if (row === null || row === undefined) {
    markCode();
    return;
  }
  if (row < code.from + 5 && code.from > 0 || row >= code.to - 5 && code.to < about.rows || code.to === 0 || row < code.from || row >= code.to) {
    await fillCode(Math.max(0, row - AROUND), row + AROUND);
  }
  markCode(row);
};

const fillCode = async (from, to) => {
  // Starts are even, so that answers can be used again.
  const start = from - (from % 60);
  const rows = (await provider.rows(start, to - start)) ?? [];
  code.from = start;
  code.to = start + rows.length;
  byId("code").replaceChildren(...rows.flatMap((row, index) => rowElements(row, start + index)));
  byId("code-earlier").hidden = start === 0;
  byId("code-later").hidden = code.to >= about.rows;
};

const rowElements = (row, number) => {
  const target = row.target ? `→ ${row.target.name ? shortScope(row.target.name) : row.target.pc}` : "";
  return [
    ...row.functions.map((name) => make("div", { class: "label" }, `function ${name}`)),
    ...row.labels.map((name) => make("div", { class: "label" }, `${shortScope(name)}:`)),
    make("div", { class: "row", "data-at": row.at, "data-row": number },
      make("button", {
        type: "button", class: "stop", "aria-pressed": String(stops.pcs.has(row.at)), "aria-label": `Breakpoint at instruction ${row.at}`,
        onclick: (event) => {
          toggle(stops.pcs, row.at);
          event.currentTarget.setAttribute("aria-pressed", String(stops.pcs.has(row.at)));
        },
      }),
      make("span", { class: "at", title: "First step here", onclick: () => gotoPc(row.at) }, shownAddress(row.at)),
      make("span", { class: "text" }, row.text),
      target ? make("span", { class: "note" }, target) : null,
      row.hints.length ? make("span", { class: "hint", title: row.hints.map(({ code: text }) => text).join("\n") }, "%{ hint %}") : null,
      row.source && row.file !== null ? make("span", { class: "note" }, `${shortName(row.source.file)}:${row.source.line}`) : null),
  ];
};

const shortScope = (name) => name.split(".").at(-1);

const markCode = (number = null) => {
  for (const row of byId("code").querySelectorAll(".current")) {
    row.classList.remove("current");
    row.removeAttribute("aria-current");
  }
  const row = number === null ? null : byId("code").querySelector(`[data-row="${number}"]`);
  if (!row) return;
  if (row.dataset.at === state.pc) {
    row.classList.add("current");
    row.setAttribute("aria-current", "true");
  }
  scrollTo(byId("code-scroll"), row);
};

// Memory.

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

// Watches and names.

const shownResult = async (evaluator, { value, type, struct }, depth = 0) => {
  if (!struct || depth > 2) return `${shownValue(value)}${type && type !== "felt" ? `  ${shortType(type)}` : ""}`;
  const members = [];
  for (const member of struct.members.slice(0, 20)) {
    let text;
    try {
      text = await shownResult(evaluator, await evaluator.load(moved(value, member.offset), member.type), depth + 1);
    } catch (error) {
      if (!(error instanceof WatchError)) throw error;
      text = "?";
    }
    members.push(`${member.name}: ${text}`);
  }
  return `${shortType(type)} at ${shownAddress(value)} { ${members.join(", ")} }`;
};

const shortType = (type) => type.replace(/[\w.]+\./g, "");

// Evaluates with `run` and puts the result, or why there is none, into an element.
const evaluateInto = async (element, evaluator, run) => {
  const here = state;
  let text;
  let wrong = false;
  try {
    text = await shownResult(evaluator, await run(evaluator));
  } catch (error) {
    text = error.message;
    wrong = true;
  }
  if (here !== state) return;
  element.textContent = text;
  element.classList.toggle("wrong", wrong);
};

const showWatches = () => {
  byId("watches").replaceChildren(...watches.map((expression, index) => {
    const value = make("span", { class: "value" }, "…");
    evaluateInto(value, new Evaluator(provider, state), (evaluator) => evaluator.read(parseWatch(expression)));
    return make("li", { "data-expression": expression }, make("span", { class: "name" }, expression), value,
      make("button", { type: "button", class: "remove", "aria-label": `Remove ${expression}`, onclick: () => { watches.splice(index, 1); keepWatches(); showWatches(); } }, "×"));
  }));
  if (byId("names-box").open) showNames();
};

const showNames = async () => {
  const here = state;
  const names = (await provider.names(state.pc)) ?? [];
  if (here !== state) return;
  byId("names").replaceChildren(...names.slice(0, 60).map((name) => {
    const value = make("span", { class: "value" }, "…");
    evaluateInto(value, new Evaluator(provider, state), (evaluator) => evaluator.reference(name));
    return make("li", {}, make("span", { class: "name" }, name.name), value);
  }));
  if (names.length === 0) byId("names").replaceChildren(make("li", { class: "quiet" }, "none"));
};

const WATCHES = "tracer-watches";
const keepWatches = () => {
  // A page may be told to keep nothing.
  try { sessionStorage.setItem(WATCHES, JSON.stringify(watches)); } catch { /* then they are gone with it */ }
};
const readWatches = () => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(WATCHES) ?? "[]");
    if (Array.isArray(kept)) watches.push(...kept.filter((text) => typeof text === "string"));
  } catch { /* none are kept */ }
};

// Hints.

const showHints = () => {
  byId("hints-pane").hidden = !about.has_hints;
  byId("hints").replaceChildren(...(state.hints.length ? state.hints.map((text) => make("pre", { tabindex: "0" }, text.replace(/^\n+|\s+$/g, "")))
    : [make("p", { class: "quiet" }, "This instruction has none.")]));
  byId("printed-box").hidden = state.printed === null;
  byId("printed").textContent = state.printed ?? "";
  byId("prints-box").hidden = state.prints.length === 0;
  byId("prints").replaceChildren(...state.prints.map(([step, text]) => make("li", {}, "step ", stepLink(step), make("pre", {}, text))));
};

// The timeline.

const drawTimeline = () => {
  const canvas = byId("timeline");
  const { width, height } = canvas.getBoundingClientRect();
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d");
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const buckets = about.timeline;
  const [high, wide] = [canvas.height, canvas.width];
  const bottom = buckets.reduce((least, { ap }) => Math.min(least, ap[0]), Infinity);
  const top = buckets.reduce((most, { ap }) => Math.max(most, ap[1]), 0);
  const deepest = buckets.reduce((most, { depth }) => Math.max(most, depth[1]), 1);
  const x = (index) => (index / Math.max(1, buckets.length)) * wide;
  const y = (share) => high - 2 - share * (high - 4);
  context.fillStyle = colour("--ap");
  context.globalAlpha = 0.4;
  buckets.forEach(({ ap }, index) => {
    const from = y((ap[1] - bottom) / Math.max(1, top - bottom));
    context.fillRect(x(index), from, Math.max(1, x(index + 1) - x(index)), high - from);
  });
  context.globalAlpha = 1;
  context.fillStyle = colour("--depth");
  buckets.forEach(({ depth }, index) => {
    const [low, most] = [y(depth[0] / deepest), y(depth[1] / deepest)];
    context.fillRect(x(index), most, Math.max(1, x(index + 1) - x(index)), Math.max(1.5 * scale, low - most));
  });
  if (provider.window && provider.window.first > 0) {
    context.fillStyle = colour("--ground");
    context.globalAlpha = 0.75;
    context.fillRect(0, 0, (provider.window.first / about.steps) * wide, high);
    context.globalAlpha = 1;
  }
  if (state) {
    context.fillStyle = colour("--ink");
    context.fillRect((state.step / Math.max(1, about.steps)) * (wide - 2 * scale), 0, 2 * scale, high);
  }
  byId("scale").textContent = `ap up to ${count(top)}, ${count(deepest)} calls deep at most`;
};

// What does not change.

const showAbout = () => {
  document.title = `${about.title} · tracer`;
  byId("title").textContent = about.title;
  byId("steps-total").textContent = `${count(about.steps)} steps`;
  document.body.dataset.mode = provider.window ? "file" : "server";
  document.body.dataset.steps = about.steps;
  const notes = [];
  if (provider.window && provider.window.first > 0) notes.push(`this file holds the last ${count(provider.window.last - provider.window.first)}`);
  if (about.lost > 0) notes.push(`${count(about.lost)} more can't be shown: hints have taken cells back`);
  if (about.prints_cut) notes.push("hints printed more than is kept");
  byId("mode-note").textContent = notes.length ? `· ${notes.join("; ")}` : "";
  byId("error").hidden = about.error === null;
  byId("error-text").textContent = about.error ?? "";
  byId("slider").max = about.steps;
  byId("slider").min = provider.window ? provider.window.first : 0;
  byId("file").replaceChildren(...about.files.map((name, index) => make("option", { value: index }, name)));
  byId("file").hidden = about.files.length === 0;
  showSegments();
  byId("layout").textContent = `layout ${about.layout}`;
  byId("no-builtins").hidden = about.builtins.length > 0;
  byId("builtins").hidden = about.builtins.length === 0;
  byId("builtins").tBodies[0].replaceChildren(...about.builtins.map(({ name, instances, capacity }) => make("tr", { "data-builtin": name },
    make("td", {}, name), make("td", { class: "number" }, count(instances)), make("td", { class: "number" }, capacity === null ? "no limit" : count(capacity)),
    make("td", {}, capacity === null ? "" : make("meter", { min: 0, max: Math.max(1, capacity), high: Math.max(1, capacity), value: Math.min(instances, Math.max(1, capacity)), title: share(instances, capacity), "aria-label": `${name} ${share(instances, capacity)}` }), capacity === null ? "" : ` ${share(instances, capacity)}`))));
};

const share = (used, there) => (there ? `${((used / there) * 100).toFixed(1)}%` : used ? "none there" : "–");

const showSegments = () => {
  const named = ({ number, name }) => `${number}${name ? ` ${name}` : ""}`;
  byId("segment").replaceChildren(...about.segments.map((segment) => make("option", { value: segment.number }, named(segment))));
  byId("segments").tBodies[0].replaceChildren(...about.segments.slice(0, 1000).map((segment) => make("tr", {
    "data-segment": segment.number, tabindex: "0",
    onclick: () => showWindow(segment.number, 0n),
    onkeydown: (event) => { if (event.key === "Enter") showWindow(segment.number, 0n); },
  }, make("td", { class: "mono" }, String(segment.number)), make("td", {}, segment.name), make("td", { class: "number" }, count(segment.size)),
  make("td", { class: "number mono" }, segment.base === null ? "–" : String(segment.base)))));
  const more = about.segment_count - Math.min(1000, about.segments.length);
  byId("segments-note").textContent = more > 0 ? `${count(more)} more are not listed.` : "";
};

// Search.

let searching = 0;
const search = async (text) => {
  const mine = (searching += 1);
  const box = byId("results");
  if (text.trim() === "") {
    box.hidden = true;
    return;
  }
  const hits = await provider.search(text.trim());
  if (mine !== searching) return;
  box.hidden = false;
  box.replaceChildren(...(hits ?? []).map((hit) => make("button", {
    type: "button", "data-kind": hit.kind, "data-at": hit.at ?? null, "data-step": hit.step ?? null, onclick: () => take(hit),
  }, make("span", { class: "kind" }, hit.kind), make("span", { class: "text" }, hit.text), make("span", { class: "quiet mono" }, hit.at ?? ""))));
  if (!hits || hits.length === 0) box.replaceChildren(make("p", { class: "quiet" }, "Nothing was found."));
};

const take = async (hit) => {
  byId("results").hidden = true;
  if (hit.kind === "step") await goto(hit.step);
  else if (hit.kind === "cell") await showCell(hit.at, true);
  else await gotoPc(hit.at);
};

// Keys and buttons.

const setRelocated = (on) => {
  relocated = on;
  byId("relocated").checked = on;
  if (!state) return;
  showState();
  showMemory();
  showWatches();
  for (const row of byId("code").querySelectorAll(".row")) row.querySelector(".at").textContent = shownAddress(row.dataset.at);
  if (selectedCell) showCell(selectedCell, false);
};

const openHelp = () => { if (!byId("help").open) byId("help").showModal(); };

const ACTIONS = {
  first: () => goto(0),
  "step-back": () => goto(heading - 1),
  step: () => goto(heading + 1),
  last: () => goto(about.steps),
  "line-back": () => find("back", "line"),
  line: () => find("forward", "line"),
  "over-back": () => find("back", "over"),
  over: () => find("forward", "over"),
  "out-back": () => find("back", "out"),
  out: () => find("forward", "out"),
  "break-back": () => find("back", "break"),
  break: () => find("forward", "break"),
  "last-write": gotoWrite,
  read: () => accessed("forward"),
  "read-back": () => accessed("back"),
  "help-button": openHelp,
  "error-go": () => goto(about.steps),
  "cell-stop": () => { toggle(stops.cells, selectedCell); refreshStops(); },
  "memory-up": () => showWindow(memory.segment, memory.from - memory.count),
  "memory-down": () => showWindow(memory.segment, memory.from + memory.count),
  "code-earlier": () => fillCode(Math.max(0, code.from - AROUND), code.to),
  "code-later": () => fillCode(code.from, code.to + AROUND),
};

const KEYS = {
  s: "step", S: "step-back", n: "over", N: "over-back", o: "out", O: "out-back", l: "line", L: "line-back", b: "break", B: "break-back",
  w: "last-write", r: "read", R: "read-back", Home: "first", End: "last", "?": "help-button",
};

const onKey = (event) => {
  const typing = event.target.closest("input:not([type=range], [type=checkbox]), select, textarea");
  if (event.key === "Escape" && typing) {
    event.target.blur();
    byId("results").hidden = true;
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || byId("help").open || !state) return;
  if (event.key === "/") byId("search").focus();
  else if (event.key === "g") byId("goto").select();
  else if (event.key === "t") setRelocated(!relocated);
  else if (Object.hasOwn(KEYS, event.key)) ACTIONS[KEYS[event.key]]();
  else return;
  event.preventDefault();
};

const listen = () => {
  for (const [id, action] of Object.entries(ACTIONS)) byId(id).addEventListener("click", () => { if (state) action(); });
  document.addEventListener("keydown", onKey);
  const on = (id, kind, work) => byId(id).addEventListener(kind, work);
  const onSubmit = (id, work) => on(id, "submit", (event) => { event.preventDefault(); work(); });
  onSubmit("goto-form", () => {
    const step = Number(byId("goto").value.replace(/[\s,_]/g, ""));
    if (Number.isInteger(step)) goto(step);
    else say("This is no step.");
    byId("goto").blur();
  });
  onSubmit("search-form", () => search(byId("search").value));
  let waiting = 0;
  on("search", "input", () => { clearTimeout(waiting); waiting = setTimeout(() => search(byId("search").value), 250); });
  onSubmit("watch-form", () => {
    const text = byId("watch-input").value.trim();
    if (text === "") return;
    watches.push(text);
    byId("watch-input").value = "";
    keepWatches();
    showWatches();
  });
  onSubmit("memory-form", () => {
    const offset = /^\d+$/.test(byId("offset").value.trim()) ? BigInt(byId("offset").value.trim()) : 0n;
    showWindow(Number(byId("segment").value), offset);
  });
  on("segment", "change", () => showWindow(Number(byId("segment").value), 0n));
  on("follow", "change", () => { followMemory(); showMemory(); });
  on("file", "change", () => showFile(Number(byId("file").value)));
  on("relocated", "change", () => setRelocated(byId("relocated").checked));
  on("names-box", "toggle", () => { if (byId("names-box").open && state) showNames(); });
  on("slider", "input", () => goto(Number(byId("slider").value)));
  on("timeline", "click", (event) => {
    const { left, width } = byId("timeline").getBoundingClientRect();
    goto(Math.round(((event.clientX - left) / width) * about.steps));
  });
  window.addEventListener("resize", drawTimeline);
  window.addEventListener("hashchange", () => {
    const step = stepOfHash();
    if (step !== null && state && step !== state.step) goto(step);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawTimeline);
};

const stepOfHash = () => {
  const match = /^#step=(\d+)$/.exec(location.hash);
  return match ? Number(match[1]) : null;
};

const start = async () => {
  about = await provider.about();
  places = new Places(about.segments);
  readWatches();
  showAbout();
  showStops();
  listen();
  // A run that failed is looked at where it did.
  await goto(stepOfHash() ?? (about.failed ? about.steps : 0));
};

start().catch((error) => say(`The page could not be filled: ${error.message}`));
