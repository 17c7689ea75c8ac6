import { type AdfMark, type AdfNode, attributeOf, childrenOf, marksOf } from './adf.ts';

/** A piece of a line: a text that is still to be escaped, code, or what is Markdown already. */
export interface Run {
  text: string;
  kind: 'text' | 'code' | 'markdown';
  /** `link` with where it leads, `strong`, `em`, `strike`, in the order of `nesting`. */
  marks: string[];
}

/** As Markdown writes it. */
export const lineBreak = '\\\n';

const nesting = ['link', 'strong', 'em', 'strike'];

/** What a node of a line is, piece by piece. */
export function toRuns(node: AdfNode, depth = 0): Run[] {
  const marks = toMarks(marksOf(node));
  const raw = (text: string): Run[] => (text ? [{ text, kind: 'markdown', marks }] : []);
  const plain = (text: string): Run[] =>
    text ? [{ text: text.replaceAll(/\s*\n\s*/g, ' '), kind: 'text', marks }] : [];
  switch (node.type) {
    case 'text':
      return marksOf(node).some(({ type }) => type === 'code')
        ? toCodeRun(node.text ?? '', marks)
        : plain(typeof node.text === 'string' ? node.text : '');
    case 'hardBreak':
      return raw(lineBreak);
    case 'mention':
      return plain(`@${attributeOf(node, 'text').replace(/^@/, '') || 'somebody'}`);
    case 'emoji':
      return plain(attributeOf(node, 'text') || attributeOf(node, 'shortName'));
    case 'date':
      return plain(toDay(attributeOf(node, 'timestamp')));
    case 'status':
      return plain(`[${attributeOf(node, 'text')}]`);
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return toCard(attributeOf(node, 'url'), raw, plain);
    case 'media':
    case 'mediaInline':
      return plain(`[attachment: ${attributeOf(node, 'alt') || attributeOf(node, 'id')}]`);
    case 'inlineExtension':
    case 'extension':
      return plain(attributeOf(node, 'text') || `[${attributeOf(node, 'extensionKey')}]`);
    default:
      if (depth > 20) return plain('…');
      return [
        ...plain(typeof node.text === 'string' ? node.text : attributeOf(node, 'text')),
        ...childrenOf(node).flatMap((child) => toRuns(child, depth + 1)),
      ];
  }
}

/** Those that Markdown has. Code is no mark here: nothing inside it is escaped. */
const toMarks = (marks: readonly AdfMark[]): string[] =>
  nesting.flatMap((type) => {
    const mark = marks.find((mark) => mark.type === type);
    if (!mark) return [];
    if (type !== 'link') return [type];
    const href = attributeOf(mark, 'href');
    return href ? [`link ${toDestination(href)}${toTitle(attributeOf(mark, 'title'))}`] : [];
  });

const toCodeRun = (text: string, marks: string[]): Run[] =>
  text ? [{ text: text.replaceAll(/\s*\n\s*/g, ' '), kind: 'code', marks }] : [];

/** `2026-11-22` of milliseconds since 1970, at which Jira keeps midnight UTC. */
function toDay(timestamp: string): string {
  const date = new Date(Number(timestamp));
  return Number.isNaN(date.getTime()) ? timestamp : date.toISOString().slice(0, 10);
}

const toCard = (url: string, raw: (text: string) => Run[], plain: (text: string) => Run[]) =>
  /^[a-z][a-z0-9+.-]*:[^\s<>\\]+$/i.test(url) ? raw(`<${url}>`) : plain(url || '[a card]');

/** Markdown has no `** bold **`: spaces at the edge of a mark go where they are in all marks around them. */
export function freeSpaces(runs: readonly Run[]): Run[] {
  const parts = runs.flatMap((run) => {
    if (run.kind !== 'text' || run.marks.length === 0) return [run];
    const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(run.text) ?? [];
    return [before, core, after].filter(Boolean).map((text) => ({ ...run, text }));
  });
  return parts.map((part, index) => {
    if (part.text !== lineBreak && part.text.trim()) return part;
    const [before, after] = [parts[index - 1], parts[index + 1]];
    const marks = part.marks.filter(
      (mark) => before?.marks.includes(mark) && after?.marks.includes(mark),
    );
    return { ...part, marks };
  });
}

/** Neighbours that are formatted alike are one. */
export function mergeEqual(runs: readonly Run[]): Run[] {
  const merged: Run[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (last && isAlike(last, run)) last.text += run.text;
    else merged.push({ ...run });
  }
  return merged;
}

const isAlike = (a: Run, b: Run) =>
  a.kind !== 'markdown' && a.kind === b.kind && String(a.marks) === String(b.marks);

const toDestination = (href: string) =>
  /[\s()<>\\]/.test(href)
    ? `<${href.replaceAll(/[<>\\]/g, '\\$&').replaceAll(/\s/g, '%20')}>`
    : href;

const toTitle = (title: string) =>
  title && ` "${title.replaceAll(/["\\]/g, '\\$&').replaceAll(/\s+/g, ' ')}"`;
