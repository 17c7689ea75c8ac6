import { expect, it } from 'vitest';
import { parseSearch } from '../../../../src/connectors/shopify/search/parse-search.ts';

const toLines = (text: string) =>
  parseSearch(text).map(({ field = '', comparator, value }) => `${field}|${comparator}|${value}`);

it.each([
  ['', []],
  ['red hat', ['||red', '||hat']],
  ['"red hat"', ['||red hat']],
  ['status:open', ['status||open']],
  ["tag:'new in' OR tag:vip", ['tag||new in', 'tag||vip']],
  [String.raw`title:'it\'s "it"'`, [`title||it's "it"`]],
  ["created_at:>='2026-09-10T00:00:00Z'", ['created_at|>=|2026-09-10T00:00:00Z']],
  ['total_spent:<=10 -test:true', ['total_spent|<=|10', 'test||true']],
  ['NOT (tag:a AND NOT tag:b)', ['tag||a', 'tag||b']],
  ['-(tag:a OR tag:b) c', ['tag||a', 'tag||b', '||c']],
  ['ada@example.com', ['||ada@example.com']],
  ['sku:AB-1*', ['sku||AB-1*']],
  ['tag:ORANGE ANDES', ['tag||ORANGE', '||ANDES']],
  ["tag:''", ['tag||']],
  ['metafields.custom.size:xl', ['metafields.custom.size||xl']],
])('reads %j', (text, terms) => {
  expect(toLines(text)).toEqual(terms);
});

it.each([
  ['created_at:>=2026-09-10T00:00:00Z', "write created_at:>='2026-09-10T00:00:00Z'"],
  ['customer_id:gid://shopify/Customer/1', 'no quotes'],
  ['email:', 'nothing after it'],
  ['email: ada', 'nothing after it'],
  [':ada', 'nothing before it'],
  ['total:>=', 'no value'],
  ["tag:'new in", 'quote that is not closed'],
  ["tag:it's", 'one inside a word'],
  ["tag:'a b'c", 'quote'],
  ['(tag:a', 'parenthesis that is not closed'],
  ['tag:a)', 'nothing to close'],
  ['()', 'nothing to close'],
  ['tag:a) OR (tag:b', 'nothing to close'],
  ['AND tag:a', 'nothing before AND'],
  ['a OR OR b', 'nothing before OR'],
  ['tag:a AND', 'end after AND'],
  ['NOT', 'end after AND, OR or NOT'],
  ['tag:(a OR b)', '(tag:a OR tag:b)'],
])('refuses %j', (text, message) => {
  expect(() => parseSearch(text)).toThrow(message);
});

it.each([
  ['('.repeat(1_000)],
  ["'".repeat(1_000)],
  ['a:'.repeat(500)],
  ['-'.repeat(1_000)],
  [`'${'\\'.repeat(998)}`],
])('reads hostile text of one kind to its end', (text) => {
  expect(() => {
    parseSearch(text);
    throw new Error('read');
  }).toThrow(/INVALID_ARGUMENT|read/);
});
