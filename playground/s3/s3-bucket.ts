import { createHash } from 'node:crypto';
import { compareKeys } from './compare-keys.ts';
import type { S3Body } from './s3-body.ts';

/** One version of an object, or the mark that it was deleted. */
export interface S3Version {
  key: string;
  /** `null`, as text, where the bucket has no versions. */
  versionId: string;
  modified: Date;
  /** None: a delete marker. */
  body?: S3Body;
  /** `content-type` and its like, given back as they came. */
  headers: Record<string, string>;
  /** Without `x-amz-meta-`. */
  metadata: Record<string, string>;
  storageClass: string;
  tags: Record<string, string>;
  /** `x-amz-restore`: how far the way back from an archive is. */
  restore?: string;
}

/** What a bucket is made of. */
export interface BucketFacts {
  name: string;
  region: string;
  created: Date;
  versioned: boolean;
}

/** A bucket with its objects. */
export class S3Bucket {
  readonly name: string;
  readonly region: string;
  readonly created: Date;
  readonly versioned: boolean;
  #versions = new Map<string, S3Version[]>();
  #sorted: { all: string[]; live: string[] } | undefined;
  #count = 0;

  constructor({ name, region, created, versioned }: BucketFacts) {
    this.name = name;
    this.region = region;
    this.created = created;
    this.versioned = versioned;
  }

  /** Of one key, the newest first. */
  versionsOf(key: string): readonly S3Version[] {
    return this.#versions.get(key) ?? [];
  }

  /** Keys of all versions, and of the objects that are there now, in S3's order. */
  get keys(): { all: readonly string[]; live: readonly string[] } {
    if (this.#sorted) return this.#sorted;
    const all = [...this.#versions.keys()].sort(compareKeys);
    const live = all.filter((key) => this.#versions.get(key)?.[0]?.body);
    this.#sorted = { all, live };
    return this.#sorted;
  }

  /** Puts a version on top; without versions it takes the place of what was there. */
  add(facts: Omit<S3Version, 'versionId'>): S3Version {
    const versionId = this.versioned ? this.#nextId(facts.key) : 'null';
    // Headers tell time in seconds, so no list may tell more.
    const modified = new Date(Math.floor(facts.modified.getTime() / 1000) * 1000);
    const version = { ...facts, modified, versionId };
    const older = this.versioned ? this.versionsOf(facts.key) : [];
    this.#set(facts.key, [version, ...older]);
    return version;
  }

  /** Puts the mark on top that the object was deleted. */
  mark(key: string, modified: Date): S3Version {
    return this.add({ key, modified, headers: {}, metadata: {}, storageClass: '', tags: {} });
  }

  /** Takes one version away for good. */
  remove({ key, versionId }: S3Version): void {
    const left = this.versionsOf(key).filter((version) => version.versionId !== versionId);
    this.#set(key, left);
  }

  #set(key: string, versions: S3Version[]): void {
    if (versions.length > 0) this.#versions.set(key, versions);
    else this.#versions.delete(key);
    this.#sorted = undefined;
  }

  // Opaque like S3's own, and the same in each run.
  #nextId(key: string): string {
    this.#count += 1;
    const hash = createHash('sha256').update(`${this.name}/${key}/${this.#count}`);
    return hash.digest('base64url').replace(/[-_]/g, '.').slice(0, 32);
  }
}
