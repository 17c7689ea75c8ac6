import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openToolbox } from '../../src/agent/mcp-toolbox.ts';
import { memoryOfTools } from '../support/accepted-tools.ts';
import { eventually } from '../support/eventually.ts';

const never = new AbortController().signal;

interface Rpc {
  id?: number;
  method: string;
  params?: { name?: string };
}

type Answer = (request: Rpc, response: ServerResponse, raw: IncomingMessage) => void;

const json = (response: ServerResponse, body: unknown) =>
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
const result = ({ id }: Rpc, value: object) => ({ jsonrpc: '2.0', id, result: value });
const text = (words: string) => ({ content: [{ type: 'text', text: words }] });

/** A server that does all that MCP asks for; `call` answers its tools. */
const working =
  (call: Answer = (rpc, response) => json(response, result(rpc, text('found')))): Answer =>
  (rpc, response, raw) => {
    if (raw.method === 'GET') return response.writeHead(405).end();
    if (rpc.id === undefined) return response.writeHead(202).end();
    if (rpc.method === 'tools/call') return call(rpc, response, raw);
    const answers: Record<string, object> = {
      initialize: {
        protocolVersion: '2025-06-18',
        capabilities: { tools: {} },
        serverInfo: { name: 'x', version: '1' },
      },
      'tools/list': { tools: [{ name: 'look', inputSchema: { type: 'object' } }] },
    };
    return json(response, result(rpc, answers[rpc.method] ?? {}));
  };

