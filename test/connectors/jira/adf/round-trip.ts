import { expect, it } from 'vitest';
import { openRandom } from '../../../../playground/shop/random.ts';
import { type AdfNode, childrenOf, marksOf } from '../../../../src/connectors/jira/adf/adf.ts';
import { adfToMarkdown } from '../../../../src/connectors/jira/adf/adf-to-markdown.ts';
import { markdownToAdf } from '../../../../src/connectors/jira/adf/markdown-to-adf.ts';
import { uncarriedParts } from '../../../../src/connectors/jira/adf/uncarried-parts.ts';
import { doc, link, node, paragraph, text } from './write-adf.ts';

const random = openRandom(7);

const words = [
  'order',
  'snake_case',
  '5 * 3',
  'C:\\temp',
  '#4711',
  '1. one',
  '- dash',
  '[x]',
  '<b>',
  'a|b',
  '`tick`',
  '**',
  '__',
  '~~',
  '&amp;',
  '!',
  'end.',
  'Zürich',
  '日本',
  '😄',
  '> q',
  '| a |',
  '---',
  '===',
  '"quoted"',
  '[a]: b',
  '\\',
  '[!NOTE]',
  '+ x',
  '```',
  'https://example.com/x',
];
const marks = ['strong', 'em', 'strike', link('https://example.com/(a)')];

const some = <Item>(most: number, make: () => Item): Item[] =>
  Array.from({ length: random.int(1, most) }, make);

function inline(): AdfNode {
  const kind = random.int(1, 12);
  if (kind === 1) return { type: 'hardBreak' };
  if (kind === 2) return { type: 'inlineCard', attrs: { url: 'https://example.com/card' } };
  if (kind === 3) return text(random.pick(words), 'code');
  const phrase = some(3, () => random.pick(words)).join(' ');
  const chosen = marks.filter(() => random.int(1, 4) === 1);
  // Between words, as people format: a mark in mid-word is looked at below.
  return text(` ${phrase} `, ...chosen);
}

const line = () => paragraph(...some(4, inline));
const item = (depth: number) =>
  node(
    'listItem',
    {},
    line(),
    ...(random.int(1, 3) === 1 ? [block(depth + 1, ['list', 'code'])] : []),
  );

function block(depth: number, kinds: string[]): AdfNode {
  const kind = depth > 3 ? 'code' : random.pick(kinds);
  switch (kind) {
    case 'heading':
      return node('heading', { level: random.int(1, 6) }, text(random.pick(words)));
    case 'list':
      return random.int(1, 2) === 1
        ? node('bulletList', {}, ...some(3, () => item(depth)))
        : node(
            'orderedList',
            random.int(1, 2) === 1 ? { order: 7 } : {},
            ...some(3, () => item(depth)),
          );
    case 'code':
      return node(
        'codeBlock',
        { language: 'sql' },
        random.pick(['SELECT 1;\n\n-- x', '```\nx\n````', '  a\n\tb']),
      );
    case 'quote':
      return node('blockquote', {}, line(), ...(random.int(1, 2) === 1 ? [line()] : []));
    case 'panel':
      return node(
        'panel',
        { panelType: random.pick(['info', 'note', 'success', 'warning', 'error']) },
        line(),
      );
    case 'table':
      return node(
        'table',
        {},
        ...some(3, () => node('tableRow', {}, ...[1, 2].map(() => node('tableCell', {}, line())))),
      );
    case 'rule':
      return { type: 'rule' };
    default:
      return line();
  }
}

const kinds = [
  'paragraph',
  'paragraph',
  'heading',
  'list',
  'code',
  'quote',
  'panel',
  'table',
  'rule',
];

/** What people see: each character with its marks, each block with what it is; how spaces are kept is nobody's matter. */
function seen(parent: AdfNode): string {
  const inside = childrenOf(parent).map((child) => {
    if (child.type !== 'text')
      return `${child.type}${JSON.stringify(shownAttrs(child))}(${seen(child)})`;
    const body = child.text ?? '';
    // A bare address is a link for whoever reads it.
    const names = marksOf(child)
      .filter(({ attrs }) => attrs?.href !== body.trim())
      .map(({ type }) => type.at(0))
      .sort()
      .join('');
    return [...body.replaceAll(/\s/g, '')].map((letter) => letter + names).join('');
  });
  return inside
    .join('')
    .replaceAll('paragraph{}()', '')
    .replace(/^(?:hardBreak\{\}\(\))+|(?:hardBreak\{\}\(\))+$/g, '');
}

const shownAttrs = ({ attrs = {} }: AdfNode) => ({ ...attrs, localId: undefined });

it('brings back all that Markdown can carry, or says that it would not', () => {
  let carried = 0;
  for (let round = 0; round < 80; round += 1) {
    const document = doc(...some(4, () => block(0, kinds)));
    if (uncarriedParts(document).length > 0) continue;
    carried += 1;
    const markdown = adfToMarkdown(document);
    expect(seen(markdownToAdf(markdown)), markdown).toBe(seen(document));
  }
  expect(carried).toBeGreaterThan(70);
});
