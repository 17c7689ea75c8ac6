/** `npm run demo`: the whole thing on this machine, with no account anywhere. Ctrl-C ends it and leaves nothing behind. */
import { parseArgs } from 'node:util';
import { StartError } from '../src/errors.ts';
import { start } from '../src/start.ts';
import { startModel } from './model/server.ts';
import { freePort } from './services/run-server.ts';
import { namedServices, type Services, startServices } from './services/start-services.ts';
import { loadShop } from './shop/load-shop.ts';
import { startSlack } from './slack/server.ts';
import { buildPage } from './web/build.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Starts every part and gives the address of the page. Disposing ends all of it. */
async function startDemo(port: number, env: NodeJS.ProcessEnv) {
  await using parts = new AsyncDisposableStack();
  const page = buildPage();
  page.catch(() => {}); // awaited below
  const services = await startServices({ ...namedServices(env), say });
  parts.defer(() => services.close());
  const [webRoot, data] = await Promise.all([page, prepareData(services)]);

  const slack = await startSlack({ port, webRoot });
  parts.use(slack);
  const model = env.ANTHROPIC_API_KEY ? undefined : await startModel({ mode: 'rules' });
  if (model) parts.use(model);
  const app = await start({
    LOG_LEVEL: 'warn',
    ...env,
    ...slack.env,
    PORT: String(await freePort()),
    REDIS_URL: services.redis.url,
    ...mysqlEnv(services),
    ...(model && { ANTHROPIC_API_KEY: 'demo', ANTHROPIC_BASE_URL: model.url }),
  });
  parts.defer(() => app.close());
  const running = parts.move();
  return {
    lines: [
      `Data    ${data}`,
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

/** The sample shop, unless a database of the reader's own is named: that is used as it is. */
async function prepareData({ mysql }: Services): Promise<string> {
  if (!mysql.isPrivate) return `${mysql.database || 'all databases'} on ${mysql.host}`;
  await loadShop(mysql, { today: new Date(), database: mysql.database });
  return 'a sample shop in MariaDB: 500 users, 5,000 orders up to today';
}

const mysqlEnv = ({ mysql }: Services) => ({
  MYSQL_HOST: mysql.host,
  MYSQL_PORT: String(mysql.port),
  MYSQL_USER: mysql.user,
  MYSQL_PASSWORD: mysql.password,
  MYSQL_DATABASE: mysql.database,
});

function readPort(): number {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4280' } } });
  const port = Number(values.port);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new StartError(`--port takes a port number; got “${values.port}”.`);
}

try {
  say('Starting the playground …');
  const demo = await startDemo(readPort(), process.env);
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
      'Ctrl-C ends everything.',
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
