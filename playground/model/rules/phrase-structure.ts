import { code, toNumber, toTable } from './markdown.ts';
import type { Structure } from './query.ts';
import { toList, toRecord } from './schema.ts';

/** The answer to a question about the databases themselves. */
export function phraseStructure(ask: Structure, results: unknown[]): string {
  const records = results.map(toRecord);
  const record = records[0] ?? {};
  switch (ask.type) {
    case 'databases':
      return listed('database', toList(record.databases), ['name', 'tables', 'size_bytes']);
    case 'tables':
      return listed(
        'table',
        records.flatMap((one) => withDatabase(one, records.length > 1)),
        tableKeys,
      );
    case 'sizes':
      return phraseSizes(toList(record.stats));
    case 'describe':
      return phraseTable(ask.table.name, record);
    case 'indexes':
      return phraseIndexes(ask.table.name, toList(record.indexes));
  }
}

const tableKeys = ['database', 'name', 'type', 'row_count_estimate', 'comment'];

const withDatabase = ({ database, tables }: Record<string, unknown>, isNeeded: boolean) =>
  toList(tables).map((table) => (isNeeded ? { database, ...table } : table));

function listed(what: string, items: Record<string, unknown>[], keys: string[]): string {
  if (items.length === 0) return `I see no ${what}s.`;
  const shown = keys.filter((key) =>
    items.some((item) => item[key] !== undefined && item[key] !== ''),
  );
  const names = shown.map(toTitle);
  const rows = items.map((item) => shown.map((key) => toValue(key, item[key])));
  const [only] = items;
  const sentence =
    items.length === 1
      ? `There is one ${what}, ${code(String(only?.name))}:`
      : `There are **${items.length}** ${what}s:`;
  return [sentence, '', toTable(names, rows)].join('\n');
}

const titles: Record<string, string> = {
  row_count_estimate: 'rows (about)',
  row_count: 'rows',
  size_bytes: 'size',
  data_bytes: 'data',
  index_bytes: 'indexes',
};

const toTitle = (key: string) => titles[key] ?? key;

function toValue(key: string, value: unknown): unknown {
  if (/_bytes$/.test(key)) return toSize(Number(value));
  return typeof value === 'number' ? toNumber(value) : value;
}

const toSize = (bytes: number) =>
  !Number.isFinite(bytes)
    ? '–'
    : bytes < 1024 ** 2
      ? `${Math.ceil(bytes / 1024)} kB`
      : `${(bytes / 1024 ** 2).toFixed(1)} MB`;

function phraseSizes(stats: Record<string, unknown>[]): string {
  const size = (item: Record<string, unknown>) =>
    Number(item.data_bytes ?? 0) + Number(item.index_bytes ?? 0);
  const sorted = stats
    .toSorted((a, b) => size(b) - size(a))
    .map((item) => ({ name: item.table ?? item.name, ...item }));
  const [largest] = sorted;
  if (!largest) return 'I see no tables.';
  const shown = ['name', 'row_count', 'data_bytes', 'index_bytes'];
  const rows = sorted
    .slice(0, 10)
    .map((item) => shown.map((key) => toValue(key, toRecord(item)[key])));
  return [
    `The biggest table is ${code(String(largest.name))} with ${toSize(size(largest))}:`,
    '',
    toTable(shown.map(toTitle), rows),
  ].join('\n');
}

function phraseTable(name: string, record: Record<string, unknown>): string {
  const columns = toList(record.columns);
  const rows = columns.map(({ name, type, nullable, key, comment }) => [
    name,
    type,
    nullable === true || nullable === 'YES' ? 'yes' : 'no',
    key,
    comment,
  ]);
  const references = toList(record.foreign_keys).map(
    ({ columns, ref_table, ref_columns }) =>
      `${code(String(columns))} refers to ${code(`${ref_table}.${ref_columns}`)}`,
  );
  return [
    `${code(name)} has **${columns.length}** columns:`,
    '',
    toTable(['column', 'type', 'may be empty', 'key', 'about'], rows),
    ...(references.length > 0 ? ['', `${references.join('; ')}.`] : []),
  ].join('\n');
}

function phraseIndexes(name: string, indexes: Record<string, unknown>[]): string {
  if (indexes.length === 0) return `${code(name)} has no indexes.`;
  const rows = indexes.map(({ name, unique, primary, columns }) => [
    name,
    (Array.isArray(columns) ? columns : [columns])
      .map((column) => (typeof column === 'object' ? toRecord(column).name : column))
      .join(', '),
    unique === true || primary === true ? 'yes' : 'no',
  ]);
  return [
    `${code(name)} has **${indexes.length}** ${indexes.length === 1 ? 'index' : 'indexes'}:`,
    '',
    toTable(['index', 'columns', 'unique'], rows),
  ].join('\n');
}
