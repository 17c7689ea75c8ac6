/** Tokens that Slack writes into the text of messages: `<@U1>`, `<#C1|general>`, `<https://…|label>`. */
const token = /<([@#!]?)([^<>|\s]+)(?:\|([^<>]*))?>/g;

/**
 * What a person wrote, as plain text: Slack's tokens as people read them, its escapes undone, and without
 * what no later step can use (NUL, lone surrogates).
 *
 * The mention of the bot itself is left out.
 */
export function toPlainText(text: string, botUserId: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '')
    .replaceAll(token, (_, kind: string, target: string, label?: string) => {
      if (kind === '@') return target === botUserId ? '' : `@${label ?? target}`;
      if (kind === '#') return `#${label ?? target}`;
      if (kind === '!') return label ?? `@${target.split('^')[0]}`;
      return label && label !== target.replace(/^(mailto|tel):/, '')
        ? `${label} (${target})`
        : (label ?? target);
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** The people a message mentions, by id. */
export const mentionsIn = (text: string): string[] =>
  [...text.matchAll(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g)].map(([, id]) => id ?? '');

const politeness =
  /^(?:(?:many |ok(?:ay)?,? |great,? |perfect,? )?(?:thanks|thank you|thx|ty|cheers)(?: (?:a lot|so much|very much|again))?|ok(?:ay)?|great|nice|perfect|cool|got it|danke|merci|gracias)$/i;

/** Emoji as Slack writes them (`:tada:`) and as characters, with their modifiers. */
const emojiOnly =
  /^(?::[a-z0-9_+-]+:|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{FE0F}|\u{200D}|\s)+$/iu;

/** Whether a message only says thanks, or nothing but emoji: nobody expects an answer to it. */
export function isOnlyThanks(text: string): boolean {
  if (text.length > 80) return false;
  return politeness.test(text.replace(/[\s!.,]+$/, '').trim()) || emojiOnly.test(text);
}
