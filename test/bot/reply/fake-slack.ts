import type { SlackMessage } from '../../../src/bot/reply/render.ts';
import type { CallResult, Refusal, ReplyClient } from '../../../src/bot/reply/reply-client.ts';

type Method = 'post' | 'update' | 'remove' | 'find';

interface Call {
  method: Method;
  /** Milliseconds since the fake was made. */
  at: number;
  endedAt?: number;
  text: string;
  ts?: string;
  /** For how many calls it was the only one; more than 1 is a fault of the writer. */
  inFlight: number;
}

/** What goes wrong with one call. `lost`: it happened, and its answer never came. */
type Fault = Refusal | 'lost';

/** A Slack in memory: each call takes `delay` and is applied at its end. Time is the test's (fake timers). */
export function fakeSlack(delay = 100) {
  const startedAt = Date.now();
  const now = () => Date.now() - startedAt;
  const messages = new Map<string, { message: SlackMessage; run: string; position: number }>();
  const calls: Call[] = [];
  const statuses: string[] = [];
  const faults: { method: Method; fault: Fault }[] = [];
  let inFlight = 0;
  let posted = 0;

  async function call<T extends object>(
    method: Method,
    text: string,
    apply: () => CallResult<T>,
    ts?: string,
  ): Promise<CallResult<T>> {
    const entry: Call = { method, at: now(), text, inFlight: ++inFlight, ...(ts && { ts }) };
    calls.push(entry);
    const at = faults.findIndex((candidate) => candidate.method === method);
    const fault = faults.splice(at, at < 0 ? 0 : 1)[0]?.fault;
    await new Promise((resolve) => setTimeout(resolve, delay));
    const result = typeof fault === 'object' ? fault : apply();
    if (fault === 'lost')
      await new Promise((resolve) => setTimeout(resolve, client.timeoutMs - delay));
    entry.endedAt = now();
    inFlight--;
    return fault === 'lost' ? { ok: false, problem: 'ambiguous', code: 'timeout' } : result;
  }

  const gone: Refusal = { ok: false, problem: 'gone', code: 'message_not_found' };

  const client: ReplyClient = {
    timeoutMs: 10_000,
    post: (_, message, { run, position }) =>
      call('post', message.text, () => {
        const ts = `${++posted}.000`;
        messages.set(ts, { message, run, position });
        return { ok: true, ts };
      }),
    update: (_, ts, message) =>
      call(
        'update',
        message.text,
        () => {
          const known = messages.get(ts);
          if (!known) return gone;
          messages.set(ts, { ...known, message });
          return { ok: true };
        },
        ts,
      ),
    remove: (_, ts) => call('remove', '', () => (messages.delete(ts) ? { ok: true } : gone), ts),
    find: (_, mark) =>
      call('find', '', () => ({
        ok: true,
        found: [...messages]
          .filter(([, { run, position }]) => run === mark.run && position === mark.position)
          .map(([ts]) => ts),
      })),
    async setStatus(_, status) {
      statuses.push(status);
    },
  };

  return {
    client,
    calls,
    statuses,
    messages,
    /** What people read, message by message. */
    texts: () => [...messages.values()].map(({ message }) => message.text),
    /** The next call of this method goes wrong so; several are used up in order. */
    fail(method: Method, fault: Fault, times = 1) {
      for (let count = 0; count < times; count++) faults.push({ method, fault });
    },
    /** From now on nothing goes wrong. */
    heal() {
      faults.length = 0;
    },
    /** A message of a worker that died. */
    leave(run: string, position: number, text: string): string {
      const ts = `${++posted}.000`;
      messages.set(ts, { message: { text, blocks: [] }, run, position });
      return ts;
    },
    made: (method: Method) => calls.filter((made) => made.method === method),
    mostInFlight: () => Math.max(0, ...calls.map((made) => made.inFlight)),
  };
}
