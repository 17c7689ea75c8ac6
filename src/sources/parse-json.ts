/** A place in a text, both counted from 1. */
export interface Position {
  line: number;
  column: number;
}

/** A JSON value and where each of its parts stands. */
export interface LocatedJson {
  value: unknown;
  /** Where the part at this path begins (a member: its key); the nearest part around it when there is none. */
  at(path: readonly PropertyKey[]): Position;
}

/** A text that is no JSON: the sentence says what is wrong, without the place. */
export class JsonFault extends Error {
  override name = 'JsonFault';
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

/** Deeper ones are no configuration. */
const deepest = 32;

/**
 * Parses JSON (RFC 8259) and remembers where everything stands, which `JSON.parse` does not tell.
 *
 * The same key twice in an object is a fault: one of the two would count, and nobody knows which.
 *
 * @throws JsonFault at the first fault.
 */
export function parseJson(text: string): LocatedJson {
  const starts = new Map<string, number>();
  let at = text.startsWith('\ufeff') ? 1 : 0;

  function value(path: string[]): unknown {
    blank();
    if (!starts.has(keyOf(path))) starts.set(keyOf(path), at);
    if (path.length > deepest) fail('is nested too deep');
    if (text[at] === '{') return object(path);
    if (text[at] === '[') return array(path);
    if (text[at] === '"') return string();
    return word();
  }

  function object(path: string[]): Record<string, unknown> {
    const members: [string, unknown][] = [];
    const keys = new Set<string>();
    list('}', () => {
      const start = at;
      if (text[at] !== '"')
        fail(at < text.length ? 'a key in double quotes belongs here' : endless);
      const key = string();
      if (keys.has(key)) fail(`the key ${JSON.stringify(key)} stands here a second time`, start);
      keys.add(key);
      starts.set(keyOf([...path, key]), start);
      blank();
      if (text[at] !== ':') fail('a colon is missing after the key');
      at += 1;
      members.push([key, value([...path, key])]);
    });
    return Object.fromEntries(members); // defines, so that a key called __proto__ is a key like others
  }

  function array(path: string[]): unknown[] {
    const items: unknown[] = [];
    list(']', () => items.push(value([...path, String(items.length)])));
    return items;
  }

  /** From the opening bracket to the closing one, a comma between two. */
  function list(end: string, item: () => void): void {
    at += 1;
    blank();
    while (text[at] !== end) {
      item();
      blank();
      if (text[at] === end) break;
      if (text[at] !== ',') fail(at < text.length ? `a comma or ${end} belongs here` : endless);
      const comma = at;
      at += 1;
      blank();
      if (text[at] === end) fail(`a comma too many: the last one before ${end}`, comma);
    }
    at += 1;
  }

  function string(): string {
    const [raw] =
      matchAt(/"(?:[^"\\\n\r]|\\.)*"/y) ?? fail('this text has no closing double quote');
    const read = readLiteral(raw);
    if (typeof read !== 'string')
      fail('this text has a character or an escape that JSON does not know');
    at += raw.length;
    return read as string;
  }

  function word(): unknown {
    const [raw] =
      matchAt(/[^\s,:[\]{}"]+/y) ?? fail(at < text.length ? 'a value is missing' : endless);
    const read = readLiteral(raw);
    if (read === undefined)
      fail(`${JSON.stringify(raw.slice(0, 30))} is no value; text stands in double quotes`);
    at += raw.length;
    return read;
  }

  function blank(): void {
    at += matchAt(/[ \t\r\n]*/y)?.[0].length ?? 0;
    if (/^(?:\/[/*]|#)/.test(text.slice(at, at + 2))) fail('comments are not JSON; take it out');
  }

  function matchAt(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(text);
  }

  function fail(message: string, where = at): never {
    throw new JsonFault(message, toPosition(text, where));
  }

  const whole = value([]);
  blank();
  if (at < text.length) fail('the file should end here');
  return {
    value: whole,
    at(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const start = starts.get(keyOf(path.slice(0, length).map(String)));
        if (start !== undefined) return toPosition(text, start);
      }
      return toPosition(text, starts.get(keyOf([])) ?? 0);
    },
  };
}

const endless = 'the file ends in the middle';

const keyOf = (path: readonly string[]) => JSON.stringify(path);

function readLiteral(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function toPosition(text: string, at: number): Position {
  const before = text
    .slice(0, at)
    .replace('\ufeff', '')
    .split(/\r\n|[\r\n]/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
