import type { AdfNode } from './adf-node.ts';

/** A word or a node that stands in a line. */
type Inline = string | AdfNode;

const inline = (part: Inline): AdfNode =>
  typeof part === 'string' ? { type: 'text', text: part } : part;

export const doc = (...content: AdfNode[]): AdfNode => ({ type: 'doc', version: 1, content });

export const paragraph = (...parts: Inline[]): AdfNode => ({
  type: 'paragraph',
  content: parts.map(inline),
});

export const heading = (level: number, text: string): AdfNode => ({
  type: 'heading',
  attrs: { level },
  content: [inline(text)],
});

const listItem = (part: Inline): AdfNode => ({ type: 'listItem', content: [paragraph(part)] });

export const bulletList = (...items: Inline[]): AdfNode => ({
  type: 'bulletList',
  content: items.map(listItem),
});

export const orderedList = (...items: Inline[]): AdfNode => ({
  type: 'orderedList',
  attrs: { order: 1 },
  content: items.map(listItem),
});

/** Each item with whether it is done. */
export const taskList = (localId: string, ...items: [text: string, done: boolean][]): AdfNode => ({
  type: 'taskList',
  attrs: { localId },
  content: items.map(([text, done], at) => ({
    type: 'taskItem',
    attrs: { localId: `${localId}-${at}`, state: done ? 'DONE' : 'TODO' },
    content: [inline(text)],
  })),
});

export const codeBlock = (language: string, text: string): AdfNode => ({
  type: 'codeBlock',
  attrs: { language },
  content: [inline(text)],
});

export const panel = (
  panelType: 'info' | 'note' | 'warning' | 'error' | 'success',
  ...parts: Inline[]
): AdfNode => ({ type: 'panel', attrs: { panelType }, content: [paragraph(...parts)] });

/** The first row is the head. */
export const table = (...rows: string[][]): AdfNode => ({
  type: 'table',
  attrs: { isNumberColumnEnabled: false, layout: 'default' },
  content: rows.map((cells, at) => ({
    type: 'tableRow',
    content: cells.map((cell) => ({
      type: at === 0 ? 'tableHeader' : 'tableCell',
      attrs: {},
      content: [paragraph(cell)],
    })),
  })),
});

export const strong = (text: string): AdfNode => ({
  type: 'text',
  text,
  marks: [{ type: 'strong' }],
});

export const code = (text: string): AdfNode => ({ type: 'text', text, marks: [{ type: 'code' }] });

export const link = (text: string, href: string): AdfNode => ({
  type: 'text',
  text,
  marks: [{ type: 'link', attrs: { href } }],
});

export const mention = ({ id, name }: { id: string; name: string }): AdfNode => ({
  type: 'mention',
  attrs: { id, text: `@${name}`, accessLevel: '' },
});
