import { createHash } from 'node:crypto';
import { toCrc32 } from './s3-body.ts';
import { S3Error } from './s3-error.ts';

const digests: Record<string, (bytes: Uint8Array) => string> = {
  crc32: toCrc32,
  sha1: (bytes) => createHash('sha1').update(bytes).digest('base64'),
  sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
};

/**
 * Compares a body with what its headers and trailers say of it, and gives the checksums back.
 *
 * Throws BadDigest, InvalidDigest, and NotImplemented for CRC32C and CRC64NVME, which nothing here sends.
 */
export function checkDigests(
  body: Uint8Array,
  headers: Record<string, string>,
): Record<string, string> {
  checkMd5(body, headers['content-md5']);
  const given = Object.entries(headers).filter(([name]) => /^x-amz-checksum-(crc|sha)/.test(name));
  for (const [name, value] of given) {
    const algorithm = name.slice('x-amz-checksum-'.length);
    const digest = digests[algorithm];
    if (!digest) throw new S3Error('NotImplemented');
    if (digest(body) !== value)
      throw new S3Error('BadDigest', {
        message: `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      });
  }
  return Object.fromEntries(given);
}

function checkMd5(body: Uint8Array, given: string | undefined): void {
  if (given === undefined) return;
  if (Buffer.from(given, 'base64').length !== 16) throw new S3Error('InvalidDigest');
  if (createHash('md5').update(body).digest('base64') !== given) throw new S3Error('BadDigest');
}
