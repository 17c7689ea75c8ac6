import type { Call } from './conversation.ts';

/** What the demo model knows of the databases: from the digest, and from what tools said. */
export interface Schema {
  tables: Table[];
}

export interface Table {
  database: string;
  name: string;
  columns: Column[];
  /** About how many, where that is known. */
  rows?: number;
  /** False while there may be more columns than these. */
  isComplete: boolean;
}

export interface Column {
  name: string;
  /** As the database writes it, lower case: `decimal(10,2)`. */
  type: string;
  isKey: boolean;
  /** The time that "latest" means. */
  isTime: boolean;
  /** The table and column that it refers to. */
  refersTo?: { table: string; column: string };
}

/**
 * The tables of all digests in a system prompt. One table stands on one line; without columns where there are too many:
 * `shop.orders (~5000 rows): id int PK, user_id int → users.id, created_at datetime [time]`
 */
export function readDigests(system: string): Schema {
  const isComplete = !system.includes('use describe_table');
  const tables = system.split('\n').flatMap((line): Table[] => {
    const [, database, name, size = '', columns = ''] = tableLine.exec(line.slice(0, 20_000)) ?? [];
    if (!database || !name) return [];
    const read = splitColumns(columns).flatMap(readColumn);
    const rows = /^~?(\d+) rows?$/.exec(size)?.[1];
    return [
      {
        database: toPlain(database),
        name: toPlain(name),
        columns: read,
        ...(rows && { rows: Number(rows) }),
        isComplete: isComplete && read.length > 0,
      },
    ];
  });
  return { tables };
}

/** A plain word, or anything in backticks. */
const name = '(`(?:[^`]|``)+`|[^\\s.`(:,]+)';
const tableLine = new RegExp(
  `^\\s*${name}\\.${name} \\((~?[\\d.,]+[kM]? rows?|empty|view)\\)(?:: (.+))?$`,
);
const columnText = new RegExp(`^${name}\\s+(.+)$`);
const reference = new RegExp(`→ (?:${name}\\.)?${name}\\.${name}`);

const toPlain = (text: string) =>
  text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text;

/** At commas, but not at those inside of `decimal(10,2)` or `enum('a','b')`. */
function splitColumns(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let quoted = false;
  for (const letter of text) {
    if (letter === "'") quoted = !quoted;
    if (!quoted && letter === '(') depth++;
    if (!quoted && letter === ')') depth--;
    if (letter === ',' && depth <= 0 && !quoted) {
      parts.push(part.trim());
      part = '';
      continue;
    }
    part += letter;
  }
  return [...parts, part.trim()].filter(Boolean);
}

function readColumn(text: string): Column[] {
  const [, found, rest = ''] = columnText.exec(text) ?? [];
  if (!found) return [];
  const [, , table, column] = reference.exec(rest) ?? [];
  const type = /^[a-z]+(?: ?\((?:'[^']*'|[^)'])*\))?(?: unsigned)?/i.exec(rest)?.[0] ?? rest;
  return [
    {
      name: toPlain(found),
      type: type.toLowerCase(),
      isKey: /\bPK\b/.test(rest),
      isTime: rest.includes('[time]'),
      ...(table && column && { refersTo: { table: toPlain(table), column: toPlain(column) } }),
    },
  ];
}

/** Adds what list_tables and describe_table have said; the newest word counts. */
export function learn(schema: Schema, calls: Omit<Call, 'source'>[]): Schema {
  let { tables } = schema;
  for (const { tool, input, result } of calls) {
    if (!result?.ok) continue;
    const data = toRecord(result.data);
    if (tool === 'list_tables') {
      const database = String(data.database ?? input.database ?? '');
      const named = toList(data.tables).map(({ name, database: own }) => ({
        database: String(own ?? database),
        name: String(name),
        columns: [],
        isComplete: false,
      }));
      const known = new Set(tables.map(({ name }) => name));
      tables = [...tables, ...named.filter(({ name }) => !known.has(name))];
    }
    if (tool === 'describe_table') {
      const table = toTable(data, input);
      tables = [...tables.filter(({ name }) => name !== table.name), table];
    }
  }
  return { tables };
}

function toTable(data: Record<string, unknown>, input: Record<string, unknown>): Table {
  const keys = toList(data.foreign_keys);
  const primary = Array.isArray(data.primary_key) ? data.primary_key : [];
  return {
    database: String(data.database ?? input.database ?? ''),
    name: String(data.table ?? input.table ?? ''),
    isComplete: true,
    columns: toList(data.columns).map(({ name, type, key }) => {
      const foreign = keys.find(({ columns }) => Array.isArray(columns) && columns[0] === name);
      const target =
        foreign && Array.isArray(foreign.ref_columns) ? foreign.ref_columns[0] : undefined;
      return {
        name: String(name),
        type: String(type).toLowerCase(),
        isKey: primary.includes(name) || key === 'PRI',
        isTime: false,
        ...(target && { refersTo: { table: String(foreign?.ref_table), column: String(target) } }),
      };
    }),
  };
}

export const toRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

export const toList = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.map(toRecord) : [];
