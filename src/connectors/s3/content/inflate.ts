import { pipeline } from 'node:stream';
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';
import { ToolError } from '../../tool-error.ts';

/** Most that is inflated in one call, in bytes, and most that is read for it: small objects can hold gigabytes. */
export const mostInflated = 64_000_000;
export const mostDeflated = 32_000_000;

/**
 * Inflates gzip (with any number of members) or Zstandard piece by piece. It ends without a word at `most`
 * bytes; whoever stops earlier stops the source, too.
 *
 * @throws ToolError `INVALID_ARGUMENT` when the bytes are damaged.
 */
export async function* inflate(
  pieces: AsyncIterable<Uint8Array>,
  format: 'gzip' | 'zstd',
  most = mostInflated,
): AsyncGenerator<Buffer> {
  const inflater =
    format === 'gzip'
      ? createGunzip()
      : createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 24 } });
  let fault: unknown;
  pipeline(pieces, inflater, (error) => {
    fault = error;
  });
  let bytes = 0;
  try {
    for await (const piece of inflater as AsyncIterable<Buffer>) {
      bytes += piece.length;
      yield piece;
      if (bytes >= most) return;
    }
  } catch (error) {
    throw toFault(fault ?? error, format);
  } finally {
    inflater.destroy();
  }
}

function toFault(error: unknown, format: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^(Z_|ZSTD_)/.test(code)) return error;
  return new ToolError('INVALID_ARGUMENT', `the ${format} data is damaged or cut`, {
    try: 'decompress false, for the bytes as they are',
    cause: error,
  });
}
