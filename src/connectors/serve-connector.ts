import { readConfig } from '../config.ts';
import { StartError } from '../errors.ts';
import { log } from '../log.ts';
import type { CheckLine, Connector, OpenConnector } from './connector.ts';
import { checkQuickly } from './health.ts';

/** What a connector's process was started with. */
export interface ServeOptions {
  /** Without any: serve MCP over stdio until stdin closes. `--check`: say whether the source answers. `--help`. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/**
 * Runs one connector as a process of its own and gives its exit code when it has ended.
 *
 * While it serves, stdout belongs to the protocol; everything else goes to stderr.
 */
export async function serveConnector(
  connector: Connector,
  { args, env }: ServeOptions,
): Promise<number> {
  const [option] = args;
  if (env.LOG_LEVEL && env.LOG_LEVEL in log.levels.values) log.level = env.LOG_LEVEL;
  try {
    if (option === '--help') return print(toHelp(connector));
    if (args.length > 1 || (option !== undefined && option !== '--check'))
      throw new StartError(`Unknown option ${args.join(' ')}. There are --check and --help.`);
    const open = await connector.open(readConnectorConfig(connector, env));
    return await (option ? check(connector, open) : serve(connector, open));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

const readConnectorConfig = (connector: Connector, env: NodeJS.ProcessEnv) =>
  readConfig({ [connector.name]: connector.env }, env)[connector.name] ?? {};

/** Longest look at the source before serving, in milliseconds: one that does not answer is served, and vetted later. */
const vetPatience = 2_000;

async function serve(connector: Connector, open: OpenConnector): Promise<number> {
  const vetted = open.vet?.(AbortSignal.timeout(vetPatience));
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const { toMcpServer } = await import('./mcp-server.ts');
  const finding = await vetted;
  if (finding && !finding.ok) return refuse(connector, finding).finally(() => open.close());
  if (finding?.fix) log.warn({ connector: connector.name, fix: finding.fix }, finding.what);
  const { Spool } = await import('./spool.ts');
  const spool = new Spool(connector.name);
  const server = toMcpServer(connector, open, spool);
  const ended = new Promise<void>((resolve) => {
    // The SDK's transport does not notice that its client is gone.
    for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => resolve());
    process.stdout.once('error', () => resolve());
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });
  await server.connect(new StdioServerTransport());
  log.info({ connector: connector.name }, 'serving');
  await ended;
  await server.close();
  await open.close();
  await spool.close();
  return 0;
}

/** Ends without serving. A client that came at once learns why; most of them show nobody what stands on stderr. */
async function refuse({ title }: Connector, { what, fix = '' }: CheckLine): Promise<number> {
  process.stderr.write(`${title} is not served. ${what}.\n${fix}\n`);
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const { refuseClient } = await import('./mcp-server.ts');
  const { server, told } = refuseClient(`${title} is not served. ${what}. ${fix}`);
  await server.connect(new StdioServerTransport());
  const late = new Promise((resolve) => setTimeout(resolve, 1_000));
  await Promise.race([told, late]);
  await server.close();
  return 1;
}

async function check(connector: Connector, open: OpenConnector): Promise<number> {
  const lines = await checkQuickly(open).finally(() => open.close());
  print([connector.title, ...lines.flatMap(toReport)].join('\n'));
  return lines.every((line) => line.ok) ? 0 : 1;
}

const toReport = ({ ok, what, fix }: CheckLine) => [
  `  ${ok ? (fix ? '!' : '✓') : '✗'} ${what}`,
  ...(fix ? fix.split('\n').map((line) => `      ${line}`) : []),
];

const toHelp = ({ name, title, env }: Connector) =>
  [
    `${title} over MCP (stdio).`,
    '',
    `  npm run connector -- ${name}            serve`,
    `  npm run connector -- ${name} --check    say whether it answers, and how to mend it`,
    '',
    'Variables:',
    ...Object.entries(env.shape).map(
      ([name, field]) =>
        `  ${name.padEnd(16)} ${(field as { description?: string }).description ?? ''}`,
    ),
  ].join('\n');

function print(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}
