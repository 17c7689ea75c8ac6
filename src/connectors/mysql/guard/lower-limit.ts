import { type ReadOnlySql, readOnlySql } from './read-only-sql.ts';
import { lexSql, type SqlToken } from './sql-lexer.ts';
import { pairParentheses, upper } from './sql-words.ts';

/**
 * The same query with a LIMIT of at most `rows`: its first rows are the same, and the server stops after them.
 *
 * A query without a LIMIT of its own comes back as it is: `sql_select_limit` does the same for it.
 */
export function lowerLimit(sql: ReadOnlySql, rows: number): ReadOnlySql {
  if (!/limit/i.test(sql)) return sql;
  const code = toQuery(sql);
  const count = toCount(code);
  if (!count || !queryStarts.has(upper(code[0])) || !(Number(count.text) > rows)) return sql;
  const end = count.start + count.text.length;
  return readOnlySql(sql.slice(0, count.start) + rows + sql.slice(end));
}

const queryStarts = new Set(['SELECT', 'WITH', 'TABLE', 'VALUES']);

/** The tokens that mean something, without parentheses around all of them. */
function toQuery(sql: string): SqlToken[] {
  const code = lexSql(sql).filter(({ type }) => !['space', 'comment', 'hint'].includes(type));
  while (code.at(-1)?.text === ';') code.pop();
  const pairs = pairParentheses(code);
  let around = 0;
  while (pairs.get(around) === code.length - 1 - around) around += 1;
  return code.slice(around, code.length - around);
}

/** The number of rows in `LIMIT n`, `LIMIT skipped, n` or `LIMIT n OFFSET skipped` at the end. */
function toCount(code: readonly SqlToken[]): SqlToken | undefined {
  const [limit4, first, between, last] = code.slice(-4);
  if (upper(between) === 'LIMIT' && isNumber(last)) return last;
  if (upper(limit4) !== 'LIMIT' || !isNumber(first) || !isNumber(last)) return;
  if (between?.text === ',') return last;
  return upper(between) === 'OFFSET' ? first : undefined;
}

const isNumber = (token: SqlToken | undefined) =>
  token?.type === 'number' && /^\d+$/.test(token.text);
