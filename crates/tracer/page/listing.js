// The source and the instructions, with the current line and instruction in them.

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
      row.place ? make("span", { class: "note" }, placeText(row.place)) : null),
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
