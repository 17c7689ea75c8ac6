import { describe, expect, it } from 'vitest';
import type { AgentEvent, Sink } from '../src/agent/events.ts';
import type { Person } from '../src/agent/policy.ts';
import { UpstreamError, UserError } from '../src/errors.ts';
import { log } from '../src/log.ts';
import { type Claim, LeaseLost, type Run } from '../src/store/threads.ts';
import { createWorker } from '../src/worker.ts';
import { question } from './support/question.ts';

log.level = 'silent';

const dana: Person = { id: 'U1', name: 'dana', timeZone: 'Europe/Vienna', standing: 'member' };

type Parts = Parameters<typeof createWorker>[0];

/** One waiting question, and a record of what becomes of it. */
function start(given: Partial<Parts> = {}, run: Partial<Run> = {}) {
  const events: AgentEvent[] = [];
  const commits: unknown[][] = [];
  const shutdown = new AbortController();
  let released = 0;
  const waiting: Run[] = [
    {
      id: 'run',
      question: question({ team: 'T1' }),
      startedAt: Date.now(),
      takeovers: 0,
      parts: new Map(),
      turn: [],
      ...run,
    },
  ];
  const claim: Claim = {
    session: 'T1:C1:1',
    fence: 1,
    signal: new AbortController().signal,
    live: () => true,
    begin: async () => waiting[0],
    savePart: async () => {},
    dropPart: async () => {},
    checkpoint: async () => {},
    commit: async (_, messages, outcome) => {
      waiting.shift();
      commits.push([messages, outcome]);
    },
    release: async () => {
      released += 1;
    },
  };
  const sink: Sink = { emit: (event) => events.push(event), finish: async () => {} };
  const work = createWorker({
    threads: { claim: async () => claim, transcript: async () => [] },
    openSink: () => sink,
    answer: async ({ sink }) => {
      sink.emit({ type: 'done', reason: 'answered' });
      return [{ role: 'user', content: 'asked' }];
    },
    directory: {
      person: async () => dana,
      audience: async (channel) => ({ channel, kind: 'public', external: false }),
    },
    history: async () => [],
    sources: () => [{ name: 'jira', title: 'Jira', state: 'ready', connector: 'jira' }],
    preferences: { source: async () => 'auto' },
    shutdown: shutdown.signal,
    log,
    ...given,
  });
  return { work: () => work('T1:C1:1'), events, commits, shutdown, sink, released: () => released };
}

const said = (events: AgentEvent[]) =>
  events.map((event) =>
    'message' in event ? event.message : 'text' in event ? event.text : event.type,
  );

describe('a wake', () => {
  it('answers what waits, commits it, and releases the thread', async () => {
    const { work, commits, released } = start();
    await work();
    expect(commits).toEqual([[[{ role: 'user', content: 'asked' }], undefined]]);
    expect(released()).toBe(1);
  });

  it('answers a mention without a question with some for what is connected', async () => {
    const { work, events } = start({}, { question: question({ team: 'T1', text: '' }) });
    await work();
    expect(said(events)).toEqual([expect.stringContaining('How many open issues'), 'done']);
  });

  it('gives a question up that three workers died on', async () => {
    const { work, events, commits } = start(
      { answer: () => Promise.reject(new Error('never')) },
      { takeovers: 4 },
    );
    await work();
    expect(said(events)).toEqual([expect.stringContaining('give up')]);
    expect(commits).toHaveLength(1);
  });

  it('waits for a Slack that is out for a moment to say who asks', async () => {
    let asked = 0;
    const { work, events } = start({
      directory: {
        async person() {
          asked += 1;
          if (asked === 1) throw new UpstreamError('Slack', 'down');
          return dana;
        },
        audience: async (channel) => ({ channel, kind: 'public', external: false }),
      },
    });
    await work();
    expect(said(events)).toEqual(['done']);
  });

  it('answers nobody whom it may not look up, and says what is missing', async () => {
    const { work, events, commits } = start({
      directory: {
        person: () => Promise.reject(new UserError('The app needs the scopes users:read.')),
        audience: async (channel) => ({ channel, kind: 'public', external: false }),
      },
    });
    await work();
    expect(said(events)).toEqual(['The app needs the scopes users:read.']);
    expect(commits).toHaveLength(1);
  });

  it('answers without the thread’s earlier messages when they cannot be read', async () => {
    const { work, events } = start({ history: () => Promise.reject(new Error('missing_scope')) });
    await work();
    expect(said(events)).toEqual(['done']);
  });

  it('never shows the text of an unforeseen error', async () => {
    const { work, events } = start({
      answer: () => Promise.reject(new Error('password=hush at x.ts:1')),
    });
    await work();
    expect(said(events)).toEqual(['Something went wrong on my side.']);
  });

  it('goes on with the next question when an answer could not be shown', async () => {
    const { work, sink, commits } = start();
    sink.finish = () => Promise.reject(new UpstreamError('Slack', 'undeliverable'));
    await work();
    expect(commits).toHaveLength(1);
  });

  it.each([
    ['the lease is lost', (run: ReturnType<typeof start>) => void run],
    [
      'the process ends',
      (run: ReturnType<typeof start>) => run.shutdown.abort(new Error('ending')),
    ],
  ])('commits nothing when %s, and leaves the run to another worker', async (reason, interrupt) => {
    const run = start({
      answer: async () => {
        interrupt(run);
        throw reason === 'the lease is lost' ? new LeaseLost('gone') : new Error('ending');
      },
    });
    await run.work();
    expect(run.commits).toEqual([]);
    expect(run.released()).toBe(1);
  });

  it('waits for the lease of a worker that may be dead, and leaves the thread to one that renews it', async () => {
    let asked = 0;
    const claim = async () => {
      asked += 1;
      return { heldForMs: 5 };
    };
    const { work, commits } = start({ threads: { claim, transcript: async () => [] } });
    await work();
    expect(asked).toBe(2);
    expect(commits).toEqual([]);
  });
});
