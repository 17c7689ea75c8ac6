import type { Call, Exchange } from '../conversation.ts';
import { toList, toRecord } from '../schema.ts';
import { byRank } from './s3-find.ts';
import type { SourceKind } from './source-kinds.ts';

/** Something of a list that was shown. */
export type Item =
  | { type: 'bucket'; bucket: string }
  | { type: 'folder'; bucket: string; prefix: string }
  | { type: 'file'; bucket: string; key: string }
  | { type: 'issue'; issue: string }
  | { type: 'order'; order: string }
  | { type: 'product'; sku: string };

/** What "that bucket", "its comments" and "the first one" mean: the last of each that a call named or found alone. */
export interface Focus {
  /** Which kind of source the last answer came from. */
  kind?: SourceKind;
  bucket?: string;
  prefix?: string;
  file?: { bucket: string; key: string };
  issue?: string;
  order?: string;
  /** As a call named them: an address or an id. */
  customer?: string;
  sku?: string;
  /** The last list, in its order. */
  list: Item[];
}

/** Goes through the calls so far, the newest last. Nothing is read from what people or the model wrote. */
export function readFocus(exchanges: Exchange[], kinds: ReadonlyMap<string, SourceKind>): Focus {
  const focus: Focus = { list: [] };
  for (const { calls } of exchanges) {
    // On the way to an answer other things may have been listed.
    const shown = calls.findLast(isList)?.tool;
    const items = itemsOf(calls.filter(({ tool }) => tool === shown));
    if (shown) focus.list = items;
    for (const call of calls) Object.assign(focus, namedBy(call));
    const [only, ...others] = items;
    if (only && others.length === 0) Object.assign(focus, toFocus(only));
    const kind = calls.map(({ source }) => kinds.get(source)).find((found) => found !== undefined);
    if (kind) focus.kind = kind;
  }
  return focus;
}

const listKeys = ['buckets', 'folders', 'objects', 'issues', 'items'] as const;

const isList = ({ result }: Call) =>
  result?.ok === true && listKeys.some((key) => key in toRecord(result.data));

/** What these results list, in the order in which it was shown. */
function itemsOf(calls: Call[]): Item[] {
  const lists = calls.flatMap(({ input, result }) =>
    result?.ok ? [{ input, data: toRecord(result.data) }] : [],
  );
  // All below a place is shown by size or age, or only counted: "the first one" is none of these.
  if (lists.some(({ input }) => input.recursive === true)) return [];
  return [...lists.flatMap(toItems), ...toFiles(lists)];
}

interface List {
  input: Record<string, unknown>;
  data: Record<string, unknown>;
}

function toItems({ input, data }: List): Item[] {
  const bucket = String(input.bucket ?? '');
  const folders = Array.isArray(data.folders) ? data.folders.map(String) : [];
  return [
    ...toList(data.buckets).map((one): Item => ({ type: 'bucket', bucket: String(one.name) })),
    ...folders.map((prefix): Item => ({ type: 'folder', bucket, prefix })),
    ...toList(data.issues).map((one): Item => ({ type: 'issue', issue: String(one.key) })),
    ...toList(data.items).flatMap(toShopItem),
  ];
}

/** Those found by words are ranked over all buckets. */
function toFiles(lists: List[]): Item[] {
  const files = lists.flatMap(({ input, data }) =>
    toList(data.objects).map(({ key, score, modified }) => ({
      item: { type: 'file', bucket: String(input.bucket), key: String(key) } as const,
      score: Number(score),
      modified: String(modified),
    })),
  );
  const isRanked = files.length > 0 && files.every(({ score }) => !Number.isNaN(score));
  return (isRanked ? files.toSorted(byRank) : files).map(({ item }) => item);
}

function toShopItem({ name, sku }: Record<string, unknown>): Item[] {
  if (typeof sku === 'string') return [{ type: 'product', sku }];
  return typeof name === 'string' && name.startsWith('#') ? [{ type: 'order', order: name }] : [];
}

/** What the arguments of a call say that found something. */
function namedBy({ input, result }: Call): Partial<Focus> {
  if (!result?.ok || toRecord(result.data).count === 0) return {};
  const { bucket, key, prefix, issue_key, order, customer, sku } = input;
  const file = typeof bucket === 'string' && typeof key === 'string' ? { bucket, key } : undefined;
  return {
    ...(typeof bucket === 'string' && { bucket, prefix: String(prefix ?? '') }),
    ...(file && { file }),
    ...(typeof issue_key === 'string' && { issue: issue_key }),
    ...(typeof order === 'string' && { order }),
    ...(typeof customer === 'string' && { customer }),
    ...(typeof sku === 'string' && { sku }),
  };
}

/** What it means to speak of this item. */
export function toFocus(item: Item): Partial<Focus> {
  switch (item.type) {
    case 'bucket':
      return { bucket: item.bucket, prefix: '' };
    case 'folder':
      return { bucket: item.bucket, prefix: item.prefix };
    case 'file':
      return { bucket: item.bucket, file: { bucket: item.bucket, key: item.key } };
    case 'issue':
      return { issue: item.issue };
    case 'order':
      return { order: item.order };
    case 'product':
      return { sku: item.sku };
  }
}
