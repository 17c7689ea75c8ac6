import { expect, it } from 'vitest';
import { readCursor, toCursor } from '../../src/connectors/cursor.ts';

const args = { database: 'shop', pattern: 'o*', type: undefined, limit: 5 };
const cursor = toCursor('list_tables', args, 'orders');

it('leads back to where the page ended, whatever the order of the arguments and the page size', () => {
  const next = { pattern: 'o*', limit: 50, cursor, database: 'shop' };
  expect(readCursor('list_tables', next, cursor)).toBe('orders');
});

it('begins at the start without a cursor', () => {
  expect(readCursor('list_tables', args, undefined)).toBeUndefined();
});

it.each([
  ['changed', { ...args, database: 'crm' }, 'another database.'],
  ['added', { ...args, type: 'view' }, 'another type.'],
  ['left out', { database: 'shop' }, 'another pattern.'],
  ['changed and added', { ...args, pattern: 'x', type: 'view' }, 'another pattern, type.'],
])('names the argument that was %s', (_how, now, words) => {
  expect(() => readCursor('list_tables', now, cursor)).toThrow(words);
});

it.each([
  ['of another tool', toCursor('list_objects', args, 'orders')],
  ['that is no JSON', 'bm9uc2Vuc2U'],
  ['that is another JSON', Buffer.from('[1]').toString('base64url')],
  ['that is cut', cursor.slice(0, -4)],
  ['that is empty', ''],
])('refuses a cursor %s', (_what, wrong) => {
  expect(() => readCursor('list_tables', args, wrong)).toThrow(/^BAD_CURSOR: /);
});
