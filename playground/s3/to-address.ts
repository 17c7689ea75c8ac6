import type { StandInRequest } from '../stand-in/start-stand-in.ts';
import { S3Error } from './s3-error.ts';

/** What a request is about; without a bucket it is the account. */
export interface S3Address {
  bucket: string;
  key: string;
}

/** Reads both styles: `/bucket/key`, and `/key` at `bucket.s3.….amazonaws.com` or `bucket.localhost`. */
export function toAddress({ path, headers }: Pick<StandInRequest, 'path' | 'headers'>): S3Address {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const own = /^(.+?)\.(?:s3[.-]|localhost$)/.exec(host)?.[1];
  if (own) return { bucket: own, key: decode(path.slice(1)) };
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  return { bucket: decode(bucket), key: decode(key) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI');
  }
}
