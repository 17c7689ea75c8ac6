import { setTimeout } from 'node:timers/promises';
import { startApp } from '../playground/app-process.ts';
import { says } from '../playground/model/script.ts';
import { startModel } from '../playground/model/server.ts';
import type { Services } from '../playground/services/start-services.ts';
import { startSlack } from '../playground/slack/server.ts';
import { environment } from './environment.ts';
import { type Figure, spread } from './figures.ts';

const perSecond = 50;
const seconds = 10;

/** How soon Slack gets its ack: after the question is stored. One after another, and among channel chatter. */
export async function measureAcks(services: Services, cache: string): Promise<Figure[]> {
  await using slack = await startSlack({ limits: { rates: false } });
  await using model = await startModel({ mode: 'script', script: () => says('Fine.') });
  await using app = await startApp(environment(services, slack, model.url), cache);
  void app;
  const acks = (from: number) =>
    slack
      .deliveries()
      .filter(({ id }) => id > from)
      .map(({ ackedAt, deliveredAt }) => (ackedAt ?? Number.NaN) - (deliveredAt ?? Number.NaN));
  const lastId = () => slack.deliveries().at(-1)?.id ?? -1;
  const allAcked = () =>
    slack.until(() => slack.deliveries().every(({ ackedAt }) => ackedAt), 20_000);

  slack.say('@dana', '#data', '@connector warm up');
  await setTimeout(1500);
  let from = lastId();
  for (let i = 0; i < 100; i += 1) {
    slack.say('@dana', '#data', `@connector question ${i}`, { twinOrder: 'mention-only' });
    await allAcked();
    await setTimeout(60);
  }
  const alone = acks(from);

  from = lastId();
  for (let i = 0; i < perSecond * seconds; i += 1) {
    const text = i % 20 === 0 ? `@connector question ${i}` : `chatter ${i}`;
    slack.say('@dana', '#data', text, { twinOrder: 'mention-only' });
    await setTimeout(1000 / perSecond);
  }
  await allAcked();
  const [, busy] = spread(`ack at ${perSecond} events/s`, acks(from), Number.NaN, [0.99, 250]);
  return [...spread('ack, one after another', alone, 10, [0.99, 50]), ...(busy ? [busy] : [])];
}
