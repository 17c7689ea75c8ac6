import { ToolError } from '../tool-error.ts';
import type { SqlToken } from './sql-lexer.ts';

/** Whether the token can name something: a word, or whatever stands in backticks. */
export const isName = (token: SqlToken | undefined): token is SqlToken =>
  token?.type === 'word' || token?.type === 'quoted';

/** A keyword as we compare it. What stands in quotes is none. */
export const upper = (token: SqlToken | undefined): string =>
  token?.type === 'quoted' || token?.type === 'string' ? '' : (token?.text.toUpperCase() ?? '');

/** A name without its backticks. */
export const unquote = (token: SqlToken | undefined): string =>
  token?.type === 'quoted' ? token.text.slice(1, -1).replaceAll('``', '`') : (token?.text ?? '');

/** `t.update` is a column; `1.update` is not. */
export const isColumnOf = (code: readonly SqlToken[], index: number): boolean =>
  code[index - 1]?.text === '.' && isName(code[index - 2]);

/** The place of the parenthesis that closes the one at `open`; past the end when none does. */
export function closing(code: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < code.length; index++) {
    if (code[index]?.text === '(') depth++;
    if (code[index]?.text === ')' && --depth === 0) return index;
  }
  return code.length;
}

/** The token as a person finds it in the statement, at most 40 characters. */
export const quote = ({ text }: SqlToken): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** @throws ToolError `REFUSED` with the word, the reason and the way out. */
export function refuse(token: SqlToken | undefined, why: string, wayOut: string): never {
  const what = token ? `${quote(token)} at character ${token.start + 1}` : 'the end';
  throw new ToolError('REFUSED', `${what} is not allowed`, { why, try: wayOut });
}
