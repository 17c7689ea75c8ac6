import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool, RichAnswer } from '../connector.ts';
import { ToolError } from '../tool-error.ts';
import { bucketArgument, etagArgument, keyArgument, versionArgument } from './arguments.ts';
import { ObjectReader } from './client/object-reader.ts';
import type { S3 } from './client/s3.ts';
import { type ByteSource, openSource } from './content/byte-source.ts';
import { readBytes, readLines, readTail, readText } from './content/read-part.ts';
import { toMoment } from './object-item.ts';

const input = z.object({
  bucket: bucketArgument,
  key: keyArgument,
  version_id: versionArgument,
  mode: z
    .enum(['auto', 'text', 'binary', 'lines', 'tail'])
    .default('auto')
    .describe('tail: the last lines; auto: text, or a picture, or what it is'),
  offset: z.number().int().min(0).default(0),
  length: z.number().int().min(1).default(16_384).describe('Bytes, 40000 at most come'),
  start_line: z.number().int().min(1).default(1),
  line_count: z.number().int().min(1).default(100),
  if_match: etagArgument.describe('etag of the page before'),
  encoding: z.string().max(40).optional().describe('e.g. shift_jis; found when left out'),
  decompress: z.boolean().default(true),
});
type Args = z.output<typeof input>;

/** Most bytes that one answer gives; who wants more gets these and goes on. */
const mostBytes = 40_000;
/** Largest picture that is handed over, in bytes. */
const largestPicture = 1_000_000;
/** Of text in an answer, in bytes of JSON: usually, and when more was asked for. */
const usualText = 18_000;
const mostText = 45_000;

