import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { atMost } from '../within.ts';
import { guardedFetch } from './guarded-fetch.ts';
import type { HttpServer, StdioServer } from './source.ts';

/** A way to a server. */
export interface Link {
  transport: Transport;
  /** Says goodbye where that is more than closing. */
  end(): Promise<void>;
  /** Ends the server's process at once, where it is ours. */
  kill(): void;
}

/** A stdio message past this kills the connection, with everything in flight on it; an answer over HTTP itself. */
const maxMessageBytes = 4 * 1024 * 1024;

/** What is told of a link while it lives. */
export interface LinkEvents {
  stderr(chunk: string): void;
  /** An answer that was waited for will not come. */
  broken(error: Error): void;
}

/** Prepares the way to a server; the SDK's client starts it. */
export const toLink = (server: StdioServer | HttpServer, on: LinkEvents): Link =>
  server.type === 'stdio' ? toStdioLink(server, on) : toHttpLink(server, on);

function toStdioLink(
  { command: [program = '', ...args], env, cwd }: StdioServer,
  on: LinkEvents,
): Link {
  const transport = new ChildTransport({
    command: program,
    args,
    env,
    ...(cwd !== undefined && { cwd }),
    stderr: 'pipe',
    maxBufferSize: maxMessageBytes,
  });
  transport.stderr?.on('data', (chunk: Buffer) => on.stderr(chunk.toString()));
  return {
    transport,
    end: async () => {},
    kill: () => transport.kill(),
  };
}

/** The SDK forgets its child when it asks it to end; this one knows it until it has. */
class ChildTransport extends StdioClientTransport {
  #running: number | null = null;

  /** The SDK's client calls what it finds here. Once the child is gone its id may be another process's. */
  override onclose = () => {
    this.#running = null;
  };

  override async start(): Promise<void> {
    await super.start();
    this.#running = this.pid;
  }

  kill(): void {
    if (this.#running !== null) killQuietly(this.#running);
  }
}

function toHttpLink({ url, headers }: HttpServer, on: LinkEvents): Link {
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers },
    fetch: guardedFetch(maxMessageBytes, on.broken),
  });
  return {
    transport: transport as Transport, // differs by an explicit `undefined` alone
    end: () =>
      atMost(
        goodbyeMs,
        transport.terminateSession().catch(() => {}),
      ),
    kill: () => void transport.close(),
  };
}

/** How long a server may take to forget our session, in milliseconds. */
const goodbyeMs = 1_000;

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
