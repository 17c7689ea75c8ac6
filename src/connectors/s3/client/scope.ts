import { nearest } from '../../../nearest.ts';
import { ToolError } from '../../tool-error.ts';

/** Prefixes that are open, by bucket; the empty prefix stands for the whole bucket. */
export type OpenPlaces = ReadonlyMap<string, readonly string[]>;

/** Letters of old buckets in us-east-1 and of compatible servers included. */
const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;

/**
 * Reads `S3_BUCKETS`: `reports,logs/app/`. A prefix ends with a slash, so that `logs/app` does not open `logs/apple`.
 * What is wrong with the text comes as a sentence.
 */
export function toOpenPlaces(text: string): OpenPlaces | string {
  const places = new Map<string, string[]>();
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const [, bucket = '', rest = ''] = /^(?:s3:\/\/)?([^/]*)\/?(.*)$/s.exec(entry) ?? [];
    if (!bucketName.test(bucket))
      return `${JSON.stringify(entry.slice(0, 80))} is no bucket and no bucket/prefix/`;
    const prefix = rest === '' || rest.endsWith('/') ? rest : `${rest}/`;
    places.set(bucket, [...(places.get(bucket) ?? []), prefix]);
  }
  return places.size > 0 ? places : 'names no bucket';
}

/** Which buckets and keys may be used. What is not open does not exist for any tool. */
export class Scope {
  readonly #places: OpenPlaces | undefined;

  constructor(places: OpenPlaces | undefined) {
    this.#places = places;
  }

  /** The buckets that were named; nothing when all are open. */
  get buckets(): string[] | undefined {
    return this.#places && [...this.#places.keys()];
  }

  /**
   * The prefixes to be listed for a wanted one: itself, or those below it that are open.
   *
   * @throws ToolError `REFUSED` when nothing there is open.
   */
  prefixes(bucket: string, prefix: string): readonly string[] {
    const open = this.#open(bucket);
    if (open.some((each) => prefix.startsWith(each))) return [prefix];
    const inner = open.filter((each) => each.startsWith(prefix));
    if (inner.length > 0) return inner;
    return refusePrefix(bucket, prefix, open);
  }

  /** @throws ToolError `REFUSED` for a key that is not open. */
  requireKey(bucket: string, key: string): void {
    const open = this.#open(bucket);
    if (!open.some((each) => key.startsWith(each))) refusePrefix(bucket, key, open);
  }

  /** @throws ToolError `REFUSED` for a listing that would show more than is open. */
  requireListing(bucket: string, prefix: string): void {
    const open = this.#open(bucket);
    if (!open.some((each) => prefix.startsWith(each))) refusePrefix(bucket, prefix, open);
  }

  /** @throws ToolError `REFUSED` for a bucket that was not named. */
  requireBucket(bucket: string): void {
    this.#open(bucket);
  }

  #open(bucket: string): readonly string[] {
    if (!this.#places) return [''];
    const open = this.#places.get(bucket);
    if (open) return open;
    const names = [...this.#places.keys()];
    const close = nearest(bucket, names);
    throw new ToolError('REFUSED', `the bucket ${JSON.stringify(bucket)} is not open here`, {
      why: 'S3_BUCKETS names those that are',
      try: (close.length > 0 ? close : names.slice(0, 10)).join(', '),
    });
  }
}

function refusePrefix(bucket: string, wanted: string, open: readonly string[]): never {
  const what = `${JSON.stringify(wanted.slice(0, 200))} in ${bucket} is not open here`;
  throw new ToolError('REFUSED', what, {
    why: 'S3_BUCKETS opens a part of this bucket only',
    try: `keys that begin with ${open.slice(0, 10).join(' or ')}`,
  });
}
