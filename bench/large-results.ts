import { setTimeout } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { type Connection, createConnection } from 'mysql2/promise';
import type { Services } from '../playground/services/start-services.ts';
import { watchPeak } from './child-memory.ts';
import { type Figure, spread } from './figures.ts';

const drains = 30;
const huge = 10_000_000;

const rows = (count: number) =>
  `SELECT seq AS id, CONCAT('customer-', seq, '@example.com') AS email, seq * 1.25 AS total,
    DATE '2026-01-01' + INTERVAL seq MINUTE AS placed_at, MD5(seq) AS note FROM seq_1_to_${count}`;

/** What a connector does with more rows than an answer can hold. Linux and MariaDB only. */
export async function measureResults({ mysql }: Services): Promise<Figure[]> {
  const { host, port, user, password, database, root } = mysql;
  const env = {
    MYSQL_HOST: host,
    MYSQL_PORT: String(port),
    MYSQL_USER: user,
    MYSQL_PASSWORD: password,
    MYSQL_DATABASE: database,
  };
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['src/connectors/mysql/main.ts'],
    env,
    stderr: 'ignore',
  });
  const client = new Client({ name: 'bench', version: '1' });
  await client.connect(transport);
  const admin = await createConnection({ host, port, ...root });
  try {
    // First, while the child is as it started: 10 million rows asked, 200 delivered.
    const stops = await measureStops(client, transport.pid ?? 0, admin);
    return [...(await measureDrain(client)), ...stops];
  } finally {
    await client.close();
    await admin.end();
  }
}

/** 5,000 rows from the question to the last page. */
async function measureDrain(client: Client): Promise<Figure[]> {
  const times: number[] = [];
  for (let i = 0; i < drains + 3; i += 1) {
    const start = performance.now();
    const { link } = await ask(client, rows(5_000), 5_000);
    let count = 0;
    for (let uri = link; uri; ) {
      const [page] = (await client.readResource({ uri })).contents;
      const [header, ...lines] = (page && 'text' in page ? page.text : '').trimEnd().split('\n');
      count += lines.map((line) => JSON.parse(line)).length;
      uri = JSON.parse(header ?? '{}').next;
    }
    if (count !== 5_000) throw new Error(`${count} of 5000 rows`);
    if (i >= 3) times.push(performance.now() - start);
  }
  return spread('5,000 rows drained over MCP', times, 150, [0.95, 300]);
}

/** 10 million rows asked, 200 delivered, however the query says how many it wants. */
async function measureStops(client: Client, pid: number, admin: Connection): Promise<Figure[]> {
  await ask(client, rows(10), 200);
  const queries = [
    rows(huge),
    `${rows(huge)} LIMIT ${huge}`,
    `(${rows(huge)} LIMIT ${huge}) UNION ALL (${rows(huge)} LIMIT ${huge})`,
    `SELECT seq FROM seq_1_to_${huge}`,
  ];
  let [peak, share, stopped] = [0, 0, 0];
  const first = await bytesSent(admin);
  const own = (await bytesSent(admin)) - first; // what asking for the figure costs
  for (const query of queries.flatMap((query) => [query, query, query])) {
    const before = await bytesSent(admin);
    const memory = await watchPeak(pid);
    const { bytes } = await ask(client, query, 200);
    const answered = performance.now();
    while (await isRunning(admin)) await setTimeout(1); // a few bytes of these count as well
    stopped = Math.max(stopped, performance.now() - answered);
    await setTimeout(100); // what is still on its way
    peak = Math.max(peak, await memory.peak());
    share = Math.max(share, ((await bytesSent(admin)) - before - own) / bytes);
  }
  const memory = await watchPeak(pid);
  await ask(client, rows(huge), 50_000);
  const name = '10 million rows asked';
  const memoryName = 'peak memory minus idle';
  return [
    { name: `${name}, 200 delivered: ${memoryName}`, value: peak, unit: 'MB', target: 80 },
    { name: `${name}, 200 delivered: sent by the server`, value: share, unit: '×', target: 2 },
    {
      name: `${name}, 200 delivered: server still at work`,
      value: stopped,
      unit: 'ms',
      target: 100,
    },
    {
      name: `${name}, 50,000 kept: ${memoryName}`,
      value: await memory.peak(),
      unit: 'MB',
      target: 80,
    },
  ];
}

async function ask(client: Client, query: string, maxRows: number) {
  const args = { query, max_rows: maxRows };
  const { content, isError } = await client.callTool({ name: 'execute_query', arguments: args });
  const [answer, link] = content as [{ text: string }, { uri: string; size: number }?];
  if (isError) throw new Error(answer.text);
  return { link: link?.uri, bytes: Math.max(answer.text.length, link?.size ?? 0) };
}

/** By the server, to all its connections. */
async function bytesSent(admin: Connection): Promise<number> {
  const [[status]] = (await admin.query("SHOW GLOBAL STATUS LIKE 'Bytes_sent'")) as unknown as [
    [{ Value: string }],
  ];
  return Number(status.Value);
}

async function isRunning(admin: Connection): Promise<boolean> {
  const [found] = await admin.query(
    `SELECT 1 FROM information_schema.processlist WHERE info LIKE '%seq_1_to_${huge}%' AND id <> CONNECTION_ID()`,
  );
  return (found as unknown[]).length > 0;
}
