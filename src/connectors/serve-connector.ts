import { readConfig } from '../config.ts';
import { StartError } from '../errors.ts';
import { log } from '../log.ts';
import { version } from '../version.ts';
import type { CheckLine, Connector, OpenConnector } from './connector.ts';
import {
  type ConnectorOptions,
  optionHelp,
  pickTools,
  readConnectorOptions,
} from './connector-options.ts';
import { checkQuickly } from './health.ts';
import type { HttpOptions } from './serve-http.ts';

/** What a connector's process was started with. */
export interface ServeOptions {
  /** See {@link readConnectorOptions}; without any: serve MCP over stdio until stdin closes. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/**
 * Runs one connector as a process of its own and gives its exit code when it has ended.
 *
 * While it serves over stdio, stdout belongs to the protocol; everything else goes to stderr.
 */
export async function serveConnector(
  connector: Connector,
  { args, env }: ServeOptions,
): Promise<number> {
  if (env.LOG_LEVEL && env.LOG_LEVEL in log.levels.values) log.level = env.LOG_LEVEL;
  try {
    const options = readConnectorOptions(args);
    if (options.mode === 'help') return print(toHelp(connector));
    if (options.mode === 'version') return print(version);
    const open = await connector.open(readConnectorConfig(connector, env));
    const tools = pickTools(open.tools, options.tools);
    if (options.mode === 'check') return await check(connector, open);
    return await serve(connector, { ...open, tools }, options, env.MCP_HTTP_TOKEN);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

const readConnectorConfig = (connector: Connector, env: NodeJS.ProcessEnv) =>
  readConfig({ [connector.name]: connector.env }, env, { advice })[connector.name] ?? {};

const advice =
  "Set them in the environment, e.g. under env in an MCP client's configuration. --help lists all there are.";

/** Longest look at the source before serving, in milliseconds: one that does not answer is served, and vetted later. */
const vetPatience = 2_000;

async function serve(
  connector: Connector,
  open: OpenConnector,
  options: ConnectorOptions,
  token: string | undefined,
): Promise<number> {
  const vetted = open.vet?.(AbortSignal.timeout(vetPatience));
  const { toMcpServer } = await import('./mcp-server.ts');
  const finding = await vetted;
  if (finding && !finding.ok) {
    await open.close();
    return refuse(connector, finding, options.mode);
  }
  if (finding?.fix) log.warn({ connector: connector.name, fix: finding.fix }, finding.what);
  const { Spool } = await import('./spool.ts');
  const spool = new Spool(connector.name);
  const makeServer = () => toMcpServer(connector, open, spool);
  try {
    await (options.mode === 'http'
      ? serveOverHttp(connector, makeServer, { ...options, token })
      : serveOverStdio(connector, makeServer));
  } finally {
    await open.close();
    await spool.close();
  }
  return 0;
}

type MakeServer = () => ReturnType<typeof import('./mcp-server.ts').toMcpServer>;

async function serveOverStdio({ name }: Connector, makeServer: MakeServer): Promise<void> {
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const ended = new Promise<void>((resolve) => {
    // The SDK's transport does not notice that its client is gone.
    for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => resolve());
    process.stdout.once('error', () => resolve());
    void interrupted().then(resolve);
  });
  const server = makeServer();
  await server.connect(new StdioServerTransport());
  log.info({ connector: name }, 'serving');
  await ended;
  await server.close();
}

async function serveOverHttp(
  { title }: Connector,
  makeServer: MakeServer,
  options: HttpOptions,
): Promise<void> {
  const { serveHttp } = await import('./serve-http.ts');
  const face = await serveHttp(makeServer, options);
  print(`${title} over MCP: ${face.url}`);
  await interrupted();
  await face.close();
}

const interrupted = () =>
  new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });

/** Ends without serving. A client that came at once learns why; most of them show nobody what stands on stderr. */
async function refuse(
  { title }: Connector,
  { what, fix = '' }: CheckLine,
  mode: ConnectorOptions['mode'],
): Promise<number> {
  process.stderr.write(`${title} is not served. ${what}.\n${fix}\n`);
  if (mode === 'http') return 1;
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

function toHelp({ name, title, env }: Connector): string {
  const options = optionHelp.map(([option, what]) => [option || '(none)', what] as const);
  const variables = Object.entries(env.shape).map(
    ([name, field]) => [name, (field as { description?: string }).description ?? ''] as const,
  );
  const width = Math.max(...[...options, ...variables].map(([name]) => name.length));
  const toLine = ([name, what]: readonly [string, string]) => `  ${name.padEnd(width)}  ${what}`;
  return [
    `${title} over MCP.`,
    '',
    `  npm run connector -- ${name} [options]     in a checkout`,
    `  npx connectormcp-${name} [options]         where the package is installed`,
    '',
    'Options:',
    ...options.map(toLine),
    '',
    'Variables:',
    ...variables.map(toLine),
  ].join('\n');
}

function print(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}
