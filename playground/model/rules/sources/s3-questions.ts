import { toCount } from '../reading.ts';
import type { Asked } from './asked.ts';
import type { Phrase } from './phrase.ts';
import type { Plan } from './plan.ts';
import { describeFile, type Part, previewFile, readFile, showVersions } from './s3-files.ts';
import { countFiles, findFiles, listBuckets, listFiles } from './s3-lists.ts';
import { type FileRef, takeBucket, takeFile } from './s3-places.ts';
import { type SourceQuestion, say } from './source-question.ts';

const files = /\b(?:files?|objects?|keys?|folders?|contents?)\b/i;
const tables = /\.(?:csv|tsv|parquet|jsonl|ndjson)$/i;
const looks =
  /\b(?:find|search(?: for)?|look for|locate|are there(?: any)?|is there|where is|where are)\b/i;

/** Where a verb and a file stand: the answer about it; where it is not clear which file, a question back. */
const aboutFile =
  (verb: RegExp, answer: (s3: string, file: FileRef, phrase: Phrase) => Plan) =>
  (asked: Asked, phrase: Phrase): Plan | undefined => {
    if (!phrase.drop(verb)) return undefined;
    const file = takeFile(asked, phrase);
    return file ? answer(asked.sources.s3 ?? '', file, phrase) : askWhich(phrase);
  };

const askWhich = (phrase: Phrase): Plan | undefined =>
  phrase.drop(/\b(?:that|this|the) (?:file|object)\b/i)
    ? say('Which file do you mean?')
    : undefined;

/** Kinds of question to Amazon S3, those with the most telling words first. */
export const s3Questions: SourceQuestion[] = [
  { kind: 'buckets', read: readBuckets },
  {
    kind: 'versions of a file',
    read: aboutFile(
      /\b(?:all\s+)?(?:old(?:er)?\s+)?versions?\b(?:\s+of)?|\bhistory of\b/i,
      showVersions,
    ),
  },
  {
    kind: 'size of a file',
    read: aboutFile(
      /\bhow (?:large|big)\b|\bsize of\b|\bmeta ?data (?:of|for|about)\b|\bwhen was\b(?=.*\b(?:modified|changed|written|uploaded)\b)/i,
      (s3, file, phrase) => {
        phrase.drop(/\b(?:last )?(?:modified|changed|written|uploaded)\b/i);
        return describeFile(s3, file);
      },
    ),
  },
  { kind: 'preview of a table', read: readPreview },
  { kind: 'part of a file', read: readPart },
  { kind: 'find files', read: readFind },
  { kind: 'how many files', read: readHowMany },
  { kind: 'files in a place', read: readList },
  {
    kind: 'a file',
    read: aboutFile(
      /\b(?:read|open|cat|print|show(?: me)?|see|view|display|what(?:'s| is) in|get)\b/i,
      (s3, file) => (isTable(file) ? previewFile(s3, file, 10) : readFile(s3, file, {})),
    ),
  },
  { kind: 'a file by itself', read: readAlone },
];

const nameOf = (file: FileRef): string =>
  file.by === 'key' ? file.key : file.by === 'name' ? file.name : '';

/** What is better shown as a table than as text. */
const isTable = (file: FileRef) => file.by === 'words' || tables.test(nameOf(file));

function readBuckets({ sources: { s3 = '' } }: Asked, phrase: Phrase): Plan | undefined {
  if (files.test(phrase.rest) || !phrase.drop(/\bbuckets\b/i)) return undefined;
  phrase.drop(/\bhow many\b/i);
  return phrase.unread().length === 0 ? listBuckets(s3) : undefined;
}

function readPreview(asked: Asked, phrase: Phrase): Plan | undefined {
  const { s3 = '' } = asked.sources;
  const [, count] =
    phrase.take(/\b(?:the\s+)?(?:first|top)\s+(\d{1,3}|[a-z]+)\s+rows?\b(?:\s+(?:of|in|from))?/i) ??
    [];
  if (
    !count &&
    !phrase.drop(
      /\bpreview(?: of)?\b|\b(?:columns|(?:how many )?rows)(?: are| are there| does)? (?:of|in)\b|\bhow many (?:rows|columns) (?:does|has)\b/i,
    )
  )
    return undefined;
  const file = takeFile(asked, phrase);
  const rows = count ? toCount(count.toLowerCase()) : 10;
  return (
    file && previewFile(s3, file, Number.isFinite(rows) ? Math.max(1, Math.min(50, rows)) : 10)
  );
}

/** "The last 5 lines of …", "tail of …", "read …". */
function readPart(asked: Asked, phrase: Phrase): Plan | undefined {
  const { s3 = '' } = asked.sources;
  const [, end, count = ''] =
    phrase.take(
      /\b(?:the\s+)?(first|last)\s+(?:(\d{1,4}|[a-z]+)\s+)?lines?\b(?:\s+(?:of|in|from))?/i,
    ) ?? [];
  const isTail =
    phrase.drop(/\btail(?: of)?\b|\b(?:the )?end of\b/i) || end?.toLowerCase() === 'last';
  const isRead = phrase.drop(/\b(?:read|open|cat|print)\b/i);
  if (!end && !isTail && !isRead) return undefined;
  phrase.drop(/\bshow(?: me)?\b/i);
  const file = takeFile(asked, phrase);
  const lines = count ? toCount(count.toLowerCase()) : 20;
  const part: Part = {
    ...(isTail && { end: 'last' }),
    ...((end || isTail) && { lines: Math.max(1, Math.min(60, lines || 20)) }),
  };
  if (!file) return askWhich(phrase);
  return /\.parquet$/i.test(nameOf(file)) ? previewFile(s3, file, 10) : readFile(s3, file, part);
}

/** An ending that files are called by: "CSV files", "the PNGs". */
const ending =
  /\b(?:\.?)(csv|tsv|jsonl?|ndjson|parquet|png|jpe?g|gif|sql|txt|gz|pdf|xlsx?|log)s?\b(?=\s+(?:files?|objects?|exports?)\b|s\b)/i;

function readFind(asked: Asked, phrase: Phrase): Plan | undefined {
  const { s3 = '' } = asked.sources;
  const isFind = phrase.drop(looks);
  const glob = phrase.take(
    /(?<!\S)[\w./{},[\]-]*[*?][\w./{},[\]*?-]*[\w*}\]](?=[\s,;.!?]|$)|(?<!\S)\*(?=\s|$)/,
  )?.[0];
  const kind = glob ? undefined : phrase.take(ending)?.[1]?.toLowerCase();
  if (!glob && !kind && !isFind) return undefined;
  phrase.drop(/\bhow many\b/i);
  const isFiles = phrase.drop(files);
  phrase.drop(
    /\b(?:named|called|matching|like|ending (?:in|with)|that (?:match|end in|are called))\b/i,
  );
  if (!glob && !kind) {
    const file = takeFile(asked, phrase);
    const place = file ? undefined : takeBucket(asked, phrase);
    const words = phrase.take(/\b(?:about|with|for)\s+([^|]{2,80})/i)?.[1]?.trim();
    const search =
      file?.by === 'words' ? `${file.words} ${file.kind}` : file?.by === 'name' ? file.name : words;
    if (!search || (!file && !isFiles)) return undefined;
    return findFiles(
      s3,
      file && 'in' in file ? file.in : place,
      file?.by === 'name' ? { pattern: search } : { query: search },
    );
  }
  const place = takeBucket(asked, phrase);
  return findFiles(s3, place, { pattern: glob ?? `*.${kind}` });
}

