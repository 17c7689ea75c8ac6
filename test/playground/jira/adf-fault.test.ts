import { describe, expect, it } from 'vitest';
import { adfFault } from '../../../playground/jira/adf/adf-fault.ts';
import type { AdfNode } from '../../../playground/jira/adf/adf-node.ts';
import {
  bulletList,
  code,
  codeBlock,
  doc,
  heading,
  link,
  mention,
  orderedList,
  panel,
  paragraph,
  strong,
  table,
  taskList,
} from '../../../playground/jira/adf/write-adf.ts';

const text = (words: string, ...marks: string[]): AdfNode => ({
  type: 'text',
  text: words,
  marks: marks.map((type) => ({ type })),
});

it('takes whatever the published schema allows', () => {
  const whole = doc(
    heading(2, 'Title'),
    paragraph('a', strong('b'), code('c'), link('d', 'https://lindenwares.example'), {
      type: 'hardBreak',
    }),
    bulletList('one', 'two'),
    orderedList('one'),
    taskList('t', ['do', false]),
    codeBlock('sql', 'SELECT 1'),
    panel('info', mention({ id: '1', name: 'Ada' })),
    table(['a'], ['b']),
    { type: 'rule' },
    { type: 'blockquote', content: [paragraph('said')] },
    { type: 'expand', attrs: { title: 'more' }, content: [paragraph('x')] },
    paragraph(),
  );
  expect(adfFault(whole)).toBeUndefined();
});

describe('finds the fault in', () => {
  it.each<[string, unknown]>([
    ['a text', 'hello'],
    ['nothing', null],
    ['a list', []],
    ['a document of version 2', { type: 'doc', version: 2, content: [] }],
    ['a document without content', { type: 'doc', version: 1 }],
    ['a text outside a paragraph', doc(text('x'))],
    ['an unknown node', doc({ type: 'banner', content: [paragraph('x')] })],
    ['an unknown mark', doc(paragraph(text('x', 'blink')))],
    ['an empty text', doc(paragraph(''))],
    ['bold code', doc(paragraph(text('x', 'code', 'strong')))],
    ['marks in a code block', doc({ type: 'codeBlock', content: [text('x', 'em')] })],
    [
      'a heading in a list item',
      doc({ type: 'bulletList', content: [{ type: 'listItem', content: [heading(1, 'x')] }] }),
    ],
    ['an empty list', doc({ type: 'bulletList', content: [] })],
    ['a heading of level 7', doc(heading(7, 'x'))],
    [
      'a table in a table',
      doc({
        type: 'table',
        content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [table(['x'])] }] }],
      }),
    ],
    ['a link to nowhere', doc(paragraph({ type: 'text', text: 'x', marks: [{ type: 'link' }] }))],
    [
      'a task without an id',
      doc({
        type: 'taskList',
        attrs: { localId: 'x' },
        content: [{ type: 'taskItem', attrs: { state: 'TODO' } }],
      }),
    ],
    ['a mention of nobody', doc(paragraph({ type: 'mention' }))],
    ['depth without end', doc(nested(80))],
  ])('%s', (_name, value) => {
    expect(adfFault(value)).toEqual(expect.any(String));
  });
});

/** Lists in lists. */
function nested(depth: number): AdfNode {
  let node: AdfNode = {
    type: 'bulletList',
    content: [{ type: 'listItem', content: [paragraph('x')] }],
  };
  for (let at = 0; at < depth; at++)
    node = { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('x'), node] }] };
  return node;
}
