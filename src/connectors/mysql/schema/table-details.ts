import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import type { Mysql } from '../connection/mysql.ts';
import { readOnlySql } from '../guard/read-only-sql.ts';
import { quoteName } from './quote-name.ts';
import { type TableName, type TableRow, toShown } from './schema.ts';

const checkRow = z.object({
  name: z.string().transform(toShown),
  clause: z.string().transform((clause) => outsideText(clause, 300)),
});

/** In MariaDB a check's name is unique in its table, in MySQL in its database. */
const checksOf = {
  MariaDB: readOnlySql(`SELECT constraint_name AS name, check_clause AS clause
    FROM information_schema.check_constraints
    WHERE constraint_schema = ? AND CAST(table_name AS BINARY) = ? ORDER BY constraint_name`),
  MySQL: readOnlySql(`SELECT c.constraint_name AS name, c.check_clause AS clause
    FROM information_schema.table_constraints t JOIN information_schema.check_constraints c
      ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name
    WHERE t.table_schema = ? AND t.table_name = ? AND t.constraint_type = 'CHECK' ORDER BY c.constraint_name`),
};

/** The conditions that every row of the table keeps. */
export const readChecks = (
  mysql: Mysql,
  product: keyof typeof checksOf,
  { database, table }: TableName,
  signal?: AbortSignal,
) => mysql.objects(checksOf[product], checkRow, { values: [database, table], signal });

const partitionRow = z.object({
  method: z.string().transform((method) => outsideText(method, 40)),
  expression: z
    .string()
    .nullable()
    .transform((text) => outsideText(text ?? '', 200)),
});

const partitionsSql =
  readOnlySql(`SELECT MAX(partition_method) AS method, MAX(partition_expression) AS expression
  FROM information_schema.partitions WHERE table_schema = ? AND table_name = ? AND partition_name IS NOT NULL
  GROUP BY partition_name, partition_ordinal_position ORDER BY partition_ordinal_position`);

/** How the table is divided, and into how many parts; nothing when it is not. */
export async function readPartitions(mysql: Mysql, row: TableRow, signal?: AbortSignal) {
  if (!row.is_partitioned) return;
  const options = { values: [row.database, row.name], signal };
  const rows = await mysql.objects(partitionsSql, partitionRow, options);
  const [first] = rows;
  if (!first) return;
  const { method, expression } = first;
  return { method, expression, count: rows.length };
}

/** The statement that made the table or view, without what it tells of accounts, hosts and passwords. */
export async function readDdl(
  mysql: Mysql,
  { database, name, type }: TableRow,
  signal?: AbortSignal,
): Promise<string> {
  const kind = type === 'view' ? 'VIEW' : 'TABLE';
  const sql = readOnlySql(`SHOW CREATE ${kind} ${quoteName(database)}.${quoteName(name)}`);
  const { rows } = await mysql.select(sql, { maxCell: 64_000, maxBytes: 500_000, signal });
  return withoutSecrets(String(rows[0]?.[1] ?? ''));
}

/** Engines that reach other servers (FEDERATED, CONNECT, SPIDER) keep the way there in the table's definition. */
const withoutSecrets = (ddl: string) =>
  ddl
    .replace(/ DEFINER=`(?:[^`]|``)*`@`(?:[^`]|``)*`/, '')
    .replace(/\b(CONNECTION ?= ?)'(?:[^'\\]|\\.|'')*'/gi, "$1'…'")
    .replace(/\b(password|passwd|host) ("[^"]*"|\\?'[^']*')/gi, '$1 …');
