import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { Patience } from '../../../patience.ts';
import { explainError } from './explain-error.ts';
import { redirectedTo } from './redirected-to.ts';
import { Scope } from './scope.ts';
import type { S3Settings } from './settings.ts';

/** What a request is about, for the scope and for sentences. */
export interface Target {
  /** The right that it takes: `s3:GetObject`. */
  action: string;
  bucket?: string;
  /** Of one object. */
  key?: string;
  /** Of a listing. */
  prefix?: string;
  versionId?: string | undefined;
}

/** Sends one command, e.g. `(client, options) => client.send(new HeadBucketCommand({…}), options)`. */
export type Call<Output> = (
  client: S3Client,
  options: { abortSignal: AbortSignal },
) => Promise<Output>;

/** Longest request with its tries, in milliseconds. */
const longestRequest = 30_000;

/**
 * S3 as the tools use it: every request stays in the scope, goes to the region of its bucket, ends with the caller's
 * signal, and fails in words of ours.
 */
export class S3 {
  readonly scope: Scope;
  readonly settings: S3Settings;
  readonly #regions = new Map<string, string>();
  readonly #clients = new Map<string | undefined, S3Client>();

  constructor(settings: S3Settings) {
    this.settings = settings;
    this.scope = new Scope(settings.places);
  }

  /**
   * What S3 answers.
   *
   * @throws ToolError for whatever goes wrong; see {@link explainError}.
   */
  async send<Output>(target: Target, signal: AbortSignal, call: Call<Output>): Promise<Output> {
    this.#requireOpen(target);
    using patience = new Patience(signal, longestRequest);
    try {
      return await this.#inRegion(target.bucket, patience.signal, call);
    } catch (error) {
      throw await explainError(this, error, target, { signal, isLate: patience.isOver });
    }
  }

  /** The bucket's region as far as it is known. */
  regionOf(bucket: string): string | undefined {
    return this.#regions.get(bucket) ?? this.settings.region;
  }

  /** Keeps what a listing told of a bucket. */
  learnRegion(bucket: string, region: string | undefined): void {
    if (region) this.#regions.set(bucket, region);
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
  }

  #requireOpen({ bucket, key, prefix }: Target): void {
    if (bucket === undefined) return;
    if (key !== undefined) this.scope.requireKey(bucket, key);
    else if (prefix !== undefined) this.scope.requireListing(bucket, prefix);
    else this.scope.requireBucket(bucket);
  }

  /** The SDK's own way after redirects has gaps (HEAD has no body to read the region from), so it is off. */
  async #inRegion<Output>(
    bucket: string | undefined,
    abortSignal: AbortSignal,
    call: Call<Output>,
  ) {
    const region = bucket === undefined ? this.settings.region : this.regionOf(bucket);
    try {
      return await call(this.#client(region), { abortSignal });
    } catch (error) {
      const other = redirectedTo(error);
      if (bucket === undefined || !other || other === region) throw error;
      this.#regions.set(bucket, other);
      return await call(this.#client(other), { abortSignal });
    }
  }

  #client(region: string | undefined): S3Client {
    const known = this.#clients.get(region);
    if (known) return known;
    const client = new S3Client(toConfig(this.settings, region));
    this.#clients.set(region, client);
    return client;
  }
}

/** Compatible servers often know no checksums but the old ones, and sign with whatever region. */
function toConfig(settings: S3Settings, region: string | undefined): S3ClientConfig {
  const { endpoint, credentials, pathStyle } = settings;
  return {
    ...(region && { region }),
    ...(endpoint && {
      endpoint,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
    ...(credentials && { credentials }),
    forcePathStyle: pathStyle,
    followRegionRedirects: false,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 4_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 16 },
      httpsAgent: { keepAlive: true, maxSockets: 16 },
    },
  };
}
