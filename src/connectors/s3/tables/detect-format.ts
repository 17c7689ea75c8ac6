import { ToolError } from '../../tool-error.ts';
import type { ByteSource } from '../content/byte-source.ts';
import type { TableFormat } from './table.ts';

const endings: Record<string, TableFormat> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'json',
  geojson: 'json',
  parquet: 'parquet',
  pq: 'parquet',
};

/**
 * The format of a table by its bytes first, then by its name.
 *
 * @throws ToolError `INVALID_ARGUMENT` for what is no table.
 */
export function detectFormat(key: string, source: ByteSource, head: string): TableFormat {
  const { content } = source;
  if (content.kind === 'binary' && content.what === 'Parquet') return 'parquet';
  if (content.kind !== 'text') throw noTable(source);
  const name = key.toLowerCase().replace(/\.(gz|gzip|zst)$/, '');
  const named = endings[/\.(\w+)$/.exec(name)?.[1] ?? ''];
  if (named === 'json' && isLines(head)) return 'jsonl';
  if (named && named !== 'parquet') return named;
  if (!/^\s*[[{]/.test(head)) return 'csv';
  return isLines(head) ? 'jsonl' : 'json';
}

/** Two lines that are JSON each, or one that is all there is of many. */
function isLines(head: string): boolean {
  const [first = '', second = ''] = head.split('\n').filter((line) => line.trim());
  if (!first.trimStart().startsWith('{') || !isJson(first)) return false;
  return second.trimStart().startsWith('{');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function noTable(source: ByteSource): ToolError {
  return new ToolError('INVALID_ARGUMENT', `this is no table but ${toWhat(source)}`, {
    why: 'CSV, TSV, JSON, JSON lines and Parquet can be read, each also gzip or zstd',
    try: 'read_object',
  });
}

function toWhat({ content, decompressed }: ByteSource): string {
  if (content.kind === 'image') return content.mimeType;
  if (content.kind === 'compressed') return `${content.format} within ${decompressed}`;
  if (content.kind !== 'binary') return content.kind;
  return content.what === 'unknown' ? 'bytes of an unknown kind' : content.what;
}
