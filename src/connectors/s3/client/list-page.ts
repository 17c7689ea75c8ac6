import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { requireAnswer } from './require-answer.ts';
import type { S3 } from './s3.ts';

export interface ObjectFacts {
  key: string;
  /** In bytes. */
  size: number;
  modified: Date;
  storageClass: string;
}

/** What stands in a listing, in the order of S3: by the bytes of its name. */
export type Entry = { name: string } & ({ object: ObjectFacts } | { object?: never });

export interface ListOptions {
  bucket: string;
  prefix: string;
  /** `/` gathers what lies deeper into folders. */
  delimiter?: '/' | undefined;
  /** Only what comes behind this name. */
  after?: string | undefined;
  /** At most 1000. */
  max?: number;
}

export interface Page {
  entries: Entry[];
  /** Where the next page begins; missing on the last one. */
  next?: string;
}

/** Sorts behind every key of the folder. */
export const behind = (folder: string) => `${folder}\u{10ffff}`;

/**
 * One page of a bucket's keys. A page goes on behind a name rather than by token: that also works with servers that
 * forget their tokens, and from the middle of a page.
 */
export async function listPage(s3: S3, options: ListOptions, signal: AbortSignal): Promise<Page> {
  const { bucket, prefix, delimiter, after, max = 1000 } = options;
  const input = {
    Bucket: bucket,
    Prefix: prefix,
    MaxKeys: max,
    EncodingType: 'url' as const, // XML can't hold all characters that a key may have
    ...(delimiter && { Delimiter: delimiter }),
    ...(after && { StartAfter: after }),
  };
  const answer = await s3.send(
    { action: 's3:ListBucket', bucket, prefix },
    signal,
    (client, sending) => client.send(new ListObjectsV2Command(input), sending),
  );
  requireAnswer(answer.IsTruncated ?? answer.KeyCount ?? answer.Name);
  const entries = toEntries(answer).filter(
    (entry) => !after || compareKeys(toAfter(entry), after) > 0, // some servers begin one too early
  );
  if (!answer.IsTruncated) return { entries };
  return { entries, next: toAfter(requireAnswer(entries.at(-1))) }; // else the server always begins anew
}

/** What `after` has to be to go on behind an entry. */
export const toAfter = ({ name, object }: Entry) => (object ? name : behind(name));

/** As S3 sorts: by UTF-8 bytes, where JavaScript compares UTF-16. */
export function compareKeys(a: string, b: string): number {
  if (isAscii(a) && isAscii(b)) return a < b ? -1 : a > b ? 1 : 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins there
const isAscii = (text: string) => /^[\x00-\x7f]*$/.test(text);

function toEntries(answer: ListObjectsV2CommandOutput): Entry[] {
  const decode = toNameDecoder(answer.EncodingType);
  const objects = (answer.Contents ?? []).flatMap(({ Key, Size, LastModified, StorageClass }) => {
    if (Key === undefined) return [];
    const key = decode(Key);
    const modified = LastModified ?? new Date(0);
    return [
      {
        name: key,
        object: { key, size: Size ?? 0, modified, storageClass: StorageClass ?? 'STANDARD' },
      },
    ];
  });
  const folders = (answer.CommonPrefixes ?? []).flatMap(({ Prefix }) =>
    Prefix === undefined ? [] : [{ name: decode(Prefix) }],
  );
  return [...objects, ...folders].sort((a, b) => compareKeys(a.name, b.name));
}

/** How the names of an answer are read: encoded like addresses, or as they are. */
export const toNameDecoder = (encoding: string | undefined) => (name: string) => {
  if (encoding !== 'url') return name;
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name; // a server that says it encodes, and does not
  }
};
