import { describe, expect, it } from 'vitest';
import type {
  Delivery,
  Inspection,
  TrafficEntry,
} from '../../../playground/slack/control-types.ts';
import { factsOf } from '../../../playground/web/src/inspector/entry-facts.ts';
import {
  applyInspections,
  type Entry,
  emptyLog,
  mostEntries,
} from '../../../playground/web/src/inspector/inspection-log.ts';
import { filtered, noFilter } from '../../../playground/web/src/inspector/traffic-filter.ts';

const limits = { rates: true, scopes: true, deadlines: true, sizes: true, blocks: true };
const call = (id: number, more: Partial<TrafficEntry> = {}): TrafficEntry => ({
  id,
  app_id: 'A1',
  method: 'chat.update',
  args: { channel: 'C1', text: 'Hello' },
  headers: {},
  at: id,
  ...more,
});
const delivery = (id: number, more: Partial<Delivery> = {}): Delivery => ({
  id,
  app_id: 'A1',
  kind: 'event',
  body: { event: { channel: 'C1', text: 'Hi' } },
  type: 'app_mention',
  createdAt: id,
  attempts: 1,
  retryReasons: [],
  failed: false,
  ...more,
});
const hello = (calls: TrafficEntry[], deliveries: Delivery[]): Inspection => ({
  type: 'hello',
  calls,
  deliveries,
  rates: [],
  limits,
  faults: [],
});
const keys = (entries: Entry[]) => entries.map(({ key }) => key);

describe('what the inspector knows', () => {
  it('begins with what there was, in one time line', () => {
    const log = applyInspections(emptyLog, [hello([call(1), call(5)], [delivery(3)])]);
    expect(keys(log.entries)).toEqual(['call 1', 'delivery 3', 'call 5']);
    expect(log.limits).toEqual(limits);
  });

  it('replaces an entry that went on, in its place, and leaves the others as they are', () => {
    const before = applyInspections(emptyLog, [hello([call(1), call(2)], [])]);
    const answered = call(1, { answeredAt: 9 });
    const after = applyInspections(before, [
      { type: 'call', call: answered },
      { type: 'delivery', delivery: delivery(1) },
    ]);
    expect(keys(after.entries)).toEqual(['call 1', 'call 2', 'delivery 1']);
    expect(after.entries[0]).toMatchObject({ call: answered });
    expect(after.entries[1]).toBe(before.entries[1]);
  });

  it(`keeps the newest ${mostEntries}`, () => {
    const calls = Array.from({ length: mostEntries + 1 }, (_, id) => call(id));
    const log = applyInspections(emptyLog, [hello(calls.slice(0, -1), [])]);
    expect(log.entries).toHaveLength(mostEntries);
    const more = applyInspections(log, [{ type: 'call', call: call(mostEntries) }]);
    expect(more.entries).toHaveLength(mostEntries);
    expect(more.entries[0]?.key).toBe('call 1');
  });

  it('starts over when the stream does', () => {
    const log = applyInspections(emptyLog, [
      { type: 'call', call: call(7) },
      { type: 'faults', faults: [{ id: 'f', method: '*', status: 500 }] },
      hello([call(8)], []),
      { type: 'call', call: call(9) },
    ]);
    expect(keys(log.entries)).toEqual(['call 8', 'call 9']);
    expect(log.faults).toEqual([]);
  });

  it('leaves the traffic as it is when only something else changed', () => {
    const log = applyInspections(emptyLog, [hello([call(1)], [])]);
    const after = applyInspections(log, [
      { type: 'limits', limits: { ...limits, rates: false } },
      { type: 'rates', rates: [] },
    ]);
    expect(after.entries).toBe(log.entries);
    expect(after.limits?.rates).toBe(false);
  });
});

