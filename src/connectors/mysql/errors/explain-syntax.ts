import { outsideText } from '../../../outside-text.ts';
import { dialectHint } from './dialect-hints.ts';
import type { Explanation, Failure } from './explain-error.ts';

/** A statement that the server could not read: where, drawn, and what belongs to another dialect. */
export function explainSyntax(message: string, { sql, mysql }: Failure): Explanation {
  const [, near = '', line = '1'] = /near '(.*)' at line (\d+)$/s.exec(message) ?? [];
  const dialect = mysql.server?.dialect;
  const product = dialect?.product ?? (/MariaDB/.test(message) ? 'MariaDB' : 'MySQL');
  const place = findPlace(sql, near, Number(line));
  const from = place === undefined ? 0 : Math.max(0, place - 24);
  const hint = dialectHint(sql.slice(from), product);
  const word = /^\s*([A-Za-z_]\w*)\b(?!\s*\()/.exec(near)?.[1];
  return {
    code: 'INVALID_ARGUMENT',
    what: near
      ? `syntax error ${where(sql, place, line)}, near ${JSON.stringify(outsideText(near, 60))}`
      : 'syntax error at the end of the statement',
    why: `the server is ${dialect?.name ?? product}${hint ? `: it has ${hint.what}` : ', other dialects differ'}`,
    try: hint?.instead ?? otherWay(near, word),
    ...(place !== undefined && { excerpt: draw(sql, place) }),
  };
}

function otherWay(near: string, word: string | undefined): string {
  if (!near)
    return 'the statement to its end: something is missing there, or a parenthesis is open';
  return word
    ? `what stands before ${JSON.stringify(word)} as well; if ${word} is a name, put it in backticks: \`${word}\``
    : 'the statement without that part, or written another way';
}

/** The server repeats at most 80 characters; fewer are the rest of the statement. */
function findPlace(sql: string, near: string, line: number): number | undefined {
  if (near === '') return sql.trimEnd().length;
  const isThere = (at: number) =>
    sql.slice(0, at).split('\n').length === line &&
    (near.length >= 80 || sql.length - at - near.length <= 1); // it may leave out a final semicolon
  for (let at = sql.indexOf(near); at >= 0; at = sql.indexOf(near, at + 1))
    if (isThere(at)) return at + (near.length - near.trimStart().length);
  return undefined;
}

function where(sql: string, place: number | undefined, line: string): string {
  if (place === undefined) return `in line ${line}`;
  const column = place - sql.lastIndexOf('\n', place - 1);
  return line === '1' ? `at character ${column}` : `in line ${line} at character ${column}`;
}

/** The line in question around its place, and a caret below. */
function draw(sql: string, place: number): string {
  const start = Math.max(sql.lastIndexOf('\n', place - 1) + 1, place - 50);
  const end = sql.indexOf('\n', place);
  const shown = sql.slice(start, Math.min(end < 0 ? sql.length : end, place + 40));
  // One character for one, so that the caret stays where it belongs.
  return `  ${shown.replace(/[\p{C}\s]/gu, ' ')}\n  ${' '.repeat(place - start)}^`;
}
