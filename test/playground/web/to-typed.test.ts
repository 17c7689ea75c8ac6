import { expect, it } from 'vitest';
import type { Channel, Person } from '../../../playground/slack/control-types.ts';
import { typedText } from '../../../playground/slack/messages/typed-text.ts';
import { toTyped } from '../../../playground/web/src/conversation/to-typed.ts';

const people = [{ id: 'U1', name: 'dana' } as Person];
const channels = [{ id: 'C1', name: 'data', kind: 'public' } as Channel];
const directory = {
  people: new Map(people.map((one) => [one.id, one])),
  channels: new Map(channels.map((one) => [one.id, one])),
};

it.each([
  '',
  'plain words',
  'ask @dana about #data',
  '@here and @channel',
  'see https://example.test/?a=1&b=2 there',
  'a < b && c > d &amp; &lt;',
  '<@U1> by hand, <!channel> too',
  '@nobody #nowhere mail@example.test',
])('an edit begins with what was typed: %j', (typed) => {
  expect(toTyped(typedText(typed, { ...directory, usergroups: new Map() }).text, directory)).toBe(
    typed,
  );
});

it.each([
  ['<@U9> and <#C9|gone>', '@U9 and #gone'],
  ['<https://example.test|a label>', 'https://example.test'],
  ['<!subteam^S1|@team>', '@subteam'],
  ['<unclosed', '<unclosed'],
])('%j becomes %j', (text, typed) => {
  expect(toTyped(text, directory)).toBe(typed);
});
