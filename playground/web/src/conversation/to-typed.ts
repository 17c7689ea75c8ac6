import type { Directory } from '../workspace/directory.tsx';

const token = /<(?:([@#])(\w+)(?:\|([^<>]*))?|!(\w+)[^<>]*|([^<>|]+)(?:\|[^<>]*)?)>/g;

/** A message's `text` as its author typed it: `@dana`, `#data`, bare links; what the server makes the same text of again. */
export function toTyped(
  text: string,
  { people, channels }: Pick<Directory, 'people' | 'channels'>,
): string {
  const typed = text.replace(token, (whole, sign, id = '', label, special, url) => {
    if (sign === '@') return `@${people.get(id)?.name ?? label ?? id}`;
    if (sign === '#') return `#${channels.get(id)?.name ?? label ?? id}`;
    return special ? `@${special}` : (url ?? whole);
  });
  return unescaped(typed);
}

/** The three characters that Slack escapes, as they were. */
export const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
