import { expect, it } from 'vitest';
import { parseSearch, toParsed } from '../../../../playground/shopify/search/parse-search.ts';

const parsed: [query: string, parsed: object][] = [
  ['tents', { field: 'default', match_all: 'tents' }],
  ['status:open', { field: 'status', match_all: 'open' }],
  ["sku:'A B'", { field: 'sku', match_phrase: 'A B' }],
  ['title:"red \\"hat\\""', { field: 'title', match_phrase: 'red "hat"' }],
  ['total_spent:>=10.5', { field: 'total_spent', range_gte: '10.5' }],
  [
    'a:1 b:2',
    {
      and: [
        { field: 'a', match_all: '1' },
        { field: 'b', match_all: '2' },
      ],
    },
  ],
  [
    'a:1 OR b:2 AND c:3',
    {
      or: [
        { field: 'a', match_all: '1' },
        {
          and: [
            { field: 'b', match_all: '2' },
            { field: 'c', match_all: '3' },
          ],
        },
      ],
    },
  ],
  ['-tag:x', { not: { field: 'tag', match_all: 'x' } }],
  ['NOT tag:x', { not: { field: 'tag', match_all: 'x' } }],
  [
    'tag:(x OR y)',
    {
      or: [
        { field: 'tag', match_all: 'x' },
        { field: 'tag', match_all: 'y' },
      ],
    },
  ],
  [
    'created_at:>=2026-09-10T00:19:45Z',
    {
      and: [
        { field: 'created_at', range_gte: '2026-09-10T00' },
        { field: '19', match_all: '45Z' },
      ],
    },
  ],
  [
    "created_at:>='2026-09-10T00:19:45Z'",
    { field: 'created_at', range_gte: '2026-09-10T00:19:45Z' },
  ],
  ['name:\\#12', { field: 'name', match_all: '#12' }],
];

it.each(parsed)('reads %s', (query, expected) => {
  expect(toParsed(parseSearch(query))).toEqual(expected);
});

it.each(['', '   ', ')', '(', '((', 'a:', ':', 'OR', 'AND AND', '-', "'", 'a:(', '"open', '\\'])(
  'takes the broken %j for something',
  (query) => {
    expect(toParsed(parseSearch(query))).toBeTypeOf('object');
  },
);
