// Watch expressions: names of the program, registers, numbers, `[...]`, members, sums and products.

const TOKENS = /\s*(?:(0x[\da-fA-F]+|\d+)|([A-Za-z_]\w*)|(\*\*|[-+*/()[\].&,]))/y;

class WatchError extends Error {}

// A text as nested lists, in the form that names' expressions have: see names.rs. Beyond those there
// are ["name", text], ["member", a, text] and ["&", a].
const parseWatch = (text) => {
  const tokens = [];
  TOKENS.lastIndex = 0;
  const source = text.trim();
  while (TOKENS.lastIndex < source.length) {
    const match = TOKENS.exec(source);
    if (!match) throw new WatchError("this is no expression");
    const [, number, name, sign] = match;
    tokens.push(number ? { number } : name ? { name } : { sign });
  }
  let at = 0;
  let depth = 0;
  const sign = (...signs) => {
    const found = tokens[at]?.sign;
    if (found === undefined || !signs.includes(found)) return null;
    at += 1;
    return found;
  };
  const expect = (wanted) => {
    if (!sign(wanted)) throw new WatchError(`${wanted} is missing`);
  };
  const atom = () => {
    depth += 1;
    if (depth > 100) throw new WatchError("this is nested too deep");
    const token = tokens[at];
    let tree;
    if (sign("[")) {
      tree = ["cell", sum()];
      expect("]");
    } else if (sign("(")) {
      tree = sum();
      expect(")");
    } else if (sign("-")) {
      tree = ["-", ["number", "0x0"], atom()];
    } else if (sign("&")) {
      tree = ["&", atom()];
    } else if (token?.number) {
      at += 1;
      tree = ["number", feltText(BigInt(token.number))];
    } else if (token?.name) {
      at += 1;
      const register = ["ap", "fp", "pc"].includes(token.name);
      tree = register ? [token.name] : ["name", token.name];
    } else {
      throw new WatchError("something is missing");
    }
    for (;;) {
      if (sign(".")) {
        const member = tokens[at]?.name;
        if (!member) throw new WatchError("a name is missing");
        at += 1;
        tree = tree[0] === "name" && tree[1] === "ids" ? ["name", member] : ["member", tree, member];
      } else if (sign("[")) {
        tree = ["index", tree, sum()];
        expect("]");
      } else {
        depth -= 1;
        return tree;
      }
    }
  };
  const product = () => {
    let tree = atom();
    for (let found = sign("*", "/"); found; found = sign("*", "/")) tree = [found, tree, atom()];
    return tree;
  };
  const sum = () => {
    let tree = product();
    for (let found = sign("+", "-"); found; found = sign("+", "-")) tree = [found, tree, product()];
    return tree;
  };
  const tree = sum();
  if (at < tokens.length) throw new WatchError("this is no expression");
  return tree;
};

const power = (base, exponent) => {
  let result = 1n;
  let square = reduced(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
};

const arithmetic = (sign, a, b) => {
  const [left, right] = [a, b].map((text) => parseAddress(text));
  if (left && right) {
    if (sign === "-" && left.segment === right.segment) return feltText(left.offset - right.offset);
    throw new WatchError("addresses can't be combined so");
  }
  if (left || right) {
    const number = signed(BigInt(left ? b : a));
    if (sign === "+") return moved(left ? a : b, number);
    if (sign === "-" && left) return moved(a, -number);
    throw new WatchError("an address can't be used so");
  }
  const [x, y] = [BigInt(a), BigInt(b)];
  switch (sign) {
    case "+": return feltText(x + y);
    case "-": return feltText(x - y);
    case "*": return feltText(x * y);
    default:
      if (y === 0n) throw new WatchError("division by zero");
      return feltText(x * power(y, PRIME - 2n));
  }
};

// Evaluates expressions at one state.
class Evaluator {
  constructor(provider, state) {
    this.provider = provider;
    this.state = state;
    this.left = 400;
  }

  // What an expression stands for: { value, type, at }, of which type and the address it was read
  // from may be null.
  async read(tree, ap = this.state.ap) {
    this.left -= 1;
    if (this.left < 0) throw new WatchError("this takes too long");
    const plain = (value) => ({ value, type: null, at: null });
    const [form, first, second] = tree;
    switch (form) {
      case "number": return plain(first);
      case "ap": return plain(ap);
      case "fp": return plain(this.state.fp);
      case "pc": return plain(this.state.pc);
      case "name": return this.named(first);
      case "&": return this.addressOf(first, ap);
      case "cast": return { ...(await this.read(first, ap)), type: second };
      case "cell": {
        const { value: at, type } = await this.read(first, ap);
        return this.load(at, type && type.endsWith("*") ? type.slice(0, -1) : null);
      }
      case "member": return this.member(await this.read(first, ap), second);
      case "index": {
        const base = await this.read(first, ap);
        const { value: index } = await this.read(second, ap);
        const type = base.type && base.type.endsWith("*") ? base.type.slice(0, -1) : null;
        const size = await this.sizeOf(type);
        return this.load(arithmetic("+", base.value, arithmetic("*", index, feltText(BigInt(size)))), type);
      }
      default: {
        const [a, b] = [await this.read(first, ap), await this.read(second, ap)];
        return plain(arithmetic(form, a.value, b.value));
      }
    }
  }

  // What is at an address: a struct is its address, and anything else what its cell holds.
  async load(at, type) {
    if (!isAddress(at)) throw new WatchError(`${at} is no address`);
    const struct = type === null ? null : await this.structOf(type);
    if (struct) return { value: at, type, at, struct };
    const value = await this.provider.value(at);
    if (value === null) throw new WatchError(`there is nothing at ${at}`);
    return { value, type, at };
  }

  async addressOf(tree, ap) {
    const { at } = await this.read(tree, ap);
    if (!at) throw new WatchError("this has no address");
    return { value: at, type: null, at: null };
  }

  async structOf(type) {
    for (let name = type, turns = 0; turns < 20; turns += 1) {
      if (name === "felt" || name.endsWith("*") || name.startsWith("(")) return null;
      const found = await this.provider.struct(name);
      if (!found || !found.alias) return found;
      name = found.alias;
    }
    return null;
  }

  async sizeOf(type) {
    const struct = type === null ? null : await this.structOf(type);
    return struct ? struct.size : 1;
  }

  async member({ value, type }, name) {
    const pointee = type && type.endsWith("*") ? type.slice(0, -1) : type;
    const struct = pointee === null ? null : await this.structOf(pointee);
    const member = struct && struct.members.find((known) => known.name === name);
    if (!member) throw new WatchError(`there is no member ${name}`);
    return this.load(moved(value, member.offset), member.type);
  }

  async named(name) {
    const names = await this.provider.names(this.state.pc);
    const found = (names ?? []).find((known) => known.name === name);
    if (!found) {
      const value = await this.provider.constant(this.state.pc, name);
      if (value === null) throw new WatchError(`${name} has no meaning here`);
      return { value, type: null, at: null };
    }
    return this.reference(found);
  }

  async reference({ name, shift, tree }) {
    const usesAp = (part) => Array.isArray(part) && (part[0] === "ap" || part.slice(1).some(usesAp));
    if (shift === null && usesAp(tree)) throw new WatchError(`${name} is lost: ap has moved since`);
    return this.read(tree, moved(this.state.ap, -(shift ?? 0)));
  }
}
