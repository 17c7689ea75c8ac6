import { expect, it } from 'vitest';
import type { Message } from '../../../playground/slack/control-types.ts';
import { toTimeline } from '../../../playground/web/src/conversation/timeline.ts';

const noon = Date.UTC(2026, 10, 22, 12) / 1000;
const said = (after: number, user = 'U1', more: Partial<Message> = {}): Message => ({
  type: 'message',
  channel: 'C1',
  ts: `${noon + after}.000100`,
  team: 'T1',
  user,
  text: '',
  ...more,
});

/** `|` a day's heading, `M` a message with its author, `m` one that follows. */
const drawn = (messages: Message[]) =>
  toTimeline(messages, 'UTC')
    .map((item) => (item.type === 'day' ? '|' : item.follows ? 'm' : 'M'))
    .join('');

it.each<[string, Message[], string]>([
  ['nothing', [], ''],
  ['one message', [said(0)], '|M'],
  ['one go', [said(0), said(60), said(120)], '|Mmm'],
  ['two authors', [said(0), said(1, 'U2'), said(2)], '|MMM'],
  ['a pause of five minutes', [said(0), said(300)], '|MM'],
  ['the next day', [said(0), said(86_400)], '|M|M'],
  ['midnight within one go', [said(43_199), said(43_201)], '|M|M'],
  ['a thread above', [said(0, 'U1', { reply_count: 1 }), said(1)], '|MM'],
  ['something only one sees', [said(0), said(1, 'U1', { ephemeral_to: 'U2' })], '|MM'],
])('draws %s', (_what, messages, expected) => {
  expect(drawn(messages)).toBe(expected);
});
