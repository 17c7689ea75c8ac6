import type { AnyBlock, Channel, Person, Usergroup } from '../control-types.ts';

type Piece =
  | { type: 'text'; text: string }
  | { type: 'text'; text: string; style: { [mark in Style]?: true } }
  | { type: 'emoji'; name: string }
  | { type: 'preformatted'; text: string }
  | { type: 'user'; user_id: string }
  | { type: 'usergroup'; usergroup_id: string }
  | { type: 'broadcast'; range: string }
  | { type: 'channel'; channel_id: string; name: string }
  | { type: 'link'; url: string };

type Style = 'code' | 'bold' | 'italic' | 'strike';

const marks: Record<string, Style> = { '`': 'code', '*': 'bold', _: 'italic', '~': 'strike' };

// In this order: nothing is a mention in code. What is bold holds no names or links here, though in Slack it can.
const special = new RegExp(
  [
    /```[^`]+```/,
    /`[^`\n]+`/,
    /https?:\/\/[^\s<>]+/,
    /@[\w.-]*\w/,
    /#[\w-]+/,
    /(?<![\w:]):(?:[+-]1|[a-z][a-z0-9_+-]*):/,
    /(?<![\w*_~])([*_~])(?!\s)[^*_~`\n@#:/]+(?<!\s)\1(?![\w*_~])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);

/** What a typed name may stand for, each by its id. */
interface Named {
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  usergroups: Map<string, Usergroup>;
}

/**
 * What Slack's composer makes of what a person types: escaped text with mentions and links marked, and the rich text block,
 * in which `*bold*`, `_italic_`, `~struck~`, code and `:emoji:` are what they look like.
 */
export function typedText(typed: string, named: Named): { text: string; blocks: AnyBlock[] } {
  const pieces = toPieces(typed, named);
  return {
    text: pieces.map(toText).join(''),
    blocks: [{ type: 'rich_text', block_id: 'typed', elements: toSections(pieces) }],
  };
}

/** Code of several lines stands between the sections, not in one. */
function toSections(pieces: Piece[]): object[] {
  const sections: { type: string; elements: object[] }[] = [];
  for (const piece of pieces) {
    if (piece.type === 'preformatted') {
      const text = piece.text.replace(/^\n|\n$/g, '');
      sections.push({ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] });
      continue;
    }
    let section = sections.at(-1);
    if (section?.type !== 'rich_text_section') {
      section = { type: 'rich_text_section', elements: [] };
      sections.push(section);
    }
    const { type } = piece;
    section.elements.push(
      type === 'channel' ? { type, channel_id: piece.channel_id } : { ...piece },
    );
  }
  return sections.length > 0 ? sections : [{ type: 'rich_text_section', elements: [] }];
}

function toPieces(typed: string, named: Named): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of typed.matchAll(special)) {
    const before = typed.slice(from, match.index);
    // `someone@example.test` is an address, not a mention.
    const piece = /[\w.]$/.test(before) ? undefined : toPiece(match[0], named);
    if (!piece) continue;
    if (before) pieces.push({ type: 'text', text: before });
    pieces.push(piece);
    from = match.index + match[0].length;
  }
  if (from < typed.length) pieces.push({ type: 'text', text: typed.slice(from) });
  return pieces;
}

function toPiece(word: string, { people, channels, usergroups }: Named): Piece | undefined {
  if (word.startsWith('http')) return { type: 'link', url: word };
  if (word.startsWith('```')) return { type: 'preformatted', text: word.slice(3, -3) };
  if (word.startsWith(':')) return { type: 'emoji', name: word.slice(1, -1) };
  const mark = marks[word[0] ?? ''];
  if (mark) return { type: 'text', text: word.slice(1, -1), style: { [mark]: true } };
  const name = word.slice(1).toLowerCase();
  if (word.startsWith('#')) {
    const channel = channels.values().find((one) => one.name === name);
    return channel && { type: 'channel', channel_id: channel.id, name };
  }
  if (['here', 'channel', 'everyone'].includes(name)) return { type: 'broadcast', range: name };
  const person = people.values().find((one) => one.name.toLowerCase() === name);
  if (person) return { type: 'user', user_id: person.id };
  const group = usergroups.values().find((one) => one.handle === name && one.date_delete === 0);
  return group && { type: 'usergroup', usergroup_id: group.id };
}

function toText(piece: Piece): string {
  if (piece.type === 'user') return `<@${piece.user_id}>`;
  if (piece.type === 'usergroup') return `<!subteam^${piece.usergroup_id}>`;
  if (piece.type === 'broadcast') return `<!${piece.range}>`;
  if (piece.type === 'channel') return `<#${piece.channel_id}|${piece.name}>`;
  if (piece.type === 'emoji') return `:${piece.name}:`;
  if (piece.type === 'preformatted') return `\`\`\`${escapeText(piece.text)}\`\`\``;
  if (piece.type === 'text' && 'style' in piece) return marked(piece);
  if (piece.type === 'link') return `<${escapeText(piece.url)}>`;
  return escapeText(piece.text);
}

function marked({ text, style }: Extract<Piece, { style: object }>): string {
  const mark = Object.keys(marks).find((sign) => style[marks[sign] as Style]) ?? '';
  return `${mark}${escapeText(text)}${mark}`;
}

/** The three characters that Slack escapes, and no others. */
export const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
