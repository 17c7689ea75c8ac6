import { code, toNumber, toTable } from '../markdown.ts';
import { toList, toRecord } from '../schema.ts';
import { call, type Data, NoAnswer, type Plan, type Steps, tryAll } from './plan.ts';
import { bucketsFor, type FoundFile, findFile } from './s3-find.ts';
import type { FileRef } from './s3-places.ts';
import { counted, toTime } from './say-list.ts';
import { toExactSize, toSize } from './to-size.ts';

/** Which lines of a file; its beginning unless told. */
export interface Part {
  end?: 'last';
  lines?: number;
}

const nameOf = ({ bucket, key }: { bucket: string; key: string }) => code(`${bucket}/${key}`);

/** Lines of a file that an answer shows unless told. */
const usualLines = 40;
const mostLetters = 6_000;

export function* readFile(s3: string, ref: FileRef, { end, lines }: Part): Plan {
  const file = yield* findFile(s3, ref);
  const mode = end === 'last' ? 'tail' : lines ? 'lines' : undefined;
  const found = yield* call(s3, 'read_object', {
    bucket: file.bucket,
    key: file.key,
    ...(mode && { mode, line_count: lines }),
  });
  const name = nameOf(file);
  if (found.kind === 'image')
    return `${name} is a picture (${code(String(found.content_type))}, ${toSize(Number(found.size))}).${file.remark}`;
  if (typeof found.text !== 'string')
    return `${name} has ${toExactSize(Number(found.size))}. ${notesOf(found)}${file.remark}`.trim();
  if (found.text === '') return `${name} is empty.`;
  return [
    `${sentenceOf(name, found, mode)}.${file.remark}`,
    '',
    ...fenced(found.text, lines ?? usualLines, end === 'last'),
  ].join('\n');
}

const notesOf = ({ notes }: Data) => (Array.isArray(notes) ? notes.map(String).join(' ') : '');

function sentenceOf(name: string, found: Data, mode: string | undefined): string {
  const packed = found.decompressed ? ', unpacked' : '';
  const size = toSize(Number(found.size));
  if (mode === 'tail') return `The end of ${name} (${size}${packed})`;
  const isPart = found.truncated === true || String(found.text).split('\n').length > usualLines + 1;
  return `${isPart ? 'The beginning of ' : ''}${name} (${size}${packed})`;
}

/** A block of code that nothing in the text can end. */
function fenced(text: string, lines: number, fromEnd: boolean): string[] {
  const all = text.replace(/\n$/, '').split('\n');
  const shown = fromEnd ? all.slice(-lines) : all.slice(0, lines);
  const joined = shown.join('\n');
  const cut =
    joined.length > mostLetters ? `${joined.slice(0, mostLetters).toWellFormed()}…` : joined;
  const longest = Math.max(2, ...[...cut.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, cut, fence];
}

export function* previewFile(s3: string, ref: FileRef, rows: number): Plan {
  const file = yield* findFile(s3, ref);
  if (ref.by === 'words' && !/\.(csv|tsv|parquet|json|jsonl|ndjson|txt)(\.gz)?$/i.test(file.key))
    return yield* readFile(s3, { by: 'key', bucket: file.bucket, key: file.key }, {});
  const found = yield* call(s3, 'preview_table_object', {
    bucket: file.bucket,
    key: file.key,
    rows,
  });
  const names = toList(found.columns).map(({ name }) => String(name));
  const cells = Array.isArray(found.rows) ? found.rows.map((row) => toCells(row, names)) : [];
  const name = nameOf(file);
  if (cells.length === 0) return `${name} has no rows.${file.remark}`;
  return [
    `${rowsOf(found, cells.length)} of ${name}.${file.remark}`,
    '',
    toTable(names, cells),
  ].join('\n');
}

const toCells = (row: unknown, names: string[]): unknown[] =>
  Array.isArray(row) ? row : names.map((name) => toRecord(row)[name]);

/** The table's size is exact only where the format tells it, or where all of it was read. */
function rowsOf({ total, truncated }: Data, shown: number): string {
  const { value, precision } = toRecord(total);
  if (Number(value) > shown)
    return `The first **${shown}** of ${precision === 'exact' ? '' : 'about '}${toNumber(value)} rows`;
  return `${truncated === true ? 'The first' : 'All'} **${shown}** rows`;
}

export function* describeFile(s3: string, ref: FileRef): Plan {
  const file = yield* findFile(s3, ref);
  const found = yield* call(s3, 'get_object_metadata', { bucket: file.bucket, key: file.key });
  const facts = [
    ['size', toExactSize(Number(found.size))],
    ['modified', toTime(found.modified)],
    ...['content_type', 'content_encoding', 'storage_class', 'restore_status', 'version_id']
      .filter((name) => found[name] !== undefined)
      .map((name) => [name.replaceAll('_', ' '), String(found[name])]),
    ...Object.entries(toRecord(found.metadata)).map(([name, value]) => [name, String(value)]),
  ];
  return [
    `${nameOf(file)} has **${toExactSize(Number(found.size))}**, modified ${toTime(found.modified)} UTC.${file.remark}`,
    '',
    toTable(['what', 'value'], facts),
  ].join('\n');
}

export function* showVersions(s3: string, ref: FileRef): Plan {
  const versions = yield* versionsOf(s3, ref);
  const [first] = versions;
  if (!first)
    return `I found no versions of ${code(ref.by === 'key' ? ref.key : ref.by === 'name' ? ref.name : ref.words)}.`;
  const keeps = versions.some(({ version_id }) => version_id !== 'null');
  const rows = versions.map((one) => [
    toTime(one.modified),
    one.delete_marker ? 'deleted' : toSize(Number(one.size)),
    one.latest ? 'latest' : '',
    one.version_id,
  ]);
  const note = keeps ? '' : ' The bucket keeps no older ones.';
  return [
    `${nameOf(first)} has ${counted(versions.length, 'version')}, the newest first.${note}`,
    '',
    toTable(['modified', 'size', '', 'version'], rows),
  ].join('\n');
}

type Version = Data & { bucket: string; key: string };

/** A deleted file is found by no search, only among the versions. */
function* versionsOf(s3: string, ref: FileRef): Steps<Version[]> {
  if (ref.by !== 'name') {
    const file: FoundFile = yield* findFile(s3, ref);
    const { versions } = yield* call(s3, 'list_object_versions', {
      bucket: file.bucket,
      key: file.key,
    });
    return toList(versions).map((one) => ({ ...one, bucket: file.bucket, key: String(one.key) }));
  }
  const places = yield* bucketsFor(s3, ref.in);
  const found = yield* tryAll(
    places.map(({ name, prefix }) => ({
      source: s3,
      tool: 'list_object_versions',
      input: { bucket: name, prefix, limit: 1000 },
    })),
  );
  const all = found.flatMap((data, at) =>
    toList(data?.versions).map((one) => ({
      ...one,
      bucket: places[at]?.name ?? '',
      key: String(one.key),
    })),
  );
  const own = all.filter(({ key }) => key === ref.name || key.endsWith(`/${ref.name}`));
  const keys = new Set(own.map(({ bucket, key }) => `${bucket}/${key}`));
  if (keys.size > 1)
    throw new NoAnswer(`Which one do you mean: ${[...keys].map(code).join(', ')}?`);
  return own;
}
