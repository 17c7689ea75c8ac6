import { expect, it } from 'vitest';
import { readCursor, toCursor } from '../../src/connectors/cursor.ts';

const args = { database: 'shop', pattern: 'o*', limit: 5 };

it('leads back to where the page ended, whatever the order of the arguments and the page size', () => {
  const cursor = toCursor('list_tables', args, 'orders');
  const next = { pattern: 'o*', limit: 50, cursor, database: 'shop' };
  expect(readCursor('list_tables', next, cursor)).toBe('orders');
});

it('begins at the start without a cursor', () => {
  expect(readCursor('list_tables', args, undefined)).toBeUndefined();
});

it.each([
  ['of another tool', toCursor('list_objects', args, 'orders')],
  ['of other arguments', toCursor('list_tables', { ...args, database: 'crm' }, 'orders')],
  ['that is no JSON', 'bm9uc2Vuc2U'],
  ['that is another JSON', Buffer.from('[1]').toString('base64url')],
  ['that is empty', ''],
])('refuses a cursor %s', (_what, cursor) => {
  expect(() => readCursor('list_tables', args, cursor)).toThrow(/^BAD_CURSOR: /);
});