const ofCall = (more: Partial<TrafficEntry>): Entry => ({
  type: 'call',
  key: 'call 1',
  at: 1,
  call: call(1, more),
});
const ofDelivery = (more: Partial<Delivery>): Entry => ({
  type: 'delivery',
  key: 'delivery 1',
  at: 1,
  delivery: delivery(1, more),
});

describe('how it came out', () => {
  it.each<[string, Entry, string, string]>([
    ['a call under way', ofCall({}), 'pending', 'no answer yet'],
    ['a call', ofCall({ answeredAt: 2, status: 200, answer: { ok: true } }), 'ok', 'ok'],
    [
      'a refused call',
      ofCall({ answeredAt: 2, status: 200, answer: { ok: false, error: 'not_in_channel' } }),
      'refused',
      'not_in_channel',
    ],
    ['one call too many', ofCall({ answeredAt: 2, status: 429, answer: {} }), 'limited', '429'],
    ['a broken Slack', ofCall({ answeredAt: 2, status: 503 }), 'failed', '503'],
    ['a lost answer', ofCall({ answeredAt: 2 }), 'failed', 'answer lost'],
    ['an event not yet taken', ofDelivery({}), 'pending', 'no ack yet'],
    ['an event that waits', ofDelivery({ attempts: 0 }), 'pending', 'not delivered yet'],
    ['an event', ofDelivery({ ackedAt: 2 }), 'ok', 'acked'],
    [
      'an event taken at last',
      ofDelivery({ ackedAt: 2, attempts: 2, retryReasons: ['timeout'] }),
      'retried',
      'acked, 2 attempts',
    ],
    [
      'an event on its way again',
      ofDelivery({ attempts: 2, retryReasons: ['timeout'] }),
      'pending',
      '2 attempts, timeout',
    ],
    [
      'an event that nobody took',
      ofDelivery({ attempts: 4, failed: true }),
      'failed',
      'not acked, 4 attempts',
    ],
  ])('%s', (_what, entry, outcome, result) => {
    expect(factsOf(entry)).toMatchObject({ outcome, result });
  });

  it('tells where, what and how long', () => {
    expect(factsOf(ofCall({ at: 10, answeredAt: 12.5, status: 200 }))).toMatchObject({
      name: 'chat.update',
      channel: 'C1',
      words: 'Hello',
      took: 2.5,
    });
    expect(factsOf(ofDelivery({ createdAt: 1, deliveredAt: 3, ackedAt: 4 }))).toMatchObject({
      name: 'app_mention',
      channel: 'C1',
      words: 'Hi',
      took: 1,
    });
    expect(factsOf(ofDelivery({ body: { channel: { id: 'C2' } } })).channel).toBe('C2');
  });
});

describe('the filter', () => {
  const entries = [
    ofCall({ answeredAt: 2, status: 200, answer: { ok: true, ts: '1.5' } }),
    ofCall({ app_id: 'A2', answeredAt: 2, status: 429 }),
    ofDelivery({ ackedAt: 2 }),
    ofDelivery({ kind: 'command', type: '/datasource', failed: true, attempts: 1 }),
    ofCall({}),
  ];
  it.each([
    ['nothing', {}, [0, 1, 2, 3, 4]],
    ['an app', { app_id: 'A2' }, [1]],
    ['calls', { kind: 'call' }, [0, 1, 4]],
    ['commands', { kind: 'command' }, [3]],
    ['problems', { onlyProblems: true }, [1, 3]],
    ['a name, in any case', { text: ' DATASOURCE ' }, [3]],
    ['an error', { text: '429' }, [1]],
    ['a word in a payload', { text: 'hi"' }, [2, 3]],
    ['a word in an answer', { text: '"1.5"' }, [0]],
    ['two things at once', { kind: 'event', onlyProblems: true }, []],
  ] as const)('by %s', (_what, filter, expected) => {
    const shown = filtered(entries, { ...noFilter, ...filter });
    expect(shown.map((entry) => entries.indexOf(entry))).toEqual(expected);
  });
});
