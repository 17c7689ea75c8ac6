import { code, toTable } from '../markdown.ts';
import { toList } from '../schema.ts';
import { call, callAll, NoAnswer, type SourceCall, type Steps } from './plan.ts';
import type { BucketRef, FileRef } from './s3-places.ts';
import { listed, toTime } from './say-list.ts';
import { toSize } from './to-size.ts';

/** A file that was found. */
export interface FoundFile {
  bucket: string;
  key: string;
  size: number;
  modified: string;
  /** How well it fits words; 1 where it was asked for by name. */
  score: number;
}

/** More buckets are not searched at once. */
const mostBuckets = 8;

export function* bucketNames(s3: string): Steps<string[]> {
  const { buckets } = yield* call(s3, 'list_buckets', {});
  return toList(buckets).map(({ name }) => String(name));
}

/**
 * The bucket that was meant: by its name, or by a part of it that no other has; else a folder of the one spoken of.
 *
 * @throws NoAnswer with those there are.
 */
export function* findBucket(s3: string, { name, prefix, current }: BucketRef): Steps<BucketRef> {
  const names = yield* bucketNames(s3);
  const wanted = name.toLowerCase();
  const exact = names.find((one) => one.toLowerCase() === wanted);
  if (exact) return { name: exact, prefix };
  const partly = wanted ? names.filter((one) => one.toLowerCase().includes(wanted)) : names;
  const [only, ...others] = partly;
  if (only && others.length === 0) return { name: only, prefix };
  if (names.length === 0) throw new NoAnswer('I see no buckets.');
  if (!only && current) return { name: current, prefix: [name, prefix].filter(Boolean).join('/') };
  if (only) throw new NoAnswer(`Which bucket do you mean: ${listed(partly.map(code), 'or')}?`);
  throw new NoAnswer(`There is no bucket ${code(name)}. There are ${listed(names.map(code))}.`);
}

/** Where to look: the bucket that was named, or all. */
export function* bucketsFor(s3: string, place: BucketRef | undefined): Steps<BucketRef[]> {
  if (place) return [yield* findBucket(s3, place)];
  const names = yield* bucketNames(s3);
  return names.slice(0, mostBuckets).map((name) => ({ name, prefix: '' }));
}

/** What a search found in all of these buckets, bucket by bucket. */
export function* searchFiles(
  s3: string,
  places: BucketRef[],
  toInput: (place: BucketRef) => Record<string, unknown>,
): Steps<{ files: FoundFile[]; isWhole: boolean }> {
  const calls = places.map(
    (place): SourceCall => ({
      source: s3,
      tool: 'search_objects',
      input: { bucket: place.name, ...toInput(place) },
    }),
  );
  const found = yield* callAll(calls);
  const files = found.flatMap(({ objects }, at) =>
    toList(objects).map(({ key, size, modified, score = 1 }) => ({
      bucket: places[at]?.name ?? '',
      key: String(key),
      size: Number(size),
      modified: String(modified),
      score: Number(score),
    })),
  );
  return {
    files,
    isWhole: found.every(({ truncated, complete }) => truncated !== true && complete !== false),
  };
}

/** The best match first, then the newest. */
export const byRank = (
  a: Pick<FoundFile, 'score' | 'modified'>,
  b: Pick<FoundFile, 'score' | 'modified'>,
): number => b.score - a.score || (a.modified < b.modified ? 1 : -1);

/** A pattern for a name wherever it is below a place. */
export const below = ({ prefix }: BucketRef, name: string): string => {
  const folder = prefix && !prefix.endsWith('/') ? `${prefix}/` : prefix;
  return name.startsWith('**/') || !name.includes('/')
    ? `${folder}**/${name.replace(/^\*\*\//, '')}`
    : `${folder}${name}`;
};

/**
 * The one file that was meant, and a remark where others fit as well.
 *
 * @throws NoAnswer where there is none, or several of that name.
 */
export function* findFile(s3: string, ref: FileRef): Steps<FoundFile & { remark: string }> {
  if (ref.by === 'key') return { ...ref, size: 0, modified: '', score: 1, remark: '' };
  const places = yield* bucketsFor(s3, ref.in);
  const files =
    ref.by === 'name' ? yield* byName(s3, places, ref.name) : yield* byWords(s3, places, ref);
  const [best, ...others] = files;
  const where = ref.in ? ` in ${code(places[0]?.name ?? '')}` : '';
  if (!best) {
    const what =
      ref.by === 'name' ? `a file ${code(ref.name)}` : `a file for “${ref.words} ${ref.kind}”`;
    throw new NoAnswer(`I did not find ${what}${where || ' in any bucket'}.`);
  }
  if (ref.by === 'name' && others.length > 0) throw new NoAnswer(whichOf(files));
  const alike = others.filter(({ score }) => score === best.score).length;
  const remark =
    alike > 0 ? ` ${alike} more ${alike === 1 ? 'fits' : 'fit'} as well; this is the newest.` : '';
  return { ...best, remark };
}

function* byName(s3: string, places: BucketRef[], name: string): Steps<FoundFile[]> {
  const pattern = (place: BucketRef) => below(place, `**/${escapeGlob(name)}`);
  const { files } = yield* searchFiles(s3, places, (place) => ({
    pattern: pattern(place),
    limit: 20,
  }));
  return files;
}

/** "The log of yesterday" may be called so only by its bucket. */
function* byWords(
  s3: string,
  places: BucketRef[],
  { words, kind }: { words: string; kind: string },
): Steps<FoundFile[]> {
  const search = (where: BucketRef[], query: string) =>
    searchFiles(s3, where, () => ({ query, limit: 5 }));
  const named = places.filter(({ name }) => name.includes(kind.toLowerCase()));
  if (named.length > 0) {
    const { files } = yield* search(named, words);
    if (files.length > 0) return files.toSorted(byRank);
  }
  const whole = yield* search(places, `${words} ${kind}`);
  const { files } = whole.files.length > 0 ? whole : yield* search(places, words);
  return files.toSorted(byRank);
}

const escapeGlob = (name: string) => name.replace(/[[\]{}*?\\]/g, '\\$&');

const whichOf = (files: FoundFile[]) =>
  [
    `There are **${files.length}** files of that name. Which one do you mean?`,
    '',
    toTable(
      ['bucket', 'key', 'size', 'modified'],
      files.map(({ bucket, key, size, modified }) => [bucket, key, toSize(size), toTime(modified)]),
    ),
  ].join('\n');
