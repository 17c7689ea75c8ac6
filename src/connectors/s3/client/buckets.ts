import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { toMoment } from '../object-item.ts';
import { requireAnswer } from './require-answer.ts';
import type { S3 } from './s3.ts';

export type BucketFacts = {
  name: string;
  region?: string;
  /** ISO 8601, UTC. */
  created?: string;
};

export interface Buckets {
  buckets: BucketFacts[];
  /** Why these may not be all. */
  note?: string;
}

/** An account has 10,000 buckets at most, unless Amazon agreed to more. */
const maxPages = 10;

/**
 * The buckets that may be used, by name. Those of `S3_BUCKETS` are given even when the account may not list.
 *
 * @throws ToolError `MISSING_PERMISSION` when the account may not list and none is named.
 */
export async function readBuckets(s3: S3, signal: AbortSignal): Promise<Buckets> {
  const named = s3.scope.buckets;
  try {
    const all = await listAll(s3, signal);
    return { buckets: named ? named.map((name) => all.get(name) ?? { name }) : [...all.values()] };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== 'MISSING_PERMISSION' || !named) throw error;
    const note = 'These are the buckets of S3_BUCKETS: the account may not list its buckets.';
    return { buckets: named.map((name) => ({ name })), note };
  }
}

async function listAll(s3: S3, signal: AbortSignal): Promise<Map<string, BucketFacts>> {
  const all = new Map<string, BucketFacts>();
  let ContinuationToken: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const input = { MaxBuckets: 1000, ...(ContinuationToken && { ContinuationToken }) };
    const answer = await s3.send({ action: 's3:ListAllMyBuckets' }, signal, (client, options) =>
      client.send(new ListBucketsCommand(input), options),
    );
    requireAnswer(answer.Buckets ?? answer.Owner);
    for (const { Name, BucketRegion, CreationDate } of answer.Buckets ?? []) {
      if (!Name) continue;
      s3.learnRegion(Name, BucketRegion);
      all.set(Name, {
        name: outsideText(Name, 255),
        ...(BucketRegion && { region: outsideText(BucketRegion, 40) }),
        ...(CreationDate && { created: toMoment(CreationDate) }),
      });
    }
    ContinuationToken = answer.ContinuationToken;
    if (!ContinuationToken) break;
  }
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}
