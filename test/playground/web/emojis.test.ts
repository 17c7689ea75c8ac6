import { expect, it } from 'vitest';
import {
  findEmojis,
  pictureOf,
  quickReactions,
} from '../../../playground/web/src/conversation/emojis.ts';

it.each([
  ['eyes', '👀'],
  ['+1', '👍'],
  ['thumbsup', '👍'],
  ['robot_face', '🤖'],
  ['wave::skin-tone-3', '👋🏼'],
  ['wave::skin-tone-9', ':wave::skin-tone-9:'],
  ['our_logo', ':our_logo:'],
  ['', '::'],
  ['toString', ':toString:'],
])('%j is drawn as %s', (name, picture) => {
  expect(pictureOf(name)).toBe(picture);
});

it.each([
  ['eyes', 'eyes'],
  [':tada:', 'tada'],
  ['  Thumbs', 'thumbsup'],
  ['white check', 'white_check_mark'],
  ['+', '+1'],
])('%j finds %s first', (typed, name) => {
  expect(findEmojis(typed, 5)[0]?.name).toBe(name);
});

it.each([
  ['a bracket', '['],
  ['a backslash', '\\'],
  ['a pattern', '.*+'],
  ['ten thousand letters', 'x'.repeat(10_000)],
])('%s finds nothing', (_what, typed) => {
  expect(findEmojis(typed, 5)).toEqual([]);
});

it('has a picture for everything it finds', () => {
  expect(findEmojis('a', 9_999).filter(({ picture }) => picture.startsWith(':'))).toEqual([]);
});

it('offers the usual ones at first, each with a picture', () => {
  const offered = findEmojis('', 99);
  expect(offered.slice(0, 3).map(({ name }) => name)).toEqual(quickReactions);
  expect(offered.filter(({ picture }) => picture.startsWith(':'))).toEqual([]);
  expect(findEmojis('a', 7)).toHaveLength(7);
});
