import { expect, it } from 'vitest';
import { startApp } from '../../playground/app-process.ts';
import { says } from '../../playground/model/script.ts';
import { startModel } from '../../playground/model/server.ts';
import { shownText } from '../../playground/slack/messages/message-object.ts';
import { startSlack } from '../../playground/slack/server.ts';
import { environment } from '../support/start-bot.ts';

it('a worker killed in mid-answer is taken over: the same message, complete, once', async () => {
  await using slack = await startSlack();
  await using model = await startModel({
    mode: 'script',
    script: () => says('word '.repeat(100)),
    pace: { firstTokenMs: 100, charsPerTick: 5, tickMs: 20 },
  });
  const env = environment(slack, model, { LOG_LEVEL: 'info' });
  const first = await startApp({ ...env, ROLE: 'worker', PORT: '0' });
  await using _bot = await startApp({ ...env, ROLE: 'bot', PORT: '0' });
  const ts = slack.say('@dana', '#data', '@connector tell me a lot');
  const growing = await slack.waitFor({
    channel: '#data',
    thread_ts: ts,
    user: slack.bot.userId,
    matches: /word word/,
  });
  await first.kill();

  const second = await startApp({ ...env, ROLE: 'worker', PORT: '0' });
  const whole = await slack.until(
    () =>
      slack
        .messages('#data', { thread_ts: ts })
        .find((message) => shownText(message).includes('word '.repeat(100).trim())),
    25_000,
  );
  expect(whole.ts).toBe(growing.ts);
  expect(slack.messages('#data', { thread_ts: ts })).toHaveLength(2);
  await second.kill(); // it would write the end once more after the dead worker's last call must have failed
});

it('a process asked to end finishes the answer it is at', async () => {
  await using slack = await startSlack();
  await using model = await startModel({
    mode: 'script',
    script: () => says('word '.repeat(60)),
    pace: { firstTokenMs: 100, charsPerTick: 5, tickMs: 20 },
  });
  const app = await startApp(environment(slack, model, { LOG_LEVEL: 'info', PORT: '0' }));
  const ts = slack.say('@dana', '#data', '@connector tell me a lot');
  await slack.waitFor({ channel: '#data', thread_ts: ts, user: slack.bot.userId, matches: /word/ });
  expect(await app.end()).toBe(0);
  const [, reply] = slack.messages('#data', { thread_ts: ts });
  expect(reply && shownText(reply)).toContain('word '.repeat(60).trim());
});
