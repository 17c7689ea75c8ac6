import type { Log } from '../log.ts';
import { ChildGone } from './child-errors.ts';
import { childLog } from './child-log.ts';
import { type McpChild, openMcpChild } from './mcp-client.ts';
import { pause } from './pause.ts';
import type { Source } from './source.ts';
import type { Findings, SourceWatch } from './source-watch.ts';
import type { SourceState, ToolDefinition } from './toolbox.ts';

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
  /** After a server said that its tools have changed, they are listed this much later: it may say so a hundred times. */
  relistMs: number;
  /** Waits before a restart: the first, doubled each time up to the last. */
  backoffMs: [number, number];
}

export const supervisorTimes: SupervisorTimes = {
  startMs: 15_000,
  pingMs: 30_000,
  pingTimeoutMs: 15_000,
  probeMs: 2_000,
  recheckMs: 3_000,
  relistMs: 1_000,
  backoffMs: [500, 30_000],
};

/** One source's server: started, watched, and started anew when it ends. */
export interface Supervisor {
  state(): SourceState;
  /** The tools that may be offered, kept while it is away: a shorter list would cost the prompt cache. */
  tools(): ToolDefinition[];
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

/** Watches over one source. Never throws for what its server does; `state` tells. */
export function supervise(
  source: Source,
  watching: SourceWatch,
  log: Log,
  times: SupervisorTimes,
): Supervisor {
  const { name, title, kind } = source;
  const known = { name, title, ...(kind.type === 'connector' && { connector: kind.name }) };
  const closing = new AbortController();
  const settled = Promise.withResolvers<void>();
  const waiting = new Set<() => void>();
  const stderr = childLog(source, log);

  let state: SourceState = { ...known, state: 'starting' };
  let findings: Findings = { tools: [] };
  let child: McpChild | undefined;
  let checking: Promise<void> | undefined;
  let relisting: NodeJS.Timeout | undefined;
  /** Since it worked last. */
  let lastFailure: string | undefined;

  function become(next: Omit<SourceState, 'name' | 'title' | 'connector'>) {
    const { problem = '' } = next;
    if (state.state !== next.state)
      log.info({ source: name, state: next.state, problem }, 'source');
    state = { ...known, ...next };
  }

  function take(found: Findings) {
    findings = found;
    const { problem, quarantine, warning } = found;
    if (problem) become({ state: 'down', problem });
    else if (quarantine) become({ state: 'quarantined', problem: quarantine });
    else become({ state: 'ready', ...(warning && { warning }) });
  }

  /** One life of the child: from its start to its end. */
  async function live(): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const close = () => {
      // At once, so that a call that lost this child does not get it again.
      child = undefined;
      ended.resolve();
    };
    const events = { stderr, close, toolsChanged };
    const opened = await openMcpChild(source.server, events, times.startMs, closing.signal);
    try {
      findings = await watching.admit(opened);
      child = opened;
      lastFailure = undefined;
      for (const wake of waiting) wake();
      await Promise.race([ended.promise, watch(opened)]);
    } finally {
      child = undefined;
      if (closing.signal.aborted) await opened.close();
      opened.kill();
    }
  }

  function toolsChanged() {
    relisting ??= setTimeout(() => {
      relisting = undefined;
      void check();
    }, times.relistMs).unref();
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
      const found = await watching.ask(asked, findings);
      if (child === asked) take(found);
    } catch (error) {
      if (child !== asked) return;
      if (state.state !== 'down') log.warn({ source: name, err: error }, 'health check failed');
      become({ state: 'down', problem: watching.problemOf(error) ?? `${title} does not answer.` });
    }
  }

  /** With its stack the first time: one that is tried again and again fails the same way for days. */
  function logFailure(error: unknown) {
    const message = error instanceof Error ? error.message : String(error);
    if (message === lastFailure) log.warn({ source: name }, 'connector failed again');
    else log.warn({ source: name, err: error }, 'connector failed');
    lastFailure = message;
  }

  async function keepAlive(): Promise<void> {
    let wait = times.backoffMs[0];
    while (!closing.signal.aborted) {
      const born = Date.now();
      let problem: string | undefined;
      try {
        await live();
      } catch (error) {
        if (!closing.signal.aborted) logFailure(error);
        problem = watching.problemOf(error);
      }
      if (closing.signal.aborted) break;
      problem ??= `The connection to ${title} has ended and is being opened again.`;
      become({ state: 'down', problem });
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
    tools: () => findings.tools,
    digest: () => findings.digest,
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
      clearTimeout(relisting);
      await alive;
    },
  };
}
