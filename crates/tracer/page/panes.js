// Watches, names, hints and the timeline.

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
