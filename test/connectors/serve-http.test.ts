import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toMcpServer } from '../../src/connectors/mcp-server.ts';
import { type HttpFace, type HttpOptions, serveHttp } from '../../src/connectors/serve-http.ts';
import { log } from '../../src/log.ts';
import { fixture } from '../conformance/fixture-connector.ts';

const token = 'a-token-of-24-characters';
let face: HttpFace;

beforeAll(() => {
  log.level = 'error';
});
afterEach(() => face?.close());

async function serve(options: Partial<HttpOptions> = {}) {
  const open = await fixture.open({});
  const makeServer = () => toMcpServer(fixture, open);
  face = await serveHttp(makeServer, { port: 0, host: '127.0.0.1', ...options });
}

async function connect(headers: Record<string, string> = {}) {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(face.url), {
    requestInit: { headers },
  });
  // The SDK's types predate `exactOptionalPropertyTypes`.
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return client;
}

const hello = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  },
});

/** By hand: `fetch` lets nobody choose the name of the host. */
function post(headers: Record<string, string>, body = hello, path = '/mcp') {
  const { hostname, port } = new URL(face.url);
  const { promise, resolve, reject } = Promise.withResolvers<{ status?: number; body: string }>();
  const sent = request({ host: hostname, port, path, method: 'POST' }, (answer) =>
    text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), reject),
  );
  const usual = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  for (const [name, value] of Object.entries({ ...usual, ...headers })) sent.setHeader(name, value);
  sent.on('error', reject).end(body);
  return promise;
}

it('serves several clients side by side, each with a session of its own', async () => {
  await serve();
  const clients = await Promise.all([connect(), connect(), connect()]);
  const answers = await Promise.all(
    clients.map((client) => client.callTool({ name: 'test_simple_text', arguments: {} })),
  );
  for (const answer of answers)
    expect(answer.structuredContent).toEqual({ text: expect.stringContaining('simple text') });
  await Promise.all(clients.map((client) => client.close()));
});

it('tells of progress while a call goes on', async () => {
  await serve();
  const client = await connect();
  const steps: (string | undefined)[] = [];
  await client.callTool({ name: 'test_tool_with_progress', arguments: {} }, undefined, {
    onprogress: ({ message }) => steps.push(message),
  });
  expect(steps).toEqual(['The first step', 'The second step', 'The third step']);
  await client.close();
});

it('ends the answer to a call that its client cancels', async () => {
  await serve();
  const send = (session: string, message: object) =>
    fetch(face.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-session-id': session,
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
  const client = await connect();
  const session = (client.transport as StreamableHTTPClientTransport).sessionId ?? '';
  const params = { name: 'test_tool_with_progress', arguments: {} };
  const answer = await send(session, { id: 'mine', method: 'tools/call', params });
  await send(session, { method: 'notifications/cancelled', params: { requestId: 'mine' } });
  expect(await answer.text()).not.toContain('result');
  await client.close();
});

it.each(['localhost', '127.0.0.1:80', 'LOCALHOST:1234', '[::1]:1'])(
  'answers to the name %s',
  async (host) => {
    await serve();
    expect(await post({ host })).toMatchObject({ status: 200 });
  },
);

it.each<[string, Record<string, string>, number]>([
  ['a name that points here by DNS', { host: 'evil.example' }, 403],
  ['a name that begins like ours', { host: 'localhost.evil.example:80' }, 403],
  ['a name with a user before it', { host: 'localhost@evil.example' }, 403],
  ['a page from elsewhere', { origin: 'https://evil.example' }, 403],
  ['a page without an origin', { origin: 'null' }, 403],
  ['a session that there is not', { 'mcp-session-id': 'made-up' }, 404],
])('refuses %s', async (_name, headers, status) => {
  await serve();
  const answer = await post({ host: 'localhost', ...headers });
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toMatchObject({ error: { message: expect.any(String) } });
});

it('lets a page of this machine in', async () => {
  await serve();
  const headers = { host: 'localhost', origin: 'http://localhost:6274' };
  expect(await post(headers)).toMatchObject({ status: 200 });
});

it.each([
  ['another path', hello, '/', 404],
  ['half a message', hello.slice(0, 40), '/mcp', 400],
  ['no introduction', '{"jsonrpc":"2.0","id":1,"method":"tools/list"}', '/mcp', 400],
  ['five megabytes', `"${'x'.repeat(5_000_000)}"`, '/mcp', 413],
])('refuses %s and goes on serving', async (_name, body, path, status) => {
  await serve();
  expect((await post({ host: 'localhost' }, body, path)).status).toBe(status);
  const client = await connect();
  expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  await client.close();
});

describe('with a token', () => {
  it('serves who bears it', async () => {
    await serve({ token });
    const client = await connect({ authorization: `Bearer ${token}` });
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    await client.close();
  });

  it.each([
    {},
    { authorization: 'Bearer' },
    { authorization: `Bearer ${token}x` },
    { authorization: `Bearer x${token}` },
    { authorization: token },
  ] as Record<string, string>[])('refuses %j', async (headers) => {
    await serve({ token });
    expect((await post({ host: 'localhost', ...headers })).status).toBe(401);
  });

  it('answers to any name beyond this machine', async () => {
    await serve({ token, host: '0.0.0.0' });
    face = { ...face, url: face.url.replace('0.0.0.0', '127.0.0.1') };
    const headers = { host: 'data.example', authorization: `Bearer ${token}` };
    expect((await post(headers)).status).toBe(200);
    expect((await post({ host: 'data.example' })).status).toBe(401);
  });
});

it.each<[string, Partial<HttpOptions>, string]>([
  ['to listen for others without a token', { host: '0.0.0.0' }, 'MCP_HTTP_TOKEN'],
  ['a token that can be guessed', { token: 'short' }, 'at least 16 characters'],
  [
    'an address of another machine',
    { host: '192.0.2.1', token },
    '192.0.2.1 is no address of this',
  ],
])('refuses %s', async (_name, options, words) => {
  await expect(serve(options)).rejects.toThrow(words);
});

it.each([
  ['::', 'http://[::]:'],
  ['::1', 'http://[::1]:'],
  ['0.0.0.0', 'http://0.0.0.0:'],
])('says where it is when it listens at %s', async (host, address) => {
  await serve({ host, token });
  expect(face.url.startsWith(address)).toBe(true);
});

it('says that a port is taken', async () => {
  await serve();
  const { port } = new URL(face.url);
  const makeServer = () =>
    toMcpServer(fixture, { tools: [], check: async () => [], close: async () => {} });
  const second = serveHttp(makeServer, { port: Number(port), host: '127.0.0.1' });
  await expect(second).rejects.toThrow(`Port ${port} is taken: --http 0 takes a free one.`);
});

it('makes room for a new client when a hundred have come', async () => {
  await serve();
  const clients = [];
  for (let count = 0; count < 101; count += 1) clients.push(await connect());
  await expect(clients[0]?.listTools()).rejects.toThrow('no such session');
  expect((await clients[100]?.listTools())?.tools.length).toBeGreaterThan(0);
  await Promise.all(clients.map((client) => client.close()));
});
