import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { inflate } from '../../../../src/connectors/s3/content/inflate.ts';

const inPieces = (bytes: Buffer, size: number) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    ),
  );

async function total(bytes: Buffer, format: 'gzip' | 'zstd' = 'gzip') {
  const parts: Buffer[] = [];
  for await (const part of inflate(inPieces(bytes, 7), format)) parts.push(part);
  return Buffer.concat(parts).toString();
}

it.each([
  ['one member', gzipSync('hello'), 'gzip', 'hello'],
  ['several members', Buffer.concat([gzipSync('hel'), gzipSync('lo')]), 'gzip', 'hello'],
  ['nothing in it', gzipSync(''), 'gzip', ''],
  ['Zstandard', zstdCompressSync('hello'), 'zstd', 'hello'],
] as const)('inflates %s', async (_, bytes, format, expected) => {
  expect(await total(bytes, format)).toBe(expected);
});

it.each([
  ['cut', gzipSync('hello '.repeat(1000)).subarray(0, 30)],
  ['damaged', Buffer.from(gzipSync('hello').toString('hex').replace('cb48', 'ffff'), 'hex')],
  ['only begun', gzipSync('x').subarray(0, 10)],
])('says that gzip is damaged when it is %s', async (_, bytes) => {
  await expect(total(bytes)).rejects.toThrow(/^INVALID_ARGUMENT: the gzip data is damaged or cut/);
});

it('stops at its limit, and stops the source', async () => {
  const bomb = gzipSync(Buffer.alloc(1_000_000));
  let taken = 0;
  async function* bombs() {
    for (; taken < 1000; taken++) yield bomb;
  }
  let bytes = 0;
  for await (const part of inflate(bombs(), 'gzip', 5_000_000)) bytes += part.length;
  expect(bytes).toBeGreaterThanOrEqual(5_000_000);
  expect(bytes).toBeLessThan(5_100_000);
  expect(taken).toBeLessThan(500);
});
