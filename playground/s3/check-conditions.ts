import type { IncomingHttpHeaders } from 'node:http';
import type { S3Object } from './find-version.ts';
import { S3Error } from './s3-error.ts';

/** Whether the caller has it already, so that 304 is the answer. Throws PreconditionFailed (RFC 9110, 13.2.2). */
export function isNotModified(headers: IncomingHttpHeaders, { body, modified }: S3Object): boolean {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !namesEtag(ifMatch, body.etag)) throw failed('If-Match');
  const unmodifiedSince = toTime(headers['if-unmodified-since']);
  if (
    ifMatch === undefined &&
    unmodifiedSince !== undefined &&
    modified.getTime() > unmodifiedSince
  )
    throw failed('If-Unmodified-Since');
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return namesEtag(ifNoneMatch, body.etag);
  const modifiedSince = toTime(headers['if-modified-since']);
  return modifiedSince !== undefined && modified.getTime() <= modifiedSince;
}

/** Whether a list of ETags, quoted or not, names this one or all. */
export const namesEtag = (list: string, etag: string): boolean =>
  list.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^"|"$/g, '')));

/** The refusal, which says which condition it was. */
export const failed = (condition: string): S3Error =>
  new S3Error('PreconditionFailed', { details: { Condition: condition } });

// A date that can't be read is no condition.
function toTime(header: string | undefined): number | undefined {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? undefined : time;
}
