import type { AdfNode } from './adf-node.ts';

/** The words of a document, a line for each block. */
export function adfText(node: AdfNode | null | undefined): string {
  if (!node) return '';
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  if (node.type === 'mention' || node.type === 'status') return String(node.attrs?.text ?? '');
  if (node.type === 'inlineCard') return String(node.attrs?.url ?? '');
  const inner = (node.content ?? []).map(adfText).join(isInline(node) ? '' : '\n');
  return inner;
}

const isInline = ({ type }: AdfNode) => ['paragraph', 'heading', 'codeBlock'].includes(type);
