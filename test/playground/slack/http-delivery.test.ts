import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import type { Slack } from '../../../playground/slack/server.ts';
import { quiet, start } from './slack-fixture.ts';

/** A real Bolt app over signed HTTP, and the look-alike it belongs to. */
async function startBolt({ secret }: { secret?: string } = {}) {
  const slack = await start({ redeliveryMs: [0], ackTimeoutMs: 200 });
  const receiver = new HTTPReceiver({
    signingSecret: secret ?? slack.env.SLACK_SIGNING_SECRET,
    logger: quiet,
    processBeforeResponse: true,
  });
  const app = new App({
    receiver,
    token: slack.env.SLACK_BOT_TOKEN,
    clientOptions: { slackApiUrl: slack.env.SLACK_API_URL },
    convoStore: false,
    logger: quiet,
  });
  const server = (await app.start(0)) as Server;
  const { port } = server.address() as AddressInfo;
  slack.deliverTo({ mode: 'http', url: `http://127.0.0.1:${port}/slack/events` });
  const close = async () => {
    // The look-alike first: it hangs up, and the app has nobody to wait for.
    await slack.close();
    await app.stop();
  };
  return { slack, app, [Symbol.asyncDispose]: close };
}

const settled = (slack: Slack) =>
  slack.until(() => {
    const all = slack.deliveries();
    return all.length > 0 && all.every((one) => one.ackedAt || one.failed);
  });

describe('an app over HTTP', () => {
  it('answers the challenge when its address is entered', async () => {
    await using bolt = await startBolt();
    expect(await bolt.slack.verifyUrl()).toBe(true);
  });

  it('hears a mention and answers in its thread', async () => {
    await using bolt = await startBolt();
    bolt.app.event('message', async () => {});
    bolt.app.event('app_mention', async ({ event, say }) => {
      await say({ thread_ts: event.ts, text: `You said: ${event.text}` });
    });
    const thread_ts = bolt.slack.say('@dana', '#general', '@connector ping');
    const reply = await bolt.slack.waitFor({ channel: '#general', thread_ts, matches: 'You said' });
    expect(reply.user).toBe(bolt.slack.bot.userId);
  });

  it('is told again what it failed to take, with the reason', async () => {
    await using bolt = await startBolt();
    const retries: unknown[] = [];
    bolt.app.event('message', async ({ context }) => {
      retries.push([context.retryNum, context.retryReason]);
      if (!context.retryNum) throw new Error('not today');
    });
    bolt.slack.say('@dana', '#data', 'hello');
    await settled(bolt.slack);
    expect(retries).toEqual([
      [undefined, undefined],
      [1, 'http_error'],
    ]);
  });

  it('that checks signatures with another secret takes nothing', async () => {
    await using bolt = await startBolt({ secret: 'wrong-secret' });
    bolt.slack.say('@dana', '#data', 'hello');
    await settled(bolt.slack);
    expect(bolt.slack.deliveries()[0]).toMatchObject({
      failed: true,
      retryReasons: ['http_error'],
    });
  });

  it('that is not there counts as a failed connection and as offline', async () => {
    await using slack = await start({
      redeliveryMs: [0],
      delivery: { mode: 'http', url: 'http://127.0.0.1:9/slack/events' },
    });
    slack.say('@dana', '#data', 'hello');
    await settled(slack);
    expect(slack.deliveries()[0]?.retryReasons).toEqual(['connection_failed']);
    expect(slack.state('@dana').app.online).toBe(false);
  });

  it('gets commands and clicks as forms', async () => {
    await using bolt = await startBolt();
    bolt.app.command('/datasource', async ({ command, ack, respond }) => {
      await ack();
      const button = {
        type: 'button' as const,
        text: { type: 'plain_text' as const, text: 'Use' },
        action_id: 'use',
        value: command.text,
      };
      await respond({ text: 'pick', blocks: [{ type: 'actions', elements: [button] }] });
    });
    bolt.app.action(
      { type: 'block_actions', action_id: 'use' },
      async ({ action, ack, respond }) => {
        await ack();
        if (action.type === 'button')
          await respond({ replace_original: true, text: `using ${action.value}` });
      },
    );
    await bolt.slack.command('@dana', '#data', '/datasource', 'mysql & co');
    const [shown] = bolt.slack.messages('#data', { user: '@dana' });
    expect(shown).toMatchObject({ text: 'pick', ephemeral_to: 'U0DANA' });
    await bolt.slack.click('@dana', '#data', String(shown?.ts), 'use');
    expect(bolt.slack.messages('#data', { user: '@dana' })[0]?.text).toBe('using mysql & co');
  });
});
