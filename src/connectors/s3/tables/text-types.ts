/** What the texts of a column are, the narrowest first. */
const types = [
  ['integer', /^[+-]?\d{1,18}$/],
  ['decimal', /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/],
  ['decimal comma', /^[+-]?\d{1,3}(\.\d{3})*,\d+$|^[+-]?\d+,\d+$/],
  ['boolean', /^(true|false|yes|no|TRUE|FALSE|True|False)$/],
  ['date', /^\d{4}-\d\d-\d\d$|^\d\d?[./]\d\d?[./]\d{4}$/],
  ['datetime', /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d([.,]\d+)?)?( ?(Z|UTC|[+-]\d\d:?\d\d))?$/],
] as const;

export type TextType = (typeof types)[number][0] | 'text' | 'empty';

/** The type that all texts have; empty ones have any. A number with a leading zero is text: it is a code. */
export function toTextType(texts: readonly string[]): TextType {
  const told = texts.filter((text) => text !== '');
  if (told.length === 0) return 'empty';
  if (told.some((text) => /^[+-]?0\d/.test(text) && !/[-/.:,]/.test(text.slice(1)))) return 'text';
  return types.find(([, form]) => told.every((text) => form.test(text)))?.[0] ?? 'text';
}

/** An integer that a double holds as a number, everything else as it is written; what is empty is null. */
export function toCell(text: string | undefined, type: TextType): unknown {
  if (text === undefined || text === '') return null;
  if (type !== 'integer' || !/^-?(0|[1-9]\d*)$/.test(text)) return text;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}
