import { S3Error } from './s3-error.ts';

/** A body as it was before it was cut into chunks, and the headers that came after it. */
export interface Unchunked {
  body: Buffer;
  /** Lower case: `x-amz-checksum-crc32`. */
  trailers: Record<string, string>;
}

/** Undoes `aws-chunked`: `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:…\r\n\r\n`. Throws IncompleteBody. */
export function fromAwsChunked(bytes: Buffer, decodedLength: number): Unchunked {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size;
    if (lineEnd < 0 || Number.isNaN(size) || end > bytes.length)
      throw new S3Error('IncompleteBody');
    at = lineEnd + 2;
    if (size === 0) break;
    parts.push(bytes.subarray(at, end));
    at = end + 2;
  }
  const body = Buffer.concat(parts);
  if (body.length !== decodedLength) throw new S3Error('IncompleteBody');
  return { body, trailers: toTrailers(bytes.toString('latin1', at)) };
}

function toTrailers(text: string): Record<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([^:]*):\s*(.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value];
    }),
  );
}
