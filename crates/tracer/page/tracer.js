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
