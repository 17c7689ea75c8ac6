import { capital } from '../../capital.ts';
import type { CheckLine } from '../connector.ts';
import { ToolError, type ToolErrorCode } from '../tool-error.ts';
import { readBuckets } from './client/buckets.ts';
import { listPage } from './client/list-page.ts';
import type { S3 } from './client/s3.ts';
import type { S3Settings } from './client/settings.ts';

/** Buckets that are looked at one by one. */
const mostBuckets = 5;

/** Looks at credentials, reachability, and whether the buckets may be listed. */
export async function checkS3(
  s3: S3,
  writes: readonly string[],
  signal: AbortSignal,
): Promise<CheckLine[]> {
  const named = s3.scope.buckets;
  try {
    const buckets = await readBuckets(s3, signal).catch(forgiveListing);
    const names = named ?? buckets?.buckets.map(({ name }) => name) ?? [];
    return [
      { ok: true, what: `S3 answers${s3.settings.region ? ` in ${s3.settings.region}` : ''}` },
      ...toEncryptionLines(s3.settings),
      toBucketsLine(named, buckets?.buckets.length),
      ...(await Promise.all(
        names.slice(0, mostBuckets).map((name) => checkBucket(s3, name, signal)),
      )),
      ...(writes.length > 0 ? [{ ok: true, what: `Writing is on: ${writes.join(', ')}` }] : []),
    ];
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return [{ ok: false, what: capital(error.what), fix: toFix(error) }];
  }
}

/** Accounts that may read one bucket often may not list all of them. */
function forgiveListing(error: unknown): undefined {
  if (error instanceof ToolError && error.code === 'MISSING_PERMISSION') return;
  throw error;
}

/** A warning for an address elsewhere that is not https. */
export function toEncryptionLines({ endpoint }: S3Settings): CheckLine[] {
  const url = endpoint ? URL.parse(endpoint) : undefined;
  if (url?.protocol !== 'http:' || /^(localhost|127\.|\[::1\])/.test(url.hostname)) return [];
  const fix = 'Set AWS_ENDPOINT_URL_S3 to an https address';
  return [{ ok: true, what: 'The connection is not encrypted', fix }];
}

function toBucketsLine(named: string[] | undefined, count: number | undefined): CheckLine {
  if (named) return { ok: true, what: `S3_BUCKETS opens ${toCount(named.length)}` };
  if (count === undefined)
    return {
      ok: true,
      what: 'The account may not list its buckets, so questions have to name them',
      fix: 'Allow s3:ListAllMyBuckets, or name the buckets in S3_BUCKETS',
    };
  if (count > 0) return { ok: true, what: `It may list ${toCount(count)}` };
  return {
    ok: false,
    what: 'The account has no buckets',
    fix: 'Set AWS_ACCESS_KEY_ID to a key of the account that has them, or S3_BUCKETS to buckets of another one',
  };
}

const toCount = (count: number) => (count === 1 ? 'one bucket' : `${count} buckets`);

/** Below its prefix, since a policy may open no more. Which keys can be read shows only when one is. */
async function checkBucket(s3: S3, bucket: string, signal: AbortSignal): Promise<CheckLine> {
  try {
    const [prefix = ''] = s3.scope.prefixes(bucket, '');
    await listPage(s3, { bucket, prefix, max: 1 }, signal);
    return { ok: true, what: `${bucket}${prefix && `/${prefix}`} can be listed` };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { ok: false, what: `${bucket}: ${error.what}`, fix: toFix(error) };
  }
}

const keysFix =
  'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a key that may read (and AWS_SESSION_TOKEN if it is temporary)';
const reachFix =
  'Look whether AWS_DEFAULT_REGION is a region of Amazon, such as eu-central-1, and whether S3 can be reached from here; set AWS_ENDPOINT_URL_S3 only for servers that are not Amazon';

const fixes: Partial<Record<ToolErrorCode, string>> = {
  AUTH_FAILED: keysFix,
  MISSING_PERMISSION:
    'Allow s3:ListBucket on the bucket and s3:GetObject on its keys, or take it out of S3_BUCKETS',
  NOT_FOUND: 'Set S3_BUCKETS to buckets that exist',
};

const toFix = ({ code, what }: ToolError) =>
  /region/.test(what)
    ? 'Set AWS_DEFAULT_REGION to the region of the bucket'
    : (fixes[code] ?? reachFix);
