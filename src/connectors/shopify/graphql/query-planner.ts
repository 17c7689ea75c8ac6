import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { extname } from 'node:path';
import { ToolError } from '../../tool-error.ts';
import type { ApiVersion } from '../schema/api-versions.ts';
import type { PlanReply, PlanRequest } from './plan-process.ts';
import type { QueryPlan } from './plan-query.ts';

/** How long the process waits for another query, in milliseconds. */
const idleMs = 60_000;
/** Longest planning, in milliseconds, with the half second in which the process gets ready. */
const patienceMs = 15_000;

/** Plans queries in a process of their own, which begins with the first one and ends after a minute without any. */
export class QueryPlanner {
  readonly #version: ApiVersion;
  readonly #idleMs: number;
  readonly #patienceMs: number;
  readonly #waiting = new Map<number, PromiseWithResolvers<QueryPlan>>();
  #process: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #next = 0;

  constructor(version: ApiVersion, { idle = idleMs, patience = patienceMs } = {}) {
    this.#version = version;
    this.#idleMs = idle;
    this.#patienceMs = patience;
  }

  /** Of the process, while there is one. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** @throws what `planQuery` throws; ToolError `TOO_LARGE` when that takes too long */
  async plan(
    text: string,
    variables: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<QueryPlan> {
    signal.throwIfAborted();
    const id = this.#next++;
    const waiting = Promise.withResolvers<QueryPlan>();
    this.#waiting.set(id, waiting);
    const giveUp = () => waiting.reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    const late = setTimeout(() => this.#end(tooSlow()), this.#patienceMs);
    clearTimeout(this.#idle);
    try {
      this.#process ??= this.#start();
      this.#process.send({ id, text, variables } satisfies PlanRequest);
      return await waiting.promise;
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', giveUp);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#restLater();
    }
  }

  close() {
    clearTimeout(this.#idle);
    this.#end(new ToolError('CANCELLED', 'the connector is closing'));
  }

  #start(): ChildProcess {
    // It is .ts in the checkout and .js in the package.
    const file = new URL(`./plan-process${extname(import.meta.url)}`, import.meta.url);
    const cache = getCompileCacheDir();
    const child = fork(file, [this.#version], {
      env: cache ? { NODE_COMPILE_CACHE: cache } : {}, // and no secret
      execArgv: ['--max-old-space-size=256'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'], // stdout belongs to the protocol
    });
    child.unref();
    child.channel?.unref();
    child.on('message', (reply: PlanReply) => {
      const waiting = this.#waiting.get(reply.id);
      if ('plan' in reply) waiting?.resolve(reply.plan);
      else waiting?.reject(new ForwardedError(reply.refusal));
    });
    for (const event of ['error', 'exit'])
      child.on(event, () => {
        if (this.#process === child) this.#end(broken());
      });
    return child;
  }

  #restLater() {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(tooSlow()), this.#idleMs).unref();
  }

  #end(reason: unknown) {
    const child = this.#process;
    this.#process = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(reason);
    child?.kill('SIGKILL'); // it holds nothing, and may be busy
  }
}

const tooSlow = () =>
  new ToolError('TOO_LARGE', 'reading the query takes too long', {
    try: 'fewer fragments and fields',
  });

const broken = () =>
  new ToolError('UPSTREAM_ERROR', 'the query could not be read', {
    try: 'the same again, or a shorter query',
  });

/** An error of the process with its sentence as it was written there. */
class ForwardedError extends ToolError {
  constructor({ code, message }: Extract<PlanReply, { refusal: unknown }>['refusal']) {
    super(code, message);
    this.message = message;
  }
}
