import type { Log } from '../log.ts';
import { ChildGone, ChildTimeout, type McpChild, type McpTool } from './mcp-client.ts';
import { pause } from './pause.ts';
import {
  type ConnectorChild,
  type Supervisor,
  type SupervisorTimes,
  supervise,
  supervisorTimes,
} from './supervisor.ts';
import { toOutcome } from './tool-outcome.ts';
import type { SourceTest, Toolbox, ToolCall, ToolDefinition, ToolOutcome } from './toolbox.ts';

export interface ToolboxOptions {
  connectors: ConnectorChild[];
  log: Log;
  times?: Partial<SupervisorTimes>;
  /** A call without progress, and a call at all, in milliseconds. */
  callMs?: number;
  callTotalMs?: number;
  /** How long opening waits for the sources; those that are slower join later. */
  openMs?: number;
}

/**
 * Starts one child per connector, side by side, and gives their reading tools as one toolbox.
 *
 * Resolves when each has answered or failed, after 5 s at the latest. A source that does not work is `down`, says why,
 * and is taken up as soon as it works.
 */
export async function openToolbox(options: ToolboxOptions): Promise<Toolbox> {
  const { log, callMs = 30_000, callTotalMs = 120_000, openMs = 5_000 } = options;
  const times = { ...supervisorTimes, ...options.times };
  const sources = options.connectors
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((connector) => ({ name: connector.name, child: supervise(connector, log, times) }));

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
    const tool = child?.tools().find((tool) => tool.name === name);
    // Also for whoever calls past `tools()`: what does not declare that it only reads does not run.
    if (!child || !tool || !readsOnly(tool)) return unknownTool(request.name);
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
    () => sources.flatMap(({ name, child }) => toDefinitions(name, child.tools())).sort(byName),
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

const readsOnly = (tool: McpTool) => tool.annotations?.readOnlyHint === true;

const byName = (a: ToolDefinition, b: ToolDefinition) => (a.name < b.name ? -1 : 1);

/** What a child declares is checked before a model sees it: names the API takes, bounded texts, no doubles. */
function toDefinitions(source: string, tools: McpTool[]): ToolDefinition[] {
  const names = new Set<string>();
  return tools.flatMap((tool) => {
    const name = `${source}__${tool.name}`;
    if (!readsOnly(tool) || !/^[a-zA-Z0-9_-]{1,64}$/.test(name) || names.has(name)) return [];
    names.add(name);
    const description = (tool.description ?? '').slice(0, 1_024).toWellFormed();
    return [{ name, description, inputSchema: tool.inputSchema, source, readOnly: true }];
  });
}

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
      : error instanceof ChildGone
        ? `UPSTREAM_ERROR: ${title} is not available right now. ${problem ?? ''} Try: tell the person so; do not call it again for this question.`
        : `UPSTREAM_ERROR: ${title}’s connector gave an answer that can’t be used. Try: another tool, or other arguments.`;
  return { ok: false, content };
}
