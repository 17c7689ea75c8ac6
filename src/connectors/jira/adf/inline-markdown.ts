import type { AdfNode } from './adf.ts';
import {
  escapeBrackets,
  escapeLineStarts,
  escapeMarkdown,
  joinMarkdown,
} from './escape-markdown.ts';
import { freeSpaces, lineBreak, mergeEqual, type Run, toRuns } from './runs.ts';

/** What stands in a paragraph, a heading or a cell, as Markdown. Line breaks are `\` at the end of a line. */
export function toInlineMarkdown(nodes: readonly AdfNode[]): string {
  const runs = mergeEqual(freeSpaces(nodes.flatMap((node) => toRuns(node))));
  const [first, last] = [runs.findIndex(isSeen), runs.findLastIndex(isSeen)];
  const seen = runs.slice(Math.max(0, first), last + 1).map(trimEdges);
  return escapeLineStarts(write(unwrapLinks(seen)));
}

/** Spaces and line breaks at the edges of a paragraph show nothing, and mean other things in Markdown. */
const isSeen = ({ text }: Run) => text !== lineBreak && text.trim() !== '';

/** The same holds for spaces around a line break. */
function trimEdges(run: Run, index: number, runs: readonly Run[]): Run {
  const isEdge = (other: Run | undefined) => !other || other.text === lineBreak;
  if (run.text === lineBreak) return run;
  const text = isEdge(runs[index - 1]) ? run.text.trimStart() : run.text;
  return { ...run, text: isEdge(runs[index + 1]) ? text.trimEnd() : text };
}

const delimiters: Record<string, string> = { strong: '**', em: '*', strike: '~~' };

function write(runs: readonly Run[]): string {
  const pieces: { text: string; isEscaped: boolean }[] = [];
  const add = (text: string, isEscaped = false) => pieces.push({ text, isEscaped });
  let open: string[] = [];
  for (const [index, run] of runs.entries()) {
    const kept = open.findIndex((mark) => !run.marks.includes(mark));
    const closing = kept < 0 ? [] : open.slice(kept);
    open = open.slice(0, open.length - closing.length);
    // Nothing opens before a space: Markdown would not see it.
    const isSpace = run.kind === 'text' && !run.text.trim();
    const opening = isSpace ? [] : run.marks.filter((mark) => !open.includes(mark));
    add(closing.reverse().map(toClosing).join(''));
    add(
      longestFirst(opening, runs.slice(index + 1))
        .map(toOpening)
        .join(''),
    );
    open = [...open, ...opening];
    if (run.kind === 'text') add(toText(run.text, open), true);
    else add(run.kind === 'code' ? toCode(run.text) : run.text);
  }
  add(open.reverse().map(toClosing).join(''));
  return joinMarkdown(pieces);
}

const isLink = (mark: string) => mark.startsWith('link ');

const toText = (text: string, open: readonly string[]) =>
  open.some(isLink) ? escapeBrackets(escapeMarkdown(text)) : escapeMarkdown(text);

function toCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return /^`|`$|^ .* $/.test(text) ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

/** What goes on for longer is opened first, so that it need not be closed in between. */
function longestFirst(marks: string[], following: readonly Run[]): string[] {
  const reach = (mark: string) => {
    const end = following.findIndex((run) => !run.marks.includes(mark));
    return end < 0 ? following.length : end;
  };
  return marks.sort((a, b) => reach(b) - reach(a));
}

const toOpening = (mark: string) => (isLink(mark) ? '[' : delimiters[mark]);

const toClosing = (mark: string) => (isLink(mark) ? `](${mark.slice(5)})` : delimiters[mark]);

/** An address that shows itself needs no brackets where Markdown sees its ends: half the tokens. */
const unwrapLinks = (runs: readonly Run[]): Run[] =>
  runs.map((run, index) => {
    const { text, kind, marks } = run;
    const [before, after] = [runs[index - 1]?.text ?? '', runs[index + 1]?.text ?? ''];
    const isBare =
      kind === 'text' &&
      marks.some((mark) => mark === `link ${text}` || mark === `link mailto:${text}`) &&
      /^(?:https?:\/\/|[\w.+-]+@)[\w.-]+\.[a-z]{2,}(?:[/?#][\w./?=&#+%:@-]*[\w/])?$/i.test(text) &&
      !/[\w/:@.+-]$/.test(before) &&
      /^(?:[.,;:!?]*(?:\s|$)|\\\n)/.test(after);
    return isBare ? { text, kind: 'markdown', marks: marks.filter((mark) => !isLink(mark)) } : run;
  });
