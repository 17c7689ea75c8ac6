/**
 * The text without what nobody sees but a program may act on: control, zero-width, bidi and tag characters,
 * lone surrogates. Line ends become `\n`.
 *
 * Joiners and variation selectors stay where emoji need them, and never between ASCII characters: what comes
 * out can be searched for tokens and secrets.
 */
export const visibleText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(controls, '')
    .replaceAll(invisible, (character, at: number, whole: string) =>
      belongsToEmoji(character, whole.slice(Math.max(0, at - 2), at), whole.slice(at + 1, at + 3))
        ? character
        : '',
    );

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufff9-\ufffb]/g;
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

function belongsToEmoji(character: string, before: string, after: string): boolean {
  if (character === '\u200d') return emojiEnd.test(before) && emojiStart.test(after);
  if (character === '\ufe0f' || character === '\ufe0e')
    return pictographEnd.test(before) || (/[0-9#*]$/.test(before) && after.startsWith('\u20e3'));
  return false;
}

const emojiStart = /^\p{Extended_Pictographic}/u;
const emojiEnd = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const pictographEnd = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})$/u;
