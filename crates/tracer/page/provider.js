// Where the page's answers come from. `ServerProvider` asks the server that the page came from;
// `EmbeddedProvider` in embedded.js has the same methods and finds its answers in the page.

class ServerProvider {
  constructor() {
    // Any step of the run can be shown.
    this.window = null;
    this.kept = new Map();
  }

  async ask(name, question = {}, signal = undefined) {
    const query = new URLSearchParams(question);
    const response = await fetch(`api/${name}?${query}`, { signal, cache: "no-store" });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response.json();
  }

  // Answers that never change are kept.
  once(name, question) {
    const key = `${name}?${new URLSearchParams(question)}`;
    if (!this.kept.has(key)) {
      const answer = this.ask(name, question);
      answer.catch(() => this.kept.delete(key));
      if (this.kept.size > 2000) this.kept.clear();
      this.kept.set(key, answer);
    }
    return this.kept.get(key);
  }

  about() { return this.once("about", {}); }
  state(step, signal) { return this.ask("state", { step }, signal); }
  find(step, direction, until, { cell = "", pcs = [], cells = [] }, signal) {
    const stops = { pcs: pcs.join(","), cells: cells.join(",") };
    return this.ask("find", { step, direction, until, cell, ...stops }, signal);
  }
  memory(segment, from, count) { return this.once("memory", { segment, from, count }); }
  async value(at) {
    const { segment, offset } = parseAddress(at);
    if (offset < 0n) return null;
    // Neighbours are often asked for next.
    const from = offset - (offset % 256n);
    const window = await this.memory(segment, from, 256);
    return window ? window.cells[Number(offset - from)] ?? null : null;
  }
  cell(at) { return this.once("cell", { at }); }
  rows(from, count) { return this.once("rows", { from, count }); }
  row(pc) { return this.once("row", { pc }); }
  source(file) { return this.once("source", { file }); }
  names(pc) { return this.once("names", { pc }); }
  constant(pc, name) { return this.once("constant", { pc, name }); }
  struct(name) { return this.once("struct", { name }); }
  search(text, signal) { return this.ask("search", { text }, signal); }
}
