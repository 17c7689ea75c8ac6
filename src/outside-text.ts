/**
 * Control characters, and those that turn the reading direction or take no space: they can hide or fake text. The last
 * range spells letters that a model reads and nobody sees.
 */
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]+/gu;

/**
 * Text of unknown origin (a name, a comment) on one line, at most `max` characters, with nothing invisible in it and no
 * half of a character, which Claude's API refuses.
 */
export function outsideText(text: string, max: number): string {
  return cutText(text.toWellFormed().replace(invisible, ' ').trim(), max);
}

/** The same for a text of several lines: line ends and tabs stay. */
export const outsideLines = (text: string, max: number): string =>
  cutText(
    text
      .toWellFormed()
      .replace(invisible, (run) => run.replaceAll(/[^\n\t]+/g, '') || ' ')
      .trim(),
    max,
  );

/**
 * The text up to `max` characters; a cut one says how much is missing: `…(+120 chars)`. Never splits a character.
 *
 * @param length of the whole text, where `text` is only its beginning; not less than `max` characters then
 */
export function cutText(text: string, max: number, length = text.length): string {
  if (length <= max) return text;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(max - 1));
  const head = text.slice(0, splitsPair ? max - 1 : max);
  return `${head}…(+${length - head.length} chars)`;
}
