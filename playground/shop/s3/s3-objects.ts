import type { S3BodyInput } from '../../s3/s3-body.ts';
import type { PutOptions, S3StandIn } from '../../s3/start-s3.ts';
import { days, startOfDay } from '../moment.ts';
import type { ShopRecords } from '../shop-records.ts';
import { toBackups } from './s3-backups.ts';
import { toExports } from './s3-exports.ts';
import { toLogs } from './s3-logs.ts';
import { toMedia } from './s3-media.ts';

/** An object of the sample; without a body it is deleted. Where versions are kept, the same key may come again. */
export interface ShopObject extends PutOptions {
  key: string;
  body?: S3BodyInput;
  modified: Date;
}

/** A bucket with its objects, older versions before newer ones. */
export interface ShopBucket {
  bucket: string;
  region?: string;
  versioned?: boolean;
  created: Date;
  objects: ShopObject[];
}

/**
 * What the sample shop keeps in S3. Pure: the same records and day give the same bytes.
 *
 * Exports equal the rows in MySQL; logs tell of the same orders as the tickets in Jira.
 */
export function s3Objects(records: ShopRecords, { today }: { today: Date }): ShopBucket[] {
  const created = new Date(startOfDay(today) - days(730));
  return [
    { bucket: 'lindenwares-exports', created, objects: toExports(records, { today }) },
    { bucket: 'lindenwares-logs', created, objects: toLogs(records, { today }) },
    { bucket: 'lindenwares-backups', created, region: 'eu-west-1', objects: toBackups({ today }) },
    { bucket: 'lindenwares-media', created, versioned: true, objects: toMedia(records, { today }) },
  ];
}

/** Fills a stand-in. */
export function loadS3(
  s3: Pick<S3StandIn, 'makeBucket' | 'put' | 'remove'>,
  buckets: readonly ShopBucket[],
): void {
  for (const { bucket, objects, ...options } of buckets) {
    s3.makeBucket(bucket, options);
    for (const { key, body, ...facts } of objects) {
      if (body === undefined) s3.remove(bucket, key, facts.modified);
      else s3.put(bucket, key, body, facts);
    }
  }
}
