import type { AnyBlock, Channel, Person } from './control-types.ts';

type Piece =
  | { type: 'text'; text: string }
  | { type: 'user'; user_id: string }
  | { type: 'broadcast'; range: string }
  | { type: 'channel'; channel_id: string; name: string }
  | { type: 'link'; url: string };

const special = /https?:\/\/[^\s<>]+|@[\w.-]*\w|#[\w-]+/gu;

/** What Slack's composer makes of what a person types: escaped text with mentions and links marked, and the rich text block. */
export function typedText(
  typed: string,
  people: Person[],
  channels: Channel[],
): { text: string; blocks: AnyBlock[] } {
  const pieces = toPieces(typed, people, channels);
  return {
    text: pieces.map(toText).join(''),
    blocks: [
      {
        type: 'rich_text',
        block_id: 'typed',
        elements: [
          {
            type: 'rich_text_section',
            elements: pieces.map((piece) =>
              piece.type === 'channel'
                ? { type: 'channel', channel_id: piece.channel_id }
                : { ...piece },
            ),
          },
        ],
      },
    ],
  };
}

function toPieces(typed: string, people: Person[], channels: Channel[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of typed.matchAll(special)) {
    const before = typed.slice(from, match.index);
    // `someone@example.test` is an address, not a mention.
    const piece = /[\w.]$/.test(before) ? undefined : toPiece(match[0], people, channels);
    if (!piece) continue;
    if (before) pieces.push({ type: 'text', text: before });
    pieces.push(piece);
    from = match.index + match[0].length;
  }
  if (from < typed.length) pieces.push({ type: 'text', text: typed.slice(from) });
  return pieces;
}

function toPiece(word: string, people: Person[], channels: Channel[]): Piece | undefined {
  if (word.startsWith('http')) return { type: 'link', url: word };
  const name = word.slice(1).toLowerCase();
  if (word.startsWith('#')) {
    const channel = channels.find((one) => one.name === name && one.kind !== 'direct');
    return channel && { type: 'channel', channel_id: channel.id, name };
  }
  if (['here', 'channel', 'everyone'].includes(name)) return { type: 'broadcast', range: name };
  const person = people.find((one) => one.name.toLowerCase() === name);
  return person && { type: 'user', user_id: person.id };
}

function toText(piece: Piece): string {
  if (piece.type === 'user') return `<@${piece.user_id}>`;
  if (piece.type === 'broadcast') return `<!${piece.range}>`;
  if (piece.type === 'channel') return `<#${piece.channel_id}|${piece.name}>`;
  if (piece.type === 'link') return `<${escapeText(piece.url)}>`;
  return escapeText(piece.text);
}

/** The three characters that Slack escapes, and no others. */
export const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
