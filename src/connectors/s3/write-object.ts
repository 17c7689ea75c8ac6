import { createHash } from 'node:crypto';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { defineTool } from '../connector.ts';
import { ToolError } from '../tool-error.ts';
import { bucketArgument, etagArgument, keyArgument } from './arguments.ts';
import { requireAnswer } from './client/require-answer.ts';
import type { S3 } from './client/s3.ts';
import { toMoment } from './object-item.ts';

const contentType = /^[\w.+-]{1,60}\/[\w.+-]{1,60}(; ?[\w-]{1,30}=[\w.-]{1,60}){0,3}$/;

const isBase64 = (text: string) =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text !== '=';

/** Headers carry it; S3 takes 2 kB of it in all. */
const isMetadata = ([name, value]: [string, string]) =>
  /^[a-z0-9-]{1,60}$/.test(name) && /^[\x20-\x7e]{0,1000}$/.test(value);

const input = z.object({
  bucket: bucketArgument,
  key: keyArgument.refine((key) => !key.startsWith('/') && !key.endsWith('/'), {
    error: 'begins or ends with a slash: that makes a folder with an empty name',
  }),
  text: z.string().max(1_000_000).optional(),
  binary: z
    .string()
    .max(1_000_000)
    .refine((text) => isBase64(text), 'is not base64')
    .optional()
    .describe('base64'),
  content_type: z
    .string()
    .refine((type) => contentType.test(type), 'is no content type')
    .optional(),
  metadata: z
    .record(z.string(), z.string())
    .refine((metadata) => Object.entries(metadata).every(isMetadata), {
      error: 'has names of a-z, 0-9 and -, values in ASCII, and 2 kB together at most',
    })
    .optional(),
  if_match: etagArgument.describe('To overwrite: the etag of what is there'),
  dry_run: z.boolean().default(false),
});
type Args = z.output<typeof input>;

export const writeObject = (s3: S3) =>
  defineTool({
    name: 'write_object',
    description:
      'Write an object from text or bytes. Creates only; with if_match it overwrites that state and no other. dry_run shows what would happen.',
    input,
    output: z.looseObject({ bucket: z.string(), key: z.string(), size: z.number() }),
    annotations: {
      readOnlyHint: false,
      destructiveHint: true,
      idempotentHint: true,
      openWorldHint: false,
    },
    async run(args, { signal }) {
      const body = toBody(args);
      const before = await readCurrent(s3, args, signal);
      requireState(args, before, body);
      const { bucket, key } = args;
      const contentType = args.content_type ?? toContentType(args);
      const change = before ? 'overwrite' : 'create';
      const facts = { bucket, key, size: body.length, content_type: contentType };
      if (args.dry_run) return { ...facts, dry_run: true, would: change, ...toBefore(before) };
      const after = await put(s3, args, { body, contentType }, signal);
      return {
        ...facts,
        [`${change === 'create' ? 'created' : 'overwritten'}`]: true,
        ...after,
        ...toBefore(before),
      };
    },
  });

function toBody({ text, binary }: Args): Buffer {
  if ((text === undefined) === (binary === undefined))
    throw new ToolError('INVALID_ARGUMENT', 'there has to be one of text and binary', {
      try: 'text for what people read, binary for anything else',
    });
  return binary === undefined ? Buffer.from(text ?? '') : Buffer.from(binary, 'base64');
}

/** By the ending, as browsers and other readers expect it. */
const types: Record<string, string> = {
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  xml: 'application/xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
};

function toContentType({ key, text }: Args): string {
  const ending = /\.(\w+)$/.exec(key)?.[1]?.toLowerCase() ?? '';
  return (
    types[ending] ?? (text === undefined ? 'application/octet-stream' : 'text/plain; charset=utf-8')
  );
}

/** What is there now. */
interface Current {
  etag: string;
  size: number;
  modified?: string;
  version_id?: string;
}

/** Nothing where there is nothing. Who may not see what is there may not overwrite it either. */
async function readCurrent(
  s3: S3,
  { bucket, key }: Args,
  signal: AbortSignal,
): Promise<Current | undefined> {
  const target = { action: 's3:GetObject', bucket, key };
  try {
    const head = await s3.send(target, signal, (client, options) =>
      client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), options),
    );
    const { ETag, ContentLength = 0, LastModified, VersionId } = head;
    return {
      etag: requireAnswer(ETag).replaceAll('"', ''),
      size: ContentLength,
      ...(LastModified && { modified: toMoment(LastModified) }),
      ...(VersionId && VersionId !== 'null' && { version_id: VersionId }),
    };
  } catch (error) {
    if (error instanceof ToolError && error.code === 'NOT_FOUND' && !isNoBucket(error.cause))
      return;
    throw error;
  }
}

const isNoBucket = (cause: unknown) => cause instanceof Error && cause.name === 'NoSuchBucket';

/** Looked at before S3 does: some servers take conditions and forget them. */
function requireState({ bucket, key, if_match }: Args, before: Current | undefined, body: Buffer) {
  const name = `${JSON.stringify(key)} in ${bucket}`;
  if (if_match === undefined && before) {
    const isSame = before.etag === md5(body);
    throw new ToolError('CONFLICT', `there is already ${name}`, {
      why: isSame ? 'with the same content' : `${before.size} bytes, etag ${before.etag}`,
      try: isSame
        ? 'nothing: it is as it should be'
        : 'another key; or, to overwrite it, if_match with its etag',
    });
  }
  if (if_match !== undefined && if_match !== `"${before?.etag}"`)
    throw new ToolError('CONFLICT', `${name} is not what it was`, {
      why: before ? `its etag is ${before.etag} now` : 'it is gone',
      try: before ? 'reading it again before overwriting it' : 'no if_match, to create it',
    });
}

const md5 = (body: Buffer) => createHash('md5').update(body).digest('hex');

const toBefore = (before: Current | undefined) =>
  before
    ? {
        previous: {
          etag: before.etag,
          size: before.size,
          ...(before.modified && { modified: before.modified }),
        },
        ...(before.version_id && { previous_version_id: before.version_id }),
      }
    : {};

async function put(
  s3: S3,
  args: Args,
  { body, contentType }: { body: Buffer; contentType: string },
  signal: AbortSignal,
) {
  const { bucket, key, metadata, if_match } = args;
  const input = {
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentType: contentType,
    ...(metadata && { Metadata: metadata }),
    ...(if_match === undefined ? { IfNoneMatch: '*' } : { IfMatch: if_match }),
  };
  try {
    const { ETag, VersionId } = await s3.send(
      { action: 's3:PutObject', bucket, key },
      signal,
      (client, options) => client.send(new PutObjectCommand(input), options),
    );
    return {
      etag: requireAnswer(ETag).replaceAll('"', ''),
      ...(VersionId && { version_id: VersionId }),
    };
  } catch (error) {
    // The SDK sends a request again whose answer was lost: then it meets what it wrote itself.
    const now = isConflict(error) ? await readCurrent(s3, args, signal) : undefined;
    if (now?.etag !== md5(body)) throw error;
    return { etag: now.etag, ...(now.version_id && { version_id: now.version_id }) };
  }
}

const isConflict = (error: unknown) => error instanceof ToolError && error.code === 'CONFLICT';
