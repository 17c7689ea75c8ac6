import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
} from '@aws-sdk/client-s3';
import { ToolError } from '../../tool-error.ts';
import { readBody } from './read-body.ts';
import { requireAnswer } from './require-answer.ts';
import type { S3 } from './s3.ts';

/** Which object, in which state of it. */
export interface ObjectPlace {
  bucket: string;
  key: string;
  versionId?: string | undefined;
  /** Quoted, as S3 gives it. */
  ifMatch?: string | undefined;
}

/** What comes along with an object's bytes. */
export interface ReadFacts {
  /** Of the whole object, in bytes. */
  size: number;
  etag: string;
  contentType: string;
  versionId: string | undefined;
  modified: Date | undefined;
}

/** Sizes of the pieces in which an object is streamed, in bytes: most readers need only the beginning. */
const firstPiece = 64 * 1024;
const largestPiece = 1024 * 1024;

/**
 * Reads parts of one object, each by a range of its own. From the first on all have to be of the same state: an object
 * that is replaced half-way is a `CONFLICT`, never a mixture.
 */
export class ObjectReader {
  readonly facts: ReadFacts;
  readonly #s3: S3;
  readonly #place: ObjectPlace;
  readonly #signal: AbortSignal;
  readonly #known: { start: number; bytes: Buffer };

  private constructor(
    s3: S3,
    place: ObjectPlace,
    signal: AbortSignal,
    { facts, start, bytes }: Piece,
  ) {
    this.#s3 = s3;
    this.#signal = signal;
    this.facts = facts;
    this.#place = { ...place, ifMatch: place.ifMatch ?? facts.etag };
    this.#known = { start, bytes };
  }

  /** Reads the first bytes, at least as many as it takes to know what they are. */
  static async open(
    s3: S3,
    place: ObjectPlace,
    signal: AbortSignal,
    length = firstPiece,
  ): Promise<ObjectReader> {
    const first = await readPiece(s3, place, 0, length, signal);
    return new ObjectReader(s3, place, signal, first);
  }

  /** The bytes from `start` to before `end`, fewer at the end of the object. */
  async read(start: number, end: number): Promise<Buffer> {
    const to = Math.min(end, this.facts.size);
    if (start >= to) return Buffer.alloc(0);
    const { start: from, bytes } = this.#known;
    if (start >= from && to <= from + bytes.length) return bytes.subarray(start - from, to - from);
    const piece = await readPiece(this.#s3, this.#place, start, to - start, this.#signal);
    return piece.bytes;
  }

  /** The bytes up to before `end`, piece by piece; each is asked for when it is wanted, and larger than the last. */
  async *pieces(end = Infinity): AsyncGenerator<Buffer> {
    const stop = Math.min(end, this.facts.size);
    const head = await this.read(0, Math.min(stop, this.#known.bytes.length || firstPiece));
    if (head.length > 0) yield head;
    let length = firstPiece * 4;
    for (let at = head.length; at < stop; length = Math.min(length * 4, largestPiece)) {
      const piece = await this.read(at, Math.min(at + length, stop));
      if (piece.length === 0) return;
      at += piece.length;
      yield piece;
    }
  }
}

interface Piece {
  facts: ReadFacts;
  start: number;
  bytes: Buffer;
}

/** A body that breaks off is asked for once more; the SDK repeats only what had no answer. */
async function readPiece(
  s3: S3,
  place: ObjectPlace,
  start: number,
  length: number,
  signal: AbortSignal,
): Promise<Piece> {
  const target = { action: 's3:GetObject', ...place };
  const once = () =>
    s3.send(target, signal, async (client, options) => {
      const answer = await client.send(
        new GetObjectCommand(toInput(place, start, length)),
        options,
      );
      const skip = answer.ContentRange ? 0 : start; // a server that ignores ranges gives all
      const bytes = await readBody(answer.Body, { skip, length, signal: options.abortSignal });
      return { facts: toFacts(answer), start, bytes };
    });
  try {
    return await once().catch((error: unknown) => {
      if (isCut(error)) return once();
      throw error;
    });
  } catch (error) {
    if (start === 0 && isEmptyRange(error)) return readEmpty(s3, place, signal);
    throw error;
  }
}

const toInput = (
  { bucket, key, versionId, ifMatch }: ObjectPlace,
  start: number,
  length: number,
) => ({
  Bucket: bucket,
  Key: key,
  Range: `bytes=${start}-${start + length - 1}`,
  ...(versionId && { VersionId: versionId }),
  ...(ifMatch && { IfMatch: ifMatch }),
});

const isCut = (error: unknown) =>
  error instanceof ToolError && error.code === 'UPSTREAM_ERROR' && isReset(error.cause);

const isReset = (cause: unknown) =>
  cause instanceof Error &&
  (cause.message === 'aborted' || ('code' in cause && cause.code === 'ECONNRESET'));

const isEmptyRange = (error: unknown) =>
  error instanceof ToolError &&
  typeof error.cause === 'object' &&
  error.cause !== null &&
  '$metadata' in error.cause &&
  (error.cause.$metadata as { httpStatusCode?: number }).httpStatusCode === 416;

/** No range of an empty object can be read, so S3 refuses the first one. */
async function readEmpty(s3: S3, place: ObjectPlace, signal: AbortSignal): Promise<Piece> {
  const { bucket, key, versionId } = place;
  const input = { Bucket: bucket, Key: key, ...(versionId && { VersionId: versionId }) };
  const answer = await s3.send({ action: 's3:GetObject', ...place }, signal, (client, options) =>
    client.send(new HeadObjectCommand(input), options),
  );
  return {
    facts: toFacts({ ...answer, ContentRange: undefined }),
    start: 0,
    bytes: Buffer.alloc(0),
  };
}

function toFacts(answer: Omit<GetObjectCommandOutput, 'Body'>): ReadFacts {
  const total = Number(/\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1]);
  return {
    size: Number.isFinite(total) ? total : (answer.ContentLength ?? 0),
    etag: requireAnswer(answer.ETag),
    contentType: answer.ContentType ?? 'binary/octet-stream',
    versionId: answer.VersionId === 'null' ? undefined : answer.VersionId,
    modified: answer.LastModified,
  };
}
