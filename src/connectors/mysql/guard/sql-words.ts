import { ToolError } from '../../tool-error.ts';
import type { SqlToken } from './sql-lexer.ts';

/** Whether the token can name something: a word, or whatever stands in backticks. */
export const isName = (token: SqlToken | undefined): token is SqlToken =>
  token?.type === 'word' || token?.type === 'quoted';

/** A keyword as we compare it. What stands in quotes is none. */
export const upper = (token: SqlToken | undefined): string =>
  !token || token.type === 'quoted' || token.type === 'string' ? '' : toUpper(token.text);

// The servers fold ASCII only: `ſome` and `ın` are names to them, though JavaScript makes SOME and IN of these.
const toUpper = (text: string) => (/[\u0080-\uffff]/.test(text) ? text : text.toUpperCase());

/** A name without its backticks. */
export const unquote = (token: SqlToken | undefined): string =>
  token?.type === 'quoted' ? token.text.slice(1, -1).replaceAll('``', '`') : (token?.text ?? '');

/** A name without its backticks, in lower case when it is ASCII, as the names of the server's functions are. */
export function lower(token: SqlToken | undefined): string {
  const name = unquote(token);
  return /[\u0080-\uffff]/.test(name) ? name : name.toLowerCase();
}

/** A text as the most lenient server might read it, without case and accents: for what is forbidden by name. */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').toLowerCase();

/** `t.update` is a column; `1.update` is not. */
export const isColumnOf = (code: readonly SqlToken[], index: number): boolean =>
  code[index - 1]?.text === '.' && isName(code[index - 2]);

/** For the place of each opening parenthesis that of its closing one; past the end when none closes it. */
export function pairParentheses(code: readonly SqlToken[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { text }] of code.entries()) {
    if (text === '(') open.push(index);
    const last = text === ')' ? open.pop() : undefined;
    if (last !== undefined) pairs.set(last, index);
  }
  for (const index of open) pairs.set(index, code.length);
  return pairs;
}

/** The token as a person finds it in the statement, at most 40 characters. */
export const quote = ({ text }: SqlToken): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** @throws ToolError `REFUSED` with the word, the reason and the way out. */
export function refuse(token: SqlToken | undefined, why: string, wayOut: string): never {
  const what = token ? `${quote(token)} at character ${token.start + 1}` : 'the end';
  throw new ToolError('REFUSED', `${what} is not allowed`, { why, try: wayOut });
}
