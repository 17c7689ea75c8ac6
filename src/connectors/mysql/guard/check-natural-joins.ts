import type { SqlToken } from './sql-lexer.ts';
import { isName, refuse, upper } from './sql-words.ts';

/**
 * MariaDB (seen with 10.11.19) falls over, all connections with it, where a query that joins by USING or NATURAL
 * names a column with a database and has it wrong: `SELECT shop.orders.nope FROM customers JOIN orders USING (id)`.
 *
 * @throws ToolError `REFUSED`.
 */
export function checkNaturalJoins(code: readonly SqlToken[]): void {
  if (!code.some((_, index) => joinsByName(code, index))) return;
  const column = code.find((_, index) => isFullColumn(code, index));
  if (column)
    refuse(
      column,
      'MariaDB may crash over a column named with its database when tables are joined by USING or NATURAL',
      'table.column, or JOIN … ON',
    );
}

/** Not the USING of `CONVERT(a USING utf8mb4)`. */
const joinsByName = (code: readonly SqlToken[], index: number) =>
  upper(code[index]) === 'NATURAL' ||
  (upper(code[index]) === 'USING' && code[index + 1]?.text === '(');

/** `database.table.column` */
const isFullColumn = (code: readonly SqlToken[], index: number) =>
  [0, 2, 4].every((place) => isName(code[index + place])) &&
  [1, 3].every((place) => code[index + place]?.text === '.');
