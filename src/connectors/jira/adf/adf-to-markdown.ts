import { type AdfNode, attributeOf, childrenOf } from './adf.ts';
import { toInlineMarkdown } from './inline-markdown.ts';
import { toAlert } from './panels.ts';

/** Deeper than people write; what was nested further by a machine is left out. */
const maxDepth = 30;

/**
 * A rich text as GitHub-flavoured Markdown, at a tenth of its size. What Markdown has no word for is shown as text:
 * `@Ada`, `[attachment: screen.png]`, `2026-11-22`. Takes whatever stands in a field and never throws.
 */
export const adfToMarkdown = (document: AdfNode): string => toBlocks(childrenOf(document), 0);

function toBlocks(nodes: readonly AdfNode[], depth: number): string {
  if (depth > maxDepth) return '…';
  let isAlternate = false;
  const blocks = nodes.map((node, index) => {
    // Markdown would make one list of two that follow each other, unless they have other bullets.
    isAlternate = isList(node) && listKind(node) === listKind(nodes[index - 1]) && !isAlternate;
    return toBlock(node, depth, isAlternate);
  });
  return blocks.filter((block) => block.trim()).join('\n\n');
}

const isList = ({ type }: AdfNode) => /^(?:bullet|ordered|task|decision)List$/.test(type);

const listKind = (node: AdfNode | undefined) =>
  node && isList(node) && (node.type === 'orderedList' ? 'numbers' : 'bullets');

function toBlock(node: AdfNode, depth: number, isAlternate: boolean): string {
  const children = childrenOf(node);
  switch (node.type) {
    case 'paragraph':
      return toInlineMarkdown(children);
    case 'heading':
      return toHeading(node);
    case 'bulletList':
      return toItems(children, depth, () => (isAlternate ? '*' : '-'));
    case 'orderedList':
      return toItems(children, depth, toNumbers(node, isAlternate ? ')' : '.'));
    case 'taskList':
      return toTasks(children, depth, isAlternate ? '*' : '-');
    case 'decisionList':
      return children.map((item) => `- Decision: ${toInlineMarkdown(childrenOf(item))}`).join('\n');
    case 'codeBlock':
      return toCodeBlock(node);
    case 'rule':
      return '---';
    case 'blockquote':
      return quote(toBlocks(children, depth + 1));
    case 'panel':
      return toPanel(node, toBlocks(children, depth + 1));
    case 'table':
      return toTable(children);
    case 'expand':
    case 'nestedExpand':
      return [toTitle(node), toBlocks(children, depth + 1)].filter(Boolean).join('\n\n');
    default:
      return children.length > 0 && !isInline(node)
        ? toBlocks(children, depth + 1)
        : toInlineMarkdown([node]);
  }
}

const isInline = ({ type }: AdfNode) => type === 'taskItem' || type === 'decisionItem';

function toHeading(node: AdfNode): string {
  const level = Math.min(6, Math.max(1, Math.trunc(Number(attributeOf(node, 'level'))) || 1));
  const text = toInlineMarkdown(childrenOf(node)).replaceAll('\\\n', ' ');
  return `${'#'.repeat(level)} ${text.replace(/(?<!\\)#+$/, '\\$&')}`.trim();
}

function toNumbers(node: AdfNode, sign: string): (index: number) => string {
  const order = Number(attributeOf(node, 'order') || 1);
  const first = Number.isInteger(order) && order >= 0 && order < 1e8 ? order : 1;
  return (index) => `${first + index}${sign}`;
}

const toItems = (items: readonly AdfNode[], depth: number, toMarker: (index: number) => string) =>
  items
    .map((item, index) => {
      const marker = toMarker(index);
      return `${marker} ${indent(toItem(childrenOf(item), depth + 1), marker.length + 1)}`.trimEnd();
    })
    .join('\n');

/** A bullet list may follow its paragraph at once, unless it begins with nothing: that would underline a heading. */
function toItem(blocks: readonly AdfNode[], depth: number): string {
  const [first, second] = blocks;
  const isTight = first?.type === 'paragraph' && second?.type === 'bulletList';
  const text = toBlocks(blocks, depth);
  return isTight ? text.replace(/\n\n(?=[-*] )/, '\n') : text;
}

const indent = (text: string, width: number) =>
  text.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(width)}`);

const toTasks = (items: readonly AdfNode[], depth: number, bullet: string): string =>
  items
    .map((item) => {
      if (item.type === 'taskList')
        return depth > maxDepth
          ? '  …'
          : `  ${indent(toTasks(childrenOf(item), depth + 1, '-'), 2)}`;
      const done = attributeOf(item, 'state') === 'DONE' ? 'x' : ' ';
      return `${bullet} [${done}] ${indent(toInlineMarkdown(childrenOf(item)), 2)}`;
    })
    .join('\n');

function toCodeBlock(node: AdfNode): string {
  const code = childrenOf(node)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('');
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const language = attributeOf(node, 'language').replaceAll(/[\s`]/g, '');
  return `${fence}${language}\n${code ? `${code}\n` : ''}${fence}`;
}

const quote = (text: string) => text.replaceAll(/^(?=.)/gm, '> ').replaceAll(/^$/gm, '>');

function toPanel(node: AdfNode, text: string): string {
  const type = attributeOf(node, 'panelType');
  return quote(`[!${toAlert(type) ?? 'NOTE'}]\n${text}`);
}

const toTitle = (node: AdfNode) => {
  const title = attributeOf(node, 'title');
  return title && toInlineMarkdown([{ type: 'text', text: title, marks: [{ type: 'strong' }] }]);
};

/** A table always has a header in Markdown; an empty one stands for none. */
function toTable(rows: readonly AdfNode[]): string {
  const [first, ...rest] = rows;
  if (!first) return '';
  const isHeader = childrenOf(first).every(({ type }) => type === 'tableHeader');
  const width = Math.max(1, ...rows.map((row) => childrenOf(row).length));
  const lines = (isHeader ? rest : rows).map((row) => toRow(row, width));
  const header = isHeader ? toRow(first, width) : `|${'  |'.repeat(width)}`;
  return [header, `|${' --- |'.repeat(width)}`, ...lines].join('\n');
}

function toRow(row: AdfNode, width: number): string {
  const cells = childrenOf(row).map((cell) =>
    toBlocks(childrenOf(cell), 1)
      .replaceAll('\\\n', '<br>')
      .replaceAll(/\n+/g, '<br>')
      .replaceAll('|', '\\|'),
  );
  const filled = [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')];
  return `| ${filled.join(' | ')} |`;
}
