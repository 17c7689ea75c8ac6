import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../../../src/log.ts';
import type { Part } from '../../../src/store/threads.ts';
import { fakeSlack } from './fake-slack.ts';
import { pass, refused, startReply } from './start-reply.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  log.level = 'silent';
});
afterEach(() => void vi.useRealTimers());

describe('posts that may have happened', () => {
  it('adopts a message whose answer was lost', async () => {
    const { slack, say, end } = startReply();
    slack.fail('post', 'lost');
    await pass(50);
    say('Seven.');
    const done = end();
    await pass(11_300);
    await done;
    expect(slack.texts()).toEqual(['Seven.']);
    expect(slack.calls.map(({ method, at }) => `${method} ${at}`)).toEqual([
      'post 0',
      'find 11000',
      'update 11100',
    ]);
  });

  it('posts again when it looked twice and nothing is there', async () => {
    const { slack, say, end } = startReply();
    slack.fail('post', refused('ambiguous', 'http_503'));
    say('Seven.');
    const done = end();
    await pass(13_000);
    await done;
    expect(slack.texts()).toEqual(['Seven.']);
    expect(slack.calls.map(({ method, at }) => `${method} ${at}`)).toEqual([
      'post 0',
      'find 1100',
      'find 12000',
      'post 12100',
    ]);
  });

  it('posts again when Slack does not let it look', async () => {
    const { slack, say, end } = startReply();
    slack.fail('post', refused('ambiguous'));
    slack.fail('find', refused('auth', 'missing_scope'), 9);
    say('Seven.');
    const done = end();
    await pass(30_000);
    await done;
    expect(slack.texts()).toEqual(['Seven.']);
  });

  it('tries again at once when Slack was surely not reached', async () => {
    const { slack, say, end } = startReply();
    slack.fail('post', refused('unreachable', 'ECONNREFUSED'), 3);
    say('Seven.');
    const done = end();
    await pass(5_000);
    await done;
    expect(slack.made('find')).toHaveLength(0);
    expect(slack.texts()).toEqual(['Seven.']);
  });

  it('repeats an edit whose answer was lost', async () => {
    const { slack, say, end } = startReply();
    await pass(50);
    say('one');
    await pass(250);
    slack.fail('update', 'lost');
    say(' two');
    const done = end();
    await pass(11_000);
    await done;
    expect(slack.texts()).toEqual(['one two']);
    expect(slack.made('update')).toHaveLength(3);
  });
});

describe('taking over', () => {
  const posted = (ts: string): Part => ({ state: 'posted', ts, since: Date.now() - 20_000 });
  const posting = (): Part => ({ state: 'posting', since: Date.now() - 20_000 });

  it('goes on in the message that is there, and leaves it alone until there is something to show', async () => {
    const slack = fakeSlack();
    const ts = slack.leave('run-1', 0, 'half an ans');
    const { say, end } = startReply({ slack, parts: [[0, posted(ts)]] });
    await pass(5_000);
    expect(slack.calls).toEqual([]);
    say('Seven.');
    await pass(200);
    expect(slack.texts()).toEqual(['Seven.']);
    const done = end();
    await pass(15_000);
    await done;
    expect(slack.made('post')).toEqual([]);
  });

  it('looks for a message that may have been posted before it posts', async () => {
    const slack = fakeSlack();
    slack.leave('run-1', 0, 'Thinking…');
    const { say, end, saved } = startReply({ slack, parts: [[0, posting()]] });
    say('Seven.');
    const done = end();
    await pass(15_000);
    await done;
    expect(slack.texts()).toEqual(['Seven.']);
    expect(slack.made('post')).toEqual([]);
    expect(saved).toEqual(['0 posted 1.000']);
  });

  it('posts when the message never came to be', async () => {
    const { slack, say, end } = startReply({ parts: [[0, posting()]] });
    say('Seven.');
    const done = end();
    await pass(15_000);
    await done;
    expect(slack.texts()).toEqual(['Seven.']);
    expect(slack.made('find')).toHaveLength(1);
  });

  it('deletes the messages of a longer answer, and only at the end', async () => {
    const slack = fakeSlack();
    const parts = [0, 1, 2].map((position): [number, Part] => [
      position,
      posted(slack.leave('run-1', position, `old ${position}`)),
    ]);
    parts.push([3, posting()]);
    slack.leave('run-1', 3, 'old 3');
    const { say, end, saved } = startReply({ slack, parts });
    say('Seven.');
    await pass(2_000);
    expect(slack.texts()).toEqual(['Seven.', 'old 1', 'old 2', 'old 3']);
    const done = end();
    await pass(15_000);
    await done;
    expect(slack.texts()).toEqual(['Seven.']);
    expect(saved).toEqual(['3 posted 4.000', '3 dropped', '2 dropped', '1 dropped']);
  });

  it('writes the end once more when no call of the dead worker can arrive any more', async () => {
    const slack = fakeSlack();
    const ts = slack.leave('run-1', 0, 'half an ans');
    const { say, end } = startReply({ slack, parts: [[0, posted(ts)]] });
    say('Seven.');
    const done = end();
    await pass(1_000);
    const zombie = slack.messages.get(ts);
    if (zombie) zombie.message = { text: 'half an answ', blocks: [] };
    await pass(11_200);
    await done;
    expect(slack.texts()).toEqual(['Seven.']);
  });
});

describe('several messages', () => {
  const words = (count: number) =>
    Array.from({ length: count }, (_, index) => `paragraph${index}`).join('\n\n');

  it('goes on in a next message, in order', async () => {
    const { slack, say, end, saved } = startReply({ markdown: 100 });
    say(words(20));
    const done = end();
    await pass(2_000);
    await done;
    expect(slack.texts().join('\n\n')).toBe(words(20));
    expect(slack.messages.size).toBeGreaterThan(2);
    expect(saved.filter((line) => line.includes('posting')).map((line) => line.charAt(0))).toEqual(
      [...slack.messages.values()].map(({ position }) => String(position)),
    );
  });

  it('edits only the message that changed', async () => {
    const { slack, say } = startReply({ markdown: 100 });
    say(`${words(20)}\n\n`);
    await pass(15_000);
    const before = slack.calls.length;
    say('more');
    await pass(5_000);
    expect(slack.calls.slice(before).map(({ ts }) => ts)).toEqual([
      [...slack.messages.keys()].at(-1),
    ]);
  });
});
