import { WebClient, type WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import { openClaude } from './agent/claude.ts';
import { openToolbox } from './agent/mcp-toolbox.ts';
import type { Directory } from './agent/policy.ts';
import { answer } from './agent/run.ts';
import type { SourceState, SourceTest, Toolbox } from './agent/toolbox.ts';
import { createBot } from './bot/app.ts';
import type { Sources } from './bot/commands/datasource.ts';
import { slackDirectory } from './bot/directory.ts';
import { httpReceiver, type SlackReceiver, socketModeReceiver } from './bot/receivers.ts';
import { openReplies } from './bot/reply/open-replies.ts';
import { type SlackConfig, slackBotConfig, slackWorkerConfig } from './bot/slack-config.ts';
import { type SlackIdentity, slackIdentity } from './bot/slack-identity.ts';
import { toSlackLogger } from './bot/slack-logger.ts';
import { threadHistory } from './bot/thread-history.ts';
import { readConfig } from './config.ts';
import { configuredConnectors, toChild } from './connector-children.ts';
import { UserError } from './errors.ts';
import { openHttp } from './http.ts';
import { log } from './log.ts';
import { looksSecret } from './looks-secret.ts';
import { claudeConfig, operationConfig } from './operation.ts';
import { readSourcesFile } from './sources/read-sources-file.ts';
import { redisConfig } from './store/redis.ts';
import { openStore, type Store } from './store/store.ts';
import { atMost } from './within.ts';
import { createWorker } from './worker.ts';

/** How long questions under way may take once the process is asked to end, in milliseconds. */
const graceMs = 20_000;

/** How long their ends may take once they are cut short, in milliseconds. */
const abandonMs = 5000;

/** How long a bot waits for a worker to look at the sources, in milliseconds. */
const taskMs = 15_000;

/** A started process. */
export interface Running {
  /** Where `/health` and `/ready` are. */
  port: number;
  /** What this process asks, as it is now; nothing for a bot without a worker. */
  sources(): SourceState[];
  /** Takes nothing new, gives questions under way 20 s, leaves the rest to another worker, ends the children. */
  close(): Promise<void>;
}

type Config = ReturnType<typeof readAll>;

/**
 * Builds every part from the environment and starts the roles: bot, worker, or both.
 *
 * @throws StartError with one message for people when something is missing, wrong or refused.
 */
export async function start(env: NodeJS.ProcessEnv): Promise<Running> {
  const startedAt = performance.now();
  const config = readAll(env);
  log.level = config.operation.LOG_LEVEL;
  const { ROLE: role, PORT, HOST } = config.operation;
  const { SLACK_API_URL: slackApiUrl } = config.slack;
  const clientOptions: WebClientOptions = {
    logger: toSlackLogger(log),
    ...(slackApiUrl && { slackApiUrl }),
  };

  await using parts = new AsyncDisposableStack();
  // The slowest first: the connectors' processes come up while Slack and Redis answer.
  const opening = openStore(config.redis.REDIS_URL, log);
  const accepted = async () => (await opening).acceptedTools;
  const toolbox =
    role === 'bot' ? undefined : openToolbox({ sources: config.sources, accepted, log });
  if (toolbox) parts.defer(async () => (await toolbox).close());
  const [identity, store] = await Promise.all([
    slackIdentity(config.slack.SLACK_BOT_TOKEN, clientOptions),
    opening,
  ]);
  parts.defer(() => store.close());
  const slack = new WebClient(config.slack.SLACK_BOT_TOKEN, {
    ...clientOptions,
    // Whoever looks something up decides how patient to be; one 429 must not stall the look-ups of all others.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5000,
  });
  const directory = slackDirectory(slack, identity.teamId);
  const shared: Shared = { config, identity, store, slack, directory, clientOptions };

  if (toolbox) parts.use(await startWorker(shared, await toolbox));
  const receiver = role === 'worker' ? undefined : toReceiver(config.slack, clientOptions);
  const http = await openHttp(PORT, {
    host: HOST,
    ...(receiver?.requestListener ? { slack: receiver.requestListener } : {}),
    async ready() {
      await store.ping();
      return receiver?.connected() === false ? ['not connected to Slack'] : [];
    },
  });
  parts.defer(() => http.close());
  if (receiver) {
    await startBot(shared, receiver);
    parts.defer(async () => void (await receiver.stop()));
  }

  const opened = await toolbox;
  log.info(
    {
      role,
      port: http.port,
      workspace: identity.url,
      ...(receiver && { delivery: receiver.requestListener ? 'http' : 'socket mode' }),
      ...(opened && {
        sources: opened.sources().map(({ name, state }) => `${name}: ${state}`),
      }),
      ms: Math.round(performance.now() - startedAt),
    },
    'ready',
  );
  log.info('no policy file: full members of the workspace may ask, and only reads are possible');
  if (toolbox && config.sources.length === 0)
    log.warn(
      'no data source is configured: set the variables of one, e.g. MYSQL_HOST (see .env.example), or write connectormcp.json (see docs/data-sources.md)',
    );
  const running = parts.move();
  return {
    port: http.port,
    sources: () => opened?.sources() ?? [],
    close: () => running.disposeAsync(),
  };
}

/** What both roles work with. */
interface Shared {
  config: Config;
  identity: SlackIdentity;
  store: Store;
  slack: WebClient;
  /** One for both roles: a person looked up for a command is known to the worker. */
  directory: Directory;
  clientOptions: WebClientOptions;
}

async function startBot(
  { config, identity, store, directory, clientOptions }: Shared,
  receiver: SlackReceiver,
): Promise<void> {
  const app = createBot({
    receiver,
    slack: { botToken: config.slack.SLACK_BOT_TOKEN, ...identity },
    clientOptions,
    threads: store.threads,
    preferences: store.preferences,
    directory,
    sources: sourcesOfWorkers(store),
    log,
  });
  await app.start();
}

/** Takes questions off the queue. Disposing waits for those under way, within limits. */
async function startWorker(
  { config, identity, store, slack, directory, clientOptions }: Shared,
  toolbox: Toolbox,
): Promise<AsyncDisposable> {
  const { ANTHROPIC_API_KEY, ANTHROPIC_MODEL, ANTHROPIC_BASE_URL } = config.claude;
  const claude = openClaude({
    apiKey: ANTHROPIC_API_KEY,
    model: ANTHROPIC_MODEL,
    baseUrl: ANTHROPIC_BASE_URL,
    log,
  });
  await claude.verify();

  const shutdown = new AbortController();
  const replies = openReplies({
    botToken: config.slack.SLACK_BOT_TOKEN,
    clientOptions,
    workspace: identity.teamId,
    budget: store.editBudget,
    secrets: config.secrets,
    log,
  });
  const limits = { steps: config.operation.AGENT_MAX_STEPS };
  const answerSession = createWorker({
    threads: store.threads,
    openSink: replies.open,
    answer: (assignment) => answer({ ...assignment, claude, toolbox, limits }),
    directory,
    history: threadHistory(slack, directory, identity.userId),
    sources: () => toolbox.sources(),
    preferences: store.patientPreferences,
    shutdown: shutdown.signal,
    log,
  });
  const tasks = {
    'list-sources': async () => toolbox.sources(),
    'test-sources': async (data: unknown) => toolbox.test((data as { source?: string }).source),
  };
  const workers = store.work(answerSession, tasks, config.operation.WORKER_CONCURRENCY);
  const sweeper = store.startSweeper();
  await workers.ready();

  return {
    async [Symbol.asyncDispose]() {
      sweeper.stop();
      const closed = workers.close();
      await atMost(graceMs, closed);
      shutdown.abort(new Error('the process is ending'));
      await atMost(abandonMs, closed);
    },
  };
}

/** The sources as workers see them: a bot alone has no connectors. */
function sourcesOfWorkers(store: Store): Sources {
  const ask = (task: string, data: object): Promise<unknown> =>
    store.ask(task, data, taskMs).catch((cause: unknown) => {
      throw new UserError('No worker answers right now. Please try again in a minute.', { cause });
    });
  return {
    list: () => ask('list-sources', {}) as Promise<SourceState[]>,
    test: (source) => ask('test-sources', source ? { source } : {}) as Promise<SourceTest[]>,
  };
}

const toReceiver = (slack: SlackConfig, clientOptions: WebClientOptions): SlackReceiver =>
  slack.SLACK_APP_TOKEN
    ? socketModeReceiver(slack.SLACK_APP_TOKEN, clientOptions, log)
    : httpReceiver(slack.SLACK_SIGNING_SECRET ?? '', log);

/** Reads every variable that the role needs, and says all that is wrong at once. */
function readAll(env: NodeJS.ProcessEnv) {
  const isBot = env.ROLE !== 'worker';
  const isWorker = env.ROLE !== 'bot';
  const active = isWorker ? configuredConnectors(env) : [];
  const file = isWorker
    ? readSourcesFile(
        env,
        active.map(({ name }) => name),
      )
    : undefined;
  const config = readConfig(
    {
      ...Object.fromEntries(active.map((connector) => [connector.name, connector.env])),
      operation: operationConfig,
      redis: redisConfig,
      slack: isBot ? slackBotConfig : slackWorkerConfig,
      claude: isWorker
        ? claudeConfig
        : claudeConfig.extend({ ANTHROPIC_API_KEY: z.string().default('') }),
    },
    env,
    { elsewhere: file?.faults ?? [] },
  );
  return {
    ...config,
    sources: [...active.map((connector) => toChild(connector, env)), ...(file?.sources ?? [])],
    secrets: [...secretsIn(env), ...(file?.secrets ?? [])],
  };
}

/** Values that must never leave the process in an answer. Short ones would redact ordinary words. */
const secretsIn = (env: NodeJS.ProcessEnv): string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    value && value.length >= 8 && looksSecret(name) ? [value] : [],
  );
