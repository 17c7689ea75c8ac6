import { afterEach, describe, expect, it } from 'vitest';
import {
  brokenConnection,
  type Fault,
  failing,
  rateLimited,
  slow,
} from '../../../playground/stand-in/fault.ts';
import { type StandIn, startStandIn } from '../../../playground/stand-in/start-stand-in.ts';
import { type Api, requestApi } from '../../../src/connectors/api/request-api.ts';

let server: StandIn;

afterEach(() => server[Symbol.asyncDispose]());

async function open(limits: Partial<Api> = {}): Promise<Api> {
  server = await startStandIn(({ path, body }) => ({ status: 200, body: `${path} ${body}` }));
  return { title: 'Wares', origin: server.url, ...limits };
}

const signal = () => new AbortController().signal;

it('gives the answer of the server, whatever its status', async () => {
  const api = await open();
  server.fail({ status: 404, body: 'no such thing' });
  const request = { method: 'GET', path: '/things/1', signal: signal() };
  expect(await requestApi(api, request)).toMatchObject({ status: 404, text: 'no such thing' });
  expect(await requestApi(api, request)).toMatchObject({ status: 200, text: '/things/1 ' });
});

describe('tries again', () => {
  it.each<[string, Fault, string]>([
    ['what was refused for its rate', rateLimited(0), 'GET'],
    ['a write that was refused for its rate', rateLimited(0), 'POST'],
    ['a read that a proxy lost', failing(502), 'GET'],
    ['a read while the server is away', failing(503), 'GET'],
    ['a read whose connection broke', brokenConnection, 'GET'],
    ['a read whose answer was cut', { cutAfter: 2 }, 'GET'],
  ])('%s', async (_name, fault, method) => {
    const api = await open();
    server.fail(fault);
    const answer = await requestApi(api, { method, path: '/a', signal: signal() });
    expect(answer.text).toBe('/a ');
    expect(server.requests).toHaveLength(2);
  });

  it.each<[string, Fault]>([
    ['that a proxy lost', failing(502)],
    ['whose connection broke', { cutAfter: 2 }],
  ])('never a write %s: it may have happened', async (_name, fault) => {
    const api = await open();
    server.fail(fault);
    await requestApi(api, { method: 'POST', path: '/a', signal: signal() }).catch(() => {});
    expect(server.requests).toHaveLength(1);
  });

  it('a POST that says it only reads', async () => {
    const api = await open();
    server.fail(failing(503));
    const request = { method: 'POST', path: '/search', body: 'x', repeatable: true };
    expect(await requestApi(api, { ...request, signal: signal() })).toMatchObject({
      text: '/search x',
    });
  });
});

describe('gives up', () => {
  it.each<[string, Fault, Partial<Api>, RegExp]>([
    [
      'where the wait is longer than a call may take',
      rateLimited(120),
      {},
      /^RATE_LIMITED: .* in 120 s/,
    ],
    [
      'where the server is slow',
      { ...slow(5_000), times: 9 },
      { tryMs: 30, totalMs: 200 },
      /^TIMEOUT: Wares took longer than 0\.03 s/,
    ],
    [
      'where the time of the whole call is over before that of a try',
      slow(5_000),
      { tryMs: 15_000, totalMs: 60 },
      /^TIMEOUT: Wares took longer than 0\.06 s/,
    ],
    [
      'where every connection breaks',
      { ...brokenConnection, times: 9 },
      { totalMs: 300 },
      /^UPSTREAM_ERROR: Wares can't be reached/,
    ],
    [
      'where the answer is larger than allowed',
      { status: 200, body: 'x'.repeat(2_001) },
      { maxBytes: 2_000 },
      /^TOO_LARGE: /,
    ],
    [
      'where it is sent elsewhere',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      {},
      /^UPSTREAM_ERROR: .*elsewhere/,
    ],
  ])('%s', async (_name, fault, limits, message) => {
    const api = await open(limits);
    server.fail(fault);
    const asked = requestApi(api, { method: 'GET', path: '/a', signal: signal() });
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.not.toThrow(/127\.0\.0\.1/);
  });

  it('at once when the caller does', async () => {
    const api = await open();
    server.fail(slow(5_000));
    const caller = new AbortController();
    const asked = requestApi(api, { method: 'GET', path: '/a', signal: caller.signal });
    setTimeout(() => caller.abort(new Error('no longer wanted')), 30);
    await expect(asked).rejects.toThrow('no longer wanted');
    await expect.poll(() => server.requests[0]?.aborted).toBe(true);
  });

  it('in the middle of a wait when the caller does', async () => {
    const api = await open();
    server.fail(rateLimited(20));
    const caller = new AbortController();
    const asked = requestApi(api, { method: 'GET', path: '/a', signal: caller.signal });
    setTimeout(() => caller.abort(new Error('no longer wanted')), 100);
    await expect(asked).rejects.toThrow('no longer wanted');
  });
});

it.each([
  '//other.example/a',
  'http://other.example/a',
  '\\\\other.example/a',
  'a',
  '@other.example/',
])('refuses %j: it may lead elsewhere', async (path) => {
  const api = await open();
  const asked = requestApi(api, { method: 'GET', path, signal: signal() });
  await expect(asked).rejects.toThrow(/^REFUSED: /);
  expect(server.requests).toEqual([]);
});
