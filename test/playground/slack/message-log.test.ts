import { describe, expect, it } from 'vitest';
import type { Message } from '../../../playground/slack/control-types.ts';
import { MessageLog } from '../../../playground/slack/messages/message-log.ts';
import { Workspace } from '../../../playground/slack/workspace/workspace.ts';

const message = (ts: string, more: Partial<Message> = {}): Message => ({
  type: 'message',
  channel: 'C0DATA',
  ts,
  team: 'T0ACMEGOODS',
  user: 'U0DANA',
  text: ts,
  ...more,
});
const reply = (ts: string, thread_ts: string, user = 'U0DANA') => message(ts, { thread_ts, user });

/** A log of these messages; `3>1` is a reply to 1. */
function logOf(limit: number, ...all: string[]): MessageLog {
  const log = new MessageLog(limit);
  for (const one of all) {
    const [ts = '', root] = one.split('>');
    log.add(root ? reply(ts, root) : message(ts));
  }
  return log;
}

const tsOf = (log: MessageLog) => log.list().map(({ ts }) => ts);

/** Every root counts exactly the replies that are there. */
function expectTrueCounts(log: MessageLog): void {
  for (const { ts, thread_ts, reply_count, latest_reply } of log.list()) {
    if (thread_ts && thread_ts !== ts) continue;
    const replies = log.list().filter((one) => one.thread_ts === ts && one.ts !== ts);
    expect([ts, reply_count, latest_reply]).toEqual([
      ts,
      replies.length || undefined,
      replies.at(-1)?.ts,
    ]);
    expect(log.thread(ts).map((one) => one.ts)).toEqual([ts, ...replies.map((one) => one.ts)]);
  }
}

describe('a log that is full', () => {
  it.each([
    ['loses the oldest', ['1', '2', '3', '4'], ['2', '3', '4']],
    ['keeps a thread that goes on', ['1', '2', '3', '4>1'], ['1', '3', '4']],
    ['takes a quiet thread from its first reply', ['1', '2>1', '3', '4'], ['1', '3', '4']],
    ['and its root last', ['1', '2>1', '3', '4', '5'], ['3', '4', '5']],
    ['keeps the root of its only thread', ['1', '2>1', '3>1', '4>1', '5>1'], ['1', '4', '5']],
  ])('%s', (_name, all, left) => {
    const log = logOf(3, ...all);
    expect(tsOf(log)).toEqual(left);
    expectTrueCounts(log);
  });

  it('tells what is gone and whose counts have changed', () => {
    const log = logOf(3, '1', '2>1', '3');
    const { dropped, changed } = log.add(message('4'));
    expect(dropped.map(({ ts }) => ts)).toEqual(['2']);
    expect(changed).toMatchObject([{ ts: '1' }]);
    expect(changed[0]).not.toHaveProperty('reply_count');
  });

  it('counts right after any mixture of posts and removals', () => {
    const log = new MessageLog(20);
    for (let ts = 1; ts <= 500; ts += 1) {
      const roots = log.list().filter(({ thread_ts, ts: own }) => !thread_ts || thread_ts === own);
      const root = ts % 3 === 0 ? undefined : roots[(ts * 7) % (roots.length || 1)];
      log.add(root ? reply(String(ts), root.ts, `U${ts % 4}`) : message(String(ts)));
      if (ts % 11 === 0)
        log.remove(String(log.list().find((one) => one.reply_count === undefined)?.ts));
    }
    expect(log.list().length).toBeLessThanOrEqual(20);
    expectTrueCounts(log);
  });
});

describe('a thread', () => {
  it('names each author once, as long as something of theirs is there', () => {
    const log = logOf(10, '1');
    log.add(reply('2', '1', 'U0LUIS'));
    log.add(reply('3', '1', 'U0MEI'));
    log.add(reply('4', '1', 'U0LUIS'));
    expect(log.get('1')?.reply_users).toEqual(['U0LUIS', 'U0MEI']);
    log.remove('3');
    expect(log.get('1')).toMatchObject({ reply_users: ['U0LUIS'], reply_count: 2 });
    log.remove('4');
    expect(log.get('1')).toMatchObject({ reply_count: 1, latest_reply: '2' });
  });

  it('does not count what only one person sees', () => {
    const log = logOf(10, '1');
    log.add({ ...reply('2', '1'), ephemeral_to: 'U0DANA' });
    expect(log.get('1')?.reply_count).toBeUndefined();
    expect(log.thread('1')).toHaveLength(1);
  });
});

describe('the workspace', () => {
  it('keeps 5,000 messages of a channel and tells of the ones that go', () => {
    const workspace = new Workspace();
    const gone: string[] = [];
    workspace.onChange((change) => {
      if (change.type === 'message-deleted') gone.push(change.ts);
    });
    const post = (text: string) => workspace.post({ channel: 'C0DATA', user: 'U0DANA', text });
    const { ts } = post('the first');
    for (let i = 1; i < 5_000; i += 1) post('x');
    expect([workspace.messages('C0DATA').length, gone]).toEqual([5_000, []]);
    post('one too many');
    expect([workspace.messages('C0DATA').length, gone]).toEqual([5_000, [ts]]);
  });
});
