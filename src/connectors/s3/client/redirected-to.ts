import { toRawError } from './raw-error.ts';

/** Answers with which S3 sends a request to the bucket's own region. */
const elsewhere = new Set([301, 307, 400]);

/** The region where a bucket is, when a request failed because it went to another one. */
export function redirectedTo(error: unknown): string | undefined {
  const { status, header, field } = toRawError(error);
  if (!elsewhere.has(status)) return;
  const region = header('x-amz-bucket-region') ?? field('Region');
  return region && /^[a-z0-9-]{2,40}$/.test(region) ? region : undefined;
}
