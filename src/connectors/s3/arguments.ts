import { z } from 'zod';

/** A name as S3 has them; ARNs and addresses are told what to send instead. */
const isBucketName = (name: string) => /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/.test(name);

/** Segments that a server or a proxy on the way may resolve to another key. */
const hasDots = (key: string) => key.split('/').some((part) => part === '.' || part === '..');

const isText = (text: string) => text.isWellFormed() && !text.includes('\0');

/** Arguments that several tools have, worded once. */
export const bucketArgument = z.string().refine((name) => isBucketName(name), {
  error: ({ input }) =>
    /^(s3|https?):\/\//.test(String(input))
      ? 'is a bare name, e.g. acme-reports; what follows it in the address is the key'
      : 'is no bucket name: letters, digits, dots and hyphens, 3 to 255 of them',
});

export const keyArgument = z
  .string()
  .refine((key) => key !== '', 'is empty')
  .refine((key) => Buffer.byteLength(key) <= 1024, 'is longer than the 1024 bytes of a key')
  .refine(isText, 'holds characters that no key can have')
  .refine((key) => !hasDots(key), 'has "." or ".." between slashes: S3 has no relative keys')
  .describe('Whole key, no leading slash');

export const prefixArgument = z
  .string()
  .refine((prefix) => Buffer.byteLength(prefix) <= 1024, 'is longer than the 1024 bytes of a key')
  .refine(isText, 'holds characters that no key can have')
  .default('');

export const versionArgument = z
  .string()
  .refine(
    (id) => /^[\x21-\x7e]{1,1024}$/.test(id),
    'is no version id; list_object_versions gives them',
  )
  .optional();

/** With or without its quotes. */
export const etagArgument = z
  .string()
  .refine((etag) => /^"?[\x21\x23-\x7e]{1,200}"?$/.test(etag), 'is no etag')
  .transform((etag) => `"${etag.replaceAll('"', '')}"`)
  .optional();
