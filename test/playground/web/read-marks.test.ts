import { expect, it } from 'vitest';
import type { Message } from '../../../playground/slack/control-types.ts';
import { later, type Unread, unreadIn } from '../../../playground/web/src/workspace/read-marks.ts';

const said = (ts: string, user: string, text = '', thread_ts?: string): Message => ({
  type: 'message',
  channel: 'C1',
  ts,
  team: 'T1',
  user,
  text,
  ...(thread_ts !== undefined && { thread_ts }),
});

const nothing: Unread = { any: false, count: 0 };

it.each<[string, Message[], Record<string, string>, Unread]>([
  ['nothing in an empty channel', [], { C1: '0' }, nothing],
  ['nothing in a channel never seen before', [said('2', 'U2')], {}, nothing],
  ['what others wrote since', [said('2', 'U2')], { C1: '1' }, { any: true, count: 0 }],
  ['nothing that was read', [said('2', 'U2')], { C1: '2' }, nothing],
  ['not what one wrote oneself', [said('2', 'U1')], { C1: '1' }, nothing],
  ['mentions, counted', [said('2', 'U2', 'hi <@U1>')], { C1: '1' }, { any: true, count: 1 }],
  [
    'mentions of everybody, counted',
    [said('2', 'U2', '<!here> hi')],
    { C1: '1' },
    { any: true, count: 1 },
  ],
  [
    'not what only looks like it',
    [said('2', 'U2', '<!hereby>')],
    { C1: '1' },
    { any: true, count: 0 },
  ],
  ['no replies in threads of others', [said('2', 'U2', '', '1')], { C1: '1' }, nothing],
  [
    'replies in a thread one began',
    [said('1', 'U1', '', '1'), said('2', 'U2', '', '1')],
    { C1: '1' },
    { any: true, count: 0 },
  ],
  [
    'replies in a thread in which one was mentioned',
    [said('1', 'U2', '<@U1>?', '1'), said('2', 'U3', '', '1')],
    { C1: '1' },
    { any: true, count: 0 },
  ],
  [
    'no replies that were read in the thread',
    [said('1', 'U1', '', '1'), said('2', 'U2', '', '1')],
    { C1: '1', 'C1:1': '2' },
    nothing,
  ],
])('counts as unread: %s', (_rule, messages, marks, expected) => {
  expect(unreadIn(messages, { me: 'U1', channel: 'C1', direct: false, marks })).toEqual(expected);
});

it('counts everything in a direct message', () => {
  const options = { me: 'U1', channel: 'C1', direct: true, marks: { C1: '1' } };
  expect(unreadIn([said('2', 'UB'), said('3', 'UB')], options)).toEqual({ any: true, count: 2 });
});

it('takes over what another window has read, and never goes back', () => {
  const mine = { C1: '2', C2: '2' };
  expect(later(mine, { C1: '1', C2: '3', 'C2:1': '3' })).toEqual({ C1: '2', C2: '3', 'C2:1': '3' });
  expect(later(mine, { C1: '1', C2: '2' })).toBe(mine);
});
