import type { Log } from '../log.ts';
import { childLog } from './child-log.ts';
import {
  type ChildCommand,
  ChildGone,
  ChildRefused,
  type McpChild,
  type McpTool,
  openMcpChild,
} from './mcp-client.ts';
import { pause } from './pause.ts';
import { toProblem } from './source-health.ts';
import type { SourceState } from './toolbox.ts';

/** A connector to keep alive. */
export interface ConnectorChild extends ChildCommand {
  /** The name people type: `mysql`. */
  name: string;
  /** The name people read: `MySQL`. */
  title: string;
}

/** Times of supervision, in milliseconds. */
export interface SupervisorTimes {
  /** Longest start of a child. */
  startMs: number;
  pingMs: number;
  /** Longest answer to a ping: a child that computes is not dead yet. */
  pingTimeoutMs: number;
  /** Longest answer to a ping after a call in vain: then whatever else the child is asked waits as well. */
  probeMs: number;
  /** A source that is down is asked again this often. */
  recheckMs: number;
  /** Waits before a restart: the first, doubled each time up to the last. */
  backoffMs: [number, number];
}

export const supervisorTimes: SupervisorTimes = {
  startMs: 15_000,
  pingMs: 30_000,
  pingTimeoutMs: 15_000,
  probeMs: 2_000,
  recheckMs: 3_000,
  backoffMs: [500, 30_000],
};

/** One connector's child: started, watched, and started anew when it ends. */
export interface Supervisor {
  state(): SourceState;
  /** The tools of the child, kept while it is away: a shorter list would cost the prompt cache. */
  tools(): McpTool[];
  /** What the source says of itself; kept while it is away. */
  digest(): string | undefined;
  /** Resolves when it is known whether the source works. */
  settled: Promise<void>;
  /**
   * The running child, waited for at most `waitMs`.
   *
   * @throws ChildGone when there is none by then; the signal's reason when it fired.
   */
  child(waitMs: number, signal: AbortSignal): Promise<McpChild>;
  /** Asks the source something real, and takes over what it says. */
  check(): Promise<void>;
  /** After a call in vain: ends a child that does not answer a ping either, so that a new one is started. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** Watches over one connector. Never throws for what the child does; `state` tells. */
export function supervise(connector: ConnectorChild, log: Log, times: SupervisorTimes): Supervisor {
  const { name, title } = connector;
  const closing = new AbortController();
  const settled = Promise.withResolvers<void>();
  const waiting = new Set<() => void>();
  const stderr = childLog(connector, log);

  let state: SourceState = { name, title, state: 'starting' };
  let tools: McpTool[] = [];
  let digest: string | undefined;
  let digestAt = 0;
  let child: McpChild | undefined;
  let checking: Promise<void> | undefined;

  function become(next: 'ready' | 'down', problem = '') {
    if (state.state !== next) log.info({ source: name, state: next, problem }, 'source');
    state = { name, title, state: next, ...(next === 'down' && { problem }) };
  }

  /** One life of the child: from its start to its end. */
  async function live(): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const close = () => {
      // At once, so that a call that lost this child does not get it again.
      child = undefined;
      ended.resolve();
    };
    const opened = await openMcpChild(connector, { stderr, close }, times.startMs, closing.signal);
    child = opened;
    tools = opened.tools;
    for (const wake of waiting) wake();
    try {
      await Promise.race([ended.promise, watch(opened)]);
    } finally {
      child = undefined;
      if (closing.signal.aborted) await opened.close();
      opened.kill();
    }
  }

  /** Pings the child and asks its source how it is, more often while that is down. Throws when the child hangs. */
  async function watch(opened: McpChild): Promise<void> {
    await check();
    settled.resolve();
    while (child === opened) {
      await pause(state.state === 'down' ? times.recheckMs : times.pingMs, closing.signal);
      if (child !== opened) return;
      await opened.ping(times.pingTimeoutMs);
      await check();
    }
  }

  /** Several callers at once share one question to the source. */
  function check(): Promise<void> {
    checking ??= ask().finally(() => {
      checking = undefined;
    });
    return checking;
  }

  async function probe(): Promise<void> {
    const probed = child;
    try {
      await probed?.ping(times.probeMs);
    } catch (error) {
      if (child !== probed) return;
      log.warn({ source: name, err: error }, 'connector is stuck');
      probed?.kill();
    }
  }

  async function ask(): Promise<void> {
    const asked = child;
    if (!asked) return;
    try {
      const problem = toProblem(await asked.read(`${name}://health`, 10_000));
      if (!problem) await refreshDigest(asked);
      become(problem ? 'down' : 'ready', problem);
    } catch (error) {
      if (child !== asked) return;
      if (state.state !== 'down') log.warn({ source: name, err: error }, 'health check failed');
      become('down', `${title} does not answer.`);
    }
  }

  /** Once an hour at most: every change costs everybody's prompt cache. */
  async function refreshDigest(from: McpChild): Promise<void> {
    if (digest !== undefined && Date.now() - digestAt < 3_600_000) return;
    digestAt = Date.now();
    digest = await from.read(`${name}://digest`, 10_000).catch((error: unknown) => {
      log.warn({ source: name, err: error }, 'digest failed');
      return digest;
    });
  }

  async function keepAlive(): Promise<void> {
    let wait = times.backoffMs[0];
    while (!closing.signal.aborted) {
      const born = Date.now();
      let problem = `${title}’s connector has ended and is being started again.`;
      try {
        await live();
      } catch (error) {
        if (!closing.signal.aborted) log.warn({ source: name, err: error }, 'connector failed');
        if (error instanceof ChildRefused) problem = error.message.slice(0, 500);
      }
      if (closing.signal.aborted) break;
      become('down', problem);
      settled.resolve();
      // Whoever lived long has earned a fresh start.
      wait = Date.now() - born > 60_000 ? times.backoffMs[0] : wait;
      await pause(wait * (0.75 + Math.random() / 2), closing.signal).catch(() => {});
      wait = Math.min(wait * 2, times.backoffMs[1]);
    }
    settled.resolve();
  }

  const alive = keepAlive();
  return {
    state: () => state,
    tools: () => tools,
    digest: () => digest,
    settled: settled.promise,
    async child(waitMs, signal) {
      if (child) return child;
      const woken = Promise.withResolvers<void>();
      waiting.add(woken.resolve);
      await Promise.race([
        woken.promise,
        pause(waitMs, AbortSignal.any([signal, closing.signal])),
      ]).finally(() => waiting.delete(woken.resolve));
      if (!child) throw new ChildGone(`${name} is not running`);
      return child;
    },
    check,
    probe,
    async close() {
      closing.abort(new ChildGone('closing'));
      await alive;
    },
  };
}
