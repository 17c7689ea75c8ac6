import { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { startSlack } from '../../playground/slack/server.ts';
import { httpReceiver, socketModeReceiver } from '../../src/bot/receivers.ts';
import { toSlackLogger } from '../../src/bot/slack-logger.ts';
import { openHttp } from '../../src/http.ts';
import { log } from '../../src/log.ts';

log.level = 'silent';

/** A look-alike and a Bolt app behind one of our receivers, whose listener for mentions is given. */
async function start(delivery: 'socket' | 'http', onMention: () => Promise<void> = async () => {}) {
  await using parts = new AsyncDisposableStack();
  const slack = parts.use(
    await startSlack({
      redeliveryMs: [20, 20, 20],
      ackTimeoutMs: delivery === 'http' ? 1000 : 300,
    }),
  );
  const clientOptions = { slackApiUrl: slack.env.SLACK_API_URL };
  const receiver =
    delivery === 'socket'
      ? socketModeReceiver(slack.env.SLACK_APP_TOKEN, clientOptions, log, {
          first: 10,
          longest: 40,
        })
      : httpReceiver(slack.env.SLACK_SIGNING_SECRET, log);
  const app = new App({
    receiver,
    clientOptions,
    logger: toSlackLogger(log),
    authorize: async () => ({
      botToken: slack.env.SLACK_BOT_TOKEN,
      ...slack.bot,
      botUserId: slack.bot.userId,
    }),
  });
  app.event('app_mention', onMention);
  app.error(async (error) => {
    throw error;
  });
  await app.start();
  parts.defer(async () => void (await receiver.stop()));
  if (receiver.requestListener) {
    const http = await openHttp(0, { ready: async () => [], slack: receiver.requestListener });
    parts.defer(() => http.close());
    slack.deliverTo({ mode: 'http', url: `http://127.0.0.1:${http.port}/slack/events` });
  }
  const running = parts.move();
  return { slack, receiver, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

describe.each(['socket', 'http'] as const)('deliveries over %s', (delivery) => {
  it('are acked when the listener is done, and come again when it failed', async () => {
    let tries = 0;
    await using app = await start(delivery, async () => {
      tries += 1;
      if (tries < 3) throw new Error('not stored');
    });
    app.slack.say('@dana', '#data', '@connector hello', { twinOrder: 'mention-only' });
    await app.slack.until(() => app.slack.deliveries().every(({ ackedAt }) => ackedAt));
    expect(tries).toBe(3);
    expect(app.slack.deliveries()[0]).toMatchObject({ attempts: 3, failed: false });
  });

  it('are never acked when it always fails', async () => {
    await using app = await start(delivery, () => Promise.reject(new Error('not stored')));
    app.slack.say('@dana', '#data', '@connector hello', { twinOrder: 'mention-only' });
    await app.slack.until(() => app.slack.deliveries().every(({ failed }) => failed));
    expect(app.slack.deliveries()[0]).not.toHaveProperty('ackedAt');
  });

  it('that nobody listens to are acked at once: events and commands alike', async () => {
    await using app = await start(delivery);
    app.slack.say('@dana', '#data', 'chatter');
    await app.slack.command('@dana', '#data', '/datasource', '');
    await app.slack.until(() => app.slack.deliveries().every(({ ackedAt }) => ackedAt));
    expect(app.slack.deliveries().map(({ attempts }) => attempts)).toEqual([1, 1]);
  });
});

describe('Socket Mode', () => {
  it('comes back when Slack refused even the token for a while', async () => {
    await using app = await start('socket');
    app.slack.fault({ method: 'apps.connections.open', error: 'invalid_auth', count: 4 });
    app.slack.cutSockets();
    await expect.poll(() => app.slack.connections(), { timeout: 4000 }).toBe(2);
    expect(app.receiver.connected()).toBe(true);
  });

  it('names the token that Slack refuses at the start', async () => {
    await using slack = await startSlack();
    const receiver = socketModeReceiver(
      'xapp-wrong',
      { slackApiUrl: slack.env.SLACK_API_URL },
      log,
    );
    await expect(receiver.start()).rejects.toThrow(/SLACK_APP_TOKEN/);
    await receiver.stop();
  });
});
