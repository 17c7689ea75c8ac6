import { setTimeout } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { createPool } from 'mysql2/promise';
import { residentMemory } from '../playground/resident-memory.ts';
import type { MysqlService } from '../playground/services/start-mysql.ts';
import type { Services } from '../playground/services/start-services.ts';
import { queries, toMysqlChild } from './connector-call.ts';
import { prepareDbhub } from './dbhub.ts';
import { type Figure, quantile, spread } from './figures.ts';

const rounds = 600;
const warmUp = 120;
const starts = 5;

/** An MCP server over stdio, and how it is asked. */
interface Peer {
  name: string;
  command: string[];
  env: Record<string, string>;
  cwd?: string;
  tool: string;
  /** The name of the argument that takes the statement. */
  argument: string;
  /** How many rows the text of an answer holds. */
  countRows(text: string): number;
}

interface RunningPeer extends AsyncDisposable {
  /** From the spawn until it has answered the first message, in milliseconds. */
  readyMs: number;
  /** Resident memory in MB. Linux only. */
  memory(): Promise<number>;
  /** Gives the text of the answer. */
  ask(query: string): Promise<string>;
  /** A message there and back. */
  ping(): Promise<unknown>;
}

/**
 * Our connector beside another MCP server for MySQL: what each adds to a bare query, how soon it is ready, and what it
 * takes while idle. Database, account, client and Node are the same for both; each is started as its makers do.
 *
 * @throws StartError when the other can't be installed.
 */
export async function measurePeers({ mysql }: Services): Promise<Figure[]> {
  const ours = toOurs(mysql);
  const theirs = await toTheirs(mysql);
  return [...(await measureAdded(mysql, ours, theirs)), ...(await measureIdle(ours, theirs))];
}

function toOurs(mysql: MysqlService): Peer {
  return {
    ...toMysqlChild(mysql).server,
    name: 'ours',
    tool: 'execute_query',
    argument: 'query',
    countRows: (text) => (JSON.parse(text) as { rows: unknown[] }).rows.length,
  };
}

async function toTheirs(mysql: MysqlService): Promise<Peer> {
  return {
    ...(await prepareDbhub(mysql)),
    tool: 'execute_sql',
    argument: 'sql',
    countRows(text) {
      const { data } = JSON.parse(text) as { data: { statements: [{ rows: unknown[] }] } };
      return data.statements[0].rows.length;
    },
  };
}

async function measureAdded(mysql: MysqlService, ours: Peer, theirs: Peer): Promise<Figure[]> {
  const { host, port, user, password, database } = mysql;
  await using our = await start(ours);
  await using their = await start(theirs);
  const pool = createPool({ host, port, user, password, database });
  const figures: Figure[] = [];
  for (const { name, query, rows, targets } of queries) {
    const counts = [ours.countRows(await our.ask(query)), theirs.countRows(await their.ask(query))];
    if (counts.some((count) => count !== rows)) throw new Error(`${counts} of ${rows} rows`);
    const times = await timeRounds({
      bare: () => pool.query(query),
      ours: () => our.ask(query),
      theirs: () => their.ask(query),
      ourPing: () => our.ping(),
      theirPing: () => their.ping(),
    });
    const ourMs = times.map(({ ours, bare }) => ours - bare);
    const theirMs = times.map(({ theirs, bare }) => theirs - bare);
    const share = quantile(ourMs, 0.5) / quantile(theirMs, 0.5);
    const [p50, p95] = targets;
    figures.push(
      ...spread(`${name} beyond bare mysql2, ${ours.name}`, ourMs, p50, [0.95, p95]),
      ...spread(`${name} beyond bare mysql2, ${theirs.name}`, theirMs, undefined, [0.95]),
      { name: `${name}, share of that, p50`, value: share, unit: '×', target: 0.5 },
      toFloor(
        name,
        times.flatMap(({ ourPing, theirPing }) => [ourPing, theirPing]),
      ),
    );
  }
  await pool.end();
  return figures;
}

/** What no call over MCP can be quicker than. */
const toFloor = (query: string, pings: number[]): Figure => ({
  name: `${query}, a ping of either between them, p50`,
  value: quantile(pings, 0.5),
  unit: 'ms',
});

const callers = ['bare', 'ours', 'theirs', 'ourPing', 'theirPing'] as const;
type Who = (typeof callers)[number];

/** Every order of them: what a server still does after its answer is felt by the next call. */
const orders = permutations(callers);

/** How long each call took in each round, in milliseconds. */
async function timeRounds(calls: Record<Who, () => Promise<unknown>>) {
  const all: Record<Who, number>[] = [];
  for (let i = 0; i < warmUp + rounds; i += 1) {
    const times = { bare: 0, ours: 0, theirs: 0, ourPing: 0, theirPing: 0 };
    for (const who of orders[i % orders.length] ?? []) {
      const startedAt = performance.now();
      await calls[who]();
      times[who] = performance.now() - startedAt;
    }
    all.push(times);
  }
  return all.slice(warmUp);
}

/** All orders of a few items. */
function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}

async function measureIdle(ours: Peer, theirs: Peer): Promise<Figure[]> {
  const ready = { ours: [] as number[], theirs: [] as number[] };
  const memory = { ours: [] as number[], theirs: [] as number[] };
  for (let i = 0; i < starts; i += 1) {
    await using our = await start(ours);
    await using their = await start(theirs);
    await setTimeout(1_500);
    ready.ours.push(our.readyMs / 1_000);
    ready.theirs.push(their.readyMs / 1_000);
    memory.ours.push(await our.memory());
    memory.theirs.push(await their.memory());
  }
  const median = (name: string, unit: 's' | 'MB', numbers: typeof ready): Figure[] => {
    const most = quantile(numbers.theirs, 0.5);
    return [
      { name: `${name}, ${ours.name}`, value: quantile(numbers.ours, 0.5), unit, target: most },
      { name: `${name}, ${theirs.name}`, value: most, unit },
    ];
  };
  return [...median('child ready', 's', ready), ...median('child, idle memory', 'MB', memory)];
}

async function start({ command, env, cwd, tool, argument }: Peer): Promise<RunningPeer> {
  const [program = '', ...args] = command;
  const options = { env, stderr: 'ignore' as const, ...(cwd !== undefined && { cwd }) };
  const transport = new StdioClientTransport({ command: program, args, ...options });
  const client = new Client({ name: 'bench', version: '1' });
  const startedAt = performance.now();
  await client.connect(transport);
  const readyMs = performance.now() - startedAt;
  const { tools } = await client.listTools(); // from here on the client checks answers against the tool's schema
  if (!tools.find(({ name }) => name === tool)?.annotations?.readOnlyHint) {
    await client.close();
    throw new Error(`${tool} is not in read-only mode`);
  }
  return {
    readyMs,
    memory: () => residentMemory(transport.pid),
    async ask(query) {
      const answer = await client.callTool({ name: tool, arguments: { [argument]: query } });
      const [{ text }] = answer.content as [{ text: string }];
      if (answer.isError) throw new Error(text);
      return text;
    },
    ping: () => client.ping(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}
