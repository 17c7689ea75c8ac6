import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from '../playground/services/start-services.ts';
import { openToolbox } from '../src/agent/mcp-toolbox.ts';
import type { Toolbox } from '../src/agent/toolbox.ts';
import { toChild } from '../src/connector-children.ts';
import { connectors } from '../src/connectors/index.ts';
import { log } from '../src/log.ts';
import { type BareSdk, bareSdks } from './bare-sdks.ts';
import { childrenOfThis, proportionalMemory, watchPeak } from './child-memory.ts';
import { type Figure, spread } from './figures.ts';
import { type SentRequest, type StandIns, startStandIns } from './stand-ins.ts';

const rounds = 500;
const warmUp = 50;
const settleMs = 5_000;

/** What is asked of a source that is spoken to over HTTP: calls that each make one request. */
interface Probe {
  source: string;
  tool: string;
  args: Record<string, unknown>;
}

const logs = 'lindenwares-logs';
const backups = 'lindenwares-backups';

/** All four connectors at once: how soon they are up, what they take, and what a call costs beyond its request. */
export async function measureSources({ mysql }: Services): Promise<Figure[]> {
  log.level = 'error';
  await using standIns = await startStandIns();
  const env = {
    MYSQL_HOST: mysql.host,
    MYSQL_PORT: String(mysql.port),
    MYSQL_USER: mysql.user,
    MYSQL_PASSWORD: mysql.password,
    MYSQL_DATABASE: mysql.database,
    ...standIns.env,
  };
  const start = performance.now();
  const sources = connectors.map((connector) => toChild(connector, env));
  const toolbox = await openToolbox({ sources, log, openMs: 30_000 });
  const readyMs = performance.now() - start;
  try {
    const down = toolbox.sources().filter(({ state }) => state !== 'ready');
    if (down.length > 0) throw new Error(JSON.stringify(down));
    await sleep(settleMs);
    const figures: Figure[] = [
      { name: 'all four connectors ready', value: readyMs / 1000, unit: 's', target: 3 },
      ...(await measureMemory()),
    ];
    for (const probe of probes) figures.push(...(await measureProbe(toolbox, probe, standIns)));
    figures.push(await measureHugeObject(toolbox));
    return figures;
  } finally {
    await toolbox.close();
  }
}

const probes: Probe[] = [
  { source: 's3', tool: 'list_objects', args: { bucket: logs, prefix: 'app/' } },
  { source: 's3', tool: 'read_object', args: { bucket: logs, key: 'app/current.jsonl' } },
  { source: 'jira', tool: 'get_issue', args: { issue_key: 'SHOP-1' } },
  { source: 'jira', tool: 'search_issues', args: { jql: 'project = SHOP' } },
  { source: 'shopify', tool: 'get_order', args: { order: '#5000' } },
  { source: 'shopify', tool: 'list_products', args: {} },
];

async function measureMemory(): Promise<Figure[]> {
  const children = (await childrenOfThis()).flatMap(({ pid, commandLine }) => {
    const [, name] = /connectors\/serve\.ts (\S+)/.exec(commandLine) ?? [];
    return name ? [{ pid, name }] : [];
  });
  const sizes = await Promise.all(
    children.map(async ({ pid, name }) => ({ name, value: await proportionalMemory(pid) })),
  );
  const all = sizes.reduce((sum, { value }) => sum + value, 0);
  return [
    ...sizes.map(({ name, value }) => ({
      name: `${name}, idle (PSS)`,
      value,
      unit: 'MB' as const,
      target: 80,
    })),
    { name: 'all connectors, idle (PSS)', value: all, unit: 'MB', target: 260 },
  ];
}

/** The call, and in turn the requests that it makes: by the SDK alone, and with nothing around them at all. */
async function measureProbe(
  toolbox: Toolbox,
  { source, tool, args }: Probe,
  standIns: StandIns,
): Promise<Figure[]> {
  const sdk = bareSdks(standIns.env)[source];
  if (!sdk) throw new Error(`There is no SDK for ${source}.`);
  const beyondSdk: number[] = [];
  const beyondFetch: number[] = [];
  let count = 0;
  await standIns.takeRequests();
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const called = await timed(() => call(toolbox, `${source}__${tool}`, args));
    const requests = (await standIns.takeRequests()).filter((sent) => sent.source === source);
    const bySdk = await timed(() => replay(requests, sdk));
    const byFetch = await timed(() => replay(requests, bareFetch));
    await standIns.takeRequests();
    if (round === warmUp - 1) count = requests.length;
    // Other rounds have a check of the source's health among them.
    if (round < warmUp || requests.length !== count) continue;
    beyondSdk.push(called - bySdk);
    beyondFetch.push(called - byFetch);
  }
  const what = count === 1 ? 'a request' : `${count} requests`;
  return [
    ...spread(`${source} ${tool} beyond ${what} by the SDK`, beyondSdk, 1, [0.95, 3]),
    ...spread(`${source} ${tool} beyond ${what} by fetch`, beyondFetch, undefined, [0.95]),
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function call(toolbox: Toolbox, name: string, args: Record<string, unknown>) {
  const { signal } = new AbortController();
  const outcome = await toolbox.call({ name, args, signal });
  if (!outcome.ok) throw new Error(`${name}: ${outcome.content}`);
  return outcome.content;
}

async function replay(requests: SentRequest[], send: BareSdk): Promise<void> {
  for (const request of requests) await send(request);
}

/** Signatures hold for some minutes. Nobody can use an API so: nothing signs, checks or reads what comes back. */
const bareFetch: BareSdk = async ({ url, method, headers, body }) => {
  const init = { method, headers, ...(body.length > 0 && { body }) };
  return (await fetch(url, init)).text();
};

/** Reads here and there in an object of 5 GB, and asks for its table. */
async function measureHugeObject(toolbox: Toolbox): Promise<Figure> {
  const children = await childrenOfThis();
  const pid = children.find(({ commandLine }) => / s3$/.test(commandLine))?.pid ?? 0;
  const listed = JSON.parse(
    await call(toolbox, 's3__list_objects', { bucket: backups, recursive: true }),
  );
  const objects = (listed.data ?? listed).objects as {
    key: string;
    size: number;
    storage_class?: string;
  }[];
  const huge = objects.find(({ size, storage_class }) => size > 5e9 && storage_class !== 'GLACIER');
  if (!huge) throw new Error('There is no object of 5 GB.');
  const memory = await watchPeak(pid);
  const place = { bucket: backups, key: huge.key };
  for (const offset of [0, 1e9, 4e9, huge.size - 100_000])
    await call(toolbox, 's3__read_object', { ...place, offset, length: 40_000 });
  await call(toolbox, 's3__read_object', { ...place, mode: 'tail' });
  await call(toolbox, 's3__read_object', { ...place, mode: 'lines' });
  return {
    name: 'an object of 5 GB read here and there: peak memory minus idle',
    value: await memory.peak(),
    unit: 'MB',
    target: 80,
  };
}
