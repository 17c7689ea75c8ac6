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
const warmUp = 60;
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
    ...toMysqlChild(mysql),
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
    const added = await addedTimes({
      bare: () => pool.query(query),
      ours: () => our.ask(query),
      theirs: () => their.ask(query),
    });
    const [p50, p95] = targets;
    const share = quantile(added.ours, 0.5) / quantile(added.theirs, 0.5);
    figures.push(
      ...spread(`${name} beyond bare mysql2, ${ours.name}`, added.ours, p50, [0.95, p95]),
      ...spread(`${name} beyond bare mysql2, ${theirs.name}`, added.theirs, undefined, [0.95]),
      { name: `${name}, share of that, p50`, value: share, unit: '×', target: 0.5 },
    );
  }
  await pool.end();
  return figures;
}

type Who = 'bare' | 'ours' | 'theirs';

/** Within six rounds each follows each other three times: what a server still does after its answer is felt by the next. */
const orders: Who[][] = [
  ['bare', 'ours', 'theirs'],
  ['bare', 'theirs', 'ours'],
  ['theirs', 'ours', 'bare'],
  ['ours', 'bare', 'theirs'],
  ['ours', 'theirs', 'bare'],
  ['theirs', 'bare', 'ours'],
];

/** What a call took longer than the bare query of the same round, in milliseconds. */
async function addedTimes(calls: Record<Who, () => Promise<unknown>>) {
  const added = { ours: [] as number[], theirs: [] as number[] };
  for (let i = 0; i < warmUp + rounds; i += 1) {
    const times = { bare: 0, ours: 0, theirs: 0 };
    for (const who of orders[i % orders.length] ?? []) {
      const startedAt = performance.now();
      await calls[who]();
      times[who] = performance.now() - startedAt;
    }
    if (i < warmUp) continue;
    added.ours.push(times.ours - times.bare);
    added.theirs.push(times.theirs - times.bare);
  }
  return added;
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
    [Symbol.asyncDispose]: () => client.close(),
  };
}
