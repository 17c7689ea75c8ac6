import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { configuredConnectors } from '../src/connector-children.ts';
import { connectors } from '../src/connectors/index.ts';
import type { SourcesReady, SourcesWanted, StandInName } from './sources-worker.ts';

/** Stand-ins at work, with the sample shop in them. */
export interface Sources extends AsyncDisposable {
  /** What the connectors need to reach them. */
  env: NodeJS.ProcessEnv;
  /** What there is, for people: `S3 (61 objects in 4 buckets)`. Of sources of the reader's own: their names. */
  says: string[];
}

const names: readonly StandInName[] = ['s3', 'jira', 'shopify'];

/**
 * Starts stand-ins for S3, Jira and Shopify, unless the environment names real ones: those are used as they are.
 *
 * They run in a thread of their own: making their data and reading Shopify's schema takes a second, in which the Slack
 * look-alike would stand still. They end with this process, however it ends.
 */
export async function startSources(
  env: NodeJS.ProcessEnv,
  { today }: { today: Date },
): Promise<Sources> {
  const own = configuredConnectors(env).filter(({ name }) => names.some((one) => one === name));
  const wanted = names.filter((name) => !own.some((connector) => connector.name === name));
  const says = own.map(({ title }) => `${title} as the environment names it`);
  if (wanted.length === 0) return { env: {}, says, async [Symbol.asyncDispose]() {} };
  const workerData: SourcesWanted = { names: wanted, today };
  const worker = new Worker(new URL('sources-worker.ts', import.meta.url), { workerData });
  const [ready] = (await once(worker, 'message')) as [SourcesReady];
  return {
    env: { ...blanks(wanted), ...ready.env },
    says: [...ready.says, ...says],
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

/** A machine of Amazon's has variables of its own, which would not fit a stand-in's keys. Empty ones count as missing. */
const blanks = (wanted: readonly string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(
    connectors
      .filter(({ name }) => wanted.includes(name))
      .flatMap(({ env: { shape } }) => Object.keys(shape).map((name) => [name, ''])),
  );
