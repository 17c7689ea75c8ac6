/** The stand-ins of the demo, in a thread of their own. Says once when they are ready. */
import { parentPort, workerData } from 'node:worker_threads';
import { shopRecords } from './shop/shop-records.ts';

export type StandInName = 's3' | 'jira' | 'shopify';

export interface SourcesWanted {
  names: readonly StandInName[];
  today: Date;
}

export interface SourcesReady {
  env: Record<string, string>;
  says: string[];
}

interface Started {
  env: Record<string, string>;
  says: string;
}

const { names, today } = workerData as SourcesWanted;
const records = shopRecords({ today });

const starts: Record<StandInName, () => Promise<Started>> = {
  async s3() {
    const { startS3 } = await import('./s3/start-s3.ts');
    const { loadS3, s3Objects } = await import('./shop/s3/s3-objects.ts');
    const { env, ...s3 } = await startS3();
    const buckets = s3Objects(records, { today });
    loadS3(s3, buckets);
    const objects = buckets.reduce((sum, bucket) => sum + bucket.objects.length, 0);
    return { env, says: `S3 (${buckets.length} buckets, ${objects} files)` };
  },
  async jira() {
    const { startJira } = await import('./jira/start-jira.ts');
    const { jiraData } = await import('./shop/jira/jira-data.ts');
    const data = jiraData(records, { today });
    const { env } = await startJira({ today, data });
    return { env, says: `Jira (${data.issues.length} tickets)` };
  },
  async shopify() {
    const { startShopify } = await import('./shopify/start-shopify.ts');
    const { shopifyData } = await import('./shop/shopify/shopify-data.ts');
    const { env } = await startShopify({ today, data: () => shopifyData(records, { today }) });
    return { env, says: 'Shopify (the same orders)' };
  },
};

const started = await Promise.all(names.map((name) => starts[name]()));
const ready: SourcesReady = {
  env: Object.assign({}, ...started.map(({ env }) => env)) as Record<string, string>,
  says: started.map(({ says }) => says),
};
parentPort?.postMessage(ready);
