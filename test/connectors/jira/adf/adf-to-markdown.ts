import { expect, it } from 'vitest';
import type { AdfNode } from '../../../../src/connectors/jira/adf/adf.ts';
import { adfToMarkdown } from '../../../../src/connectors/jira/adf/adf-to-markdown.ts';
import { doc, link, node, paragraph, text } from './write-adf.ts';

const item = (...content: AdfNode[]) => node('listItem', {}, ...content);
const cell = (...content: AdfNode[]) => node('tableCell', {}, ...content);
const header = (name: string) => node('tableHeader', {}, paragraph(name));
const url = 'https://example.com/a?b=1';

it.each<[what: string, AdfNode[], markdown: string]>([
  ['paragraphs', [paragraph('one'), paragraph(), paragraph('two')], 'one\n\ntwo'],
  ['headings', [node('heading', { level: 2 }, 'Steps')], '## Steps'],
  ['a heading of no level', [node('heading', { level: 99 }, 'Steps')], '###### Steps'],
  [
    'marks',
    [paragraph(text('a', 'strong'), ' ', text('b', 'em'), ' ', text('c', 'strike'))],
    '**a** *b* ~~c~~',
  ],
  ['nested marks', [paragraph(text('a ', 'strong'), text('b', 'strong', 'em'), '.')], '**a *b***.'],
  ['spaces at the edge of a mark', [paragraph(text('bold ', 'strong'), 'plain')], '**bold** plain'],
  ['code with backticks', [paragraph(text('a`b', 'code'))], '``a`b``'],
  ['a link', [paragraph(text('docs', link(url)), '.')], `[docs](${url}).`],
  [
    'a link that shows its address',
    [paragraph('see ', text(url, link(url)), ', ok')],
    `see ${url}, ok`,
  ],
  [
    'a link with brackets',
    [paragraph(text('a]b', link('https://e.com/(x)')))],
    '[a\\]b](<https://e.com/(x)>)',
  ],
  ['a card', [paragraph(node('inlineCard', { url }))], `<${url}>`],
  ['line breaks', [paragraph('a', node('hardBreak'), 'b', node('hardBreak'))], 'a\\\nb'],
  [
    'what looks like markup',
    [paragraph('*a* <b> [c](d) `e` ~~f~~ &amp;')],
    '\\*a\\* \\<b> [c\\](d) \\`e\\` \\~\\~f\\~\\~ \\&amp;',
  ],
  [
    'what only looks like it',
    [paragraph('snake_case, C:\\temp, 5 * 3, ~5 [x] a<5 & b')],
    'snake_case, C:\\temp, 5 * 3, ~5 [x] a<5 & b',
  ],
  [
    'a line that begins like a list',
    [paragraph('1. no list', node('hardBreak'), '# no heading')],
    '1\\. no list\\\n\\# no heading',
  ],
  [
    'lists',
    [
      node(
        'bulletList',
        {},
        item(paragraph('a'), node('bulletList', {}, item(paragraph('b')))),
        item(paragraph('c')),
      ),
    ],
    '- a\n  - b\n- c',
  ],
  [
    'numbers',
    [node('orderedList', { order: 9 }, item(paragraph('a')), item(paragraph('b'), paragraph('c')))],
    '9. a\n10. b\n\n    c',
  ],
  [
    'two lists in a row',
    [node('bulletList', {}, item(paragraph('a'))), node('bulletList', {}, item(paragraph('b')))],
    '- a\n\n* b',
  ],
  [
    'tasks',
    [
      node(
        'taskList',
        {},
        node('taskItem', { state: 'DONE' }, 'a'),
        node('taskList', {}, node('taskItem', { state: 'TODO' }, 'b')),
      ),
    ],
    '- [x] a\n  - [ ] b',
  ],
  [
    'code',
    [node('codeBlock', { language: 'sql' }, 'SELECT 1;\n\n```')],
    '````sql\nSELECT 1;\n\n```\n````',
  ],
  ['a quote', [node('blockquote', {}, paragraph('a'), paragraph('b'))], '> a\n>\n> b'],
  [
    'a panel',
    [node('panel', { panelType: 'warning' }, paragraph('Careful'))],
    '> [!WARNING]\n> Careful',
  ],
  [
    'a table',
    [
      node(
        'table',
        {},
        node('tableRow', {}, header('a'), header('b')),
        node('tableRow', {}, cell(paragraph('1|2')), cell(paragraph('x'), paragraph('y'))),
      ),
    ],
    '| a | b |\n| --- | --- |\n| 1\\|2 | x<br>y |',
  ],
  [
    'a table without a header',
    [node('table', {}, node('tableRow', {}, cell(paragraph('1'))))],
    '|  |\n| --- |\n| 1 |',
  ],
  ['people', [paragraph(node('mention', { id: '1', text: '@Ada' }), ', look')], '@Ada, look'],
  ['a day', [paragraph(node('date', { timestamp: '1795305600000' }))], '2026-11-22'],
  ['a status', [paragraph(node('status', { text: 'DONE' }))], '[DONE]'],
  [
    'emoji',
    [
      paragraph(
        node('emoji', { shortName: ':smile:', text: '😄' }),
        node('emoji', { shortName: ':cat:' }),
      ),
    ],
    '😄:cat:',
  ],
  [
    'an attachment',
    [node('mediaSingle', {}, node('media', { id: '4f', alt: 'screen.png' }))],
    '[attachment: screen.png]',
  ],
  ['what can be unfolded', [node('expand', { title: 'Log' }, paragraph('a'))], '**Log**\n\na'],
  [
    'columns',
    [
      node(
        'layoutSection',
        {},
        node('layoutColumn', {}, paragraph('a')),
        node('layoutColumn', {}, paragraph('b')),
      ),
    ],
    'a\n\nb',
  ],
  [
    'what nobody knows',
    [node('hologram', {}, paragraph('a')), node('flicker', { text: 'b' })],
    'a\n\nb',
  ],
])('shows %s as Markdown', (_, content, markdown) => {
  expect(adfToMarkdown(doc(...content))).toBe(markdown);
});

it.each<[what: string, unknown]>([
  ['no content', { type: 'doc' }],
  ['content that is no list', { type: 'doc', content: 'x' }],
  ['nothing in it', { type: 'doc', content: [null, 5, 'x', {}, [], { type: 7 }] }],
  [
    'marks that are none',
    {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [{ type: 'text', text: 5, marks: [null, 'strong', { type: 'link' }] }],
        },
      ],
    },
  ],
  [
    'a table of nothing',
    { type: 'doc', content: [{ type: 'table', content: [{ type: 'tableRow' }] }] },
  ],
])('takes a document with %s', (_, document) => {
  expect(adfToMarkdown(document as AdfNode)).not.toMatch(/undefined|null|NaN|\[object/);
});

it('leaves out what is nested deeper than anybody reads', () => {
  let nested = paragraph('deep');
  for (let depth = 0; depth < 5_000; depth += 1) nested = node('blockquote', {}, nested);
  expect(adfToMarkdown(doc(nested))).toContain('…');
  let inline: AdfNode = text('deep');
  for (let depth = 0; depth < 5_000; depth += 1) inline = node('hologram', {}, inline);
  expect(adfToMarkdown(doc(paragraph(inline)))).toBe('…');
});
