import { vi } from 'vitest';
import type { AgentEvent } from '../../../src/agent/events.ts';
import { createGate } from '../../../src/bot/reply/output-gate.ts';
import { slackLimits } from '../../../src/bot/reply/render.ts';
import type { Refusal } from '../../../src/bot/reply/reply-client.ts';
import { openReply } from '../../../src/bot/reply/write.ts';
import { log } from '../../../src/log.ts';
import type { EditIntent } from '../../../src/store/edit-budget.ts';
import type { Part, Run } from '../../../src/store/threads.ts';
import { fakeSlack } from './fake-slack.ts';

/** Lets time pass, in milliseconds. */
export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

export interface Setting {
  parts?: [number, Part][];
  slack?: ReturnType<typeof fakeSlack>;
  grant?: (intent: EditIntent) => number;
  /** How long the budget takes to answer, in milliseconds. */
  grantDelay?: number;
  markdown?: number;
}

/** A reply to a question in a thread, on a Slack in memory, with what the store and the budget were asked. */
export function startReply({
  parts = [],
  slack = fakeSlack(100),
  grant = () => 0,
  grantDelay = 0,
  markdown = 9_500,
}: Setting = {}) {
  const run: Run = {
    id: 'run-1',
    question: {
      session: 'T1:C1:1.0',
      kind: 'mention',
      id: '1.0',
      team: 'T1',
      channel: 'C1',
      thread: '1.0',
      inThread: false,
      user: 'U1',
      text: 'how many?',
      files: [],
      identities: [],
      at: Date.now(),
    },
    startedAt: Date.now(),
    takeovers: parts.length > 0 ? 1 : 0,
    parts: new Map(parts),
    turn: [],
  };
  const controller = new AbortController();
  const saved: string[] = [];
  const coolDowns: number[] = [];
  const intents: EditIntent[] = [];
  const lease = {
    live: true,
    storeFails: undefined as Error | undefined,
    storing: Promise.resolve(),
  };
  const reply = openReply({
    slack: slack.client,
    run,
    claim: {
      signal: controller.signal,
      live: () => lease.live,
      async savePart(_, position, part) {
        if (lease.storeFails) throw lease.storeFails;
        await lease.storing;
        saved.push(`${position} ${part.state} ${part.ts ?? '-'}`);
      },
      async dropPart(_, position) {
        saved.push(`${position} dropped`);
      },
    },
    budget: {
      async grant(intent) {
        intents.push(intent);
        if (grantDelay) await new Promise((resolve) => setTimeout(resolve, grantDelay));
        return { waitMs: grant(intent) };
      },
      async coolDown(_workspace, _method, ms) {
        coolDowns.push(ms);
      },
    },
    gate: createGate({ allowedHosts: [], secrets: [] }),
    log,
    limits: { ...slackLimits, markdown },
  });
  const say = (words: string, step = 1) => reply.emit({ type: 'text', step, text: words });
  const end = (event: AgentEvent = { type: 'done', reason: 'answered' }) => {
    reply.emit(event);
    const done = reply.finish();
    done.catch(() => {});
    return done;
  };
  return { slack, reply, say, end, saved, coolDowns, intents, lease, controller };
}

/** A tool call begins. */
export const tool = (id: string): AgentEvent => ({
  type: 'tool-started',
  step: 1,
  id,
  source: 'MySQL',
  tool: 'q',
  detail: `SELECT ${id}`,
});
/** What Slack may answer. */
export const refused = (
  problem: Exclude<Refusal['problem'], 'ratelimited'>,
  code = 'some_code',
): Refusal => ({ ok: false, problem, code });
/** A 429. */
export const limited = (retryAfterMs: number): Refusal => ({
  ok: false,
  problem: 'ratelimited',
  code: 'ratelimited',
  retryAfterMs,
});
