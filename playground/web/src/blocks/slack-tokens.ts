import type { Directory } from '../workspace/directory.tsx';
import { nameOf } from '../workspace/directory.tsx';

/** What tokens name. */
type Names = Pick<Directory, 'people' | 'channels' | 'usergroups' | 'me'>;

/** A piece of text between or in Slack's tokens: `<@U1>`, `<#C1>`, `<!here>`. */
export interface TextPiece {
  text: string;
  kind: 'text' | 'mention' | 'me';
}

const token =
  /<(?:([@#])(\w+)|!(here|channel|everyone|subteam\^\w+|date\^[^<>|]+))(?:\|([^<>|]*))?>/g;

/** Cuts a text at Slack's tokens and gives each the name that people read. */
export function toPieces(text: string, directory: Names): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    pieces.push(toPiece(match, directory));
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

function toPiece(
  [, sign, id = '', special = '', label]: RegExpExecArray,
  { people, channels, usergroups, me }: Names,
): TextPiece {
  if (sign === '#') return { kind: 'mention', text: `#${channels.get(id)?.name ?? label ?? id}` };
  if (sign === '@') {
    const person = people.get(id);
    const name = person ? nameOf(person) : (label ?? id);
    return { kind: id === me?.id ? 'me' : 'mention', text: `@${name}` };
  }
  if (special.startsWith('date^')) return { kind: 'text', text: label ?? special };
  const group = usergroups.get(special.replace('subteam^', ''));
  if (group) {
    const isIn = group.users.includes(me?.id ?? '');
    return { kind: isIn ? 'me' : 'mention', text: `@${group.handle}` };
  }
  return { kind: 'me', text: `@${(label ?? special).replace(/^@/, '')}` };
}
