import { ToolError } from '../../tool-error.ts';

/** Longest element, in characters. */
const longestElement = 1_000_000;

/** The elements of an array in JSON, each as its text, however long the array is; nothing for any other JSON. */
export async function* jsonElements(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let element = '';
  for await (const text of texts) {
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const char = text[at];
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (char === '\\') isEscaped = true;
        else if (char === '"') isText = false;
        continue;
      }
      if (char === '"') isText = true;
      else if (char === '[' || char === '{') {
        if (++depth === 1) start = at + 1;
      } else if (char === ']' || char === '}') depth--;
      const isBorder = (depth === 1 && char === ',') || (depth === 0 && char === ']');
      if (!isBorder) continue;
      element += text.slice(start, at);
      if (element.trim()) yield element;
      element = '';
      start = at + 1;
      if (depth === 0) return;
    }
    if (depth > 0) element += text.slice(start);
    if (element.length > longestElement) throw tooLong();
  }
  if (depth > 0 && element.trim()) throw new CutJson();
}

/** The text ends in the middle of an array. */
export class CutJson extends Error {
  override name = 'CutJson';
}

const tooLong = () =>
  new ToolError('TOO_LARGE', 'an element of the array is longer than 1 MB', {
    try: 'read_object, for its text',
  });
