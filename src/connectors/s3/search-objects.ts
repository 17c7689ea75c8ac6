import { z } from 'zod';
import { outsideText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool, type ToolContext } from '../connector.ts';
import { readCursor, toCursor } from '../cursor.ts';
import { fitItems } from '../fit-items.ts';
import { cursorArgument, limitArgument } from '../paging-schemas.ts';
import { ToolError } from '../tool-error.ts';
import { bucketArgument } from './arguments.ts';
import { compareKeys, type ObjectFacts } from './client/list-page.ts';
import type { S3 } from './client/s3.ts';
import { alikeKeys } from './client/suggest-names.ts';
import { objectItem, toItem } from './object-item.ts';
import { type Glob, toGlobs } from './search/glob.ts';
import { byRank, goodScore, KeyRanker, type Ranked } from './search/rank-keys.ts';
import { toTerms } from './search/terms.ts';
import { type Walked, walk } from './search/walk.ts';

const moment = z
  .string()
  .max(40)
  .refine((text) => !Number.isNaN(Date.parse(text)), 'is no date, e.g. 2026-06-30')
  .transform((text) => Date.parse(text))
  .optional();

const input = z.object({
  bucket: bucketArgument,
  pattern: z
    .string()
    .min(1)
    .max(512)
    .optional()
    .describe('Glob: * ? ** [a-z] {a,b}; without a slash in all folders. e.g. logs/*/2026-11-*.gz'),
  query: z.string().min(1).max(200).optional().describe('Words, ranked: the June sales file'),
  case_sensitive: z.boolean().default(true),
  min_size: z.number().int().min(0).optional(),
  max_size: z.number().int().min(0).optional(),
  modified_after: moment,
  modified_before: moment,
  limit: limitArgument(100, 1000),
  max_scan: z.number().int().min(1).max(200_000).default(20_000),
  cursor: cursorArgument,
});
type Args = z.output<typeof input>;

/** Longest walk of one call, in milliseconds. */
const patience = 25_000;
/** Of the keys that a question in words finds, in one answer. */
const mostRanked = 20;
/** Of those that have a part of the words, when none has more. */
const mostPartial = 5;
const leastScore = 0.3;

