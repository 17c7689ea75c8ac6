/** `npm run playground`: a Slack on this machine, for any Slack app. Ctrl-C ends it. */
import { type AppToRun, readApps } from './read-apps.ts';
import { type PlaygroundOptions, readOptions, usage } from './read-options.ts';
import { startSlack } from './slack/server.ts';
import { buildPage } from './web/build.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** npm runs scripts in the project's folder; paths are meant from where the person is. */
const folder =
  (process.env.npm_lifecycle_event === 'playground' && process.env.INIT_CWD) || process.cwd();

/** Starts Slack with the apps in it and gives the lines to print. Disposing ends it. */
async function startPlayground({ port, manifests, urls, off }: PlaygroundOptions) {
  const [first, ...others] = await readApps(folder, manifests, urls);
  if (!first) throw new Error('There is no app.');
  const slack = await startSlack({
    port,
    manifest: first.manifest,
    delivery: first.delivery,
    limits: Object.fromEntries(off.map((limit) => [limit, false])),
    webRoot: buildPage,
  }).catch((cause: Error) => {
    const { code } = (cause.cause ?? {}) as { code?: string };
    if (code !== 'EADDRINUSE') throw cause;
    throw new Error(`Port ${port} is taken; \`--port 0\` takes a free one.`, { cause });
  });
  const installed = others.map((app) => {
    const added = slack.install(app.manifest);
    added.deliverTo(app.delivery);
    return describe(app, added);
  });
  return {
    lines: [
      `Slack is ready: ${slack.url}  ← open this in a browser`,
      '',
      ...[describe(first, slack), ...installed].flat(),
      'With Bolt:  new App({ …, clientOptions: { slackApiUrl: process.env.SLACK_API_URL } })',
      'Ctrl-C ends it.',
    ],
    [Symbol.asyncDispose]: () => slack.close(),
  };
}

/** How to run one app: lines for its `.env`. */
function describe(
  { file, delivery }: AppToRun,
  { bot, env }: { bot: { name: string }; env: Record<string, string> },
): string[] {
  const way = delivery.mode === 'http' ? `over HTTP at ${delivery.url}` : 'in Socket Mode';
  const from = file && ` (${file})`;
  // With an app token many apps choose Socket Mode, so one that is reached over HTTP gets none.
  const { SLACK_APP_TOKEN: _, ...http } = env;
  return [
    `# @${bot.name}${from}, ${way}. Its environment:`,
    ...Object.entries(delivery.mode === 'http' ? http : env).map(
      ([name, value]) => `${name}=${value}`,
    ),
    '',
  ];
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    say(usage);
    process.exit(0);
  }
  const ended = new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await using playground = await startPlayground(options);
  say(playground.lines.join('\n'));
  await ended;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
// What is left, such as a page half built, is not waited for.
process.exit();
