import { expect, it } from 'vitest';
import { fromAwsChunked } from '../../../playground/s3/aws-chunked.ts';

it('puts chunks together, and reads what comes after them', () => {
  const text =
    '5\r\nhello\r\n6;chunk-signature=abc\r\n w\r\nld\r\n0\r\nX-Amz-Checksum-Crc32: AAAAAA==\r\n\r\n';
  const { body, trailers } = fromAwsChunked(Buffer.from(text), 11);
  expect(body.toString()).toBe('hello w\r\nld');
  expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAAAA==' });
});

it.each([
  ['nothing', ''],
  ['no size', 'hello\r\n'],
  ['less than it says', '9\r\nhello\r\n0\r\n\r\n'],
  ['no end', '5\r\nhello\r\n'],
  ['another length than was told', '4\r\nhell\r\n0\r\n\r\n'],
])('refuses a body with %s', (_what, text) => {
  expect(() => fromAwsChunked(Buffer.from(text), 5)).toThrow('number of bytes');
});
