import { expect, it } from 'vitest';
import {
  failing,
  halfJson,
  rateLimited,
  slow,
  webPage,
} from '../../../playground/stand-in/fault.ts';
import { startStandIn } from '../../../playground/stand-in/start-stand-in.ts';

const echo = () =>
  startStandIn(({ method, path, query, body }) => ({
    status: 200,
    body: `${method} ${path} ${query.get('q')} ${body}`,
  }));

it('hands a request on and remembers it', async () => {
  await using server = await echo();
  const response = await fetch(`${server.url}/a%2Fb?q=1`, { method: 'POST', body: 'ü' });
  expect(await response.text()).toBe('POST /a%2Fb 1 ü');
  expect(server.requests).toMatchObject([{ method: 'POST', path: '/a%2Fb', status: 200 }]);
});

it('fails as often as it was told, then is well again', async () => {
  await using server = await echo();
  server.fail({ ...rateLimited(7), times: 2 });
  const first = await fetch(server.url);
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
  expect((await fetch(server.url)).status).toBe(429);
  expect((await fetch(server.url)).status).toBe(200);
});

it('fails for the requests that were meant alone', async () => {
  await using server = await echo();
  server.fail({ ...failing(503), when: ({ path }) => path === '/b' });
  expect((await fetch(`${server.url}/a`)).status).toBe(200);
  expect((await fetch(`${server.url}/b`)).status).toBe(503);
});

it('gives a web page, half some JSON, or half the right answer', async () => {
  await using server = await echo();
  server.fail(webPage);
  server.fail(halfJson);
  server.fail({ cutAfter: 3 });
  expect(await (await fetch(server.url)).text()).toContain('Sign in');
  await expect((await fetch(server.url)).json()).rejects.toThrow(SyntaxError);
  await expect(fetch(server.url).then((response) => response.text())).rejects.toThrow('terminated');
});

it('is slow, and notices who does not wait', async () => {
  await using server = await echo();
  server.fail(slow(60_000));
  await expect(fetch(server.url, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  await expect.poll(() => server.requests[0]?.aborted).toBe(true);
});

it('sends no more of a stream than is read', async () => {
  let pulled = 0;
  async function* endless() {
    for (;;) {
      pulled += 1;
      yield new Uint8Array(64 * 1024);
    }
  }
  await using server = await startStandIn(() => ({ status: 200, body: endless() }));
  const { body } = await fetch(server.url);
  await body?.cancel();
  await expect.poll(() => server.requests[0]?.aborted).toBe(true);
  expect(pulled).toBeLessThan(1_000);
});

it('leaves no listener behind each time that a reader is slow', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  const chunks = Array.from({ length: 64 }, () => new Uint8Array(256 * 1024));
  await using server = await startStandIn(() => ({ status: 200, body: stream(chunks) }));
  const response = await fetch(server.url);
  expect((await response.arrayBuffer()).byteLength).toBe(16 * 1024 * 1024);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

async function* stream(chunks: Uint8Array[]) {
  yield* chunks;
}
