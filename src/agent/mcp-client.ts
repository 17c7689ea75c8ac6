import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { type CallToolResult, ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { toProgress } from './progress.ts';

/** How a child is started: the absolute path of a program and its arguments; no shell, only this environment. */
export interface ChildCommand {
  command: string[];
  /** Its own variables. PATH, HOME and the like come on top, nothing else. */
  env: Record<string, string>;
}

/** A tool as an MCP server describes it. */
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
  readonly tools: McpTool[];
  /** @throws ChildGone, ChildTimeout, ChildFault; the signal's reason when it fired. */
  call(name: string, args: Record<string, unknown>, options: CallOptions): Promise<McpResult>;
  /** The text of a resource, or nothing when the server has no such resource. */
  read(uri: string, timeoutMs: number): Promise<string | undefined>;
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

/** The child ended, or was never there. */
export class ChildGone extends Error {
  override name = 'ChildGone';
}

export class ChildTimeout extends Error {
  override name = 'ChildTimeout';
}

/** The child answered the first message with the reason why it does not serve. */
export class ChildRefused extends Error {
  override name = 'ChildRefused';
}

/** The child answered with a protocol error, or with something that is against its own schema. */
export class ChildFault extends Error {
  override name = 'ChildFault';
}

/** A stdio message past this kills the connection, with everything in flight on it. */
const maxMessageBytes = 4 * 1024 * 1024;

/**
 * Starts an MCP server as a child and asks for its tools. All that is known of the MCP SDK stands in this file.
 *
 * @throws ChildRefused when it says why it does not serve; other errors when it can't be started, speaks no MCP, or
 * takes longer than `timeoutMs`.
 */
export async function openMcpChild(
  { command: [program = '', ...args], env }: ChildCommand,
  on: { stderr(chunk: string): void; close(): void },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<McpChild> {
  const transport = new StdioClientTransport({
    command: program,
    args,
    env,
    stderr: 'pipe',
    maxBufferSize: maxMessageBytes,
  });
  transport.stderr?.on('data', (chunk: Buffer) => on.stderr(chunk.toString()));
  const client = new Client({ name: 'connectormcp', version: '1' });
  client.onclose = on.close;

  await client.connect(transport, { timeout: timeoutMs, signal }).catch((error: unknown) => {
    throw error instanceof McpError && error.code === ErrorCode.InternalError
      ? new ChildRefused(error.message.replace(/^MCP error -?\d+: /, ''))
      : error;
  });
  // Asked for each time: once the child is gone its id may be another process's.
  const kill = () => {
    if (transport.pid !== null) killQuietly(transport.pid);
  };
  const tools = await listTools(client, timeoutMs).catch((error: unknown) => {
    kill();
    throw error;
  });

  return {
    tools,
    call: (name, args, options) => call(client, name, args, options),
    async read(uri, timeout) {
      try {
        const { contents } = await client.readResource({ uri }, { timeout });
        const [content] = contents;
        return content && 'text' in content ? content.text : undefined;
      } catch (error) {
        if (error instanceof McpError && missing.has(error.code)) return undefined;
        throw toChildError(error);
      }
    },
    async ping(timeout) {
      await client.ping({ timeout });
    },
    close: () => client.close(),
    kill,
  };
}

/** "No such resource": the old code and the new one; "no resources at all". */
const missing = new Set([-32002, ErrorCode.InvalidParams, ErrorCode.MethodNotFound]);

async function listTools(client: Client, timeout: number): Promise<McpTool[]> {
  const tools: McpTool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 10; page++) {
    const answer = await client.listTools(cursor ? { cursor } : {}, { timeout });
    tools.push(...answer.tools);
    cursor = answer.nextCursor;
    if (!cursor) break;
  }
  return tools;
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
  } catch (error) {
    signal.throwIfAborted();
    throw toChildError(error);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function toChildError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof McpError))
    return message === 'Not connected'
      ? new ChildGone(message, { cause: error })
      : new ChildFault(message, { cause: error });
  if (error.code === ErrorCode.ConnectionClosed) return new ChildGone(message, { cause: error });
  if (error.code === ErrorCode.RequestTimeout) return new ChildTimeout(message, { cause: error });
  return new ChildFault(message, { cause: error });
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
