import { expect, it } from 'vitest';
import type { Message } from '../../../playground/slack/control-types.ts';
import { toTimeline } from '../../../playground/web/src/conversation/timeline.ts';

const noon = Date.UTC(2026, 10, 22, 12) / 1000;
const at = (after: number) => `${noon + after}.000100`;
const said = (after: number, user = 'U1', more: Partial<Message> = {}): Message => ({
  type: 'message',
  channel: 'C1',
  ts: at(after),
  team: 'T1',
  user,
  text: '',
  ...more,
});

/** `|` a day's heading, `N` the line above what is new, `M` a message with its author, `m` one that follows. */
const drawn = (messages: Message[], newFrom?: string) =>
  toTimeline(messages, { timeZone: 'UTC', newFrom })
    .map((item) => {
      if (item.type === 'message') return item.follows ? 'm' : 'M';
      return item.type === 'day' ? '|' : 'N';
    })
    .join('');

it('draws a line with their number above the replies of a thread', () => {
  const root = said(0, 'U1', { reply_count: 2 });
  const items = toTimeline([root, said(1), said(2)], { timeZone: 'UTC', thread: root.ts });
  expect(items.map(({ type }) => type)).toEqual([
    'day',
    'message',
    'replies',
    'message',
    'message',
  ]);
  expect(items[2]).toEqual({ type: 'replies', count: 2 });
});

it.each<[string, Message[], string]>([
  ['nothing', [], ''],
  ['one message', [said(0)], '|M'],
  ['one go', [said(0), said(60), said(120)], '|Mmm'],
  ['two authors', [said(0), said(1, 'U2'), said(2)], '|MMM'],
  ['one app under two names', [said(0), said(1, 'U1', { username: 'Bo' })], '|MM'],
  ['a pause just under five minutes', [said(0), said(299)], '|Mm'],
  ['a pause of five minutes', [said(0), said(300)], '|MM'],
  ['the next day', [said(0), said(86_400)], '|M|M'],
  ['midnight within one go', [said(43_199), said(43_201)], '|M|M'],
  ['a thread above', [said(0, 'U1', { reply_count: 1 }), said(1)], '|MM'],
  ['something only one sees', [said(0), said(1, 'U1', { ephemeral_to: 'U2' })], '|MM'],
  ['somebody who joined', [said(0, 'U1', { subtype: 'channel_join' }), said(1)], '|MM'],
  ['a deleted root', [said(0), said(1, 'U1', { subtype: 'tombstone' })], '|MM'],
  ['a reply sent to the channel', [said(0), said(1, 'U1', { subtype: 'thread_broadcast' })], '|MM'],
  ['a time that is none', [said(0), said(Number.NaN)], '|M|M'],
])('draws %s', (_what, messages, expected) => {
  expect(drawn(messages)).toBe(expected);
});

it.each<[string, string, string]>([
  ['the first message', at(0), '|NMmm'],
  ['a later one, which shows its author again', at(60), '|MNMm'],
  ['one that was deleted meanwhile: the next', at(30), '|MNMm'],
  ['what is yet to come', at(999), '|Mmm'],
])('draws the line above %s', (_what, newFrom, expected) => {
  expect(drawn([said(0), said(60), said(120)], newFrom)).toBe(expected);
});
