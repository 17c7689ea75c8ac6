import { cutText, outsideText } from '../../../outside-text.ts';
import type { LongList } from '../../api/skim-json.ts';
import { fitItems } from '../../fit-items.ts';

/** An answer that was too large, and the list that it was cut in. */
export interface CutData {
  data: unknown;
  notes: string[];
  /** All items of the first list that was cut. */
  rows: Iterable<unknown> | undefined;
}

type Path = readonly (string | number)[];

interface FoundList {
  path: Path;
  items: readonly unknown[];
  bytes: number;
}

/** Longest text when lists alone don't make an answer small enough. */
const shortText = 500;

/**
 * The answer in at most so many bytes of JSON, as far as its lists and texts go: the largest list is cut first, then
 * those in it. Where its items are long, texts are cut before, so that more of them can be shown. What came stays as it
 * was. Of the `long` lists it holds the head already.
 */
export function cutData(whole: unknown, maxBytes: number, long: readonly LongList[] = []): CutData {
  const notes: string[] = [];
  let rows: Iterable<unknown> | undefined;
  let data = whole;
  let isShort = false;
  for (let excess = sizeOf(data) - maxBytes; excess > 0; excess = sizeOf(data) - maxBytes) {
    const list = largestList(data, []);
    const before = long.find(({ path }) => path.join('.') === list?.path.join('.'));
    rows ??= before ?? list?.items;
    const isLong = !list || list.bytes / list.items.length > maxBytes / 10;
    if (isLong && !isShort) {
      const shorter = shorten(data);
      if (sizeOf(shorter) < excess + maxBytes) notes.push(textNote);
      data = shorter;
      isShort = true;
      continue;
    }
    if (!list) break;
    const { items } = fitItems(list.items, Math.max(0, list.bytes - excess - 2));
    data = replaceAt(data, list.path, items);
    notes.push(
      `${toName(list.path)}: the first ${items.length} of ${before?.count ?? list.items.length}.`,
    );
  }
  return { data, notes, rows };
}

const textNote = `Texts are cut at ${shortText} characters.`;

const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');

/** By the bytes of what is in it, of those with more than one item; what lies in one is smaller. */
function largestList(value: unknown, path: Path): FoundList | undefined {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value) && value.length > 1) return { path, items: value, bytes: sizeOf(value) };
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries
    .map(([key, part]) => largestList(part, [...path, key]))
    .reduce((one, other) => ((other?.bytes ?? 0) > (one?.bytes ?? 0) ? other : one), undefined);
}

/** The same with another value at this place; only what lies on the way to it is copied. */
function replaceAt(value: unknown, [key, ...rest]: Path, part: unknown): unknown {
  if (key === undefined) return part;
  const inner: unknown = Reflect.get(Object(value), key);
  const replaced = replaceAt(inner, rest, part);
  if (Array.isArray(value)) return value.with(Number(key), replaced);
  return { ...Object(value), [key]: replaced };
}

/** Without the numbers of items: `orders.nodes.lineItems.nodes`. */
const toName = (path: Path) =>
  outsideText(path.filter((key) => typeof key === 'string').join('.'), 100);

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return cutText(value, shortText);
  if (Array.isArray(value)) return value.map(shorten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shorten(part)]));
}
