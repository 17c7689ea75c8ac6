import { describe, expect, it } from 'vitest';
import { says } from '../../playground/model/script.ts';
import { openScratch } from '../../playground/services/scratch.ts';
import { startRedis } from '../../playground/services/start-redis.ts';
import { startBot } from '../support/start-bot.ts';

describe.each(['socket', 'http'] as const)('over %s delivery', (delivery) => {
  it('acks nothing while Redis is away, and answers once when it is back', async () => {
    await using parts = new AsyncDisposableStack();
    const scratch = parts.adopt(await openScratch(), (opened) => opened.close());
    const redis = await startRedis({ scratch, say: () => {} });
    await using bot = await startBot({
      delivery,
      script: [says('Here I am.'), says('Twice!')],
      slack: { redeliveryMs: [100, 1000, 3000], ackTimeoutMs: 2000 },
      env: { REDIS_URL: redis.url },
    });
    await bot.redis.pause(2500);
    const reply = await bot.ask('#general', '@connector are you there?', {
      twinOrder: 'mention-only',
    });
    const [first] = bot.slack.deliveries();
    expect(first?.attempts).toBeGreaterThan(1);
    await bot.slack.until(() => bot.slack.deliveries().every(({ ackedAt }) => ackedAt));
    await bot.answered(reply.session, 1);
    expect(reply.text).toContain('Here I am.');
    expect(reply.messages).toHaveLength(1);
    expect(bot.model.requests()).toHaveLength(1);
  });

  it('answers `GET /health` with 200', async () => {
    await using bot = await startBot({ delivery, script: [] });
    const health = await fetch(`http://127.0.0.1:${bot.port}/health`);
    expect(health.status).toBe(200);
    const ready = await fetch(`http://127.0.0.1:${bot.port}/ready`);
    expect(await ready.json()).toEqual({ ok: true, problems: [] });
  });
});

describe('Socket Mode', () => {
  it('goes on through a refresh of its connections, and comes back after they were cut', async () => {
    await using bot = await startBot({ script: [says('One.'), says('Two.')] });
    bot.slack.refreshSockets();
    expect((await bot.ask('#general', '@connector one?')).text).toContain('One.');
    bot.slack.refuseConnections(600);
    bot.slack.cutSockets();
    expect((await bot.ask('#general', '@connector two?')).text).toContain('Two.');
  });
});

describe('HTTP delivery', () => {
  it('answers Slack’s challenge and refuses a request that Slack did not sign', async () => {
    await using bot = await startBot({ delivery: 'http', script: [] });
    expect(await bot.slack.verifyUrl()).toEqual({ challenge: true, ssl_check: true });
    const forged = await fetch(`http://127.0.0.1:${bot.port}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
        'x-slack-signature': 'v0=0000',
      },
      body: JSON.stringify({ type: 'event_callback', event: { type: 'app_mention' } }),
    });
    expect(forged.status).toBe(401);
  });
});
