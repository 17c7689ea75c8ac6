import type { Connection } from 'mysql2/promise';

/** What a query answers. */
export const rows = async (connection: Connection, sql: string) =>
  (await connection.query({ sql, rowsAsArray: true }))[0] as unknown[][];

/** Its first two columns, as text. */
export const pairs = async (connection: Connection, sql: string) =>
  (await rows(connection, sql)).map(([name, value]): [string, string] => [`${name}`, `${value}`]);

/** Its first cell, as text. */
export const cell = async (connection: Connection, sql: string) =>
  `${(await rows(connection, sql))[0]?.[0]}`;
