import { createServer, type RequestListener, type Server } from 'node:http';
import { StartError } from './errors.ts';

interface Routes {
  /** The address to listen on; all of this machine's when absent. */
  host?: string | undefined;
  /** What is not well, in words; empty when everything is. Asked for at each `GET /ready`. */
  ready(): Promise<string[]>;
  /** Slack's deliveries over HTTP, mounted at `/slack/events`. */
  slack?: RequestListener;
}

/**
 * The one HTTP server of every role. `GET /health`: the process is up. `GET /ready`: it can do its work.
 *
 * @param port 0 takes a free one
 * @throws StartError when the port is taken
 */
export async function openHttp(
  port: number,
  { host, ready, slack }: Routes,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/slack/events' && request.method === 'POST' && slack)
      return slack(request, response);
    const say = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method !== 'GET') return say(404, { error: 'not found' });
    if (path === '/health') return say(200, { ok: true });
    if (path === '/ready') {
      const problems = await ready().catch(() => ['the check itself failed']);
      return say(problems.length ? 503 : 200, { ok: problems.length === 0, problems });
    }
    return say(404, { error: 'not found' });
  });
  await listen(server, port, host);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Somebody may be connected and silent; a delivery under way needs no longer than this.
        setTimeout(() => server.closeAllConnections(), 3000).unref();
      }),
  };
}

const listen = (server: Server, port: number, host: string | undefined) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new StartError(
          cause.code === 'EADDRINUSE'
            ? `PORT ${port} is taken by another program. Stop it, or set PORT to a free one.`
            : `Cannot listen on PORT ${port} (${cause.code}).`,
          { cause },
        ),
      ),
    );
    server.listen({ port, ...(host && { host }) }, resolve);
  });
