/** `npm run demo`: the whole thing on this machine, with no account anywhere. Ctrl-C ends it and leaves nothing behind. */
import { parseArgs } from 'node:util';
import { StartError } from '../src/errors.ts';
import { start } from '../src/start.ts';
import { startModel } from './model/server.ts';
import { toPort } from './read-options.ts';
import { namedServices, type Services, startServices } from './services/start-services.ts';
import { loadShop } from './shop/load-shop.ts';
import { shopNow } from './shop/shop-now.ts';
import { type Slack, startSlack } from './slack/server.ts';
import { startSources } from './start-sources.ts';
import { buildPage } from './web/build.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const usage = `npm run demo [-- --port N]

  --port N   where the Slack look-alike is, 4280 unless told; 0 takes a free one`;

/** Starts every part and gives the lines to print. Disposing ends all of it. */
async function startDemo(port: number, env: NodeJS.ProcessEnv) {
  await using parts = new AsyncDisposableStack();
  const slack = parts.use(await startSlackAt(port)); // first: a taken port should cost nobody the wait for the rest
  const today = shopNow(); // one day and shop for all sources
  const [services, sources] = await Promise.all([
    startDatabases(parts, env, today),
    startSources(env, { today }).then((started) => parts.use(started)),
  ]);
  const model = env.ANTHROPIC_API_KEY ? undefined : await startModel({ mode: 'rules' });
  if (model) parts.use(model);
  const app = await start({
    LOG_LEVEL: 'warn',
    ...env,
    ...sources.env,
    ...slack.env,
    ROLE: 'all',
    HOST: '127.0.0.1',
    PORT: '0',
    REDIS_URL: services.redis.url,
    ...mysqlEnv(services),
    ...(model && { ANTHROPIC_API_KEY: 'demo', ANTHROPIC_BASE_URL: model.url }),
  });
  parts.defer(() => app.close());
  const running = parts.move();
  return {
    lines: [
      `Data    ${[services.says, ...sources.says].join(', ')}`,
      `Model   ${
        model
          ? 'the demo model: it follows rules and is no Claude. Set ANTHROPIC_API_KEY for the real one.'
          : `Claude (${env.ANTHROPIC_MODEL ?? 'claude-sonnet-5-5'})`
      }`,
      `Slack   ${slack.url}  ← open this in a browser`,
    ],
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function startSlackAt(port: number): Promise<Slack> {
  try {
    return await startSlack({ port, webRoot: buildPage });
  } catch (cause) {
    throw new StartError(
      `${(cause as Error).message} Perhaps another demo runs there: \`npm run demo -- --port 0\` takes a free one.`,
      { cause },
    );
  }
}

/** Redis and a database: the sample shop, unless one of the reader's own is named, which is used as it is. */
async function startDatabases(
  parts: AsyncDisposableStack,
  env: NodeJS.ProcessEnv,
  today: Date,
): Promise<Services & { says: string }> {
  const services = await startServices({ ...namedServices(env), say });
  parts.defer(() => services.close());
  const { mysql } = services;
  if (!mysql.isPrivate)
    return { ...services, says: `${mysql.database || 'all databases'} on ${mysql.host}` };
  await loadShop(mysql, { today, database: mysql.database });
  const says = 'a sample shop: MariaDB (500 users, 5,000 orders up to today)';
  return { ...services, says };
}

const mysqlEnv = ({ mysql }: Services) => ({
  MYSQL_HOST: mysql.host,
  MYSQL_PORT: String(mysql.port),
  MYSQL_USER: mysql.user,
  MYSQL_PASSWORD: mysql.password,
  MYSQL_DATABASE: mysql.database,
});

/** @throws StartError when an option is not one of ours. */
function readOptions(): { port: number; help: boolean } {
  const options = {
    port: { type: 'string', default: '4280' },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    const { port: text, help } = parseArgs({ options }).values;
    return { port: toPort(text), help };
  } catch (cause) {
    throw new StartError(`${(cause as Error).message}\n\n${usage}`, { cause });
  }
}

try {
  const { port, help } = readOptions();
  if (help) {
    say(usage);
    process.exit(0);
  }
  say('Starting the playground …');
  const demo = await startDemo(port, process.env);
  const ended = new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  say(
    [
      '',
      ...demo.lines,
      '',
      'Ask in #general:  @connector show me the latest users',
      'The answer grows in the thread: click on “1 reply”. Ctrl-C ends everything.',
      '',
    ].join('\n'),
  );
  await ended;
  say('Ending …');
  const late = setTimeout(() => process.exit(1), 30_000);
  late.unref();
  await demo[Symbol.asyncDispose]();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
