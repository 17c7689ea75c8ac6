import { ToolError } from '../../tool-error.ts';

/**
 * A query that finds at most what the clauses let through, whatever it says: each clause and the query are joined by
 * AND, the query in parentheses, its ORDER BY behind.
 *
 * That holds only while the parentheses of the query are its own: `x) OR (y` would leave them. So it is read as Jira
 * reads it, with its strings and escapes, and refused where that is in doubt.
 *
 * @throws ToolError `INVALID_ARGUMENT` for a query that is not whole.
 */
export function narrowJql(jql: string, clauses: readonly string[]): string {
  if (jql.length > longestJql) refuseLong(jql.length);
  const orderAt = findOrder(jql);
  const where = jql.slice(0, orderAt).trim();
  const order = jql.slice(orderAt).trim();
  const parts = [...clauses, ...(where ? [clauses.length > 0 ? `(${where})` : where] : [])];
  return [parts.join(' AND '), order].filter(Boolean).join(' ');
}

/** Longer ones come from lists of values that a person would not write, in characters. */
const longestJql = 20_000;

function refuseLong(length: number): never {
  throw new ToolError(
    'TOO_LARGE',
    `this JQL has ${length} characters, and the limit is ${longestJql}`,
    {
      try: 'a condition instead of a list of values, or several searches',
    },
  );
}

/** A value as JQL takes it, whatever is in it. */
export const quoteJql = (value: string): string =>
  `"${value.replaceAll(/[\\"]/g, '\\$&').replaceAll(/\s+/g, ' ')}"`;

/** A clause for the projects that may be seen; none when all may be. */
export const projectClauses = (keys: readonly string[]): string[] =>
  keys.length > 0 ? [`project in (${keys.map(quoteJql).join(', ')})`] : [];

/** What matters of a query: its parentheses and words, not its strings. */
const token =
  /"(?:[^"\\\n\r]|\\[^\n\r])*"|'(?:[^'\\\n\r]|\\[^\n\r])*'|[()]|(?:[^\s"'()\\]|\\[^\n\r])+|\s+|[\s\S]/g;

/** Where ORDER BY begins, or the end. */
function findOrder(jql: string): number {
  let depth = 0;
  let orderAt: number | undefined;
  let before = { text: '', index: 0 };
  for (const { 0: text, index } of jql.matchAll(token)) {
    if (text === '"' || text === "'" || text === '\\') refuse('a string is not closed', index);
    if (/^[^"']*(?:\/[*/]|#)/.test(text)) refuse(`"${text.slice(0, 20)}" needs quotes`, index);
    if (hasControls(text)) refuse('a character is none of JQL', index);
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth < 0) refuse('a parenthesis closes that was never opened', index);
    const isOrder = /^by$/i.test(text) && /^order$/i.test(before.text) && depth === 0;
    if (isOrder) orderAt ??= before.index;
    if (text.trim()) before = { text, index };
  }
  if (depth > 0) refuse('a parenthesis is not closed', jql.length);
  return orderAt ?? jql.length;
}

/** Spaces and line ends are the only ones that a query may hold. */
const hasControls = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/.test(text);

function refuse(what: string, index: number): never {
  throw new ToolError(
    'INVALID_ARGUMENT',
    `this JQL is not whole: ${what}, at character ${index + 1}`,
    {
      try: 'one query such as project = OPS AND status != Done ORDER BY created DESC',
    },
  );
}
