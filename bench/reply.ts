import { setTimeout } from 'node:timers/promises';
import { startApp } from '../playground/app-process.ts';
import { startModel } from '../playground/model/server.ts';
import type { Services } from '../playground/services/start-services.ts';
import type { TrafficEntry } from '../playground/slack/control-types.ts';
import { shownText } from '../playground/slack/messages/message-object.ts';
import { startSlack } from '../playground/slack/server.ts';
import { environment } from './environment.ts';
import { type Figure, spread } from './figures.ts';

const rounds = 20;

/** 599 characters, as a model would write them. */
const answer = `${'The orders of this month are a little above those of last month, and most of them came in on weekdays. '.repeat(6).trim().slice(0, 598)}.`;

/**
 * How soon people see an answer: a Slack that takes 100 ms for each call, a model with its first token after 600 ms
 * and then 4 characters every 20 ms. Counted when Slack has applied the call.
 */
export async function measureReply(services: Services, cache: string): Promise<Figure[]> {
  await using slack = await startSlack({ delayMs: 100, limits: { rates: false } });
  await using model = await startModel({
    mode: 'timed',
    text: answer,
    firstTokenMs: 600,
    charsPerTick: 4,
    tickMs: 20,
  });
  await using app = await startApp(environment(services, slack, model.url), cache);
  await setTimeout(1000);

  const first: number[] = [];
  const complete: number[] = [];
  const toModel: number[] = [];
  for (let round = 0; round < rounds + 1; round += 1) {
    const ts = slack.say('@dana', '#data', '@connector how is this month going?');
    await slack.until(() => isShown(slack.traffic(), ts, answer), 20_000);
    await slack.until(() => model.requests()[round]?.lastTokenAt);
    const request = model.requests()[round];
    const delivered = slack
      .deliveries()
      .find(({ body }) => (body.event as { ts?: string })?.ts === ts)?.deliveredAt;
    if (round === 0 || !request?.firstTokenAt || !request.lastTokenAt || !delivered) continue; // the first one warms up
    toModel.push(request.at - delivered);
    first.push(
      (isShown(slack.traffic(), ts, answer.slice(0, 3)) ?? Number.NaN) - request.firstTokenAt,
    );
    complete.push((isShown(slack.traffic(), ts, answer) ?? Number.NaN) - request.lastTokenAt);
    await setTimeout(200);
  }
  void app;
  return [
    {
      name: 'mention → model request, p50',
      value: toModel.toSorted((a, b) => a - b)[rounds / 2] ?? Number.NaN,
      unit: 'ms',
      target: 50,
    },
    ...spread('model’s first token → first text in Slack', first, 200, [0.95, 350]),
    ...spread('model’s last token → whole answer in Slack', complete, 250, [0.95, 500]),
  ];
}

/** When the first call took effect that shows `text` in the thread `ts`. */
function isShown(traffic: TrafficEntry[], ts: string, text: string): number | undefined {
  const messages = new Set(
    traffic
      .filter(({ method, args }) => method === 'chat.postMessage' && args.thread_ts === ts)
      .map(({ answer }) => answer?.ts),
  );
  return traffic.find(
    ({ method, args, appliedAt }) =>
      appliedAt !== undefined &&
      ((method === 'chat.postMessage' && args.thread_ts === ts) ||
        (method === 'chat.update' && messages.has(args.ts))) &&
      shownText({ blocks: toBlocks(args.blocks), text: String(args.text) } as never).includes(text),
  )?.appliedAt;
}

const toBlocks = (blocks: unknown) => (typeof blocks === 'string' ? JSON.parse(blocks) : blocks);
