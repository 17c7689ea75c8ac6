import { expect, it } from 'vitest';
import type { AdfNode } from '../../../../src/connectors/jira/adf/adf.ts';
import { uncarriedParts } from '../../../../src/connectors/jira/adf/uncarried-parts.ts';
import { doc, link, node, paragraph, text } from './write-adf.ts';

const row = (...cells: AdfNode[]) => node('tableRow', {}, ...cells);
const cell = (attrs: Record<string, unknown> = {}) => node('tableCell', attrs, paragraph('a'));
const header = () => node('tableHeader', {}, paragraph('a'));

it.each<[part: string, AdfNode]>([
  ['attachments', node('mediaSingle', {}, node('media', { id: '1' }))],
  ['mentions', paragraph(node('mention', { id: '1', text: '@Ada' }))],
  ['dates', paragraph(node('date', { timestamp: '0' }))],
  ['status lozenges', paragraph(node('status', { text: 'DONE' }))],
  ['emoji of the team', paragraph(node('emoji', { shortName: ':cat:' }))],
  ['foldable parts', node('expand', { title: 'a' }, paragraph('b'))],
  ['an app', node('extension', { extensionKey: 'toc' })],
  ['columns', node('layoutSection', {}, node('layoutColumn', {}, paragraph('a')))],
  ['underlined text', paragraph(text('a', 'underline'))],
  ['coloured text', paragraph(text('a', 'textColor'))],
  ['a panel of its own', node('panel', { panelType: 'custom' }, paragraph('a'))],
  ['joined table cells', node('table', {}, row(cell({ colspan: 2 })))],
  ['headers beside table rows', node('table', {}, row(header(), cell()), row(header(), cell()))],
  ['lists in table cells', node('table', {}, row(node('tableCell', {}, node('bulletList', {}))))],
  ['hologram', node('hologram', {})],
  ['how it is formatted', paragraph(text('a', 'strong'), text('"b"', 'em'), 'c')],
])('names %s as what would be lost', (part, content) => {
  expect(uncarriedParts(doc(content))).toEqual([part]);
});

it.each<[what: string, AdfNode]>([
  ['plain text with addresses', paragraph('see https://example.com/x or ask ada@example.com.')],
  [
    'links and cards',
    paragraph(
      text('a', link('https://example.com')),
      ' ',
      node('inlineCard', { url: 'https://example.com' }),
    ),
  ],
  ['emoji that have a character', paragraph(node('emoji', { shortName: ':smile:', text: '😄' }))],
  [
    'panels',
    node(
      'panel',
      { panelType: 'info' },
      paragraph('a'),
      node('bulletList', {}, node('listItem', {}, paragraph('b'))),
    ),
  ],
  [
    'a table',
    node('table', { layout: 'wide', localId: '7' }, row(header(), header()), row(cell(), cell())),
  ],
  [
    'tasks',
    node('taskList', { localId: '1' }, node('taskItem', { localId: '2', state: 'TODO' }, 'a')),
  ],
  ['lines', paragraph('see https://example.com/x', node('hardBreak'), 'b')],
])('finds nothing that would be lost of %s', (_, content) => {
  expect(uncarriedParts(doc(content))).toEqual([]);
});
