// Values and addresses as texts: numbers of the field are hexadecimal, as in "0x1f", and addresses
// are a segment and an offset, as in "1:20". An unset cell is null.

const PRIME = (1n << 251n) + 17n * (1n << 192n) + 1n;

const isAddress = (text) => typeof text === "string" && text.includes(":");

// The segment and offset of an address: a number and a BigInt.
const parseAddress = (text) => {
  const match = /^\s*(-?\d+):(-?\d+)\s*$/.exec(text);
  return match ? { segment: Number(match[1]), offset: BigInt(match[2]) } : null;
};

const addressText = (address) => `${address.segment}:${address.offset}`;

const moved = (text, by) => {
  const address = parseAddress(text);
  return address ? addressText({ segment: address.segment, offset: address.offset + BigInt(by) }) : null;
};

const reduced = (number) => ((number % PRIME) + PRIME) % PRIME;

// The number of least size that a felt stands for.
const signed = (number) => (number > PRIME / 2n ? number - PRIME : number);

const feltText = (number) => `0x${reduced(number).toString(16)}`;

// The characters of a short string, where a felt looks like one.
const shortString = (number) => {
  let text = "";
  for (let rest = number; rest > 0n; rest >>= 8n) {
    const code = Number(rest & 255n);
    if (code < 32 || code > 126) return null;
    text = String.fromCharCode(code) + text;
  }
  return text.length > 1 ? text : null;
};

// Where segments lie after relocation.
class Places {
  constructor(segments) {
    this.bases = new Map();
    for (const { number, base } of segments) if (base !== null) this.bases.set(number, BigInt(base));
  }

  // The number that an address becomes; null if its segment has no place.
  relocated(text) {
    const address = parseAddress(text);
    const base = address && this.bases.get(address.segment);
    return base === undefined || base === null ? null : base + address.offset;
  }
}

// A value for people: small numbers are decimal, large ones hexadecimal.
const shownNumber = (number) => {
  const value = signed(number);
  const size = value < 0n ? -value : value;
  if (size < 1n << 64n) return value.toString();
  return `0x${number.toString(16)}`;
};
