import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { appManifest, quiet, start } from './slack-fixture.ts';

type Heard = { app: string; type: string; text: string };

let slack: Slack;
let heard: Heard[] = [];
let apps: App[] = [];

const named = (display_name: string, command: string) => ({
  ...appManifest,
  features: {
    ...appManifest.features,
    bot_user: { display_name },
    slash_commands: [{ command, description: 'Its own command' }],
  },
});

/** Keeps what an app hears; it answers mentions, its command and its button. */
function listen(name: string, app: App): App {
  const keep = (type: string, text = '') => heard.push({ app: name, type, text });
  app.event('message', async ({ event }) => {
    keep('message', 'text' in event ? event.text : '');
  });
  app.event('app_mention', async ({ event, say }) => {
    keep('app_mention', event.text);
    await say({ thread_ts: event.ts, text: `${name} here` });
  });
  app.command(`/${name}`, async ({ ack, command, respond }) => {
    keep('command', command.text);
    await ack();
    const button = {
      type: 'button' as const,
      text: { type: 'plain_text' as const, text: 'Use' },
      action_id: 'use',
      value: name,
    };
    await respond({ text: `${name} asks`, blocks: [{ type: 'actions', elements: [button] }] });
  });
  app.action({ type: 'block_actions', action_id: 'use' }, async ({ ack, action }) => {
    await ack();
    keep('action', action.type === 'button' ? action.value : '');
  });
  return app;
}

beforeAll(async () => {
  slack = await start({ manifest: named('sockety', '/sockety'), limits: { rates: false } });
  const second = slack.install(named('webby', '/webby'));
  const clientOptions = { slackApiUrl: slack.env.SLACK_API_URL };
  const sockety = new App({
    token: slack.env.SLACK_BOT_TOKEN,
    appToken: slack.env.SLACK_APP_TOKEN,
    socketMode: true,
    clientOptions,
    convoStore: false,
    logger: quiet,
  });
  const webby = new App({
    token: second.env.SLACK_BOT_TOKEN,
    receiver: new HTTPReceiver({ signingSecret: second.env.SLACK_SIGNING_SECRET, logger: quiet }),
    clientOptions,
    convoStore: false,
    logger: quiet,
  });
  await listen('sockety', sockety).start();
  const server = (await listen('webby', webby).start(0)) as Server;
  const { port } = server.address() as AddressInfo;
  second.deliverTo({ mode: 'http', url: `http://127.0.0.1:${port}/slack/events` });
  apps = [sockety, webby];
});

afterAll(async () => {
  await slack.close();
  await Promise.all(apps.map((app) => app.stop()));
});

beforeEach(async () => {
  await settled();
  heard = [];
});

const settled = () =>
  slack.until(() => slack.deliveries().every((one) => one.ackedAt || one.failed));

const of = (app: string, ...types: string[]) =>
  heard.filter((one) => one.app === app && types.includes(one.type));

describe('two apps in one workspace, one in Socket Mode and one over HTTP', () => {
  it.each([
    ['sockety', 'webby'],
    ['webby', 'sockety'],
  ])('a mention of @%s is none of @%s', async (asked, other) => {
    const reply = await slack.ask('@dana', '#general', `@${asked} are you there?`, {
      until: ({ text }) => text !== '',
    });
    expect(reply.text).toBe(`${asked} here`);
    await slack.until(() => of(other, 'message').length === 2);
    expect(of(asked, 'app_mention')).toHaveLength(1);
    expect(of(other, 'app_mention')).toHaveLength(0);
    expect(of(other, 'message').map(({ text }) => text)).toEqual([
      expect.stringContaining('are you there?'),
      `${asked} here`,
    ]);
  });

  it('one that mentions both reaches both, and both answer', async () => {
    const reply = await slack.ask('@dana', '#general', '@sockety @webby hello', {
      until: ({ messages }) => messages.length === 2,
    });
    expect(reply.messages.map(({ text }) => text).toSorted()).toEqual([
      'sockety here',
      'webby here',
    ]);
  });

  it.each(['sockety', 'webby'])('/%s and its button are its own', async (name) => {
    await slack.command('@luis', '#data', `/${name}`, 'now');
    const shown = await slack.waitFor({ channel: '#data', matches: `${name} asks` });
    await slack.click('@luis', '#data', shown.ts, 'use');
    await slack.until(() => of(name, 'action').length > 0);
    expect(heard.filter(({ type }) => type !== 'message')).toEqual([
      { app: name, type: 'command', text: 'now' },
      { app: name, type: 'action', text: name },
    ]);
  });

  it('deliveries of all of them have ids of their own, and say whose they are', async () => {
    slack.say('@dana', '#general', 'hello everybody');
    await slack.until(() => heard.length === 2);
    const deliveries = slack.deliveries();
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(deliveries.length);
    expect(deliveries.slice(-2).map(({ app_id }) => app_id)).toEqual(['A0SOCKETY', 'A0WEBBY']);
  });

  it('they have a DM each', async () => {
    const dm = slack.openDm('@mei', '@webby');
    slack.say('@mei', dm, 'just you');
    await slack.until(() => of('webby', 'message').length > 0);
    expect(heard).toEqual([{ app: 'webby', type: 'message', text: 'just you' }]);
  });
});
