import type { Connection } from 'mysql2';

/** Sends one statement of ours and gives its rows as arrays. */
export const runSql = (connection: Pick<Connection, 'query'>, sql: string) =>
  new Promise<unknown[][]>((resolve, reject) => {
    connection.query({ sql, rowsAsArray: true }, (error, result) =>
      error ? reject(error) : resolve(Array.isArray(result) ? (result as unknown[][]) : []),
    );
  });
