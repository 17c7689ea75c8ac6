import { outsideText } from '../../outside-text.ts';
import type { ObjectFacts } from './client/list-page.ts';

/** What was seen of a bucket. */
export interface BucketContents {
  name: string;
  region?: string | undefined;
  objects: ObjectFacts[];
  /** At the top, of a bucket that was not read to its end. */
  folders: string[];
  isWhole: boolean;
  /** Why nothing was seen. */
  fault?: string;
}

/** In bytes. */
const mostBytes = 4_000;
const longestKey = 120;

/** Tells how the keys of each bucket are made: keys that differ in their numbers only are one line, with the newest. */
export function toDigest(buckets: readonly BucketContents[], others: readonly string[]): string {
  const head = 'Keys are shown by their shape: * stands for numbers. Times are UTC.';
  const share = Math.floor((mostBytes - 600) / Math.max(1, buckets.length));
  const parts = buckets.map((bucket) => describe(bucket, share));
  const more = others.length > 0 ? [`Other buckets: ${others.slice(0, 20).join(', ')}`] : [];
  return cutLines([head, ...parts.flat(), ...more], mostBytes).join('\n');
}

function describe(bucket: BucketContents, maxBytes: number): string[] {
  const { name, region, objects, folders, isWhole, fault } = bucket;
  const where = region ? ` (${region})` : '';
  if (fault) return [`${name}${where}: ${outsideText(fault, 200)}`];
  const count = `${isWhole ? '' : 'more than '}${toRound(objects.length)} objects`;
  const top =
    folders.length > 0 ? [`  folders: ${folders.slice(0, 30).map(toName).join(' ')}`] : [];
  const shapes = toShapes(objects).map(({ shape, count, newest }) =>
    count === 1
      ? `  ${toName(newest.key)}`
      : `  ${toName(shape)} ×${toRound(count)}, newest ${toName(newest.key)}`,
  );
  return cutLines([`${name}${where}: ${count}`, ...top, ...shapes], maxBytes);
}

const toName = (name: string) => outsideText(name, longestKey);

interface Shape {
  shape: string;
  count: number;
  newest: ObjectFacts;
}

/** The most frequent first. */
function toShapes(objects: readonly ObjectFacts[]): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const object of objects) {
    const shape = object.key.replace(/\d+/g, '*').replace(/\b[0-9a-f*]{16,}\b/gi, '*');
    const known = shapes.get(shape);
    if (!known) shapes.set(shape, { shape, count: 1, newest: object });
    else {
      known.count++;
      if (isNewer(object, known.newest)) known.newest = object;
    }
  }
  return [...shapes.values()].sort((a, b) => b.count - a.count || (a.shape < b.shape ? -1 : 1));
}

const isNewer = (a: ObjectFacts, b: ObjectFacts) =>
  a.modified.getTime() - b.modified.getTime() > 0 ||
  (a.modified.getTime() === b.modified.getTime() && a.key > b.key);

/** Two digits are enough, and do not change with each object. */
function toRound(count: number): string {
  const unit = 10 ** Math.max(0, String(count).length - 2);
  return count < 100 ? String(count) : `about ${Math.round(count / unit) * unit}`;
}

function cutLines(lines: string[], maxBytes: number): string[] {
  let bytes = 0;
  const kept = lines.filter((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes <= maxBytes;
  });
  return kept.length < lines.length
    ? [...kept, `  … ${lines.length - kept.length} more lines`]
    : kept;
}