/** A server of others over HTTP behind a toolbox; `become` changes how it answers. */
async function start(first: Answer, { path = '/mcp', startMs = 15_000 } = {}) {
  let answer = first;
  const requests: {
    path: string | undefined;
    method: string | undefined;
    token: string | undefined;
  }[] = [];
  const server = createServer(async (request, response) => {
    requests.push({
      path: request.url,
      method: request.method,
      token: request.headers.authorization,
    });
    const body = (await request.toArray()).join('');
    answer(body ? JSON.parse(body) : { method: '' }, response, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const lines: string[] = [];
  const toolbox = await openToolbox({
    sources: [
      {
        name: 'wiki',
        title: 'Wiki',
        kind: { type: 'external', readTools: ['look'] },
        server: {
          type: 'http',
          url: `http://127.0.0.1:${port}${path}`,
          headers: { Authorization: 'Bearer tok-123456' },
        },
      },
    ],
    accepted: async () => memoryOfTools().tools,
    log: pino({ level: 'debug' }, { write: (line) => lines.push(line) }),
    times: { pingMs: 60_000, recheckMs: 20, relistMs: 5, backoffMs: [10, 50], startMs },
    callMs: 5_000,
  });
  onTestFinished(async () => {
    await toolbox.close();
    server.closeAllConnections();
    server.close();
  });
  return {
    requests,
    lines,
    toolbox,
    server,
    become(next: Answer) {
      answer = next;
    },
    state: () => toolbox.sources()[0],
    call: () => toolbox.call({ name: 'wiki__look', args: {}, signal: never }),
  };
}

describe('a server over HTTP', () => {
  it('is asked with its headers, and answers as JSON or as a stream', async () => {
    const at = await start(working());
    expect(at.state()).toEqual({ name: 'wiki', title: 'Wiki', state: 'ready' });
    expect(await at.call()).toMatchObject({ ok: true, content: 'found' });
    at.become(
      working((rpc, response) =>
        response
          .setHeader('content-type', 'text/event-stream')
          .end(`event: message\ndata: ${JSON.stringify(result(rpc, text('streamed')))}\n\n`),
      ),
    );
    expect(await at.call()).toMatchObject({ ok: true, content: 'streamed' });
    expect(new Set(at.requests.map(({ token }) => token))).toEqual(new Set(['Bearer tok-123456']));
  });

  it('that lost our session is greeted anew, and the call is made once more', async () => {
    const at = await start(working());
    let lost = true;
    at.become((rpc, response, raw) => {
      if (rpc.method === 'initialize') lost = false;
      if (lost) response.writeHead(404).end('no such session');
      else working()(rpc, response, raw);
    });
    expect(await at.call()).toMatchObject({ ok: true, content: 'found' });
    expect(at.state()?.state).toBe('ready');
  });

  it('that goes away is down, is taken up when it is back, and a call waits for that', async () => {
    const at = await start(working());
    at.become((_, response) => response.destroy());
    expect(await at.toolbox.test()).toMatchObject([{ state: 'down' }]);
    const waiting = at.call();
    at.become(working());
    expect(await waiting).toMatchObject({ ok: true, content: 'found' });
    await eventually(() => expect(at.state()?.state).toBe('ready'));
  });
});

it.each<[string, string | undefined]>([
  ['that says nothing', undefined],
  ['that streams for ever', ': still here\n\n'],
  ['whose stream could be taken up again', 'retry: 5\nid: 1\ndata:\n\n'],
])('a call that is given up leaves no request open with a server %s', async (_, piece) => {
  let open = 0;
  const at = await start(
    working((_rpc, response) => {
      open += 1;
      response.on('close', () => {
        open -= 1;
      });
      if (piece === undefined) return;
      response.setHeader('content-type', 'text/event-stream');
      const dripping = setInterval(() => response.write(piece), 5);
      response.on('close', () => clearInterval(dripping));
    }),
  );
  const stopped = new AbortController();
  const call = at.toolbox.call({ name: 'wiki__look', args: {}, signal: stopped.signal });
  await eventually(() => expect(open).toBe(1));
  stopped.abort(new Error('stop'));
  await expect(call).rejects.toThrow('stop');
  await eventually(() => expect(open).toBe(0));

  at.become(working());
  expect(await at.call()).toMatchObject({ ok: true, content: 'found' });
  const sent = at.requests.map(({ method }) => method);
  expect(sent.filter((method) => method === 'GET')).toHaveLength(1); // nothing is taken up again
  expect(at.state()?.state).toBe('ready');
});

it('a list without end is read for ten pages, and a tool on the third is found', async () => {
  let pages = 0;
  const at = await start((rpc, response, raw) => {
    if (rpc.method !== 'tools/list') return working()(rpc, response, raw);
    pages += 1;
    const tools = [{ name: pages % 10 === 3 ? 'look' : `page_${pages}`, inputSchema: {} }];
    return json(response, result(rpc, { tools, nextCursor: 'more' }));
  });
  expect(at.toolbox.tools().map(({ name }) => name)).toEqual(['wiki__look']);
  expect(pages).toBe(20); // at the start, and when it was first asked how it is
});

describe('a server over HTTP that is none', () => {
  const html: Answer = (_, response) =>
    response.setHeader('content-type', 'text/html').end('<html>Please sign in</html>');
  it.each<[string, Answer, string]>([
    ['HTML', html, 'It answers with something other than MCP: check url.'],
    [
      'half a JSON',
      (_, response) =>
        response.setHeader('content-type', 'application/json').end('{"jsonrpc":"2.0","id":0,"resu'),
      'It answers with something other than MCP.',
    ],
    [
      'other JSON',
      (_, response) => json(response, { hello: 'world' }),
      'It answers with something other than MCP.',
    ],
    [
      'nothing',
      (_, response) => response.end(),
      'It answers with something other than MCP: check url.',
    ],
    [
      'a cut connection',
      (_, response) => response.destroy(),
      'It can’t be reached: check url, and whether it runs.',
    ],
    [
      '401',
      (_, response) => response.writeHead(401).end('secret words'),
      'It refuses us (HTTP 401): check headers, e.g. Authorization.',
    ],
    [
      '404',
      (_, response) => response.writeHead(404).end(),
      'There is no MCP server at its url (HTTP 404).',
    ],
    ['503', (_, response) => response.writeHead(503).end(), 'It answers with HTTP 503.'],
    [
      'an MCP error',
      (rpc, response) =>
        json(response, {
          jsonrpc: '2.0',
          id: rpc.id,
          error: { code: -32603, message: 'Visit evil.example' },
        }),
      'It answers our greeting with an error.',
    ],
    ['no answer', () => {}, 'It does not answer.'],
    [
      'no answer after the first',
      (rpc, response, raw) => rpc.method === 'initialize' && working()(rpc, response, raw),
      'It does not answer.',
    ],
    [
      '10 MB',
      (_, response) =>
        response.setHeader('content-type', 'application/json').end(`"${'x'.repeat(10_000_000)}"`),
      'Its answer is larger than 4 MB.',
    ],
  ])('is down and says why: %s', async (_, answer, problem) => {
    const at = await start(answer, problem === 'It does not answer.' ? { startMs: 200 } : {});
    expect(at.state()).toMatchObject({ state: 'down', problem });
    expect(JSON.stringify(at.state())).not.toMatch(/127\.0\.0\.1|evil|secret/);
  });

  it('is not followed elsewhere with our token', async () => {
    const at = await start((_, response) =>
      response.writeHead(307, { location: '/elsewhere' }).end(),
    );
    expect(at.state()).toMatchObject({
      state: 'down',
      problem: 'It redirects to another address, which is not followed: put that one into url.',
    });
    expect(new Set(at.requests.map(({ path }) => path))).toEqual(new Set(['/mcp']));
    expect(at.lines.join()).not.toContain('tok-123456');
  });
});

describe('an answer that goes wrong', () => {
  const stream = (response: ServerResponse) =>
    response.setHeader('content-type', 'text/event-stream');
  it.each<[string, Answer, string]>([
    [
      '10 MB of JSON',
      (rpc, response) => json(response, result(rpc, text('x'.repeat(10_000_000)))),
      'TOO_LARGE: the answer of Wiki',
    ],
    [
      '10 MB in one event',
      (rpc, response) =>
        stream(response).end(
          `data: ${JSON.stringify(result(rpc, text('x'.repeat(10_000_000))))}\n\n`,
        ),
      'TOO_LARGE: the answer of Wiki',
    ],
    [
      'a stream that breaks',
      (_, response) => stream(response).write('data: {"jsonrpc"', () => response.destroy()),
      'not available right now',
    ],
    [
      'HTML',
      (_, response) => response.setHeader('content-type', 'text/html').end('<html>'),
      'not available right now',
    ],
    [
      'something that is no result',
      (rpc, response) => json(response, result(rpc, { content: 5 })),
      'can’t be used',
    ],
    [
      'an error of the protocol',
      (rpc, response) =>
        json(response, { jsonrpc: '2.0', id: rpc.id, error: { code: -32000, message: 'x' } }),
      'can’t be used',
    ],
  ])('costs a sentence, and the next call works: %s', async (_, answer, sentence) => {
    const at = await start(working(answer));
    expect(await at.call()).toMatchObject({
      ok: false,
      content: expect.stringContaining(sentence),
    });
    at.become(working());
    await eventually(async () =>
      expect(await at.call()).toMatchObject({ ok: true, content: 'found' }),
    );
  });
});
