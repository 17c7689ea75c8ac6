import { describe, expect, it } from 'vitest';
import type { Change, Message, State } from '../../../playground/slack/control-types.ts';
import { applyChange } from '../../../playground/web/src/workspace/apply-change.ts';

const message = (ts: string, text = ts): Message => ({
  type: 'message',
  channel: 'C1',
  ts,
  team: 'T1',
  user: 'U1',
  text,
});

const state: State = {
  team: { id: 'T1', name: 'Lanternfield', domain: 'lanternfield' },
  app: { id: 'A1', user: 'UB', bot_id: 'B1', name: 'Connector', online: true },
  me: 'U1',
  people: [],
  channels: [channel('C1'), channel('C2')],
  commands: [],
  messages: { C1: [message('1.000001'), message('3.000001')], C2: [message('2.000001')] },
  statuses: [],
  views: [],
};

function channel(id: string, name = id): State['channels'][number] {
  return { id, name, kind: 'public', topic: '', members: [], external: false, archived: false };
}

const tsOf = (next: State) => next.messages.C1?.map(({ ts }) => ts);

describe('a message', () => {
  it.each([
    ['at the end', '4.000001', ['1.000001', '3.000001', '4.000001']],
    ['at the beginning', '0.500001', ['0.500001', '1.000001', '3.000001']],
    ['in between, when it comes late', '2.000001', ['1.000001', '2.000001', '3.000001']],
    ['in the place of its older version', '3.000001', ['1.000001', '3.000001']],
  ])('goes %s', (_place, ts, expected) => {
    const next = applyChange(state, { type: 'message', message: message(ts, 'new') });
    expect(tsOf(next)).toEqual(expected);
    expect(next.messages.C1?.find((other) => other.ts === ts)?.text).toBe('new');
  });

  it('leaves every other message and channel the same object, so that nothing else is redrawn', () => {
    const next = applyChange(state, { type: 'message', message: message('3.000001', 'edited') });
    expect(next.messages.C1?.[0]).toBe(state.messages.C1?.[0]);
    expect(next.messages.C2).toBe(state.messages.C2);
    expect(next.people).toBe(state.people);
  });

  it('can be the first one in a channel nobody has seen', () => {
    const first = { ...message('1.000001'), channel: 'C9' };
    expect(applyChange(state, { type: 'message', message: first }).messages.C9).toEqual([first]);
  });

  it('goes when it is deleted, and deleting it twice does no harm', () => {
    const change: Change = { type: 'message-deleted', channel: 'C1', ts: '1.000001' };
    const once = applyChange(state, change);
    expect(tsOf(once)).toEqual(['3.000001']);
    expect(tsOf(applyChange(once, change))).toEqual(['3.000001']);
  });
});

describe('a status', () => {
  const status = (text: string): Change => ({
    type: 'status',
    status: { channel: 'C1', thread_ts: '1.000001', status: text, loading_messages: [] },
  });

  it('replaces the one before and an empty one ends it', () => {
    const thinking = applyChange(applyChange(state, status('is reading')), status('is thinking'));
    expect(thinking.statuses.map(({ status }) => status)).toEqual(['is thinking']);
    expect(applyChange(thinking, status('')).statuses).toEqual([]);
  });
});

describe('the rest', () => {
  it('renames a channel in its place and adds a new one at the end', () => {
    const renamed = applyChange(state, { type: 'channel', channel: channel('C1', 'numbers') });
    expect(renamed.channels.map(({ name }) => name)).toEqual(['numbers', 'C2']);
    const added = applyChange(state, { type: 'channel', channel: channel('C3') });
    expect(added.channels.map(({ name }) => name)).toEqual(['C1', 'C2', 'C3']);
  });

  it('knows when the app goes away', () => {
    expect(applyChange(state, { type: 'app-online', online: false }).app.online).toBe(false);
  });

  it('is unchanged by a kind of change that this page does not know', () => {
    expect(applyChange(state, { type: 'later' } as unknown as Change)).toBe(state);
  });
});
