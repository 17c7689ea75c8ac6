import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  type CallToolResult,
  ErrorCode,
  McpError,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { within } from '../within.ts';
import { ChildGone, ChildOverflow, ChildRefused, toChildError } from './child-errors.ts';
import { AnswerTooLarge } from './guarded-fetch.ts';
import { type Link, type LinkEvents, toLink } from './mcp-transport.ts';
import { toProgress } from './progress.ts';
import type { HttpServer, StdioServer } from './source.ts';

/** A tool as an MCP server of ours describes it. */
export interface McpTool {
  name: string;
  description?: string | undefined;
  inputSchema: Record<string, unknown>;
  annotations?: { readOnlyHint?: boolean | undefined } | undefined;
}

/** What a tool gave. */
export type McpResult = CallToolResult;

/** A running MCP server. */
export interface McpChild {
  /** The tools of a server of ours; their results are checked against their schemas from then on. */
  listTools(timeoutMs: number): Promise<McpTool[]>;
  /**
   * The tools of somebody else's server as they come, whatever they are: nothing of theirs is compiled, and one that is
   * wrong hides no other. At most 10 pages.
   */
  listAnyTools(timeoutMs: number): Promise<unknown[]>;
  /** @throws ChildGone, ChildTimeout, ChildFault, ChildOverflow; the signal's reason when it fired. */
  call(name: string, args: Record<string, unknown>, options: CallOptions): Promise<McpResult>;
  /** The text of a resource, or nothing when the server has no such resource. */
  read(uri: string, timeoutMs: number): Promise<string | undefined>;
  /** Any answer will do, also that it knows no pings. */
  ping(timeoutMs: number): Promise<void>;
  /** Asks it to end, and makes it end after a few seconds. */
  close(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

export interface CallOptions {
  signal: AbortSignal;
  /** Told at most once a second, 200 characters at most. */
  onProgress?: ((message: string) => void) | undefined;
  timeoutMs: number;
  /** The limit when progress keeps coming. */
  totalMs: number;
}

/** What is told of a server while it runs. */
export interface ChildEvents extends Pick<LinkEvents, 'stderr'> {
  close(): void;
  /** It says that its tools are no longer those that it listed. */
  toolsChanged(): void;
}

/**
 * Starts or calls an MCP server. All that is known of the SDK's client stands in this file and those it imports.
 *
 * @throws ChildRefused when it says why it does not serve; other errors when it can't be started or reached, speaks no
 * MCP, or takes longer than `timeoutMs`.
 */
export async function openMcpChild(
  server: StdioServer | HttpServer,
  on: ChildEvents,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<McpChild> {
  const child = new Connection(server, on);
  await child.connect(timeoutMs, signal);
  return child;
}

class Connection implements McpChild {
  readonly #client = new Client({ name: 'connectormcp', version: '1' });
  readonly #link: Link;
  readonly #isHttp: boolean;
  /** An answer was larger than what is read. */
  #overflowed = false;
  /** Requests under way whose answers may be large. */
  #inFlight = 0;

  constructor(server: StdioServer | HttpServer, on: ChildEvents) {
    this.#isHttp = server.type === 'http';
    this.#link = toLink(server, {
      stderr: on.stderr,
      broken: (error) => {
        this.#noteOverflow(error);
        void this.#client.close();
      },
    });
    this.#client.onerror = (error) => this.#noteOverflow(error);
    this.#client.onclose = on.close;
    this.#client.setNotificationHandler(ToolListChangedNotificationSchema, on.toolsChanged);
  }

  async connect(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const connected = this.#client.connect(this.#link.transport, { timeout: timeoutMs, signal });
    // The SDK's own limit covers the first answer alone, and over HTTP that is not all there is to wait for.
    await within(timeoutMs + 500, connected).catch((error: unknown) => {
      this.kill();
      throw error instanceof McpError && error.code === ErrorCode.InternalError
        ? new ChildRefused(error.message.replace(/^MCP error -?\d+: /, ''))
        : error;
    });
  }

  listTools(timeoutMs: number): Promise<McpTool[]> {
    return this.#askLarge(() =>
      allPages(timeoutMs, (params, timeout) => this.#client.listTools(params, { timeout })),
    );
  }

  listAnyTools(timeoutMs: number): Promise<unknown[]> {
    return this.#askLarge(() =>
      allPages(timeoutMs, (params, timeout) =>
        this.#client.request({ method: 'tools/list', params }, anyTools, { timeout }),
      ),
    );
  }

