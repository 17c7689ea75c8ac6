import type { AdfNode } from './adf-node.ts';

const inline = [
  'text',
  'hardBreak',
  'mention',
  'emoji',
  'date',
  'status',
  'inlineCard',
  'mediaInline',
  'inlineExtension',
  'placeholder',
];
const simple = [
  'paragraph',
  'bulletList',
  'orderedList',
  'codeBlock',
  'mediaSingle',
  'mediaGroup',
  'heading',
  'rule',
  'decisionList',
  'taskList',
  'blockCard',
  'extension',
];
const blocks = [
  ...simple,
  'blockquote',
  'panel',
  'table',
  'expand',
  'embedCard',
  'bodiedExtension',
  'layoutSection',
];
const item = [
  'paragraph',
  'bulletList',
  'orderedList',
  'codeBlock',
  'mediaSingle',
  'taskList',
  'extension',
];
const cell = [...simple, 'blockquote', 'panel', 'nestedExpand', 'embedCard'];

/** Which nodes may stand in which, as the published schema has it. */
const children: Record<string, string[]> = {
  doc: blocks,
  paragraph: inline,
  heading: inline,
  codeBlock: ['text'],
  blockquote: [
    'paragraph',
    'bulletList',
    'orderedList',
    'codeBlock',
    'mediaSingle',
    'mediaGroup',
    'extension',
  ],
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  listItem: item,
  taskList: ['taskItem', 'taskList', 'blockTaskItem'],
  taskItem: inline,
  decisionList: ['decisionItem'],
  decisionItem: inline,
  panel: simple,
  table: ['tableRow'],
  tableRow: ['tableCell', 'tableHeader'],
  tableCell: cell,
  tableHeader: cell,
  expand: [...simple, 'blockquote', 'panel', 'table', 'nestedExpand', 'embedCard'],
  nestedExpand: [...simple, 'blockquote', 'panel'],
  mediaSingle: ['media', 'caption'],
  mediaGroup: ['media'],
  caption: inline,
  layoutSection: ['layoutColumn'],
  layoutColumn: blocks,
  bodiedExtension: blocks,
};

/** Attributes without which a node is none. */
const required: Record<string, string[]> = {
  heading: ['level'],
  mention: ['id'],
  emoji: ['shortName'],
  date: ['timestamp'],
  status: ['text', 'color'],
  panel: ['panelType'],
  taskList: ['localId'],
  taskItem: ['localId', 'state'],
  decisionList: ['localId'],
  decisionItem: ['localId', 'state'],
  media: ['type'],
};

const mayBeEmpty = [
  'doc',
  'paragraph',
  'heading',
  'codeBlock',
  'taskItem',
  'decisionItem',
  'caption',
];
const marks = [
  'strong',
  'em',
  'code',
  'strike',
  'underline',
  'link',
  'textColor',
  'backgroundColor',
  'subsup',
  'border',
  'annotation',
];
/** `code` may only stand with these. */
const besideCode = ['code', 'link', 'annotation'];
const panelTypes = ['info', 'note', 'tip', 'warning', 'error', 'success', 'custom'];
const maxDepth = 60;

/** Where and why something is no document of the Atlassian Document Format; nothing for one that is. */
export function adfFault(value: unknown): string | undefined {
  const doc = toNode(value);
  if (!doc) return 'not an object with a type';
  if (doc.type !== 'doc' || doc.version !== 1) return 'not a doc of version 1';
  if (!Array.isArray(doc.content)) return 'no content';
  return contentFault(doc, 'doc', 0);
}

function toNode(value: unknown): AdfNode | undefined {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return;
  return typeof (value as AdfNode).type === 'string' ? (value as AdfNode) : undefined;
}

function contentFault(node: AdfNode, path: string, depth: number): string | undefined {
  if (depth > maxDepth) return `${path}: too deep`;
  const { type, content } = node;
  const allowed = children[type];
  if (!allowed) return content === undefined ? undefined : `${path}: no content allowed`;
  if (content !== undefined && !Array.isArray(content)) return `${path}: content is no list`;
  if (!content?.length) return mayBeEmpty.includes(type) ? undefined : `${path}: empty`;
  for (const [at, each] of content.entries()) {
    const child = toNode(each);
    const childPath = `${path}/${at}`;
    if (!child) return `${childPath}: no node`;
    if (!allowed.includes(child.type)) return `${childPath}: ${child.type} in ${type}`;
    const fault = ownFault(child, type, childPath) ?? contentFault(child, childPath, depth + 1);
    if (fault) return fault;
  }
  return undefined;
}

function ownFault(node: AdfNode, parent: string, path: string): string | undefined {
  const { type, attrs = {}, text } = node;
  if (type === 'text') return textFault(node, parent, path);
  if (text !== undefined) return `${path}: text outside a text node`;
  const missing = required[type]?.find((name) => attrs[name] === undefined);
  if (missing) return `${path}: ${type} without ${missing}`;
  const level = Number(attrs.level);
  if (type === 'heading' && !(Number.isInteger(level) && level >= 1 && level <= 6))
    return `${path}: heading of level ${attrs.level}`;
  if (type === 'panel' && !panelTypes.includes(String(attrs.panelType)))
    return `${path}: panel of type ${attrs.panelType}`;
  if (['inlineCard', 'blockCard'].includes(type) && !attrs.url && !attrs.data)
    return `${path}: ${type} without url`;
  return undefined;
}

function textFault(
  { text, marks: own = [] }: AdfNode,
  parent: string,
  path: string,
): string | undefined {
  if (typeof text !== 'string' || text === '') return `${path}: empty text`;
  if (!Array.isArray(own)) return `${path}: marks are no list`;
  if (parent === 'codeBlock' && own.length > 0) return `${path}: marks in code`;
  const types = own.map(({ type }) => type);
  const unknown = types.find((type) => !marks.includes(type));
  if (unknown) return `${path}: mark ${unknown}`;
  if (new Set(types).size < types.length) return `${path}: a mark twice`;
  if (types.includes('code') && types.some((type) => !besideCode.includes(type)))
    return `${path}: code with other marks`;
  const link = own.find(({ type }) => type === 'link');
  return link && typeof link.attrs?.href !== 'string' ? `${path}: link without href` : undefined;
}
