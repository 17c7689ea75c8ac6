import { S3Error } from './s3-error.ts';

/** From `start` up to, not including, `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Reads `bytes=0-99`, `bytes=100-` or `bytes=-500`. None for what is no such range, and for several: all comes then.
 *
 * Throws InvalidRange for one that begins past the end, which is any of an empty object.
 */
export function toByteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || `${first}${last}` === '') return;
  if (first && last && Number(last) < Number(first)) return;
  const start = first ? Number(first) : size - Math.min(Number(last), size);
  const end = first && last ? Math.min(Number(last) + 1, size) : size;
  if (start >= size)
    throw new S3Error('InvalidRange', {
      details: { RangeRequested: header ?? '', ActualObjectSize: String(size) },
      headers: { 'content-range': `bytes */${size}` },
    });
  return { start, end };
}
