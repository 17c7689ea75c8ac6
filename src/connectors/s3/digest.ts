import { ToolError } from '../tool-error.ts';
import { type BucketFacts, readBuckets } from './client/buckets.ts';
import { listPage, type ObjectFacts } from './client/list-page.ts';
import type { S3 } from './client/s3.ts';
import { type BucketContents, toDigest } from './to-digest.ts';

/** Buckets that are looked into; others are named. */
const mostBuckets = 8;

/** What the buckets hold, in at most 4 kB. */
export async function readDigest(s3: S3, signal: AbortSignal): Promise<string> {
  const { buckets } = await readBuckets(s3, signal).catch(withoutBuckets);
  const inside = await Promise.all(
    buckets.slice(0, mostBuckets).map((bucket) => lookInto(s3, bucket, signal)),
  );
  const others = buckets.slice(mostBuckets).map(({ name }) => name);
  return toDigest(inside, others);
}

/** Who may not list buckets can still be asked about those that a question names. */
function withoutBuckets(error: unknown): { buckets: BucketFacts[] } {
  if (error instanceof ToolError && error.code === 'MISSING_PERMISSION') return { buckets: [] };
  throw error;
}

/** The first thousand keys show how names are made; the folders of the top show what they leave out. */
async function lookInto(
  s3: S3,
  { name, region }: BucketFacts,
  signal: AbortSignal,
): Promise<BucketContents> {
  try {
    const prefixes = s3.scope.prefixes(name, '').slice(0, 3);
    const objects: ObjectFacts[] = [];
    const folders: string[] = [];
    let isWhole = true;
    for (const prefix of prefixes) {
      const page = await listPage(s3, { bucket: name, prefix }, signal);
      objects.push(...page.entries.flatMap(({ object }) => object ?? []));
      if (!page.next) continue;
      isWhole = false;
      const top = await listPage(s3, { bucket: name, prefix, delimiter: '/', max: 200 }, signal);
      folders.push(...top.entries.flatMap(({ name, object }) => (object ? [] : [name])));
    }
    return { name, region: region ?? s3.regionOf(name), objects, folders, isWhole };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code === 'CANCELLED') throw error;
    return { name, region, objects: [], folders: [], isWhole: false, fault: error.what };
  }
}