export const searchObjects = (s3: S3) =>
  defineTool({
    name: 'search_objects',
    description:
      'Find objects by a wildcard pattern on the whole key, or by words when the exact name is unknown. Only folders that can match are listed. complete: false means go on with next_cursor.',
    input,
    output: z.object({
      objects: z.array(objectItem),
      count: z.number(),
      scanned: z.number(),
      complete: z.boolean(),
      truncated: z.boolean(),
      next_cursor: z.string().optional(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run(args, context) {
      if (args.pattern === undefined && args.query === undefined)
        throw new ToolError('INVALID_ARGUMENT', 'neither pattern nor query is given', {
          try: 'pattern "**/*.csv", or query "june sales"',
        });
      const globs = toGlobs(args.pattern ?? '**', { foldCase: !args.case_sensitive });
      return args.query === undefined
        ? findAll(s3, args, globs, context)
        : findByWords(s3, args, args.query, globs, context);
    },
  });

/** Every match in the order of S3, page by page. */
async function findAll(s3: S3, args: Args, globs: Glob[], context: ToolContext) {
  const { max_scan: _, ...question } = args; // how far one call goes is no part of what is looked for
  const after = readCursor('search_objects', question, args.cursor);
  const { walked, objects } = startWalk(s3, args, globs, after, context);
  const found: ObjectFacts[] = [];
  for await (const object of objects) {
    if (isWanted(object, args)) found.push(object);
    if (found.length > args.limit) break;
  }
  const hasMore = found.length > args.limit;
  const { items, truncated } = fitItems(found.slice(0, args.limit).map(toItem));
  const isShort = hasMore || truncated;
  const rest = isShort ? items.at(-1)?.key : walked.isCut ? walked.position : undefined;
  const isEmpty = found.length === 0 && !walked.isCut && after === undefined;
  const notes = [
    ...(!isShort && walked.isCut ? [toCutNote(walked)] : []),
    ...(isEmpty ? await toEmptyNotes(s3, args, context.signal) : []),
  ];
  return {
    objects: items,
    count: items.length,
    scanned: walked.scanned,
    complete: rest === undefined,
    truncated: rest !== undefined,
    ...(rest !== undefined && { next_cursor: toCursor('search_objects', question, rest) }),
    ...(notes.length > 0 && { notes }),
  };
}

/** The best matches. They come without a cursor: to rank, all has to be seen. */
async function findByWords(s3: S3, args: Args, query: string, globs: Glob[], context: ToolContext) {
  const ranker = new KeyRanker<Candidate>(toTerms(query), leastScore);
  const { walked, objects } = startWalk(s3, args, globs, undefined, context);
  let ranked: Ranked<Candidate>[] = [];
  for await (const object of objects) {
    if (!isWanted(object, args)) continue;
    // People name what is in a bucket by the bucket, too.
    const candidate = { key: `${args.bucket}/${object.key}`, modified: object.modified, object };
    const one = ranker.rank(candidate);
    if (one) ranked.push(one);
    if (ranked.length > 1000) ranked = ranked.sort(byRank).slice(0, mostRanked);
  }
  const good = ranked.filter(({ score }) => score >= goodScore);
  const all = (good.length > 0 ? good : ranked).sort(byRank);
  const best = all.slice(0, Math.min(args.limit, good.length > 0 ? mostRanked : mostPartial));
  const { items } = fitItems(best.map(({ item, score }) => ({ ...toItem(item.object), score })));
  const notes = [
    ...(walked.isCut ? [`${toCutNote(walked)} Add a pattern, e.g. "exports/**".`] : []),
    ...(items.length === 0 ? ['No key has these words; list_objects shows what there is.'] : []),
    ...(items.length > 0 && good.length === 0 ? ['These have a part of the words only.'] : []),
  ];
  return {
    objects: items,
    count: items.length,
    scanned: walked.scanned,
    complete: !walked.isCut,
    truncated: all.length > items.length,
    ...(notes.length > 0 && { notes }),
  };
}

interface Candidate {
  /** With its bucket in front. */
  key: string;
  modified: Date;
  object: ObjectFacts;
}

function startWalk(
  s3: S3,
  { bucket, max_scan }: Args,
  globs: Glob[],
  after: string | undefined,
  { signal, progress }: ToolContext,
) {
  const walked: Walked = { scanned: 0, position: after, isCut: false };
  const end = Date.now() + patience;
  const objects = walk(
    s3,
    {
      bucket,
      globs,
      prefixes: [...s3.scope.prefixes(bucket, '')].sort(compareKeys),
      after,
      signal,
      onPage: () => progress(`${walked.scanned} keys seen`),
      isEnough: () => walked.scanned >= max_scan || Date.now() >= end,
    },
    walked,
  );
  return { walked, objects };
}

function isWanted({ size, modified }: ObjectFacts, args: Args): boolean {
  const { min_size = 0, max_size = Infinity } = args;
  const { modified_after = -Infinity, modified_before = Infinity } = args;
  const time = modified.getTime();
  return size >= min_size && size <= max_size && time >= modified_after && time < modified_before;
}

const toCutNote = ({ scanned, position = '' }: Walked) =>
  `The search ended after ${scanned} keys, at ${JSON.stringify(outsideText(position, 120))}.`;

async function toEmptyNotes(s3: S3, { bucket, pattern = '' }: Args, signal: AbortSignal) {
  const words = pattern.replaceAll(/[*?{}[\]/]+/g, ' ');
  const close = await alikeKeys(s3, bucket, words, signal);
  return close.length > 0
    ? [
        `Nothing matches. Near: ${close.map((key) => JSON.stringify(outsideText(key, 200))).join(', ')}`,
      ]
    : ['Nothing matches; list_objects shows what there is.'];
}
