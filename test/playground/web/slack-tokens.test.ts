import { expect, it } from 'vitest';
import type { Channel, Person, Usergroup } from '../../../playground/slack/control-types.ts';
import { toPieces } from '../../../playground/web/src/blocks/slack-tokens.ts';

const mara = { id: 'U1', name: 'mara', real_name: 'Mara' } as Person;
const tomas = { id: 'U2', name: 'tomas', real_name: 'Tomás' } as Person;
const data = { id: 'C1', name: 'data' } as Channel;
const directory = {
  me: mara,
  people: new Map([mara, tomas].map((person) => [person.id, person])),
  channels: new Map([[data.id, data]]),
  usergroups: new Map([
    ['S2', { id: 'S2', handle: 'desk', users: ['U2'] } as Usergroup],
    ['S3', { id: 'S3', handle: 'shop', users: ['U1', 'U2'] } as Usergroup],
  ]),
};

it.each([
  ['', ''],
  ['plain < text > & more', 'text:plain < text > & more'],
  ['<@U1>', 'me:@Mara'],
  ['ask <@U2> now', 'text:ask |mention:@Tomás|text: now'],
  ['<@U9>', 'mention:@U9'],
  ['<@U9|ann>', 'mention:@ann'],
  ['<#C1>', 'mention:#data'],
  ['<!here>', 'me:@here'],
  ['<!subteam^S1|@ops>', 'me:@ops'],
  ['<!subteam^S2|@old-name>', 'mention:@desk'],
  ['<!subteam^S3>', 'me:@shop'],
  ['<!date^1795390200^{date}|November 22>', 'text:November 22'],
  ['<@U1', 'text:<@U1'],
  ['<!doctype html>', 'text:<!doctype html>'],
  ['<script>alert(1)</script>', 'text:<script>alert(1)</script>'],
])('reads %j as %s', (text, expected) => {
  const pieces = toPieces(text, directory).map((piece) => `${piece.kind}:${piece.text}`);
  expect(pieces.join('|')).toBe(expected);
});

it('takes linear time for a text full of beginnings', () => {
  const text = '<@'.repeat(100_000);
  expect(toPieces(text, directory)).toEqual([{ kind: 'text', text }]);
});
