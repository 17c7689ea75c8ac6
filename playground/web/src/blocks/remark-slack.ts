import { emojify } from 'node-emoji';
import { toPieces } from './slack-tokens.ts';

/** The part of a Markdown syntax tree that this plugin touches. */
interface Node {
  type: string;
  value?: string;
  children?: Node[];
  data?: { hName: string; hProperties: { className: string } };
}

/** A remark plugin: `<@U1>`, `<#C1>` and `:tada:` in text become names and emoji, as in Slack's markdown block. Code keeps them. */
export function remarkSlack(directory: Parameters<typeof toPieces>[1]) {
  const walk = (node: Node): void => {
    node.children = node.children?.flatMap((child) => {
      walk(child);
      // Slack's tokens look like HTML tags to a Markdown parser.
      const isText = child.type === 'text' || child.type === 'html';
      return isText ? toPieces(child.value ?? '', directory).map(toNode) : [child];
    }) as Node[];
  };
  return () => (tree: Node) => walk(tree);
}

function toNode({ kind, text }: ReturnType<typeof toPieces>[number]): Node {
  if (kind === 'text') return { type: 'text', value: emojify(text) };
  return {
    type: 'emphasis',
    data: { hName: 'span', hProperties: { className: kind === 'me' ? 'mention me' : 'mention' } },
    children: [{ type: 'text', value: text }],
  };
}
