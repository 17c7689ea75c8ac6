import { code, toNumber, toTable } from '../markdown.ts';
import { toList } from '../schema.ts';
import { call, callAll, type Data, type Plan, type Steps } from './plan.ts';
import { below, bucketsFor, byRank, findBucket, searchFiles } from './s3-find.ts';
import type { BucketRef } from './s3-places.ts';
import { counted, listed, toTime } from './say-list.ts';
import { toSize } from './to-size.ts';

export function* listBuckets(s3: string): Plan {
  const { buckets, truncated, notes } = yield* call(s3, 'list_buckets', {});
  const all = toList(buckets);
  if (all.length === 0) return 'I see no buckets.';
  const sentence = `There ${all.length === 1 ? 'is' : 'are'} ${counted(all.length, 'bucket')}${truncated ? ', and more' : ''}:`;
  const rows = all.map(({ name, region, created }) => [name, region, toTime(created).slice(0, 10)]);
  return [sentence, '', toTable(['bucket', 'region', 'created'], rows), ...toNotes(notes)].join(
    '\n',
  );
}

const toNotes = (notes: unknown) =>
  Array.isArray(notes) && notes.length > 0 ? ['', `_${notes.map(String).join(' ')}_`] : [];

const toFolder = (prefix: string) => (prefix && !prefix.endsWith('/') ? `${prefix}/` : prefix);

export interface ListWish {
  isAll: boolean;
  /** "newest", "largest" … */
  rank?: string;
  limit: number;
}

/** More pages are not counted. */
const mostPages = 6;

/** What is directly in a place, or all below it, or the newest or largest of that. */
export function* listFiles(s3: string, ref: BucketRef, { isAll, rank, limit }: ListWish): Plan {
  const place = yield* findBucket(s3, ref);
  const input = { bucket: place.name, prefix: toFolder(place.prefix) };
  if (rank || isAll) return yield* listBelow(s3, input, rank, limit);
  const found = yield* call(s3, 'list_objects', input);
  const folders = Array.isArray(found.folders) ? found.folders.map(String) : [];
  const objects = toList(found.objects);
  const rows = [...folders.map((name) => [name, 'folder', '']), ...objects.map(toRow)];
  const what = placeOf(input);
  if (rows.length === 0) return `There is nothing in ${what}.${noteOf(found)}`;
  const parts = [
    ...(folders.length > 0 ? [counted(folders.length, 'folder')] : []),
    ...(objects.length > 0 ? [counted(objects.length, 'file')] : []),
  ];
  const cut = found.truncated ? ' The list was cut: there are more.' : '';
  return [
    `In ${what} there ${(folders.length || objects.length) === 1 ? 'is' : 'are'} ${listed(parts)}.${cut}`,
    '',
    toTable(['name', 'size', 'modified'], rows),
  ].join('\n');
}

const toRow = ({ key, size, modified }: Data) => [key, toSize(Number(size)), toTime(modified)];

const noteOf = ({ notes }: Data) =>
  Array.isArray(notes) && notes.length > 0 ? ` ${notes.map(String).join(' ')}` : '';

const placeOf = ({ bucket, prefix }: { bucket: string; prefix: string }) =>
  code(prefix ? `${bucket}/${prefix}` : bucket);

interface Listing {
  objects: Data[];
  isWhole: boolean;
}

interface Place {
  bucket: string;
  prefix: string;
}

/** All below each of these places, page by page, in rounds for all of them. */
function* readBelow(s3: string, places: Place[]): Steps<Listing[]> {
  const listings = places.map((): Data[] => []);
  let open = places.map((place, at) => ({ place, at, cursor: undefined as unknown }));
  for (let page = 0; page < mostPages && open.length > 0; page++) {
    const found = yield* callAll(
      open.map(({ place, cursor }) => ({
        source: s3,
        tool: 'list_objects',
        input: { ...place, recursive: true, limit: 1000, ...(cursor !== undefined && { cursor }) },
      })),
    );
    for (const [index, { at }] of open.entries())
      listings[at]?.push(...toList(found[index]?.objects));
    open = open
      .map((one, index) => ({ ...one, cursor: found[index]?.next_cursor }))
      .filter(({ cursor }) => typeof cursor === 'string');
  }
  return listings.map((objects, index) => ({
    objects,
    isWhole: !open.some(({ at }) => at === index),
  }));
}

