import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PoolConnection } from 'mysql2';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readRows } from '../../../../src/connectors/mysql/connection/read-rows.ts';
import { Spool } from '../../../../src/connectors/spool.ts';
import { eventually } from '../../../support/eventually.ts';

let parent: string;
let spool: Spool;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'spool-test-'));
  spool = new Spool('mysql', {}, parent);
});
afterEach(async () => {
  await spool.close();
  rmSync(parent, { recursive: true, force: true });
});

const small = { maxRows: 1, maxBytes: 100, maxCell: 100 };
const large = { maxRows: 5_000, maxBytes: 100, maxCell: 100 };

/** A connection whose rows come from the test. */
function fakeConnection() {
  const statement = new EventEmitter();
  const connection = Object.assign(new EventEmitter(), {
    stream: new EventEmitter(),
    query: () => statement,
    pause: vi.fn(),
    resume: vi.fn(),
  });
  return { statement, connection, pool: connection as unknown as PoolConnection };
}

const textColumn = { name: 'text', orgName: 'text', columnType: 253, characterSet: 45, flags: 0 };
const jsonColumn = { ...textColumn, columnType: 245 };
const { signal } = new AbortController();
const stored = () =>
  readdirSync(parent, { recursive: true }).filter((name) => /jsonl$/.test(`${name}`));

it.each([
  ['what the server refuses', { sqlState: '42S02' }, 'clean'],
  ['what the driver cannot read', { code: 'ERR_STRING_TOO_LONG' }, 'busy'],
  ['what ended the connection', { code: 'PROTOCOL_CONNECTION_LOST', fatal: true }, 'lost'],
])('knows how a connection is left by %s', async (_what, error, left) => {
  const { statement, pool } = fakeConnection();
  const reading = readRows(pool, { sql: '', limits: small }, signal);
  statement.emit('error', error);
  await expect(reading.rows).rejects.toBe(error);
  expect(await reading.left).toBe(left);
});

it('lets the server wait while the disk lags, and loses no row', async () => {
  const { statement, connection, pool } = fakeConnection();
  const reading = readRows(pool, { sql: '', limits: large, spool }, signal);
  statement.emit('fields', [textColumn]);
  const text = 'x'.repeat(10_000);
  for (let n = 0; n < 300; n++) {
    const before = connection.pause.mock.calls.length;
    statement.emit('result', [`${n} ${text}`]);
    if (connection.pause.mock.calls.length > before)
      await eventually(() => expect(connection.resume).toHaveBeenCalledTimes(before + 1));
  }
  statement.emit('end');
  expect(connection.pause.mock.calls.length).toBeGreaterThan(2);
  expect(await reading.rows).toMatchObject({
    rowCount: 300,
    stored: { rows: 300, complete: true },
  });
  expect(await reading.left).toBe('clean');
});

it.each([
  ['cancelled', 'busy', ({ stop }: { stop: AbortController }) => stop.abort(new Error('no'))],
  [
    'refused half-way',
    'clean',
    ({ statement }: { statement: EventEmitter }) =>
      statement.emit('error', Object.assign(new Error('no'), { sqlState: '70100' })),
  ],
  [
    'cut off',
    'lost',
    ({ connection }: { connection: EventEmitter }) => connection.emit('error', new Error('gone')),
  ],
])('removes the rows of a statement that is %s', async (_how, left, interrupt) => {
  const stop = new AbortController();
  const { statement, connection, pool } = fakeConnection();
  const reading = readRows(pool, { sql: '', limits: large, spool }, stop.signal);
  statement.emit('fields', [textColumn]);
  for (let n = 0; n < 100; n++) statement.emit('result', [`row ${n}`]);
  await eventually(() => expect(stored()).toHaveLength(1));
  interrupt({ stop, statement, connection });
  statement.emit('result', ['late']);
  await expect(reading.rows).rejects.toThrow();
  expect(await reading.left).toBe(left);
  await eventually(() => expect(stored()).toEqual([]));
});

it('removes the rows of a call that is cancelled after the last of them', async () => {
  const stop = new AbortController();
  const { statement, pool } = fakeConnection();
  const reading = readRows(pool, { sql: '', limits: large, spool }, stop.signal);
  statement.emit('fields', [textColumn]);
  for (let n = 0; n < 100; n++) statement.emit('result', [`row ${n}`]);
  statement.emit('end');
  stop.abort(new Error('no'));
  await expect(reading.rows).rejects.toThrow('no');
  expect(await reading.left).toBe('clean');
  await eventually(() => expect(stored()).toEqual([]));
});

it('gives what it has when the surplus of a cut result ends badly', async () => {
  const { statement, pool } = fakeConnection();
  const reading = readRows(pool, { sql: '', limits: small }, signal);
  statement.emit('fields', [textColumn]);
  for (const text of ['one', 'two']) statement.emit('result', [text]);
  statement.emit('error', { sqlState: '70100' });
  expect(await reading.rows).toMatchObject({ rows: [['one']], truncatedBy: 'rows' });
  expect(await reading.left).toBe('clean');
});

it('ends the statement, not the process, over a value that JSON cannot be made of', async () => {
  const { statement, pool } = fakeConnection();
  const limits = { ...small, maxCell: 1_000_000 };
  const reading = readRows(pool, { sql: '', limits }, signal);
  statement.emit('fields', [jsonColumn]);
  statement.emit('result', ['['.repeat(100_000) + ']'.repeat(100_000)]);
  await expect(reading.rows).rejects.toThrow(RangeError);
  expect(await reading.left).toBe('busy');
});

it('ends a statement whose row would fill the memory before it is there', async () => {
  const { statement, connection, pool } = fakeConnection();
  const reading = readRows(pool, { sql: '', limits: small }, signal);
  for (let mb = 0; mb < 17; mb++) connection.stream.emit('data', Buffer.alloc(1024 * 1024));
  await expect(reading.rows).rejects.toThrow(
    'TOO_LARGE: a row is larger than 16 MB. Try: LEFT(column, 200)',
  );
  expect(await reading.left).toBe('busy');
  expect(connection.stream.listenerCount('data')).toBe(0);
  statement.emit('result', ['late']);
});

it('reads any number of bytes that are rows', async () => {
  const { statement, connection, pool } = fakeConnection();
  const limits = { ...large, maxBytes: 1_000_000 };
  const reading = readRows(pool, { sql: '', limits }, signal);
  statement.emit('fields', [textColumn]);
  for (let n = 0; n < 30; n++) {
    connection.stream.emit('data', Buffer.alloc(1024 * 1024));
    statement.emit('result', [`${n}`]);
  }
  statement.emit('end');
  expect(await reading.rows).toMatchObject({ rowCount: 30 });
});