  call(name: string, args: Record<string, unknown>, options: CallOptions): Promise<McpResult> {
    return this.#askLarge(() => call(this.#client, name, args, options)).catch((error) => {
      options.signal.throwIfAborted();
      throw error;
    });
  }

  async read(uri: string, timeout: number): Promise<string | undefined> {
    const answer = await this.#ask(() =>
      this.#client.readResource({ uri }, { timeout }).catch(unlessCode(missing)),
    );
    const content = answer?.contents[0];
    return content && 'text' in content ? content.text : undefined;
  }

  async ping(timeout: number): Promise<void> {
    await this.#ask(() => this.#client.ping({ timeout }).catch(unlessCode(unknownMethod)));
  }

  async close(): Promise<void> {
    await this.#link.end();
    await this.#client.close();
  }

  kill(): void {
    this.#link.kill();
  }

  /** One request, its failure as one of our errors. A lost connection is closed, so that it is opened anew. */
  async #ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      const known = toChildError(error, this.#isHttp);
      if (this.#isHttp && known instanceof ChildGone) void this.#client.close();
      throw known;
    }
  }

  /** A request whose answer may be too large. Beside others nobody knows whose it was: then each is asked again. */
  async #askLarge<T>(request: () => Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await this.#ask(request);
    } catch (error) {
      if (error instanceof ChildGone && this.#overflowed && this.#inFlight === 1)
        throw new ChildOverflow(error.message, { cause: error });
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  }

  #noteOverflow(error: Error): void {
    const isFull = error.message.startsWith('ReadBuffer exceeded');
    if (isFull) this.kill(); // or the SDK would wait for it to end by itself
    this.#overflowed ||= isFull || error instanceof AnswerTooLarge;
  }
}

/** "No such resource": the old code and the new one; "no resources at all". */
const missing = [-32002, ErrorCode.InvalidParams, ErrorCode.MethodNotFound];
const unknownMethod = [ErrorCode.MethodNotFound];

/** Takes an error with one of these codes for an answer. */
const unlessCode = (codes: number[]) => (error: unknown) => {
  if (error instanceof McpError && codes.includes(error.code)) return undefined;
  throw error;
};

const anyTools = z.object({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });

const maxPages = 10;

/** Lists page by page, all of them within the time. */
async function allPages<Tool>(
  totalMs: number,
  list: (
    params: { cursor?: string },
    timeoutMs: number,
  ) => Promise<{ tools: Tool[]; nextCursor?: string | undefined }>,
): Promise<Tool[]> {
  const until = performance.now() + totalMs;
  const all: Tool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const left = Math.max(1, until - performance.now());
    const { tools, nextCursor } = await list(cursor ? { cursor } : {}, left);
    for (const tool of tools) all.push(tool); // more than fit into the arguments of one call
    cursor = nextCursor;
    if (!cursor) break;
  }
  return all;
}

async function call(
  client: Client,
  name: string,
  args: Record<string, unknown>,
  { signal, onProgress, timeoutMs, totalMs }: CallOptions,
): Promise<McpResult> {
  signal.throwIfAborted();
  // The SDK never takes its listener off a signal: on the run's own they would pile up and cancel finished calls.
  const own = new AbortController();
  const abort = () => own.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    const result = await client.callTool({ name, arguments: args }, undefined, {
      signal: own.signal,
      timeout: timeoutMs,
      maxTotalTimeout: totalMs,
      resetTimeoutOnProgress: true,
      onprogress: toProgress((message) => onProgress?.(message)),
    });
    return result as McpResult;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