const orders: Record<string, (a: Data, b: Data) => number> = {
  newest: (a, b) => (String(a.modified) < String(b.modified) ? 1 : -1),
  oldest: (a, b) => (String(a.modified) < String(b.modified) ? -1 : 1),
  largest: (a, b) => Number(b.size) - Number(a.size),
  smallest: (a, b) => Number(a.size) - Number(b.size),
};
const sameRank: Record<string, string> = {
  latest: 'newest',
  last: 'newest',
  'most recent': 'newest',
  biggest: 'largest',
};

function* listBelow(s3: string, input: Place, rank: string | undefined, limit: number): Plan {
  const [listing] = yield* readBelow(s3, [input]);
  const { objects, isWhole } = listing ?? { objects: [], isWhole: true };
  const what = placeOf(input);
  if (objects.length === 0) return `There are no files in ${what}.`;
  const word = rank && (sameRank[rank] ?? rank);
  const order = word ? orders[word] : undefined;
  const shown = (order ? objects.toSorted(order) : objects).slice(0, limit);
  const all = `${isWhole ? '' : 'more than '}${toNumber(objects.length)}`;
  const sentence = word
    ? `The **${shown.length}** ${word} of ${all} files in ${what}${isWhole ? '' : ', of those I have seen'}:`
    : `${what} has ${isWhole ? '' : 'more than '}${counted(objects.length, 'file')}${shown.length < objects.length ? `; the first ${shown.length}:` : ':'}`;
  return [sentence, '', toTable(['name', 'size', 'modified'], shown.map(toRow))].join('\n');
}

export function* countFiles(s3: string, ref: BucketRef | undefined): Plan {
  const places = yield* bucketsFor(s3, ref);
  const listings = yield* readBelow(
    s3,
    places.map(({ name, prefix }) => ({ bucket: name, prefix: toFolder(prefix) })),
  );
  const counts = listings.map(({ objects, isWhole }, at) => ({
    name: [places[at]?.name, places[at]?.prefix].filter(Boolean).join('/'),
    count: objects.length,
    size: objects.reduce((sum, one) => sum + Number(one.size), 0),
    isWhole,
  }));
  const [only] = counts;
  if (only && counts.length === 1)
    return `${code(only.name)} has ${only.isWhole ? '' : 'more than '}${counted(only.count, 'file')}, ${toSize(only.size)} in all.`;
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const rows = counts.map(({ name, count, size, isWhole }) => [
    name,
    `${isWhole ? '' : '> '}${toNumber(count)}`,
    toSize(size),
  ]);
  return [
    `There are ${counts.every(({ isWhole }) => isWhole) ? '' : 'more than '}${counted(total, 'file')} in **${counts.length}** buckets:`,
    '',
    toTable(['bucket', 'files', 'size'], rows),
  ].join('\n');
}

/** Files by a wildcard, or by words. */
export function* findFiles(
  s3: string,
  ref: BucketRef | undefined,
  wish: { pattern: string } | { query: string },
): Plan {
  const places = yield* bucketsFor(s3, ref);
  const { files, isWhole } = yield* searchFiles(s3, places, (place) =>
    'pattern' in wish
      ? { pattern: below(place, wish.pattern), limit: 100 }
      : { query: wish.query, limit: 10 },
  );
  const what = 'pattern' in wish ? code(wish.pattern) : `“${wish.query}”`;
  const where = ref
    ? ` in ${code([places[0]?.name, places[0]?.prefix].filter(Boolean).join('/'))}`
    : '';
  if (files.length === 0)
    return `I found no file that matches ${what}${where || ' in any bucket'}.`;
  const cut = isWhole ? '' : ' There may be more: the search was cut.';
  const sorted = 'pattern' in wish ? files : files.toSorted(byRank);
  const rows = sorted.map(({ bucket, key, size, modified }) => [
    ...(ref ? [] : [bucket]),
    key,
    toSize(size),
    toTime(modified),
  ]);
  return [
    `I found ${counted(files.length, 'file')} that ${files.length === 1 ? 'matches' : 'match'} ${what}${where}.${cut}`,
    '',
    toTable([...(ref ? [] : ['bucket']), 'name', 'size', 'modified'], rows),
  ].join('\n');
}
