/** A list of which only the head was kept. Going through it reads every item from the bytes that came. */
export interface LongList extends Iterable<unknown> {
  /** Where it stands, from the root; numbers are places in lists around it. */
  path: readonly (string | number)[];
  /** How many items it has. */
  count: number;
}

/** JSON text with its long lists cut, and those lists. */
export interface SkimmedJson {
  text: string;
  lists: LongList[];
}

/** In bytes. */
export interface SkimLimits {
  /** Behind the item that passes this, a list is cut. */
  list: number;
  /** Most that may be left. */
  text: number;
}

/** Deeper text is no answer to anything we ask, and costs a parser more than its size. */
const deepest = 200;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
/** `[` or `{`, which differ in this one bit, as do `]` and `}`. */
const isOpening = (byte: number) => (byte | 0x20) === 0x7b;
const isClosing = (byte: number) => (byte | 0x20) === 0x7d;

/** A list or an object around the byte that is looked at. */
interface Frame {
  isList: boolean;
  /** Of its first byte inside. */
  start: number;
  /** Bytes that were kept before it. */
  before: number;
  /** Items that have ended. */
  count: number;
  /** In an object: where the name of the last part stands. */
  name: readonly [from: number, to: number];
}

/**
 * Cuts the long lists out of JSON before it is parsed: what is parsed takes up to twenty times its room in memory.
 *
 * Nothing when too much is left, or the text is too deep. Whether it is JSON at all, its parser will say.
 */
export function skimJson(bytes: Buffer, limits: SkimLimits): SkimmedJson | undefined {
  const skim = new Skim(bytes, limits);
  return bytes.length <= limits.list ? skim.end() : skim.run();
}

class Skim {
  readonly #bytes: Buffer;
  readonly #limits: SkimLimits;
  readonly #kept: Buffer[] = [];
  readonly #lists: LongList[] = [];
  readonly #frames: Frame[] = [];
  /** Of what is kept. */
  #size = 0;
  /** Behind the last byte that was kept or cut. */
  #from = 0;
  #lastText: Frame['name'] = [0, 0];

  constructor(bytes: Buffer, limits: SkimLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
  }

  run(): SkimmedJson | undefined {
    for (let at = 0; at < this.#bytes.length; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      if (byte === quote) at = this.#onText(at);
      else if (byte === comma) at = this.#onComma(at);
      else if (byte === colon) this.#onColon();
      else if (isClosing(byte)) this.#frames.pop();
      else if (isOpening(byte) && !this.#onOpen(at)) return;
    }
    return this.end();
  }

  end(): SkimmedJson | undefined {
    this.#keep(this.#bytes.length);
    if (this.#size > this.#limits.text) return;
    return { text: new TextDecoder().decode(Buffer.concat(this.#kept)), lists: this.#lists };
  }

  #onText(at: number): number {
    const end = endOfText(this.#bytes, at);
    this.#lastText = [at + 1, end];
    return end;
  }

  #onColon() {
    const frame = this.#frames.at(-1);
    if (frame) frame.name = this.#lastText;
  }

  #onOpen(at: number): boolean {
    const isList = this.#bytes[at] === 0x5b;
    const before = this.#sizeAt(at);
    return this.#frames.push({ isList, start: at + 1, before, count: 0, name: [0, 0] }) <= deepest;
  }

  /** The last byte that is done with. */
  #onComma(at: number): number {
    const frame = this.#frames.at(-1);
    if (!frame) return at;
    frame.count += 1;
    const isLong = frame.isList && this.#sizeAt(at) - frame.before > this.#limits.list;
    return isLong ? this.#cut(frame, at) : at;
  }

  #cut({ start, count }: Frame, at: number): number {
    const bytes = this.#bytes;
    this.#keep(at);
    let all = count;
    let end = at;
    for (; bytes[end] === comma; all += 1) end = endOfItem(bytes, end + 1);
    const path = this.#frames.slice(0, -1).map((outer) => this.#placeIn(outer));
    this.#lists.push({ path, count: all, [Symbol.iterator]: () => itemsFrom(bytes, start) });
    this.#from = end;
    return end - 1;
  }

  /** Bytes that are left of those before this one. */
  #sizeAt(at: number): number {
    return this.#size + at - this.#from;
  }

  #keep(end: number) {
    this.#kept.push(this.#bytes.subarray(this.#from, end));
    this.#size += end - this.#from;
  }

  #placeIn({ isList, count, name: [from, to] }: Frame): string | number {
    return isList ? count : this.#bytes.toString('utf8', from, to);
  }
}

/** The place of the quote that ends the text which begins here. */
function endOfText(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}

/** The place of the comma behind the item which begins here, or of the end of its list. */
function endOfItem(bytes: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) at = endOfText(bytes, at);
    else if (isOpening(byte)) depth += 1;
    else if (depth === 0 && (byte === comma || isClosing(byte))) return at;
    else if (isClosing(byte)) depth -= 1;
  }
  return bytes.length;
}

/** @throws SyntaxError at an item that is no JSON */
function* itemsFrom(bytes: Buffer, start: number): Generator<unknown, void> {
  let end = start - 1;
  do {
    const from = end + 1;
    end = endOfItem(bytes, from);
    yield JSON.parse(bytes.toString('utf8', from, end));
  } while (bytes[end] === comma);
}
