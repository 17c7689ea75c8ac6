/**
 * Text as Markdown that means just this text. Only what would be read as markup is escaped: `snake_case`, `C:\temp`
 * and `5 * 3` stay as they are. Web addresses stay too: they read as links, which is what they are. What a `\\` or `!`
 * at the end means depends on what follows: `joinMarkdown` sees to it.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replaceAll(/`|\*(?!\s)|(?<!\s)\*|~(?=~)|(?<=~)~/g, '\\$&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replaceAll(/<(?=[A-Za-z/!?])|&(?=#?\w+;)|\](?=\()|!(?=\[)/g, '\\$&');

/** Brackets as well, which end the text of a link. */
export const escapeBrackets = (escaped: string): string =>
  escaped.replaceAll(/(?<!\\)[[\]]/g, '\\$&');

/** Where a line ends with an address, which would take the sign of the line break for a part of itself. */
const endOfAddress = /(?<=(?::\/\/|www\.|@)\S*)\\\n/g;

/** Lines (already escaped inside) of which none begins a heading, a quote, a list, a rule, a table or a definition. */
export const escapeLineStarts = (markdown: string): string =>
  markdown
    .replaceAll(endOfAddress, ' $&')
    .split('\n')
    .map((line) =>
      line
        .trimStart()
        .replace(/^(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|[-=|:][-=|:\s]*$)/, '\\$&')
        .replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\')
        .replace(/^\[(?=!\w+\](?!\()|[ xX]\]\s|(?:[^\]\\]|\\.)*\]:)/, '\\['),
    )
    .join('\n');

/** Joins escaped texts with what stands between them, so that neither changes what the other means. */
export function joinMarkdown(pieces: readonly { text: string; isEscaped: boolean }[]): string {
  let markdown = '';
  let wasEscaped = false;
  for (const { text, isEscaped } of pieces) {
    if (!text) continue;
    if (wasEscaped) markdown = closeEscapes(markdown, text.charAt(0));
    markdown += text;
    wasEscaped = isEscaped;
  }
  return wasEscaped ? closeEscapes(markdown, '') : markdown;
}

/** A backslash would escape what follows it, and an exclamation mark makes a picture of a link. */
function closeEscapes(markdown: string, next: string): string {
  const backslashes = /\\*$/.exec(markdown)?.[0].length ?? 0;
  if (backslashes % 2 === 1 && /^[!-/:-@[-`{-~\n]?$/.test(next)) return `${markdown}\\`;
  return next === '[' && markdown.endsWith('!') ? `${markdown.slice(0, -1)}\\!` : markdown;
}
