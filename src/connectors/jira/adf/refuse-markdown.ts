import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';

/** Most characters that Jira takes in a description or a comment. */
export const longestText = 32_767;

/** @throws ToolError `INVALID_ARGUMENT` for something that Jira's format has no place for. */
export function refuseConstruct(what: string): never {
  throw new ToolError('INVALID_ARGUMENT', `Jira's texts can't hold ${what}`, {
    try: 'saying it in paragraphs, headings, lists, tasks, tables, code, quotes or links',
  });
}

/** @throws ToolError `INVALID_ARGUMENT` */
export function refuseHtml(html: string): never {
  throw new ToolError(
    'INVALID_ARGUMENT',
    `Jira's texts can't hold HTML, such as ${outsideText(html, 40)}`,
    { try: 'Markdown alone; a < that is meant as such in backticks or as \\<' },
  );
}

const deepLine = /^(?:[ \t]*(?:>|[-+*]|\d+[.)])[ \t]*){20}/m;
/** The time to pair them grows with the square of their number. */
const mostSigns = 2_000;

/** @throws ToolError `TOO_LARGE` or `INVALID_ARGUMENT` for what Jira would not take, or would take long to read. */
export function checkSize(markdown: string): void {
  const { length } = markdown;
  if (length > longestText)
    throw new ToolError(
      'TOO_LARGE',
      `the text has ${length.toLocaleString('en')} characters, and Jira takes ${longestText.toLocaleString('en')}`,
      { try: 'a shorter text, or several comments' },
    );
  if (deepLine.test(markdown))
    throw new ToolError('INVALID_ARGUMENT', 'the lists or quotes are nested too deeply', {
      try: 'at most a few levels',
    });
  const signs = (paragraph: string) => paragraph.match(/([*_~])\1*|[[<]/g)?.length ?? 0;
  if (markdown.split(/\n\s*\n/).some((paragraph) => signs(paragraph) > mostSigns))
    throw new ToolError('INVALID_ARGUMENT', 'one paragraph has thousands of *, _, ~, [ or <', {
      try: 'putting what is no prose in a code block',
    });
}
