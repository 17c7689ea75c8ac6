/** A mark on a text: `strong`, `link`, … */
export interface AdfMark {
  type: string;
  attrs?: Record<string, unknown>;
}

/** A node of Atlassian Document Format, in which Jira keeps descriptions and comments. */
export interface AdfNode {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: AdfMark[];
  content?: AdfNode[];
}

/** A whole text. */
export interface AdfDocument extends AdfNode {
  type: 'doc';
  version: 1;
  content: AdfNode[];
  /** As jira.js declares it. */
  [key: string]: unknown;
}

/** Whether a value of a field is a rich text. What stands inside may still be anything. */
export const isAdf = (value: unknown): value is AdfNode =>
  isNode(value) && value.type === 'doc' && Array.isArray(value.content);

/** The nodes inside, without what is no node. */
export const childrenOf = ({ content }: AdfNode): AdfNode[] =>
  Array.isArray(content) ? content.filter(isNode) : [];

/** The marks, without what is no mark. */
export const marksOf = ({ marks }: AdfNode): AdfMark[] =>
  Array.isArray(marks) ? marks.filter(isNode) : [];

/** An attribute that is a text or a number, as text; empty when there is none. */
export function attributeOf({ attrs }: AdfNode | AdfMark, name: string): string {
  const value = attrs?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const isNode = (value: unknown): value is AdfNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
