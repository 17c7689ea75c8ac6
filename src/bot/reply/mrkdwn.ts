import { toBlocks, toCells } from './markdown.ts';

/**
 * Markdown in Slack's older format, for a Slack that refuses `markdown` blocks. Tables become monospace.
 *
 * What comes out still has to pass the gate as `mrkdwn`.
 */
export const toMrkdwn = (markdown: string): string =>
  convert(markdown, toAlignedTable, toMrkdwnLine);

/** Markdown as words without marks: what notifications and screen readers get. */
export const toPlainText = (markdown: string): string =>
  convert(
    markdown,
    (rows) => rows.map((cells) => cells.join(' · ')).join('\n'),
    (line) => withoutMarks(line.replace(/^\s{0,3}#{1,6}\s+/, '')),
    false,
  );

function convert(
  markdown: string,
  toTable: (rows: string[][]) => string,
  toLine: (line: string) => string,
  withFences = true,
): string {
  let end = 0;
  return toBlocks(markdown)
    .map(({ kind, start, lines, marker, closed }) => {
      const gap = start > end + 1 ? '\n\n' : start > 0 ? '\n' : '';
      end = start + lines.reduce((sum, line) => sum + line.length + 1, -1);
      if (kind === 'table') return gap + toTable([lines[0] ?? '', ...lines.slice(2)].map(toCells));
      if (kind === 'text') return gap + lines.map(toLine).join('\n');
      const code = lines.slice(1, closed ? -1 : undefined);
      return gap + (withFences ? fenced(code, marker) : code.join('\n'));
    })
    .join('');
}

const fenced = (lines: string[], marker = '```') =>
  [marker.startsWith('`') ? marker : '```', ...lines, marker.startsWith('`') ? marker : '```'].join(
    '\n',
  );

const widest = 40;

function toAlignedTable(rows: string[][]): string {
  const plain = rows.map((cells) => cells.map(withoutMarks));
  const widths = (plain[0] ?? []).map((_, column) =>
    Math.min(widest, Math.max(...plain.map((cells) => cells[column]?.length ?? 0))),
  );
  const toRow = (cells: string[]) =>
    widths
      .map((width, column) => (cells[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd();
  const [header = [], ...body] = plain;
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return fenced([toRow(header), rule, ...body.map(toRow)]);
}

function toMrkdwnLine(line: string): string {
  const heading = /^\s{0,3}#{1,6}\s+(.*)$/.exec(line)?.[1];
  if (heading !== undefined) return `*${withoutMarks(heading)}*`;
  return outsideCode(line.replace(/^(\s*)[-*+] (?=\S)/, '$1• '), (text) =>
    text
      .replaceAll(/\[([^[\]]*)\]\(([^()\s]*)\)/g, '<$2|$1>')
      .replaceAll(/\*\*([^*]+)\*\*/g, '\u0001$1\u0001')
      .replaceAll(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g, '_$1_')
      .replaceAll('\u0001', '*')
      .replaceAll(/~~([^~]+)~~/g, '~$1~'),
  );
}

const withoutMarks = (line: string): string =>
  outsideCode(line, (text) =>
    text
      .replaceAll(/\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
      .replaceAll(/\*\*|~~/g, '')
      .replaceAll(/(?<!\w)([*_])([^*_\s][^*_]*)\1(?!\w)/g, '$2'),
  ).replaceAll(/`([^`]*)`/g, '$1');

/** Changes the text of a line and leaves its code spans alone. */
const outsideCode = (line: string, change: (text: string) => string): string =>
  line
    .split(/(`[^`]*`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    .join('');
