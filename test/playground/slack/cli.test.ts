import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApps } from '../../../playground/read-apps.ts';
import { readOptions } from '../../../playground/read-options.ts';
import { connectSlack } from '../../../playground/slack/client/remote.ts';
import { startSlackProcess } from '../../../playground/slack-process.ts';
import { appManifest, quiet } from './slack-fixture.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'));
  const named = (display_name: string, settings: object = {}) =>
    JSON.stringify({
      ...appManifest,
      features: { ...appManifest.features, bot_user: { display_name } },
      settings: { ...appManifest.settings, ...settings },
    });
  const { bot_events } = appManifest.settings.event_subscriptions;
  const at = (request_url: string) => ({ event_subscriptions: { bot_events, request_url } });
  await Promise.all(
    Object.entries({
      'echo.json': named('echo'),
      'http.json': named('weather', at('http://localhost:3999/slack/events')),
      'far.json': named('far', at('https://bot.example/slack/events')),
      'both.json': named('both', { ...at('http://127.0.0.1:3999/'), socket_mode_enabled: true }),
      'broken.json': '{',
      'marked.json': `\uFEFF${named('marked')}`,
      'package.json': '{"name":"my-app","version":"1.0.0"}',
      'empty.json': '',
      'list.json': '[]',
      'wrong.json': '{"settings":{"event_subscriptions":{"bot_events":"all"}}}',
    }).map(([name, content]) => writeFile(join(folder, name), content)),
  );
});

afterAll(() => rm(folder, { recursive: true }));

describe('npm run playground', () => {
  it('runs an app with nothing but what it prints, and ends with Ctrl-C', async () => {
    await using slack = await startSlackProcess(
      ['--manifest', 'echo.json', '--manifest', 'http.json', '--port', '0', '--off', 'rates'],
      folder,
    );
    const [echo = {}, weather = {}] = slack.envs;
    expect(Object.keys(echo)).toEqual([
      'SLACK_API_URL',
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
    ]);
    expect(Object.keys(weather)).not.toContain('SLACK_APP_TOKEN');
    expect(slack.output).toContain('@weather (http.json), over HTTP at http://localhost:3999/');

    const app = new App({
      token: String(echo.SLACK_BOT_TOKEN),
      appToken: String(echo.SLACK_APP_TOKEN),
      socketMode: true,
      clientOptions: { slackApiUrl: String(echo.SLACK_API_URL) },
      logger: quiet,
    });
    app.event('app_mention', async ({ event, say }) => {
      await say({ thread_ts: event.ts, text: `You said: ${event.text}` });
    });
    await app.start();
    const client = connectSlack(slack.url);
    const reply = await client.ask('@dana', '#general', '@echo hello', { settleMs: 50 });
    expect(reply.text).toMatch(/^You said: <@U\w+> hello$/);
    expect((await client.state('@dana')).limits).toMatchObject({ rates: false, scopes: true });
    await app.stop();
    expect(await slack.end()).toBe(0);
  });

  it('says in one sentence that the port is taken, and names the way out', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await expect(startSlackProcess(['--port', String(port)], folder)).rejects.toThrow(
      `Port ${port} is taken; \`--port 0\` takes a free one.\nexit code 1`,
    );
    server.close();
  });

  it('prints its options on request', async () => {
    await expect(startSlackProcess(['--help'], folder)).rejects.toThrow(
      /--manifest[\s\S]*exit code 0/,
    );
  });
});

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(readOptions([])).toEqual({ help: false, port: 4280, manifests: [], urls: [], off: [] });
  });

  it('takes several apps, and limits in one option or several', () => {
    const args = '--manifest a.json --manifest b.json --url socket --off rates,sizes --off scopes';
    expect(readOptions(args.split(' '))).toMatchObject({
      manifests: ['a.json', 'b.json'],
      urls: ['socket'],
      off: ['rates', 'sizes', 'scopes'],
    });
  });

  it.each([
    [['--nonsense'], /^Unknown option '--nonsense'; `--help` lists the options\.$/],
    [['manifest.json'], /^Unexpected argument 'manifest.json'; `--help` lists the options\.$/],
    [['--port'], /^Option '--port <value>' argument missing; `--help` lists the options\.$/],
    [['--port', ''], /^--port takes a port number; got “”\.$/],
    [['--port', '65536'], /^--port takes a port number/],
    [['--port', '1.5'], /^--port takes a port number/],
    [['--url', '127.0.0.1:3000'], /^--url takes an address like/],
    [['--url', 'file:///etc/hosts'], /^--url takes an address like/],
    [['--off', 'rates,speed'], /^--off takes rates, .*; got “speed”\.$/],
    [['--off', ''], /^--off takes rates/],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});

describe('the apps to run', () => {
  it.each([
    ['echo.json', undefined, { mode: 'socket' }],
    ['far.json', undefined, { mode: 'socket' }],
    ['both.json', undefined, { mode: 'socket' }],
    ['http.json', undefined, { mode: 'http', url: 'http://localhost:3999/slack/events' }],
    ['http.json', 'socket', { mode: 'socket' }],
    ['echo.json', 'http://127.0.0.1:1/x', { mode: 'http', url: 'http://127.0.0.1:1/x' }],
  ])('%s with --url %s is reached by %j', async (file, url, delivery) => {
    const [app] = await readApps(folder, [file], url === undefined ? [] : [url]);
    expect(app?.delivery).toEqual(delivery);
  });

  it('are the folder’s own manifest, or else an app that may do everything', async () => {
    expect(await readApps(folder, [], [])).toMatchObject([{ manifest: 'none', file: '' }]);
    const own = await mkdtemp(join(tmpdir(), 'playground-'));
    await writeFile(join(own, 'manifest.json'), JSON.stringify(appManifest));
    expect(await readApps(own, [], [])).toMatchObject([{ file: 'manifest.json' }]);
    await rm(own, { recursive: true });
  });

  it.each([
    ['nowhere.json', 'There is no manifest nowhere.json.'],
    ['broken.json', 'The manifest broken.json is no valid JSON: '],
    ['empty.json', 'The manifest empty.json is no valid JSON: '],
    ['list.json', 'list.json: The app manifest is broken at its top: '],
    ['wrong.json', 'wrong.json: The app manifest is broken at settings.event_subscriptions.bot_'],
    ['package.json', 'package.json is no app manifest: it has no display_information '],
    ['app.yaml', 'app.yaml is YAML; '],
    ['.', 'The manifest . cannot be read: EISDIR.'],
  ])('are refused when the manifest is %s', async (file, sentence) => {
    await expect(readApps(folder, [file], [])).rejects.toThrow(sentence);
  });

  it('may have a byte order mark in their manifests, as some editors write', async () => {
    expect(await readApps(folder, ['marked.json'], [])).toMatchObject([{ file: 'marked.json' }]);
  });

  it('are as many as there are addresses, at least', async () => {
    await expect(readApps(folder, ['echo.json'], ['socket', 'http://127.0.0.1:1'])).rejects.toThrow(
      'There are more --url than apps: “http://127.0.0.1:1” belongs to none.',
    );
  });
});
