import { type AdfNode, attributeOf, childrenOf, marksOf } from './adf.ts';
import { adfToMarkdown } from './adf-to-markdown.ts';
import { markdownToAdf } from './markdown-to-adf.ts';
import { toAlert } from './panels.ts';

const carried = new Set(
  'doc paragraph heading bulletList orderedList listItem taskList taskItem codeBlock rule blockquote panel table tableRow tableHeader tableCell text hardBreak inlineCard'.split(
    ' ',
  ),
);
const carriedMarks = new Set(['strong', 'em', 'strike', 'code', 'link']);

const names: Record<string, string> = {
  media: 'attachments',
  mediaInline: 'attachments',
  mention: 'mentions',
  emoji: 'emoji of the team',
  date: 'dates',
  status: 'status lozenges',
  expand: 'foldable parts',
  nestedExpand: 'foldable parts',
  extension: 'an app',
  bodiedExtension: 'an app',
  inlineExtension: 'an app',
  layoutSection: 'columns',
  decisionList: 'decisions',
  blockCard: 'cards',
  embedCard: 'cards',
  underline: 'underlined text',
  textColor: 'coloured text',
  backgroundColor: 'coloured text',
  subsup: 'raised or lowered text',
};
/** They hold what is named itself. */
const silent = new Set(['mediaSingle', 'mediaGroup', 'caption', 'layoutColumn', 'decisionItem']);

/**
 * What of a stored text would be lost if it were replaced by its own Markdown, in words; nothing when all of it would
 * come back. Where every part has its Markdown, the way there and back is tried.
 */
export function uncarriedParts(document: AdfNode): string[] {
  const parts = [...new Set(walk(document, 0))];
  return parts.length > 0 || isStable(document) ? parts : ['how it is formatted'];
}

function* walk(node: AdfNode, depth: number): Generator<string> {
  if (depth > 60) return yield 'deep nesting';
  if (!carried.has(node.type) && !silent.has(node.type) && !isPlainEmoji(node))
    yield names[node.type] ?? node.type;
  for (const { type } of marksOf(node)) if (!carriedMarks.has(type)) yield names[type] ?? type;
  if (node.type === 'panel' && !toAlert(attributeOf(node, 'panelType'))) yield 'a panel of its own';
  if (/^table(?:Cell|Header)$/.test(node.type)) yield* walkCell(node);
  if (node.type === 'table') yield* walkHeaders(node);
  for (const child of childrenOf(node)) yield* walk(child, depth + 1);
}

const isPlainEmoji = (node: AdfNode) =>
  node.type === 'emoji' && /\p{Extended_Pictographic}/u.test(attributeOf(node, 'text'));

function* walkCell(cell: AdfNode): Generator<string> {
  if (
    Number(attributeOf(cell, 'colspan') || 1) > 1 ||
    Number(attributeOf(cell, 'rowspan') || 1) > 1
  )
    yield 'joined table cells';
  const [first, ...more] = childrenOf(cell);
  if (more.length > 0 || (first && first.type !== 'paragraph')) yield 'lists in table cells';
}

function* walkHeaders(table: AdfNode): Generator<string> {
  const [first, ...rest] = childrenOf(table).map((row) =>
    childrenOf(row).filter(({ type }) => type === 'tableHeader'),
  );
  const width = childrenOf(childrenOf(table)[0] ?? table).length;
  const isPartly = first && first.length > 0 && first.length < width;
  if (isPartly || rest.some((headers) => headers.length > 0)) yield 'headers beside table rows';
}

function isStable(document: AdfNode): boolean {
  try {
    const markdown = adfToMarkdown(document);
    return adfToMarkdown(markdownToAdf(markdown)) === markdown;
  } catch {
    return false; // it has what may no longer be written, or is too long
  }
}
