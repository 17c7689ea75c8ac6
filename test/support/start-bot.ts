import { setTimeout } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { fails } from '../../playground/model/script.ts';
import { type Model, startModel } from '../../playground/model/server.ts';
import type { Pace, Turn } from '../../playground/model/turn.ts';
import type { SayOptions } from '../../playground/slack/control-types.ts';
import { shownText } from '../../playground/slack/messages/message-object.ts';
import { type Slack, type SlackOptions, startSlack } from '../../playground/slack/server.ts';
import { start } from '../../src/start.ts';
import { openRedis, type RedisClient } from '../../src/store/redis.ts';
import { eventually } from './eventually.ts';
import { freshRedisUrl } from './redis.ts';

interface BotOptions {
  /** What the model says, call by call (more by `will`); `demo`: the demo model. */
  script?: Turn[] | 'demo';
  /** Of the demo model; 1 is natural, 0 at once. */
  speed?: number;
  /** How fast it says it; at once unless told. */
  pace?: Pace;
  delivery?: 'socket' | 'http';
  slack?: Omit<SlackOptions, 'delivery'>;
  env?: NodeJS.ProcessEnv;
}

export type Bot = Awaited<ReturnType<typeof startBot>>;

/** The whole thing: our code and every SDK real, on real Redis and MariaDB; Slack and the model are stand-ins. */
export async function startBot({
  script = [],
  speed = 1,
  pace,
  delivery = 'socket',
  slack: slackOptions,
  env,
}: BotOptions) {
  await using parts = new AsyncDisposableStack();
  const slack = await startSlack(slackOptions);
  parts.use(slack);
  const turns = script === 'demo' ? [] : [...script];
  const next = () => turns.shift() ?? fails({ status: 400, message: 'the script has ended' });
  const model = await startModel(
    script === 'demo'
      ? { mode: 'rules', speed }
      : { mode: 'script', script: next, ...(pace && { pace }) },
  );
  parts.use(model);
  const processEnv = environment(slack, model, { PORT: '0', HOST: '127.0.0.1', ...env });
  if (delivery === 'http') delete processEnv.SLACK_APP_TOKEN;
  const redis = await openRedis(processEnv.REDIS_URL ?? '', 'patient');
  parts.defer(() => redis.disconnect());
  await redis.flushdb();
  const app = await start(processEnv);
  parts.defer(() => app.close());
  // A start waits five seconds for its sources; on a busy machine one takes longer.
  await eventually(() =>
    expect(app.sources().filter(({ state }) => state === 'starting')).toEqual([]),
  );
  if (delivery === 'http')
    slack.deliverTo({ mode: 'http', url: `http://127.0.0.1:${app.port}/slack/events` });
  const running = parts.move();
  let before = 0;
  return {
    slack,
    model,
    port: app.port,
    /** What the model says next, where tests share a bot; `requests` counts from here. */
    will(...said: Turn[]): void {
      turns.splice(0, turns.length, ...said);
      before = model.requests().length;
    },
    /** What the model was asked since `will`, or since the start. */
    requests: () => model.requests().slice(before),
    env: processEnv,
    redis: {
      /** Redis answers nobody for so long, in milliseconds; resolves when that has begun. */
      pause: (ms: number) => redis.call('CLIENT', 'PAUSE', ms, 'ALL'),
    },
    ...conversation(slack, redis),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The environment of a bot that talks to these stand-ins. */
export function environment(
  slack: Slack,
  model: Model,
  more: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const mysql = inject('mysql');
  return {
    PATH: process.env.PATH,
    ...slack.env,
    ANTHROPIC_API_KEY: 'test-key',
    ANTHROPIC_BASE_URL: model.url,
    REDIS_URL: freshRedisUrl(),
    CONNECTORMCP_CONFIG: 'test/support/no-sources.json', // not the developer's own
    MYSQL_HOST: mysql.host,
    MYSQL_PORT: String(mysql.port),
    MYSQL_USER: mysql.user,
    MYSQL_PASSWORD: mysql.password,
    MYSQL_DATABASE: mysql.database,
    LOG_LEVEL: 'silent',
    ...more,
  };
}

/** A question in a test: who asks, and where in the conversation. */
interface AskOptions extends SayOptions {
  user?: string;
}

/** Asking and waiting, as a person would: until the answer is complete. */
function conversation(slack: Slack, redis: RedisClient) {
  /** How many questions of a thread have been accepted, and whether all of them are answered. */
  async function progress(session: string) {
    const [accepted, open] = await Promise.all([
      redis.hget(`th:{${session}}:meta`, 'accepted'),
      redis.llen(`th:{${session}}:inbox`),
    ]);
    return { accepted: Number(accepted ?? 0), open };
  }

  /** Resolves when `count` questions of the thread were accepted and all are answered. */
  async function answered(session: string, count: number): Promise<void> {
    for (const deadline = Date.now() + 20_000; ; await setTimeout(5)) {
      const { accepted, open } = await progress(session);
      if (accepted >= count && open === 0) return;
      if (Date.now() > deadline)
        throw new Error(`${session}: ${accepted} of ${count} questions accepted, ${open} open`);
    }
  }

  return {
    answered,
    /** Says something as a person (`@dana` unless told) and gives the bot's answer to it, all its messages as one. */
    async ask(channel: string, text: string, { user = '@dana', ...options }: AskOptions = {}) {
      const { team, channels } = slack.state(user);
      const place = channels.find(({ name, kind }) =>
        channel.startsWith('@') ? kind === 'direct' : name === channel.slice(1),
      );
      if (!place) throw new Error(`${user} sees no ${channel}`);
      const earlier = options.thread_ts ?? (place.kind === 'direct' ? 'dm' : undefined);
      const toSession = (thread: string) => `${team.id}:${place.id}:${thread}`;
      const before = earlier ? (await progress(toSession(earlier))).accepted : 0;

      const ts = slack.say(user, channel, text, options);
      const session = toSession(earlier ?? ts);
      await answered(session, before + 1);
      const thread = options.thread_ts ?? (place.kind === 'direct' ? undefined : ts);
      const messages = slack
        .messages(channel, { user, ...(thread ? { thread_ts: thread } : {}) })
        .filter((message) => message.user === slack.bot.userId && message.ts > ts);
      return { ts, session, messages, text: messages.map(shownText).join('\n') };
    },
  };
}
