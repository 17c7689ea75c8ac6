import { brotliDecompressSync, constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { ColumnMetaData, Compressors } from 'hyparquet';

/** Node's own where it has them: they stop at the size that the page announces. */
const ofNode: Compressors = {
  GZIP: (input, length) => (length ? gunzipSync(input, inOnePiece(length)) : nothing),
  ZSTD: (input, length) =>
    length ? zstdDecompressSync(input, { ...inOnePiece(length), params: zstdLimits }) : nothing,
  BROTLI: (input, length) => (length ? brotliDecompressSync(input, inOnePiece(length)) : nothing),
};

/** Of a page of nulls only; Node refuses a limit of 0. */
const nothing = new Uint8Array();

/** Joining pieces would take twice the size, and a full piece gets another one behind it. */
const inOnePiece = (length: number) => ({ maxOutputLength: length, chunkSize: length + 64 });

/** 32 MB, more than a page may have. */
const zstdLimits = { [constants.ZSTD_d_windowLogMax]: 25 };

/** What unpacks the pages of columns; the library knows Snappy by itself. */
export async function compressorsFor(
  codecs: readonly ColumnMetaData['codec'][],
): Promise<Compressors> {
  if (!codecs.some((codec) => codec.startsWith('LZ4'))) return ofNode;
  // LZ4 is seldom, and what unpacks it brings ten megabytes along.
  const { decompressLz4, decompressLz4Raw } = await import('hyparquet-compressors');
  return { ...ofNode, LZ4: decompressLz4, LZ4_RAW: decompressLz4Raw };
}
