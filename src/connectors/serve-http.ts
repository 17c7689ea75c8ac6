import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CancelledNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { StartError } from '../errors.ts';

/** Where to listen, and who may come in. */
export interface HttpOptions {
  /** 0 takes a free one. */
  port: number;
  host: string;
  /** Without it nobody beyond this machine is served. */
  token?: string | undefined;
}

/** A served endpoint. */
export interface HttpFace {
  url: string;
  close(): Promise<void>;
}

/** Clients at a time: the one that was silent longest makes room for another. */
const maxSessions = 100;

/** A client that was silent for so long is forgotten, in milliseconds; it then begins anew, as the protocol has it. */
const idleMs = 30 * 60_000;

/** Shortest token, in characters. */
const shortestToken = 16;

interface Session {
  transport: StreamableHTTPServerTransport;
  server: Server;
  usedAt: number;
}

/**
 * Serves MCP over Streamable HTTP at `/mcp`, with a server of its own for each client.
 *
 * Requests by web pages from elsewhere are refused (`Origin`), and so are names that were made to point here (`Host`,
 * DNS rebinding). With a token each request has to bear it.
 *
 * @throws StartError when the port is taken, or strangers could come in.
 */
export async function serveHttp(
  makeServer: () => Server,
  { port, host, token }: HttpOptions,
): Promise<HttpFace> {
  const isLocal = isLoopback(host);
  if (!isLocal && !token)
    throw new StartError(
      `${host} can be reached by others: set MCP_HTTP_TOKEN, which every client then has to send as "Authorization: Bearer …".`,
    );
  if (token !== undefined && token.length < shortestToken)
    throw new StartError(`MCP_HTTP_TOKEN must have at least ${shortestToken} characters.`);
  const sessions = new Map<string, Session>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refuse(request, { isLocal, token });
    if (refusal) return sendError(response, ...refusal);
    const id = request.headers['mcp-session-id'];
    const session = sessions.get(String(id));
    if (session) {
      session.usedAt = Date.now();
      return session.transport.handleRequest(request, response);
    }
    if (id !== undefined) return sendError(response, 404, 'There is no such session: begin anew.');
    const { server, transport } = await openSession();
    await transport.handleRequest(request, response);
    if (!transport.sessionId) await server.close(); // it was no introduction
  }

  /** It is kept once its client has introduced itself. */
  async function openSession(): Promise<Pick<Session, 'server' | 'transport'>> {
    const server = makeServer();
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized(id) {
        makeRoom();
        sessions.set(id, { transport, server, usedAt: Date.now() });
      },
    });
    transport.onclose = () => void sessions.delete(transport.sessionId ?? '');
    // The SDK's types predate `exactOptionalPropertyTypes`.
    await server.connect(transport as Parameters<Server['connect']>[0]);
    endCancelled(transport);
    return { server, transport };
  }

  function makeRoom(): void {
    const byAge = [...sessions.values()].toSorted((a, b) => a.usedAt - b.usedAt);
    const isOld = ({ usedAt }: Session) => usedAt < Date.now() - idleMs;
    const surplus = byAge.slice(0, Math.max(0, byAge.length - maxSessions + 1));
    for (const session of new Set([...byAge.filter(isOld), ...surplus]))
      void session.server.close();
  }

  const http = createServer((request, response) => {
    serve(request, response).catch(() => {
      if (response.headersSent) return response.destroy();
      return sendError(response, 500, 'The connector failed on this request.');
    });
  });
  const address = await listen(http, port, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address}/mcp`,
    async close() {
      await Promise.all([...sessions.values()].map(({ server }) => server.close()));
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A cancelled call is not answered, and the SDK would leave its stream open for as long as the client does. */
function endCancelled(transport: StreamableHTTPServerTransport): void {
  const { onmessage } = transport;
  transport.onmessage = (message, extra) => {
    onmessage?.(message, extra);
    const { data } = CancelledNotificationSchema.safeParse(message);
    if (data?.params.requestId !== undefined) transport.closeSSEStream(data.params.requestId);
  };
}

async function listen(http: ReturnType<typeof createServer>, port: number, host: string) {
  try {
    http.listen(port, host);
    await once(http, 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new StartError(`${host} is no address of this machine: see --host.`, { cause });
    const why = code === 'EADDRINUSE' ? 'is taken' : `can't be used (${code})`;
    throw new StartError(`Port ${port} ${why}: --http 0 takes a free one.`, { cause });
  }
  const address = http.address();
  return typeof address === 'object' ? address?.port : port;
}

type Refusal = [status: number, message: string];

/** Why a request is not served, if it is not. */
function refuse(
  { url = '', headers }: IncomingMessage,
  { isLocal, token }: { isLocal: boolean; token: string | undefined },
): Refusal | undefined {
  const { origin, host = '', authorization = '' } = headers;
  if (origin !== undefined && !isLoopback(URL.parse(origin)?.hostname))
    return [403, 'Web pages from elsewhere are not served.'];
  // Who bears the token was told of this address by somebody: there any name will do.
  if (isLocal && !isLoopback(URL.parse(`http://${host}`)?.hostname))
    return [403, 'This name does not belong to this machine.'];
  if (token !== undefined && !isSame(authorization, `Bearer ${token}`))
    return [401, 'The token is missing or wrong: send "Authorization: Bearer …".'];
  if (url.split('?')[0] !== '/mcp') return [404, 'MCP is served at /mcp.'];
  return;
}

const isLoopback = (host: string | undefined) =>
  host !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/** In the same time, however much of it is right. */
function isSame(given: string, right: string): boolean {
  const [a, b] = [given, right].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** As the transport words its own errors. */
function sendError(response: ServerResponse, status: number, message: string): void {
  const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }));
}
