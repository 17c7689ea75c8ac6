import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** An object too large for memory: `read` makes the bytes from `start` up to, not including, `end`. */
export interface VirtualBody {
  size: number;
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** What may be put: text goes as UTF-8. */
export type S3BodyInput = string | Uint8Array | VirtualBody;

/** An object's bytes with what S3 knows of them. */
export interface S3Body {
  size: number;
  /** Without quotes. */
  etag: string;
  /** By header: `x-amz-checksum-crc32`, base64. None of a virtual body. */
  checksums: Record<string, string>;
  /** `end` is not included. */
  read(start: number, end: number): Uint8Array | AsyncIterable<Uint8Array>;
}

/** As the console and the command line upload what is large. */
const partSize = 16 * 1024 * 1024;

/** Gives bytes their size and ETag: MD5, or that of an upload in parts where nothing is in memory. */
export function toBody(input: S3BodyInput): S3Body {
  if (typeof input !== 'string' && 'read' in input) return fromVirtual(input);
  const bytes = Buffer.from(input);
  return {
    size: bytes.length,
    etag: createHash('md5').update(bytes).digest('hex'),
    checksums: { 'x-amz-checksum-crc32': toCrc32(bytes) },
    read: (start, end) => bytes.subarray(start, end),
  };
}

/** A checksum as its header carries it: four bytes, the greatest first, base64. */
export function toCrc32(bytes: Uint8Array): string {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(crc32(bytes));
  return buffer.toString('base64');
}

function fromVirtual(body: VirtualBody): S3Body {
  const { size } = body;
  const parts = Math.max(1, Math.ceil(size / partSize));
  const etag = `${createHash('md5').update(`${size} bytes`).digest('hex')}-${parts}`;
  return { size, etag, checksums: {}, read: (start, end) => body.read(start, end) };
}
