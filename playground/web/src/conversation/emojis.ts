import { get, search } from 'node-emoji';

export interface Emoji {
  /** Slack's name, without colons. */
  name: string;
  /** The character, or several that draw one picture. */
  picture: string;
}

/** What Slack offers first. */
export const quickReactions = ['white_check_mark', 'eyes', 'raised_hands'];

const favourites = [
  ...quickReactions,
  ...['+1', '-1', 'heart', 'tada', 'rocket', 'fire', '100', 'joy', 'smile', 'thinking', 'cry'],
  ...['pray', 'clap', 'wave', 'bulb', 'warning', 'x', 'question', 'chart_with_upwards_trend'],
  ...['bug', 'lock', 'hourglass_flowing_sand', 'coffee', 'see_no_evil', 'star', 'mag', 'point_up'],
];

/** Slack's names where node-emoji has others. */
const aliases = new Map([
  ['thumbsup', '+1'],
  ['thumbsdown', '-1'],
  ['hugging_face', 'hugs'],
  ['rolling_on_the_floor_laughing', 'rofl'],
  ['face_with_rolling_eyes', 'roll_eyes'],
  ['octagonal_sign', 'stop_sign'],
  ['star-struck', 'star_struck'],
]);

const skinTone = /^(.+?)::skin-tone-([2-6])$/;

/** The picture of `eyes` or `wave::skin-tone-3`; an unknown name, such as a workspace's own emoji, stays `:name:`. */
export function pictureOf(name: string): string {
  const [, plain = name, tone] = skinTone.exec(name) ?? [];
  const picture = get(aliases.get(plain) ?? plain) ?? get(plain.replace(/_face$/, ''));
  if (!picture) return `:${name}:`;
  return tone ? picture + String.fromCodePoint(0x1f3f9 + Number(tone)) : picture;
}

let known: Emoji[] | undefined;

/** Emojis whose name fits what was typed, the best first; for nothing the usual ones. */
export function findEmojis(typed: string, most: number): Emoji[] {
  const wanted = typed.trim().toLowerCase().replaceAll(':', '').replaceAll(' ', '_');
  if (!wanted) return favourites.slice(0, most).map((name) => ({ name, picture: pictureOf(name) }));
  known ??= [...search(/./).map(({ name }) => name), ...aliases.keys()].map((name) => ({
    name,
    picture: pictureOf(name),
  }));
  return known
    .filter(({ name }) => name.includes(wanted))
    .sort((a, b) => rank(a.name, wanted) - rank(b.name, wanted))
    .slice(0, most);
}

/** The name itself, names that begin with it, words that begin with it, the rest; shorter before longer. */
function rank(name: string, wanted: string): number {
  const kind =
    name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(`_${wanted}`) ? 2 : 3;
  return kind * 100 + name.length;
}
