/** The stand-ins in a thread of their own: an API that shared the caller's thread would look faster than any is. */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { startJira } from '../playground/jira/start-jira.ts';
import { startS3 } from '../playground/s3/start-s3.ts';
import { loadS3, s3Objects } from '../playground/shop/s3/s3-objects.ts';
import { shopRecords } from '../playground/shop/shop-records.ts';
import { startShopify } from '../playground/shopify/start-shopify.ts';
import type { StandIn } from '../playground/stand-in/start-stand-in.ts';

/** A request that a stand-in was sent, to be sent again. */
export interface SentRequest {
  /** The stand-in's name: `jira`. */
  source: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

/** The sample shop's S3, Jira and Shopify at work. */
export interface StandIns extends AsyncDisposable {
  /** What the connectors need to reach them. */
  env: Record<string, string>;
  /** The requests since it was last asked. */
  takeRequests(): Promise<SentRequest[]>;
}

/** Starts all three, with their data made. */
export async function startStandIns(): Promise<StandIns> {
  const worker = new Worker(new URL(import.meta.url));
  // Rejects with what the thread died of.
  const answer = async <Answer>() => (await once(worker, 'message'))[0] as Answer;
  const env = await answer<Record<string, string>>();
  return {
    env,
    takeRequests() {
      const taken = answer<SentRequest[]>();
      worker.postMessage('take');
      return taken;
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

/** What is measured is the connector, not its waits. */
const unbounded = { maximum: 1e9, restoreRate: 1e9 };

async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const today = new Date();
  const [s3, jira, shopify] = await Promise.all([
    startS3(),
    startJira({ today }),
    startShopify({ today, points: unbounded }),
  ]);
  loadS3(s3, s3Objects(shopRecords({ today }), { today }));
  await warm(shopify.url, shopify.env.SHOPIFY_ACCESS_TOKEN);
  const standIns: Record<string, StandIn> = { s3, jira, shopify };
  const take = () =>
    Object.entries(standIns).flatMap(([source, { url, requests }]) =>
      requests.splice(0).map(({ method, path, query, headers, body }) => {
        const { host: _, connection: __, 'content-length': ___, ...own } = headers;
        const search = query.size > 0 ? `?${query}` : '';
        const place = { source, method, url: `${url}${path}${search}` };
        return { ...place, headers: own, body: new Uint8Array(body) };
      }),
    );
  take();
  port.on('message', () => port.postMessage(take()));
  port.postMessage({ ...s3.env, ...jira.env, ...shopify.env });
}

/** The first question makes the shop's data, which is no cost of a connector. */
async function warm(url: string, token: string): Promise<void> {
  const answer = await fetch(`${url}/admin/api/2026-10/graphql.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
    body: '{"query":"{ productsCount { count } ordersCount { count } }"}',
  });
  await answer.text();
}

if (!isMainThread && parentPort) await serve(parentPort);
