import { randomBytes } from 'node:crypto';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import { describe, expect, it } from 'vitest';
import { snappyHead } from '../../../../src/connectors/s3/tables/snappy-head.ts';

describe.each([
  ['text', Buffer.from('the same again and again, '.repeat(5_000))],
  ['one letter', Buffer.alloc(70_000, 'a')],
  ['noise', randomBytes(100_000)],
  ['words between noise', Buffer.concat([randomBytes(50_000), Buffer.alloc(90_000, 'abcdefg')])],
])('%s', (_, whole) => {
  const packed = new Uint8Array(snappyCompress(whole));

  it.each([0, 1, 59, 1_000, 65_537, 200_000])('comes as far as %d bytes', (most) => {
    expect(Buffer.from(snappyHead(packed, most)).equals(whole.subarray(0, most))).toBe(true);
  });

  it.each([0, 1, 2, 3, 100, 2_000])('comes as far as the first %d bytes go', (length) => {
    const found = snappyHead(packed.subarray(0, length), 200_000);
    expect(Buffer.from(found).equals(whole.subarray(0, found.length))).toBe(true);
    expect(found.length).toBeLessThan(whole.length);
  });
});

it.each([
  ['before the beginning', [4, 0, 97, 0b0000_0101, 9]],
  ['at itself', [4, 0, 97, 0b0000_0101, 0]],
])('refuses a copy from %s', (_, bytes) => {
  expect(() => snappyHead(Uint8Array.from(bytes), 100)).toThrow('a copy from nowhere');
});

it('makes nothing of nothing', () => {
  expect(snappyHead(new Uint8Array(), 100)).toHaveLength(0);
});
