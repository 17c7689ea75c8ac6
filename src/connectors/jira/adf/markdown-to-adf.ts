import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { AdfDocument, AdfNode } from './adf.ts';
import { toPanelType } from './panels.ts';
import { checkSize, refuseConstruct, refuseHtml } from './refuse-markdown.ts';
import { type Definitions, InlineNodes } from './to-inline-nodes.ts';

type Block = ReturnType<typeof fromMarkdown>['children'][number];
type Of<Type extends Block['type']> = Extract<Block, { type: Type }>;

/**
 * GitHub-flavoured Markdown as the rich text that Jira keeps; `> [!NOTE]` gives a panel, `[~accountid:…]` a mention.
 *
 * @throws ToolError `INVALID_ARGUMENT` for more than 32,767 characters and for what Jira has no place for, by name:
 * HTML, images, footnotes, a heading inside a list, …
 */
export function markdownToAdf(markdown: string): AdfDocument {
  checkSize(markdown);
  const root = fromMarkdown(markdown, {
    extensions: [gfm({ singleTilde: false })], // "~5 and ~6 minutes" strikes nothing
    mdastExtensions: [gfmFromMarkdown()],
  });
  const writer = new Writer(markdown, root.children);
  return { type: 'doc', version: 1, content: writer.toBlocks(root.children, 'document') };
}

type Container = 'document' | 'quote' | 'list' | 'panel';

/** What may stand inside, by Jira's schema of the format. */
const allowed: Record<Container, readonly string[]> = {
  document: ['paragraph', 'heading', 'blockquote', 'list', 'code', 'thematicBreak', 'table'],
  quote: ['paragraph', 'list', 'code'],
  list: ['paragraph', 'list', 'code'],
  panel: ['paragraph', 'heading', 'list', 'code', 'thematicBreak'],
};

const names: Record<string, string> = {
  heading: 'a heading',
  blockquote: 'a quote',
  thematicBreak: 'a rule (---)',
  table: 'a table',
  list: 'a list',
  code: 'a code block',
};

class Writer {
  readonly #inline: InlineNodes;
  #tasks = 0;

  constructor(markdown: string, blocks: readonly Block[]) {
    const definitions: Definitions = new Map();
    for (const block of blocks)
      if (block.type === 'definition') definitions.set(block.identifier, block);
    this.#inline = new InlineNodes(markdown, definitions);
  }

  toBlocks(blocks: readonly Block[], inside: Container): AdfNode[] {
    return blocks.flatMap((block) => {
      if (block.type === 'definition') return [];
      if (names[block.type] && !allowed[inside].includes(block.type))
        refuseConstruct(`${names[block.type]} inside a ${inside}`);
      return [this.#toBlock(block, inside)];
    });
  }

  #toBlock(block: Block, inside: Container): AdfNode {
    switch (block.type) {
      case 'paragraph':
        return { type: 'paragraph', content: this.#inline.toNodes(block.children) };
      case 'heading':
        return {
          type: 'heading',
          attrs: { level: block.depth },
          content: this.#inline.toNodes(block.children),
        };
      case 'code':
        return {
          type: 'codeBlock',
          ...(block.lang && { attrs: { language: block.lang } }),
          content: block.value ? [{ type: 'text', text: block.value }] : [],
        };
      case 'thematicBreak':
        return { type: 'rule' };
      case 'blockquote':
        return this.#toQuote(block);
      case 'list':
        return this.#toList(block, inside);
      case 'table':
        return this.#toTable(block);
      case 'html':
        return refuseHtml(block.value);
      case 'footnoteDefinition':
        return refuseConstruct('a footnote');
      default:
        return refuseConstruct(`"${block.type}"`);
    }
  }

  #toQuote(block: Of<'blockquote'>): AdfNode {
    const [first, ...rest] = block.children;
    const opening = first?.type === 'paragraph' ? first.children[0] : undefined;
    const alert = opening?.type === 'text' ? /^\[!(\w+)\](?:\n|$)/.exec(opening.value) : null;
    const panelType =
      alert && opening && this.#inline.isUnescaped(opening) && toPanelType(alert[1] ?? '');
    if (!panelType || first?.type !== 'paragraph' || opening?.type !== 'text')
      return { type: 'blockquote', content: orEmpty(this.toBlocks(block.children, 'quote')) };
    const text = { ...opening, value: opening.value.slice(alert[0].length) };
    const paragraph = { ...first, children: [text, ...first.children.slice(1)] };
    const isAlone = !text.value && paragraph.children.length === 1;
    const content = this.toBlocks(isAlone ? rest : [paragraph, ...rest], 'panel');
    return { type: 'panel', attrs: { panelType }, content: orEmpty(content) };
  }

  #toList(list: Of<'list'>, inside: Container): AdfNode {
    const items = list.children;
    if (items.some(({ checked }) => typeof checked === 'boolean')) {
      if (inside !== 'document' && inside !== 'panel') refuseConstruct(`a task inside a ${inside}`);
      return this.#toTasks(list);
    }
    const content = items.map((item): AdfNode => {
      const blocks = this.toBlocks(item.children, 'list');
      const startsRight = blocks[0]?.type === 'paragraph' || blocks[0]?.type === 'codeBlock';
      return { type: 'listItem', content: startsRight ? blocks : [emptyParagraph(), ...blocks] };
    });
    if (!list.ordered) return { type: 'bulletList', content };
    const order = list.start ?? 1;
    return { type: 'orderedList', ...(order !== 1 && { attrs: { order } }), content };
  }

  /** Jira keeps the tasks below a task beside it, and nothing but one line in each. */
  #toTasks(list: Of<'list'>): AdfNode {
    const content = list.children.flatMap((item): AdfNode[] => {
      const [line, ...below] = item.children;
      if (typeof item.checked !== 'boolean')
        refuseConstruct('a list in which only some items are tasks');
      if (line?.type !== 'paragraph' || below.some(({ type }) => type !== 'list'))
        refuseConstruct('a task of more than one line');
      const task: AdfNode = {
        type: 'taskItem',
        attrs: { localId: this.#nextTask(), state: item.checked ? 'DONE' : 'TODO' },
        content: this.#inline.toNodes(line.type === 'paragraph' ? line.children : []),
      };
      return [task, ...below.map((block) => this.#toTasks(block as Of<'list'>))];
    });
    return { type: 'taskList', attrs: { localId: this.#nextTask() }, content };
  }

  #nextTask() {
    this.#tasks += 1;
    return `task-${this.#tasks}`;
  }

  #toTable({ children: rows }: Of<'table'>): AdfNode {
    const width = rows[0]?.children.length ?? 0;
    const content = rows.map(({ children: cells }, index): AdfNode => {
      const type = index === 0 ? 'tableHeader' : 'tableCell';
      const filled = Array.from({ length: width }, (_, at): AdfNode => {
        const nodes = this.#inline.toNodes(cells[at]?.children ?? []);
        return { type, attrs: {}, content: [{ type: 'paragraph', content: nodes }] };
      });
      return { type: 'tableRow', content: filled };
    });
    const hasHeader = rows[0]?.children.some(({ children }) => children.length > 0);
    return { type: 'table', content: hasHeader || content.length < 2 ? content : content.slice(1) };
  }
}

const emptyParagraph = (): AdfNode => ({ type: 'paragraph', content: [] });

const orEmpty = (content: AdfNode[]) => (content.length > 0 ? content : [emptyParagraph()]);
