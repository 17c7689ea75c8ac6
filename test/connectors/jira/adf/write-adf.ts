import type { AdfDocument, AdfMark, AdfNode } from '../../../../src/connectors/jira/adf/adf.ts';

/** A document in Jira's format. */
export const doc = (...content: AdfNode[]): AdfDocument => ({ type: 'doc', version: 1, content });

export const text = (text: string, ...marks: (string | AdfMark)[]): AdfNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 && {
    marks: marks.map((mark) => (typeof mark === 'string' ? { type: mark } : mark)),
  }),
});

export const link = (href: string): AdfMark => ({ type: 'link', attrs: { href } });

/** Any other node; texts stand for themselves. */
export const node = (
  type: string,
  attrs: Record<string, unknown> = {},
  ...content: (AdfNode | string)[]
): AdfNode => ({
  type,
  ...(Object.keys(attrs).length > 0 && { attrs }),
  content: content.map((child) => (typeof child === 'string' ? text(child) : child)),
});

export const paragraph = (...content: (AdfNode | string)[]) => node('paragraph', {}, ...content);
