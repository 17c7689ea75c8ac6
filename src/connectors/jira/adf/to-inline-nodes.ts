import type { fromMarkdown } from 'mdast-util-from-markdown';
import type { AdfMark, AdfNode } from './adf.ts';
import { refuseConstruct, refuseHtml } from './refuse-markdown.ts';

type Block = ReturnType<typeof fromMarkdown>['children'][number];
type Inline = Extract<Block, { type: 'paragraph' }>['children'][number];
type Definition = Extract<Block, { type: 'definition' }>;
type Link = Extract<Inline, { type: 'link' }>;

/** Where `[text][name]` leads, by name. */
export type Definitions = Map<string, Definition>;

/** Makes what stands inside a paragraph, a heading or a cell of Markdown. */
export class InlineNodes {
  readonly #markdown: string;
  readonly #definitions: Definitions;

  constructor(markdown: string, definitions: Definitions) {
    this.#markdown = markdown;
    this.#definitions = definitions;
  }

  /** @throws ToolError `INVALID_ARGUMENT` for what Jira has no place for. */
  toNodes(nodes: readonly Inline[], marks: readonly AdfMark[] = []): AdfNode[] {
    return nodes.flatMap((node) => this.#toNodes(node, marks));
  }

  /** Whether a text begins as it stands, without a backslash. */
  isUnescaped(node: Inline): boolean {
    return this.#sourceOf(node)[0] !== '\\';
  }

  #toNodes(node: Inline, marks: readonly AdfMark[]): AdfNode[] {
    switch (node.type) {
      case 'text':
        return toTexts(node.value, marks);
      case 'strong':
        return this.toNodes(node.children, withMark(marks, { type: 'strong' }));
      case 'emphasis':
        return this.toNodes(node.children, withMark(marks, { type: 'em' }));
      case 'delete':
        return this.toNodes(node.children, withMark(marks, { type: 'strike' }));
      case 'inlineCode':
        return toCode(node.value, marks);
      case 'break':
        return [{ type: 'hardBreak' }];
      case 'link':
        return this.#toLink(node, marks);
      case 'linkReference':
        return this.#toReference(node, marks);
      case 'html':
        if (!/^<br\s*\/?>$/i.test(node.value)) refuseHtml(node.value);
        return [{ type: 'hardBreak' }];
      case 'image':
      case 'imageReference':
        return refuseConstruct('an image by its address');
      case 'footnoteReference':
        return refuseConstruct('a footnote');
    }
  }

  /** `<https://…>` is what Jira shows as a card, with the title of the page. */
  #toLink(link: Link, marks: readonly AdfMark[]): AdfNode[] {
    const { url, title } = link;
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
    if (!scheme || !['http', 'https', 'mailto', 'tel'].includes(scheme))
      refuseConstruct('a link that begins with other than https://, http:// or mailto:');
    if (this.#sourceOf(link)[0] === '<' && scheme.startsWith('http') && marks.length === 0)
      return [{ type: 'inlineCard', attrs: { url } }];
    const mark = { type: 'link', attrs: { href: url, ...(title && { title }) } };
    return this.toNodes(link.children, withMark(marks, mark));
  }

  #toReference(
    node: Extract<Inline, { type: 'linkReference' }>,
    marks: readonly AdfMark[],
  ): AdfNode[] {
    const definition = this.#definitions.get(node.identifier);
    if (!definition) return toTexts(this.#sourceOf(node), marks);
    const { url, title } = definition;
    return this.#toLink({ ...node, type: 'link', url, ...(title && { title }) } as Link, marks);
  }

  #sourceOf({ position }: Inline): string {
    return this.#markdown.slice(position?.start.offset ?? 0, position?.end.offset);
  }
}

const withMark = (marks: readonly AdfMark[], mark: AdfMark): AdfMark[] =>
  marks.some(({ type }) => type === mark.type) ? [...marks] : [...marks, mark];

const mention = /\[~accountid:([\w:-]{1,128})\]/;

/** A line that only goes on below is one line, and a name in Jira's own writing is a mention. */
function toTexts(value: string, marks: readonly AdfMark[]): AdfNode[] {
  const parts = value.replaceAll(/[ \t]*\n[ \t]*/g, ' ').split(mention);
  return parts.flatMap((part, index): AdfNode[] => {
    if (index % 2 === 1) return [{ type: 'mention', attrs: { id: part } }];
    return part ? [toText(part, marks)] : [];
  });
}

const toText = (text: string, marks: readonly AdfMark[]): AdfNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 && { marks: [...marks] }),
});

/** Jira's code has no other mark than a link. */
function toCode(code: string, marks: readonly AdfMark[]): AdfNode[] {
  if (marks.some(({ type }) => type !== 'link'))
    refuseConstruct('code that is also bold, italic or struck out');
  return [toText(code.replaceAll('\n', ' '), [...marks, { type: 'code' }])];
}
