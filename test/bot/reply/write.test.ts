import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../../../src/log.ts';
import { fakeSlack } from './fake-slack.ts';
import { limited, pass, startReply, tool } from './start-reply.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  log.level = 'silent';
});
afterEach(() => void vi.useRealTimers());

describe('pace', () => {
  it('posts a placeholder before anything is known', async () => {
    const { slack, saved } = startReply();
    await pass(100);
    expect(slack.texts()).toEqual(['Thinking…']);
    expect(slack.calls[0]?.at).toBe(0);
    expect(saved).toEqual(['0 posting -', '0 posted 1.000']);
  });

  it('sends the first words at once, however short ago the placeholder was', async () => {
    const { slack, say } = startReply();
    await pass(150);
    say('Sev');
    await pass(100);
    expect(slack.texts()).toEqual(['Sev']);
  });

  it('sends first words that came during the placeholder right after it', async () => {
    const { slack, say } = startReply();
    await pass(50);
    say('Sev');
    await pass(150);
    expect(slack.texts()).toEqual(['Sev']);
    expect(slack.calls.map(({ at }) => at)).toEqual([0, 100]);
  });

  it('sends first words at once also while a tool waits to be shown', async () => {
    const { slack, say, reply } = startReply();
    await pass(200);
    reply.emit(tool('1'));
    await pass(100);
    say('Sev');
    await pass(100);
    expect(slack.texts()).toEqual(['Sev']);
  });

  it('gathers what comes within a second into one edit, never two calls at once', async () => {
    const { slack, say, end } = startReply();
    for (let tick = 0; tick < 150; tick++) {
      say('abcd');
      await pass(20);
    }
    const done = end();
    await pass(200);
    await done;
    const edits = slack.made('update').map(({ at }) => at);
    for (const [index, at] of edits.slice(0, -1).entries())
      if (index > 0) expect(at - (edits[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect(edits.length).toBeLessThanOrEqual(5);
    expect(slack.mostInFlight()).toBe(1);
    expect(slack.texts()).toEqual(['abcd'.repeat(150)]);
  });

  it('sends the end at once, without a gap', async () => {
    const { slack, say, end } = startReply();
    say('Seven');
    await pass(300);
    say(' orders.');
    const done = end();
    await pass(100);
    await done;
    expect(slack.texts()).toEqual(['Seven orders.']);
  });

  it('sends the end right after the call that is in flight', async () => {
    const { slack, say, end } = startReply();
    await pass(50);
    say('Seven');
    await pass(100);
    say(' orders.');
    const done = end();
    await pass(150);
    await done;
    expect(slack.calls.map(({ at }) => at)).toEqual([0, 100, 200]);
  });

  it('widens the gap as a reply grows old', async () => {
    const { slack, say } = startReply();
    for (let second = 0; second < 60; second += 0.1) {
      say('word ');
      await pass(100);
    }
    const edits = slack.made('update').map(({ at }) => at);
    expect((edits[3] ?? 0) - (edits[2] ?? 0)).toBeLessThan(1_200);
    expect((edits.at(-1) ?? 0) - (edits.at(-2) ?? 0)).toBeGreaterThan(4_500);
    expect(edits.length).toBeLessThan(35);
  });

  it('shows a tool within the second, also in an old reply, and a thought more seldom', async () => {
    const { slack, say, reply } = startReply();
    say('word');
    await pass(60_000);
    reply.emit({ type: 'thinking', step: 2, text: 'Hm' });
    await pass(200);
    const before = slack.calls.length;
    reply.emit({ type: 'thinking', step: 2, text: ' hm' });
    await pass(2_000);
    expect(slack.calls.length).toBe(before);
    reply.emit(tool('1'));
    await pass(200);
    expect(slack.calls.length).toBe(before + 1);
  });

  it('makes no call when nothing visible changed', async () => {
    const { slack, say, reply } = startReply();
    say('Seven');
    await pass(2_000);
    const before = slack.calls.length;
    say('');
    say('\n');
    say('| a');
    reply.emit({ type: 'tool-progress', id: 'unknown', message: '1 %' });
    await pass(10_000);
    expect(slack.calls.length).toBe(before);
  });

  it('never makes the model wait', async () => {
    const slack = fakeSlack(9_000);
    const { say } = startReply({ slack });
    for (let piece = 0; piece < 10_000; piece++) say('abcd ');
    expect(slack.calls.length).toBeLessThanOrEqual(1);
  });
});

describe('the shared budget', () => {
  it('is asked before every call, with what it is for', async () => {
    const { say, end, intents, reply } = startReply();
    await pass(200);
    reply.emit(tool('1'));
    await pass(1_000);
    say('Sev');
    await pass(200);
    const done = end();
    await pass(200);
    await done;
    expect(intents.map(({ method, kind }) => `${method} ${kind}`)).toEqual([
      'chat.postMessage first',
      'chat.update progress',
      'chat.update first',
      'chat.update final',
    ]);
    expect(intents[0]).toMatchObject({
      workspace: 'T1',
      channel: 'C1',
      run: 'run-1',
      lastEditAt: 0,
    });
  });

  it('makes edits wait, and the newest state goes when its turn comes', async () => {
    let busy = true;
    const { slack, say } = startReply({
      grant: ({ kind }) => (busy && kind !== 'final' ? 700 : 0),
    });
    say('one');
    await pass(650);
    say(' two');
    busy = false;
    await pass(400);
    expect(slack.made('post')).toHaveLength(1);
    expect(slack.texts()).toEqual(['one two']);
  });

  it('lets the end overtake an edit that waits', async () => {
    const { slack, say, end } = startReply({
      grant: ({ kind }) => (kind === 'progress' ? 60_000 : 0),
    });
    say('one');
    await pass(500);
    say(' two');
    await pass(2_000);
    expect(slack.texts()).toEqual(['one']);
    const done = end();
    await pass(100);
    await done;
    expect(slack.texts()).toEqual(['one two']);
  });

  it('sends what came while it was asked', async () => {
    const { slack, say } = startReply({ grantDelay: 50 });
    await pass(200);
    say('one');
    await pass(20);
    say(' two');
    await pass(130);
    expect(slack.texts()).toEqual(['one two']);
  });

  it('is asked again at once when the end came meanwhile', async () => {
    const { slack, say, end } = startReply({
      grantDelay: 50,
      grant: ({ kind }) => (kind === 'progress' ? 60_000 : 0),
    });
    await pass(200);
    say('one');
    await pass(1_060);
    say(' two');
    await pass(20);
    const done = end();
    await pass(200);
    await done;
    expect(slack.texts()).toEqual(['one two']);
  });

  it('hears of a 429, and the end waits for it and arrives', async () => {
    const { slack, say, end, coolDowns } = startReply();
    await pass(50);
    say('one');
    await pass(250);
    say(' two');
    slack.fail('update', limited(5_000), 3);
    const done = end();
    await pass(15_500);
    await done;
    expect(coolDowns).toEqual([5_000, 5_000, 5_000]);
    expect(slack.made('update').map(({ at }) => at)).toEqual([100, 300, 5_400, 10_500, 15_600]);
    expect(slack.texts()).toEqual(['one two']);
  });

  it('is not waited for when the store is away and the answer is there', async () => {
    let away = false;
    const { slack, say, end } = startReply({
      grant: () => {
        if (away) throw new Error('redis');
        return 0;
      },
    });
    say('one');
    await pass(300);
    away = true;
    say(' two');
    const done = end();
    await pass(100);
    await done;
    expect(slack.texts()).toEqual(['one two']);
  });
});

it('shows a status beside the composer and clears it at the end', async () => {
  const { slack, say, end } = startReply();
  expect(slack.statuses).toEqual(['is thinking…']);
  say('Seven.');
  const done = end();
  await pass(500);
  await done;
  expect(slack.statuses).toEqual(['is thinking…', '']);
});

it('ends with an honest sentence when nobody said how it ended', async () => {
  const { slack, say, reply } = startReply();
  say('Seven');
  await pass(300);
  const done = reply.finish();
  await pass(300);
  await done;
  expect(slack.texts()).toEqual(['Seven\n\n⚠️ Something went wrong on my side.']);
});
