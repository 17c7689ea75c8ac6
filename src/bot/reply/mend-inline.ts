/**
 * A paragraph that is still being written: open code, emphasis and links are closed or wait.
 *
 * One pass; what looks wrong but is complete stays as it is.
 */
export function mendInline(paragraph: string): string {
  const text = paragraph.trimEnd();
  const open: Delimiter[] = [];
  let bracket = -1;

  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (character === '\\') {
      at += 2;
    } else if (character === '`') {
      const width = runLength(text, at);
      const end = endOfCode(text, at + width, width);
      if (end < 0) return closeAll(closeCode(text, at, width), open, bracket);
      at = end;
    } else if (character === '[') {
      bracket = at;
      at++;
    } else if (character === ']' && bracket >= 0) {
      if (text.charAt(at + 1) === '(' && isUnfinishedTarget(text, at + 2))
        return closeAll(withoutLink(text, bracket, at), open, -1);
      bracket = -1;
      at++;
    } else if (character === '*' || character === '_' || character === '~') {
      const width = runLength(text, at);
      const isEnd = at + width === text.length;
      const rest = settle(open, text, at, width);
      if (isEnd && rest > 0) return closeAll(text.slice(0, text.length - rest), open, bracket);
      at += width;
    } else {
      if (character === '\n') bracket = -1;
      at++;
    }
  }
  return closeAll(text, open, bracket);
}

interface Delimiter {
  character: string;
  width: number;
}

/** Closes what the run closes and opens what it opens. Returns how much of it did neither. */
function settle(open: Delimiter[], text: string, at: number, width: number): number {
  const character = text.charAt(at);
  const before = text.charAt(at - 1);
  const after = text.charAt(at + width);
  let left = width;
  if (/\S/.test(before) && !(character === '_' && wordCharacter.test(after))) {
    for (let top = open.at(-1); top?.character === character && left > 0; top = open.at(-1)) {
      const shared = Math.min(top.width, left);
      top.width -= shared;
      left -= shared;
      if (top.width === 0) open.pop();
    }
  }
  if (left === 0 || !opens(character, left, before, after)) return left;
  open.push({ character, width: left });
  return 0;
}

/** Deliberately narrow for single marks: `COUNT(*)`, `2*3` and `user_id` open nothing. */
function opens(character: string, width: number, before: string, after: string): boolean {
  if (after === '' || /\s/.test(after) || wordCharacter.test(before)) return false;
  if (character === '~') return width === 2;
  if (width >= 2) return width <= 3;
  return /[\p{L}\p{N}"'“]/u.test(after) && !/[^\s("'“*_~-]/.test(before);
}

const wordCharacter = /^[A-Za-z0-9]$/;

function runLength(text: string, at: number): number {
  const character = text.charAt(at);
  let end = at + 1;
  while (text.charAt(end) === character) end++;
  return end - at;
}

/** Where a code span ends that was opened by a run of `width` backticks; -1: not yet. */
function endOfCode(text: string, from: number, width: number): number {
  for (let at = text.indexOf('`', from); at >= 0; ) {
    const length = runLength(text, at);
    if (length === width) return at + length;
    at = text.indexOf('`', at + length);
  }
  return -1;
}

function closeCode(text: string, at: number, width: number): string {
  const marks = '`'.repeat(width);
  const code = text.slice(at + width).replace(/`{1,2}$/, '');
  return code.trim() ? text.slice(0, at + width) + code + marks : text.slice(0, at);
}

const isUnfinishedTarget = (text: string, from: number): boolean =>
  text.length - from < 2_000 && !/[\s)]/.test(text.slice(from));

/** `see [the ticket](https://tick` becomes `see the ticket`. */
const withoutLink = (text: string, bracket: number, end: number): string =>
  text.slice(0, bracket).replace(/!$/, '') + text.slice(bracket + 1, end);

function closeAll(text: string, open: Delimiter[], bracket: number): string {
  const shown =
    bracket >= 0 && bracket < text.length
      ? text.slice(0, bracket).replace(/!$/, '') + text.slice(bracket + 1)
      : text;
  const trimmed = shown.trimEnd();
  return trimmed + open.toReversed().map(closing).join('');
}

const closing = ({ character, width }: Delimiter): string => character.repeat(width);
