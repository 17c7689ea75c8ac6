import { ToolError } from '../../tool-error.ts';

/** A character, any one, any number of them, or one of some. */
type Part =
  | { kind: 'char'; char: string }
  | { kind: 'any' }
  | { kind: 'star' }
  | { kind: 'class'; negated: boolean; ranges: [from: string, to: string][] };

/** What stands between two slashes of a pattern; `**` is any number of folders. */
export type Segment = '**' | { parts: Part[]; foldCase: boolean };

/** A pattern without its braces, by segments. */
export type Glob = Segment[];

/** Most patterns that braces may stand for. */
const mostAlternatives = 64;

/**
 * Reads a pattern: `*` and `?` within a name, `**` for any folders, `[a-z]`, `[!a]`, `{csv,json}`, and a backslash before
 * a character that is meant as it is. Without a slash it is looked for in all folders; a slash in front holds it to the
 * top, one at the end means all below.
 *
 * No regular expression is made of it, so no pattern is slow.
 *
 * @throws ToolError `INVALID_ARGUMENT` for braces that stand for more than 64 patterns.
 */
export function toGlobs(pattern: string, { foldCase = false } = {}): Glob[] {
  return expandBraces(pattern).map((each) => {
    const inFolders = each.includes('/') ? each : `**/${each}`;
    const whole = inFolders.endsWith('/') ? `${inFolders}**` : inFolders;
    return splitSegments(whole.replace(/^\/+/, '')).map((text) => toSegment(text, foldCase));
  });
}

function expandBraces(pattern: string): string[] {
  let open = [pattern];
  const done: string[] = [];
  while (open.length > 0) {
    if (open.length + done.length > mostAlternatives)
      throw new ToolError(
        'INVALID_ARGUMENT',
        `the braces stand for more than ${mostAlternatives} patterns`,
        { try: 'fewer alternatives, or * in their place' },
      );
    const next: string[] = [];
    for (const each of open) {
      const alternatives = expandFirst(each);
      if (alternatives) next.push(...alternatives);
      else done.push(each);
    }
    open = next;
  }
  return [...new Set(done)];
}

/** The patterns that the first innermost braces stand for; nothing without braces. */
function expandFirst(pattern: string): string[] | undefined {
  let start = -1;
  let commas: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at++;
    else if (char === '{') [start, commas] = [at, []];
    else if (char === ',' && start >= 0) commas.push(at);
    else if (char === '}' && start >= 0) {
      if (commas.length === 0)
        start = -1; // {a} is not an alternative
      else return toAlternatives(pattern, [start, ...commas, at]);
    }
  }
  return;
}

function toAlternatives(pattern: string, borders: number[]): string[] {
  const before = pattern.slice(0, borders[0]);
  const after = pattern.slice((borders.at(-1) ?? 0) + 1);
  return borders
    .slice(0, -1)
    .map((border, i) => before + pattern.slice(border + 1, borders[i + 1]) + after);
}

/** A slash in brackets or behind a backslash separates all the same: no name holds one. A second `**` says nothing more. */
const splitSegments = (pattern: string): string[] =>
  pattern.split('/').filter((text, at, all) => text !== '**' || all[at - 1] !== '**');

function toSegment(text: string, foldCase: boolean): Segment {
  if (text === '**') return '**';
  const parts: Part[] = [];
  for (let at = 0; at < text.length; ) {
    const [part, length] = readPart(text, at, foldCase);
    at += length;
    if (part.kind !== 'star' || parts.at(-1)?.kind !== 'star') parts.push(part);
  }
  return { parts, foldCase };
}

function readPart(text: string, at: number, foldCase: boolean): [Part, number] {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (char === '*') return [{ kind: 'star' }, 1];
  if (char === '?') return [{ kind: 'any' }, 1];
  if (char === '[') {
    const found = readClass(text, at, foldCase);
    if (found) return found;
  }
  if (char !== '\\' || at + 1 === text.length)
    return [{ kind: 'char', char: fold(char, foldCase) }, char.length];
  const escaped = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
  return [{ kind: 'char', char: fold(escaped, foldCase) }, 1 + escaped.length];
}

/** Nothing when no bracket closes it: then the opening one is meant as it is. */
function readClass(text: string, at: number, foldCase: boolean): [Part, number] | undefined {
  const negated = text[at + 1] === '!' || text[at + 1] === '^';
  const start = at + (negated ? 2 : 1);
  const end = text.indexOf(']', start + 1); // a bracket in the first place is one of the class
  if (end < 0) return;
  const chars = [...fold(text.slice(start, end), foldCase)];
  const ranges: [string, string][] = [];
  for (let i = 0; i < chars.length; i++) {
    const from = chars[i] ?? '';
    const isRange = chars[i + 1] === '-' && i + 2 < chars.length;
    ranges.push([from, (isRange ? chars[i + 2] : from) ?? from]);
    if (isRange) i += 2;
  }
  return [{ kind: 'class', negated, ranges }, end + 1 - at];
}

const fold = (text: string, foldCase: boolean) => (foldCase ? text.toLowerCase() : text);

/** What a name must begin with to match, as far as that is plain. */
export function literalHead(segment: Segment): { head: string; isWhole: boolean } {
  if (segment === '**') return { head: '', isWhole: false };
  const { parts, foldCase } = segment;
  const isPlain = (part: Part) =>
    part.kind === 'char' && (!foldCase || part.char.toLowerCase() === part.char.toUpperCase());
  const end = parts.findIndex((part) => !isPlain(part));
  const plain = end < 0 ? parts : parts.slice(0, end);
  const head = plain.map((part) => (part.kind === 'char' ? part.char : '')).join('');
  return { head, isWhole: end < 0 };
}

/** Whether a name matches a segment that is not `**`. Its time is the product of both lengths at worst. */
export function matchSegment(segment: Exclude<Segment, '**'>, name: string): boolean {
  const { parts, foldCase } = segment;
  const chars = [...fold(name, foldCase)];
  let at = 0;
  let part = 0;
  let star = -1;
  let from = 0;
  while (at < chars.length) {
    const now = parts[part];
    if (now?.kind === 'star') {
      star = part++;
      from = at;
    } else if (now && fits(now, chars[at] ?? '')) {
      at++;
      part++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++from;
    } else return false;
  }
  while (parts[part]?.kind === 'star') part++;
  return part === parts.length;
}

function fits(part: Part, char: string): boolean {
  if (part.kind === 'char') return part.char === char;
  if (part.kind === 'any') return true;
  if (part.kind === 'star') return false;
  return part.ranges.some(([from, to]) => from <= char && char <= to) !== part.negated;
}