export const readObject = (s3: S3) =>
  defineTool({
    name: 'read_object',
    description:
      'Read a part of an object: text by bytes or lines, its last lines, or an image. gzip and zstd are inflated, encodings found. Go on with next_offset or lines.next and if_match. For CSV, JSON and Parquet tables use preview_table_object.',
    input,
    output: z.object({
      bucket: z.string(),
      key: z.string(),
      etag: z.string(),
      size: z.number(),
      kind: z.enum(['text', 'binary', 'image']),
      text: z.string().optional(),
      truncated: z.boolean(),
      next_offset: z.number().optional(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run(wish, { signal }) {
      const args = { ...wish, length: Math.min(wish.length, mostBytes) };
      const { bucket, key, version_id: versionId, if_match: ifMatch } = args;
      const place = { bucket, key, versionId, ifMatch };
      const reader = await ObjectReader.open(s3, place, signal, toFirstLength(args));
      const source = await openSource(reader, args.decompress);
      const facts = toFacts(args, source);
      if (args.mode === 'auto' && source.content.kind === 'image') return toPicture(facts, source);
      if (args.mode === 'binary') return toBinary(facts, source, args);
      const encoding = toEncoding(args, source);
      if (encoding === undefined) return toUnread(facts, source);
      return { ...facts, ...(await toText(source, encoding, args)) };
    },
  });

/** One request is enough for the beginning of most objects. */
function toFirstLength({ mode, offset, length }: Args): number {
  if (mode === 'lines') return 64 * 1024;
  return mode !== 'tail' && offset === 0 ? Math.max(length, 4096) : 4096;
}

function toFacts({ bucket, key }: Args, { reader, decompressed }: ByteSource) {
  const { size, etag, contentType, versionId, modified } = reader.facts;
  return {
    bucket,
    key,
    etag: etag.replaceAll('"', ''),
    ...(versionId && { version_id: versionId }),
    size,
    content_type: contentType,
    ...(modified && { modified: toMoment(modified) }),
    ...(decompressed && { decompressed }),
  };
}
type Facts = ReturnType<typeof toFacts>;

/** Nothing for what is no text, unless it is to be read as text all the same. */
function toEncoding({ mode, encoding }: Args, { content }: ByteSource): string | undefined {
  if (encoding !== undefined) return requireEncoding(encoding);
  if (content.kind === 'text') return content.encoding;
  return mode === 'auto' ? undefined : 'utf-8';
}

function requireEncoding(label: string): string {
  if (/^utf-?32[bl]e$/i.test(label)) return `utf-32${label.slice(-2).toLowerCase()}`;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new ToolError('INVALID_ARGUMENT', 'there is no such encoding', {
      try: 'utf-8, utf-16le, windows-1252, iso-8859-2, windows-1251, shift_jis, gb18030, or none',
    });
  }
}

async function toText(source: ByteSource, encoding: string, args: Args) {
  const maxJson = args.length > 16_384 ? mostText : usualText;
  const notes = toNotes(source, args);
  const kind = { kind: 'text' as const, encoding };
  if (args.mode === 'lines') {
    const { start_line: start, line_count: count } = args;
    const part = await readLines(source, encoding, { start, count, maxJson });
    return { ...kind, ...part, ...toGoOn(notes, source, part.lines.next, 'start_line') };
  }
  if (args.mode === 'tail') {
    const { line_count: count, length } = args;
    const part = await readTail(source, encoding, { count, length, maxJson });
    return { ...kind, ...part, ...(notes.length > 0 && { notes }) };
  }
  const part = await readText(source, encoding, { ...args, maxJson });
  return {
    ...kind,
    ...part,
    ...toGoOn([...notes, ...toMostNotes(args, part)], source, part.next_offset, 'offset'),
  };
}

function toNotes({ content }: ByteSource, { encoding }: Args): string[] {
  if (encoding !== undefined) return [];
  if (content.kind !== 'text') return ['These bytes do not look like text.'];
  return content.isGuess
    ? [`The encoding is a guess: ${content.encoding}. Name another if letters are wrong.`]
    : [];
}

/** To whoever wanted more than an answer gives. */
const toMostNotes = ({ length }: Args, { truncated }: { truncated: boolean }) =>
  truncated && length === mostBytes ? [`${mostBytes} bytes are the most in one answer.`] : [];

function toGoOn(notes: string[], { reader }: ByteSource, next: number | undefined, name: string) {
  const etag = reader.facts.etag.replaceAll('"', '');
  const goOn = next === undefined ? [] : [`More follows: ${name} ${next}, if_match ${etag}.`];
  const all = [...notes, ...goOn];
  return all.length > 0 ? { notes: all } : {};
}

async function toPicture(facts: Facts, { reader, content, decompressed }: ByteSource) {
  const { size } = reader.facts;
  const mimeType = content.kind === 'image' ? content.mimeType : '';
  const answer = { ...facts, content_type: mimeType, kind: 'image' as const };
  if (size > largestPicture || decompressed) {
    const notes = ['Pictures of up to 1 MB, not compressed again, can be shown.'];
    return { ...answer, truncated: true, notes };
  }
  const data = (await reader.read(0, size)).toString('base64');
  return new RichAnswer({ ...answer, truncated: false }, { picture: { mimeType, data } });
}

/** Base64 takes four bytes for three. */
async function toBinary(facts: Facts, source: ByteSource, args: Args) {
  const { offset, length } = args;
  const most = Math.floor(((length > 16_384 ? mostText : usualText) * 3) / 4);
  const { bytes, isEnd } = await readBytes(source, offset, Math.min(length, most));
  const end = offset + bytes.length;
  return {
    ...facts,
    kind: 'binary' as const,
    base64: bytes.toString('base64'),
    range: { start: offset, end },
    truncated: !isEnd,
    ...(!isEnd && { next_offset: end }),
    ...toGoOn(toMostNotes(args, { truncated: !isEnd }), source, isEnd ? undefined : end, 'offset'),
  };
}

const readable = /^(Parquet)$/;

function toUnread(facts: Facts, { content }: ByteSource) {
  const what =
    content.kind === 'binary' ? content.what : content.kind === 'compressed' ? content.format : '';
  const wayOut = readable.test(what)
    ? 'preview_table_object reads it.'
    : 'mode binary gives its bytes; if it is text after all, name its encoding.';
  const found = what === 'unknown' ? 'This is no text.' : `This is ${what}, not text.`;
  return {
    ...facts,
    kind: 'binary' as const,
    truncated: facts.size > 0,
    notes: [`${found} ${wayOut}`],
  };
}
