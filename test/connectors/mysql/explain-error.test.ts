import { expect, it } from 'vitest';
import { explainError } from '../../../src/connectors/mysql/explain-error.ts';
import type { Mysql } from '../../../src/connectors/mysql/mysql.ts';

const failure = { mysql: {} as Mysql, sql: 'SELECT doc FROM t', timeoutMs: 15_000 };

it.each([
  [
    'a packet past the limit of the server',
    { errno: 1153, sqlState: '08S01', sqlMessage: "Got a packet bigger than 'max_allowed_packet'" },
  ],
  ['a string past the limit of Node', { code: 'ERR_STRING_TOO_LONG', message: 'Cannot create …' }],
])('tells how to ask for less after %s', async (_what, error) => {
  const { message } = await explainError(error, failure);
  expect(message).toBe(
    'TOO_LARGE: a value or row is too large to be sent. Try: LEFT(column, 200) in place of the long column.',
  );
});
