import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { start } from './slack-fixture.ts';

it('says that the page is being built, looks again by itself, and then shows it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(root, 'index.html'), '<title>Page</title>');
  const built = Promise.withResolvers<string>();
  await using slack = await start({ webRoot: () => built.promise });
  const waiting = await fetch(slack.url);
  expect([waiting.status, waiting.headers.get('content-type')]).toEqual([
    200,
    'text/html; charset=utf-8',
  ]);
  expect(await waiting.text()).toMatch(/http-equiv="refresh" content="1"[\s\S]*being built/);
  expect((await fetch(`${slack.url}/assets/index.js`)).status).toBe(503);
  expect((await fetch(`${slack.url}/api/api.test`, { method: 'POST' })).status).toBe(200);
  built.resolve(root);
  await built.promise;
  expect(await (await fetch(slack.url)).text()).toBe('<title>Page</title>');
  await rm(root, { recursive: true });
});

it.each([
  ['could not be built', () => Promise.reject(new Error('\x1b[31mNo vite.\x1b[0m')), 'No vite.'],
  ['was not asked for', undefined, 'This Slack look-alike was started without its page.'],
])('says so when the page %s', async (_name, webRoot, sentence) => {
  await using slack = await start({ ...(webRoot && { webRoot }) });
  const response = await fetch(slack.url);
  expect([response.status, await response.text()]).toEqual([404, sentence]);
});
