import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { openHttp } from '../src/http.ts';

const get = (port: number, path: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${port}${path}`, init);

it('says that the process is up, and whether it can do its work', async () => {
  let problems: string[] = [];
  const http = await openHttp(0, { ready: async () => problems });
  expect((await get(http.port, '/health?x=1')).status).toBe(200);
  expect((await get(http.port, '/ready')).status).toBe(200);
  problems = ['not connected to Slack'];
  const ready = await get(http.port, '/ready');
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ ok: false, problems });
  await http.close();
});

it('is not ready when the check itself fails', async () => {
  const http = await openHttp(0, { ready: () => Promise.reject(new Error('hush')) });
  const ready = await get(http.port, '/ready');
  expect(ready.status).toBe(503);
  expect(await ready.text()).not.toContain('hush');
  await http.close();
});

it.each([
  ['GET', '/'],
  ['GET', '/slack/events'],
  ['POST', '/slack/events'],
  ['POST', '/health'],
])('has nothing at %s %s', async (method, path) => {
  const http = await openHttp(0, { ready: async () => [] });
  expect((await get(http.port, path, { method })).status).toBe(404);
  await http.close();
});

it('names PORT when it is taken', async () => {
  const first = await openHttp(0, { ready: async () => [] });
  await expect(openHttp(first.port, { ready: async () => [] })).rejects.toThrow(
    /PORT \d+ is taken/,
  );
  await first.close();
});

it('closes in spite of somebody who is connected and silent', async () => {
  const http = await openHttp(0, { ready: async () => [] });
  const silent = connect(http.port, '127.0.0.1');
  await once(silent, 'connect');
  const gone = once(silent, 'close');
  await http.close();
  await gone;
  expect(silent.destroyed).toBe(true);
});