function readHowMany(asked: Asked, phrase: Phrase): Plan | undefined {
  const { s3 = '' } = asked.sources;
  if (!phrase.drop(/\bhow many\b|\bcount\b|\bnumber of\b/i) || !phrase.drop(files))
    return undefined;
  return countFiles(s3, takeBucket(asked, phrase));
}

function readList(asked: Asked, phrase: Phrase): Plan | undefined {
  const { s3 = '' } = asked.sources;
  const [, rank] =
    phrase.take(
      /\b(newest|latest|most recent|last|oldest|largest|biggest|smallest)\s+(?=(?:\d+ )?(?:files?|objects?))/i,
    ) ?? [];
  const isFiles = phrase.drop(files);
  const isAll = phrase.drop(/\b(?:all|every|recursive(?:ly)?)\b/i);
  const asksBucket = /\bbucket\b|s3:\/\//i.test(phrase.rest);
  const isWhat = phrase.drop(/\bwhat(?:'s| is| are)?(?: there)?(?= (?:in|inside|below|under)\b)/i);
  if (
    !isFiles &&
    !asksBucket &&
    !(isWhat && (asked.named.includes('s3') || asked.focus.kind === 's3'))
  )
    return undefined;
  const limit = phrase.take(/(?<![\w/.-])(\d{1,3})\b(?![./-])/)?.[1];
  const place = takeBucket(asked, phrase);
  if (!place && !isFiles) return undefined;
  return listFiles(
    s3,
    place ??
      (asked.focus.kind === 's3' && asked.focus.bucket
        ? { name: asked.focus.bucket, prefix: '' }
        : { name: '', prefix: '' }),
    {
      isAll,
      ...(rank && { rank: rank.toLowerCase() }),
      limit: limit ? Math.max(1, Math.min(20, Number(limit))) : 20,
    },
  );
}

/** "The June sales file", "s3://bucket/key", "and customers.csv?" */
function readAlone(asked: Asked, phrase: Phrase): Plan | undefined {
  const { s3 = '' } = asked.sources;
  const file = takeFile(asked, phrase);
  if (
    !file ||
    (file.by === 'words' &&
      !asked.text.includes('file') &&
      asked.focus.kind !== 's3' &&
      !asked.named.includes('s3'))
  )
    return undefined;
  return isTable(file) ? previewFile(s3, file, 10) : readFile(s3, file, {});
}
