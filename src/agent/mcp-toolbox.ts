import type { Log } from '../log.ts';
import type { AcceptedTools } from '../store/accepted-tools.ts';
import { ChildGone, ChildOverflow, ChildTimeout } from './child-errors.ts';
import type { McpChild } from './mcp-client.ts';
import { pause } from './pause.ts';
import type { Source } from './source.ts';
import { type Supervisor, type SupervisorTimes, supervise, supervisorTimes } from './supervisor.ts';
import { toOutcome } from './tool-outcome.ts';
import type { SourceTest, Toolbox, ToolCall, ToolDefinition, ToolOutcome } from './toolbox.ts';
import { watchConnector } from './watch-connector.ts';
import { watchExternal } from './watch-external.ts';

export interface ToolboxOptions {
  sources: Source[];
  /** What was accepted of other people's servers; needed where there are any. */
  accepted?: () => Promise<AcceptedTools>;
  log: Log;
  times?: Partial<SupervisorTimes>;
  /** A call without progress, and a call at all, in milliseconds. */
  callMs?: number;
  callTotalMs?: number;
  /** How long opening waits for the sources; those that are slower join later. */
  openMs?: number;
}

/**
 * Starts or calls each source's server, side by side, and gives the tools that only read as one toolbox.
 *
 * Resolves when each has answered or failed, after 5 s at the latest. A source that does not work is `down`, says why,
 * and is taken up as soon as it works.
 */
export async function openToolbox(options: ToolboxOptions): Promise<Toolbox> {
  const { log, callMs = 30_000, callTotalMs = 120_000, openMs = 5_000 } = options;
  const times = { ...supervisorTimes, ...options.times };
  const sources = options.sources
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((source) => ({
      name: source.name,
      child: supervise(source, toWatch(source, options), log, times),
    }));

  const opened = new AbortController();
  await Promise.race([
    Promise.all(sources.map(({ child }) => child.settled)),
    pause(openMs, opened.signal).catch(() => {}),
  ]);
  opened.abort();

  async function call(request: ToolCall): Promise<ToolOutcome> {
    request.signal.throwIfAborted();
    const [source = '', name = ''] = split(request.name);
    const child = sources.find((each) => each.name === source)?.child;
    // Also for whoever calls past `tools()`: what is not known to only read does not run.
    if (!child?.tools().some((tool) => tool.name === request.name))
      return unknownTool(request.name);
    try {
      const result = await once(
        child,
        (running) =>
          running.call(name, request.args, {
            signal: request.signal,
            onProgress: request.onProgress,
            timeoutMs: callMs,
            totalMs: callTotalMs,
          }),
        request.signal,
      );
      const outcome = toOutcome(result);
      // The next question should be told the truth about this source.
      if (isDown(outcome) || child.state().state === 'down') void child.check();
      return outcome;
    } catch (error) {
      request.signal.throwIfAborted();
      log.warn({ source, tool: name, err: error }, 'tool call failed');
      if (error instanceof ChildTimeout) void child.probe();
      return toFailure(error, child);
    }
  }

  async function test({ child }: { child: Supervisor }): Promise<SourceTest> {
    const started = performance.now();
    await child.check();
    return { ...child.state(), ms: Math.round(performance.now() - started) };
  }

  const definitions = stable(
    () => sources.map(({ child }) => child.tools()),
    () => sources.flatMap(({ child }) => child.tools()).sort(byName),
  );
  return {
    sources: () => sources.map(({ child }) => child.state()),
    tools: definitions,
    async digests() {
      return sources.flatMap(({ name, child }) => {
        const text = child.digest();
        return text ? [{ source: name, text }] : [];
      });
    },
    call,
    test: (source) =>
      Promise.all(sources.filter(({ name }) => !source || name === source).map(test)),
    async close() {
      await Promise.all(sources.map(({ child }) => child.close()));
    },
  };
}

function toWatch(source: Source, { accepted, log }: ToolboxOptions) {
  const { kind } = source;
  if (kind.type === 'connector') return watchConnector(source, kind.name, log);
  if (!accepted) throw new TypeError('a server of others needs a memory of what was accepted');
  return watchExternal(source, kind.readTools, accepted, log);
}

/** A read that lost its child is made once more on the next one. */
async function once<T>(
  source: Supervisor,
  work: (child: McpChild) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const child = await source.child(waitForChildMs, signal);
  try {
    return await work(child);
  } catch (error) {
    if (!(error instanceof ChildGone)) throw error;
    return work(await source.child(waitForChildMs, signal));
  }
}

const waitForChildMs = 3_000;

const split = (name: string) => {
  const at = name.indexOf('__');
  return at < 0 ? [name] : [name.slice(0, at), name.slice(at + 2)];
};

const isDown = ({ ok, content }: ToolOutcome) =>
  !ok && /^(UPSTREAM_ERROR|AUTH_FAILED)/.test(content);

const byName = (a: ToolDefinition, b: ToolDefinition) => (a.name < b.name ? -1 : 1);

/** Gives the same array as long as its content is the same; a restarted child declares its tools anew. */
function stable<S, T>(sources: () => S[], make: () => T[]): () => T[] {
  let seen: S[] | undefined;
  let made: T[] = [];
  return () => {
    const now = sources();
    if (seen?.every((each, index) => each === now[index])) return made;
    seen = now;
    const next = make();
    if (JSON.stringify(next) !== JSON.stringify(made)) made = next;
    return made;
  };
}

const unknownTool = (name: string): ToolOutcome => ({
  ok: false,
  content: `NOT_FOUND: there is no tool "${name.slice(0, 64)}". Try: one of the tools you were given.`,
});

/** What a call that got no answer means, for the model to pass on; never the raw error. */
function toFailure(error: unknown, source: Supervisor): ToolOutcome {
  const { title, problem } = source.state();
  const content =
    error instanceof ChildTimeout
      ? `TIMEOUT: ${title} took too long. Try: a smaller part, a narrower filter, or an aggregate.`
      : error instanceof ChildOverflow
        ? `TOO_LARGE: the answer of ${title} is larger than what is read. Try: a smaller part, a narrower filter, or an aggregate.`
        : error instanceof ChildGone
          ? `UPSTREAM_ERROR: ${title} is not available right now. ${problem ?? ''} Try: tell the person so; do not call it again for this question.`
          : `UPSTREAM_ERROR: ${title}’s connector gave an answer that can’t be used. Try: another tool, or other arguments.`;
  return { ok: false, content };
}
