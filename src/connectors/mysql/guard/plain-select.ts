import { lexSql, type SqlToken } from './sql-lexer.ts';
import { isName, unquote, upper } from './sql-words.ts';

/** A query of rows of one table as they are: nothing joined, grouped, or left out in between. */
export interface PlainSelect {
  database?: string;
  table: string;
  /** Whether it has a WHERE. */
  isFiltered: boolean;
  /** The one column by which the rows are ordered; without it they come in any order. */
  order?: { column: string; descending: boolean };
}

/** Words of queries whose rows are not rows of one table, or not all of them. */
const notPlain = new Set(
  'DISTINCT DISTINCTROW EXCEPT FETCH GROUP HAVING INTERSECT INTO JOIN LIMIT MINUS OFFSET OVER PARTITION PROCEDURE QUALIFY SELECT STRAIGHT_JOIN SYSTEM_TIME UNION WINDOW'.split(
    ' ',
  ),
);

/** Reads `SELECT … FROM table [AS t] [WHERE …] [ORDER BY column]`; of anything else it says nothing. */
export function toPlainSelect(sql: string): PlainSelect | undefined {
  const code = lexSql(sql).filter(({ type }) => !['space', 'comment', 'hint'].includes(type));
  while (code.at(-1)?.text === ';') code.pop();
  const [first, ...rest] = code;
  if (upper(first) !== 'SELECT' || rest.some((token) => notPlain.has(upper(token)))) return;
  const outside = withoutParentheses(rest);
  const [from, where, order] = ['FROM', 'WHERE', 'ORDER'].map((word) =>
    outside.findIndex((token) => upper(token) === word),
  ) as [number, number, number];
  if (from < 0) return;
  const places = [from, where, order].filter((place) => place >= 0);
  if (places.some((place, index) => place < (places[index - 1] ?? 0))) return;
  const end = (place: number) => places.find((other) => other > place) ?? outside.length;
  const table = toTable(outside.slice(from + 1, end(from)));
  if (!table) return;
  const plain = { ...table, isFiltered: where >= 0 };
  if (order < 0) return plain;
  const column = toOrder(outside.slice(order + 1, end(order)));
  return column && { ...plain, order: column };
}

/** The tokens that stand in no parentheses; a pair of these stays as its first one. */
function withoutParentheses(code: readonly SqlToken[]): SqlToken[] {
  let depth = 0;
  return code.filter(({ text }) => {
    if (text === ')') depth -= 1;
    const isOutside = depth === 0 && text !== ')';
    if (text === '(') depth += 1;
    return isOutside;
  });
}

/** `t`, `d.t`, `t alias` or `t AS alias`. */
function toTable(code: readonly SqlToken[]): Pick<PlainSelect, 'database' | 'table'> | undefined {
  const [first, dot, second] = code;
  const isQualified = dot?.text === '.';
  const name = isQualified ? second : first;
  const alias = code.slice(isQualified ? 3 : 1);
  if (upper(alias[0]) === 'AS') alias.shift();
  if (!isName(first) || !isName(name) || alias.length > 1 || !alias.every(isName)) return;
  return { table: unquote(name), ...(isQualified && { database: unquote(first) }) };
}

/** `BY column [ASC | DESC]`, the column with or without its table. */
function toOrder([by, ...code]: readonly SqlToken[]): PlainSelect['order'] {
  const direction = upper(code.at(-1));
  const isSaid = code.length > 1 && /^(ASC|DESC)$/.test(direction);
  const path = isSaid ? code.slice(0, -1) : code;
  const column = path.at(-1);
  const isPath = path.every((token, index) =>
    index % 2 === 0 ? isName(token) : token.text === '.',
  );
  if (upper(by) !== 'BY' || !isPath || !isName(column)) return;
  return { column: unquote(column), descending: isSaid && direction === 'DESC' };
}
