import type { StandInAnswer } from '../stand-in/start-stand-in.ts';
import { compareKeys } from './compare-keys.ts';
import { fromToken, toLimit, toToken } from './page-query.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { xmlAnswer } from './s3-call.ts';
import { toXml, type XmlElement } from './xml.ts';

/** Most buckets on a page. */
const most = 10_000;

/** `ListBuckets`. Regions are told only where a parameter came with it, as in S3. */
export function listBuckets(query: URLSearchParams, buckets: Iterable<S3Bucket>): StandInAnswer {
  const limit = toLimit(query.get('max-buckets'), most, 'max-buckets');
  const prefix = query.get('prefix') ?? '';
  const region = query.get('bucket-region');
  const token = query.get('continuation-token');
  const after = token ? fromToken(token)[0] : '';
  const withRegion = ['max-buckets', 'prefix', 'bucket-region'].some((name) => query.has(name));
  const found = [...buckets]
    .filter((bucket) => bucket.name.startsWith(prefix) && bucket.name > after)
    .filter((bucket) => region === null || bucket.region === region)
    .sort((a, b) => compareKeys(a.name, b.name));
  const page = found.slice(0, limit);
  const last = page.at(-1)?.name ?? '';
  return xmlAnswer(
    toXml('ListAllMyBucketsResult', [
      ['Owner', [['ID', 'f'.repeat(64)]]],
      ['Buckets', page.map((bucket) => toElement(bucket, withRegion || token !== null))],
      ['ContinuationToken', found.length > page.length ? toToken([last, false]) : undefined],
      ['Prefix', prefix || undefined],
    ]),
  );
}

const toElement = ({ name, created, region }: S3Bucket, withRegion: boolean): XmlElement => [
  'Bucket',
  [
    ['Name', name],
    ['CreationDate', created.toISOString()],
    ['BucketRegion', withRegion ? region : undefined],
  ],
];
