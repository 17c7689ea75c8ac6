import { EventEmitter } from 'node:events';
import type { PoolConnection } from 'mysql2';
import { expect, it } from 'vitest';
import { readRows } from '../../../src/connectors/mysql/read-rows.ts';

const limits = { maxRows: 1, maxBytes: 100, maxCell: 100 };

it.each([
  ['what the server refuses', { sqlState: '42S02' }, 'clean'],
  ['what the driver cannot read', { code: 'ERR_STRING_TOO_LONG' }, 'busy'],
  ['what ended the connection', { code: 'PROTOCOL_CONNECTION_LOST', fatal: true }, 'lost'],
])('knows how a connection is left by %s', async (_what, error, left) => {
  const statement = new EventEmitter();
  const connection = Object.assign(new EventEmitter(), { query: () => statement });
  const { signal } = new AbortController();
  const reading = readRows(connection as unknown as PoolConnection, { sql: '' }, limits, signal);
  statement.emit('error', error);
  await expect(reading.rows).rejects.toBe(error);
  expect(await reading.left).toBe(left);
});
