import { outsideText } from '../../../outside-text.ts';
import { ToolError, type ToolErrorDetails } from '../../tool-error.ts';
import { authFaults, networkFault } from './connect-faults.ts';
import { type RawError, toRawError } from './raw-error.ts';
import type { S3, Target } from './s3.ts';
import { suggestBuckets, suggestKeys } from './suggest-names.ts';

interface Signals {
  signal: AbortSignal;
  /** Our own patience has ended. */
  isLate: boolean;
}

/** Turns what the SDK throws into a sentence that names the right, the setting or the name that helps. */
export async function explainError(
  s3: S3,
  error: unknown,
  target: Target,
  { signal, isLate }: Signals,
): Promise<ToolError> {
  if (error instanceof ToolError) return error;
  const raw = toRawError(error);
  if (signal.aborted) return new ToolError('CANCELLED', 'the call was cancelled', { cause: error });
  if (isLate || raw.code === 'TimeoutError') return tooSlow(error);
  const details = { cause: error };
  return (
    (await missing(s3, raw, target, signal, details)) ??
    refused(raw, target, details) ??
    authFaults(raw, details) ??
    networkFault(raw, details) ??
    unknown(raw, target, details)
  );
}

const tooSlow = (cause: unknown) =>
  new ToolError('TIMEOUT', 'S3 took too long', {
    try: 'a smaller range, a narrower prefix, or the same again later',
    cause,
  });

async function missing(
  s3: S3,
  raw: RawError,
  target: Target,
  signal: AbortSignal,
  details: ToolErrorDetails,
): Promise<ToolError | undefined> {
  const { bucket, key = '', versionId } = target;
  if (bucket === undefined) return;
  if (raw.code === 'NoSuchBucket' || (raw.status === 404 && target.key === undefined)) {
    const close = await suggestBuckets(s3, bucket, signal);
    return new ToolError('NOT_FOUND', `there is no bucket ${quote(bucket)}`, {
      try: close.length > 0 ? close.join(', ') : 'list_buckets',
      ...details,
    });
  }
  if (raw.code === 'NoSuchVersion' || (versionId && isBadVersion(raw)))
    return new ToolError('NOT_FOUND', `${quote(key)} in ${bucket} has no such version`, {
      try: 'list_object_versions with this key',
      ...details,
    });
  if (raw.header('x-amz-delete-marker') === 'true')
    return new ToolError('NOT_FOUND', `${quote(key)} in ${bucket} has been deleted`, {
      try: 'list_object_versions with this key: an older version can be read by its version_id',
      ...details,
    });
  if (raw.status !== 404) return;
  const close = await suggestKeys(s3, bucket, key, signal).catch(toToolError);
  if (close instanceof ToolError) return close; // an answer without a body may mean the bucket
  return new ToolError('NOT_FOUND', `there is no ${quote(key)} in ${bucket}`, {
    why: 'keys are whole and case-sensitive',
    try: close.length > 0 ? close.map(quote).join(', ') : 'search_objects, or list_objects',
    ...details,
  });
}

function toToolError(error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  throw error;
}

const isBadVersion = ({ status, code }: RawError) => status === 400 || code === 'NotFound';

/** The request was understood, and S3 will not have it. */
function refused(raw: RawError, target: Target, details: ToolErrorDetails): ToolError | undefined {
  const place = toPlace(target);
  if (raw.code === 'InvalidObjectState')
    return new ToolError('REFUSED', `${place} is in an archive`, {
      why: `its storage class is ${outsideText(raw.field('StorageClass') ?? 'GLACIER', 40)}`,
      try: 'telling the person that it has to be restored first, which takes hours',
      ...details,
    });
  if (raw.status === 412 || raw.code === 'ConditionalRequestConflict')
    return new ToolError('CONFLICT', `${place} is not what it was`, {
      why: 'it was replaced, or created, in the meantime',
      try: 'reading it again from the beginning, without if_match',
      ...details,
    });
  if (raw.status === 416)
    return new ToolError('INVALID_ARGUMENT', `${place} ends before this offset`, details);
  if (/server.side encryption.*(key|parameters)|SSE-C|customer.provided/i.test(raw.message))
    return new ToolError('REFUSED', `${place} is encrypted with a key that S3 does not keep`, {
      try: 'another object; this connector has no customer keys (SSE-C)',
      ...details,
    });
  if (raw.status === 501)
    return new ToolError('REFUSED', `this S3 server does not know ${target.action}`, {
      try: 'another tool',
      ...details,
    });
  return;
}

function unknown(raw: RawError, target: Target, details: ToolErrorDetails): ToolError {
  if (raw.code === 'AccessDenied' || raw.status === 403) return denied(raw, target, details);
  if (raw.status >= 400 && raw.status < 500 && /^[A-Z]\w{2,60}$/.test(raw.code))
    return new ToolError('UPSTREAM_ERROR', `S3 refuses ${target.action} on ${toPlace(target)}`, {
      why: `${raw.code}, "${outsideText(raw.message, 200)}"`,
      ...details,
    });
  return new ToolError('UPSTREAM_ERROR', 'S3 gave no answer that makes sense', {
    why: raw.status ? `the status was ${raw.status}` : 'it was cut, or not in the words of S3',
    try: 'the same again in a moment; if it goes on, tell the person that the source is not working',
    ...details,
  });
}

function denied(raw: RawError, target: Target, details: ToolErrorDetails): ToolError {
  const { action, key } = target;
  if (/kms/i.test(raw.message))
    return new ToolError(
      'MISSING_PERMISSION',
      `the key that encrypts ${toPlace(target)} is closed`,
      {
        try: 'telling the person that kms:Decrypt on the key of this bucket is missing',
        ...details,
      },
    );
  return new ToolError('MISSING_PERMISSION', `S3 does not allow ${action} on ${toPlace(target)}`, {
    ...(key !== undefined && {
      why: 'the right is missing, or there is no such key and the right s3:ListBucket, without which S3 does not say so, is missing',
    }),
    try: `telling the person that the account needs ${action} on ${toResource(target)}`,
    ...details,
  });
}

const quote = (text: string) => JSON.stringify(outsideText(text, 200));

const toPlace = ({ bucket, key, prefix }: Target) => {
  if (bucket === undefined) return 'the list of buckets';
  if (key !== undefined) return `${quote(key)} in ${bucket}`;
  return prefix ? `${quote(prefix)} in ${bucket}` : bucket;
};

/** As it stands in a policy: `arn:aws:s3:::acme-logs/app/*`. */
function toResource({ bucket, key }: Target): string {
  if (bucket === undefined) return '*';
  if (key === undefined) return `arn:aws:s3:::${bucket}`;
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  return `arn:aws:s3:::${bucket}/${outsideText(folder, 200)}*`;
}
