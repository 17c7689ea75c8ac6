import { nearest } from '../../../nearest.ts';
import { ToolError } from '../../tool-error.ts';
import { rankKeys } from '../search/rank-keys.ts';
import { toTerms } from '../search/terms.ts';
import { readBuckets } from './buckets.ts';
import { type ListOptions, listPage } from './list-page.ts';
import type { S3 } from './s3.ts';

/** The buckets that may be meant, at most 5; none when they can't be listed. */
export async function suggestBuckets(
  s3: S3,
  wanted: string,
  signal: AbortSignal,
): Promise<string[]> {
  const { buckets } = await orNothing(readBuckets(s3, signal), { buckets: [] });
  const names = buckets.map(({ name }) => name);
  return [...new Set([...nearest(wanted, names), ...byWords(wanted, names)])].slice(0, 5);
}

/**
 * The keys that may be meant, at most 5: those beside the wanted one first, then any with its words.
 *
 * @throws ToolError `NOT_FOUND` when there is no such bucket.
 */
export async function suggestKeys(
  s3: S3,
  bucket: string,
  wanted: string,
  signal: AbortSignal,
): Promise<string[]> {
  const bare = wanted.replace(/^s3:\/\/[^/]*/, '').replace(/^\/+/, '');
  const folder = bare.slice(0, bare.lastIndexOf('/') + 1);
  const beside = await listNames(s3, { bucket, prefix: folder, delimiter: '/' }, signal);
  const close = beside.includes(bare) ? [bare] : nearest(bare, beside);
  if (close.length > 0) return close;
  const alike = await alikeKeys(s3, bucket, wanted, signal);
  return alike.length > 0 ? alike : beside.slice(0, 5);
}

/** Keys with the words of a text, at most 5, out of the first thousand. */
export async function alikeKeys(
  s3: S3,
  bucket: string,
  wanted: string,
  signal: AbortSignal,
): Promise<string[]> {
  return byWords(wanted, await listNames(s3, { bucket, prefix: '' }, signal)).slice(0, 5);
}

/** None for what has no words: all would be alike. */
function byWords(wanted: string, names: string[]): string[] {
  const terms = toTerms(wanted);
  if (terms.length === 0) return [];
  return rankKeys(
    terms,
    names.map((key) => ({ key })),
  ).map(({ key }) => key);
}

/** The first thousand names of a listing, as far as it is open. */
async function listNames(s3: S3, options: ListOptions, signal: AbortSignal): Promise<string[]> {
  const pages = await orNothing(listOpen(s3, options, signal), []);
  return pages.flatMap(({ entries }) => entries.map(({ name }) => name));
}

async function listOpen(s3: S3, options: ListOptions, signal: AbortSignal) {
  const prefixes = s3.scope.prefixes(options.bucket, options.prefix).slice(0, 3);
  return Promise.all(prefixes.map((prefix) => listPage(s3, { ...options, prefix }, signal)));
}

/** A suggestion is a courtesy: it must not hide what went wrong. Only that there is no such bucket is better to know. */
const orNothing = <Value>(work: Promise<Value>, nothing: Value): Promise<Value> =>
  work.catch((error: unknown) => {
    if (error instanceof ToolError && error.code !== 'NOT_FOUND') return nothing;
    throw error;
  });
