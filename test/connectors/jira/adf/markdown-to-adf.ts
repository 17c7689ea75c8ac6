import { expect, it } from 'vitest';
import type { AdfNode } from '../../../../src/connectors/jira/adf/adf.ts';
import { markdownToAdf } from '../../../../src/connectors/jira/adf/markdown-to-adf.ts';
import { link, node, paragraph, text } from './write-adf.ts';

const url = 'https://example.com';

it.each<[markdown: string, AdfNode[]]>([
  ['', []],
  ['one\ntwo\n\nthree', [paragraph('one two'), paragraph('three')]],
  ['a\\\nb', [paragraph('a', { type: 'hardBreak' }, 'b')]],
  ['# A *b*', [node('heading', { level: 1 }, 'A ', text('b', 'em'))]],
  [
    '**a _b_** ~~c~~ `d`',
    [
      paragraph(
        text('a ', 'strong'),
        text('b', 'strong', 'em'),
        ' ',
        text('c', 'strike'),
        ' ',
        text('d', 'code'),
      ),
    ],
  ],
  ['~5 and ~6 minutes', [paragraph('~5 and ~6 minutes')]],
  [
    `[a](${url}) ${url}/x <${url}/y>`,
    [
      paragraph(text('a', link(url)), ' ', text(`${url}/x`, link(`${url}/x`)), ' ', {
        type: 'inlineCard',
        attrs: { url: `${url}/y` },
      }),
    ],
  ],
  [`[a][1] and [b]\n\n[1]: ${url}`, [paragraph(text('a', link(url)), ' and [b]')]],
  [
    '[~accountid:712020:6b1f] look',
    [paragraph({ type: 'mention', attrs: { id: '712020:6b1f' } }, ' look')],
  ],
  [
    '- a\n  1. b',
    [
      node(
        'bulletList',
        {},
        node(
          'listItem',
          {},
          paragraph('a'),
          node('orderedList', {}, node('listItem', {}, paragraph('b'))),
        ),
      ),
    ],
  ],
  ['3. a', [node('orderedList', { order: 3 }, node('listItem', {}, paragraph('a')))]],
  ['```sql\nSELECT 1\n```', [node('codeBlock', { language: 'sql' }, 'SELECT 1')]],
  ['> a', [node('blockquote', {}, paragraph('a'))]],
  ['> [!caution]\n> a', [node('panel', { panelType: 'error' }, paragraph('a'))]],
  ['> \\[!NOTE]\n> a', [node('blockquote', {}, paragraph('[!NOTE] a'))]],
  ['---', [{ type: 'rule' }]],
])('writes %j', (markdown, content) => {
  expect(markdownToAdf(markdown)).toEqual({ type: 'doc', version: 1, content });
});

it('writes tasks beside each other, done or not', () => {
  expect(markdownToAdf('- [x] a\n  - [ ] b').content).toEqual([
    node(
      'taskList',
      { localId: expect.any(String) },
      node('taskItem', { localId: expect.any(String), state: 'DONE' }, 'a'),
      node(
        'taskList',
        { localId: expect.any(String) },
        node('taskItem', { localId: expect.any(String), state: 'TODO' }, 'b'),
      ),
    ),
  ]);
});

it('writes tables with cells for every column', () => {
  const [table] = markdownToAdf('| a | b |\n| --- | --- |\n| 1<br>2 |').content;
  const rows = table?.content?.map((row) =>
    row.content?.map(({ type, content }) => [type, content]),
  );
  expect(rows).toEqual([
    [
      ['tableHeader', [paragraph('a')]],
      ['tableHeader', [paragraph('b')]],
    ],
    [
      ['tableCell', [paragraph('1', { type: 'hardBreak' }, '2')]],
      ['tableCell', [paragraph()]],
    ],
  ]);
});

it.each<[markdown: string, says: RegExp]>([
  ['![a](https://example.com/a.png)', /can't hold an image/],
  ['a <u>b</u>', /can't hold HTML, such as <u>/],
  ['<div>\n\nx\n\n</div>', /HTML, such as <div>/],
  ['List<String>', /HTML, such as <String>\. Try: .*backticks/],
  ['a[^1]\n\n[^1]: b', /can't hold a footnote/],
  ['- # a', /can't hold a heading inside a list/],
  ['- > a', /can't hold a quote inside a list/],
  ['> | a |\n> | --- |', /can't hold a table inside a quote/],
  ['> > a', /can't hold a quote inside a quote/],
  ['> - [ ] a', /can't hold a task inside a quote/],
  ['- [ ] a\n- b', /only some items are tasks/],
  ['- [ ] a\n\n  b', /a task of more than one line/],
  ['**`a`**', /code that is also bold/],
  ['[a](javascript:alert(1))', /a link that begins with other than https/],
  ['[a](/etc/passwd)', /a link that begins with other than https/],
  ['x'.repeat(32_768), /^TOO_LARGE: the text has 32,768 characters, and Jira takes 32,767/],
  ['> '.repeat(200), /nested too deeply/],
  [`${'- '.repeat(200)}a`, /nested too deeply/],
  ['*a_ '.repeat(8_000), /thousands of \*, _, ~/],
  ['_*'.repeat(1_100), /thousands of/],
])('refuses %j by name', (markdown, says) => {
  expect(() => markdownToAdf(markdown)).toThrow(says);
});

it.each([
  '['.repeat(1_900),
  '[a]('.repeat(1_900),
  '![['.repeat(900),
  '|'.repeat(30_000),
  '`'.repeat(30_000),
  '<'.repeat(1_900),
  'a@'.repeat(16_000),
  '\\'.repeat(30_000),
  '\u0000\ud800'.repeat(100),
])('reads %# without choking', (markdown) => {
  expect(markdownToAdf(markdown).type).toBe('doc');
});
