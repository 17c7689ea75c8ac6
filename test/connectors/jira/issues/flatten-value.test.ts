import { expect, it } from 'vitest';
import { flattenValue } from '../../../../src/connectors/jira/issues/flatten-value.ts';
import { doc, paragraph, text } from '../adf/write-adf.ts';

it.each<[what: string, value: unknown, flat: unknown]>([
  ['nothing', null, undefined],
  ['an empty list', [], undefined],
  ['an empty object', {}, undefined],
  ['a number', 3.5, 3.5],
  ['a moment in UTC', '2026-11-22T09:15:00.000+0100', '2026-11-22T08:15:00Z'],
  ['a day', '2026-11-22', '2026-11-22'],
  ['somebody', { accountId: '1', displayName: 'Ada' }, 'Ada'],
  ['an option', { id: '1', value: 'High' }, 'High'],
  ['an option below another', { value: 'Hall 2', child: { value: 'Shelf 7' } }, 'Hall 2 > Shelf 7'],
  ['versions', [{ id: '1', name: '1.0', description: 'x' }, { name: '1.1' }], ['1.0', '1.1']],
  ['a sprint', [{ id: 1, name: 'Sprint 1', state: 'active', boardId: 2 }], ['Sprint 1 (active)']],
  ['an issue', { id: '1', key: 'OPS-1', fields: { summary: 'Fire' } }, 'OPS-1 Fire'],
  ['rich text as Markdown', doc(paragraph(text('a', 'strong'))), '**a**'],
  ['lines', 'a\r\n\tb\u0000', 'a\n\tb'],
  ['text with what hides', 'a\u202eb\u200bc', 'a b c'],
  ['a shape that nobody knows', { a: { b: 1 } }, '{"a":{"b":1}}'],
])('shows %s', (_, value, flat) => {
  expect(flattenValue(value, 100)).toEqual(flat);
});

it('cuts what is long, and says so', () => {
  expect(flattenValue('x'.repeat(50), 20)).toBe(`${'x'.repeat(20)}…(+30 chars)`);
  expect(flattenValue(Array(70).fill('a'), 20)).toHaveLength(51);
});
