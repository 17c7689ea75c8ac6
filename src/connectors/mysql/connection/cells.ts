import type { FieldPacket } from 'mysql2';
import { cutText, outsideText } from '../../../outside-text.ts';

/** A column of a result. */
export interface Column {
  /** Unique within the result: the second `id` is `id_2`. */
  name: string;
  /** The SQL type, e.g. `BIGINT`. */
  type: string;
}

/** Of a ZEROFILL column: how its numbers are written. */
interface Zerofill {
  width: number;
  /** Digits behind the point, when they are fixed. */
  decimals: number | undefined;
}

/** What the shape of a cell depends on. */
export interface CellRule {
  type: string;
  /** Hides what SHOW GRANTS tells about passwords. */
  grants: boolean;
  zerofill?: Zerofill | undefined;
}

const binaryCharset = 63;

const types: Record<number, string> = {
  0: 'DECIMAL',
  1: 'TINYINT',
  2: 'SMALLINT',
  3: 'INT',
  4: 'FLOAT',
  5: 'DOUBLE',
  6: 'NULL',
  7: 'TIMESTAMP',
  8: 'BIGINT',
  9: 'MEDIUMINT',
  10: 'DATE',
  11: 'TIME',
  12: 'DATETIME',
  13: 'YEAR',
  14: 'DATE',
  16: 'BIT',
  242: 'VECTOR',
  245: 'JSON',
  246: 'DECIMAL',
  247: 'ENUM',
  248: 'SET',
  255: 'GEOMETRY',
};

/** The type's name in SQL. */
function toType(field: FieldPacket): string {
  const { columnType = -1, characterSet, flags } = field;
  const extended = field as { extendedTypeName?: string; extendedFormat?: string };
  if (extended.extendedFormat === 'json') return 'JSON'; // MariaDB's JSON is a LONGTEXT with a remark
  if (extended.extendedTypeName) return extended.extendedTypeName.toUpperCase();
  const bits = typeof flags === 'number' ? flags : 0;
  if (bits & 256) return 'ENUM';
  if (bits & 2048) return 'SET';
  const isBinary = characterSet === binaryCharset;
  if (columnType >= 249 && columnType <= 252) return isBinary ? 'BLOB' : 'TEXT';
  if (columnType === 254) return isBinary ? 'BINARY' : 'CHAR';
  if (columnType === 253 || columnType === 15) return isBinary ? 'VARBINARY' : 'VARCHAR';
  return types[columnType] ?? 'UNKNOWN';
}

/** Names and types of the columns; repeated names get a number. */
export function toColumns(fields: readonly FieldPacket[]): Column[] {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  return fields.map((field) => {
    const plain = outsideText(field.name, 128);
    let name = plain;
    for (let n = numbers.get(plain) ?? 2; taken.has(name); n++) {
      name = `${plain}_${n}`;
      numbers.set(plain, n + 1); // thousands of columns may have one name
    }
    taken.add(name);
    return { name, type: toType(field) };
  });
}

/** The rules by which `toCell` shapes the cells of these columns, which `toColumns` made of these fields. */
export const toCellRules = (
  columns: readonly Column[],
  fields: readonly FieldPacket[] = [],
): CellRule[] =>
  columns.map(({ name, type }, index) => ({
    type,
    grants: name.startsWith('Grants for '),
    zerofill: toZerofill(type, fields[index]),
  }));

function toZerofill(type: string, field: FieldPacket | undefined): Zerofill | undefined {
  const isZerofill = typeof field?.flags === 'number' && (field.flags & 64) !== 0;
  if (!isZerofill || type === 'YEAR') return; // a year bears the flag, too
  const { columnLength: width = 0, decimals = 0 } = field;
  // 255 is the widest there is; a server may claim anything.
  return { width: Math.min(width, 255), decimals: decimals < 31 ? decimals : undefined };
}

/**
 * A value as JSON, exact or honestly cut: numbers that a double cannot hold are text already, bytes show their count
 * and head, text past `max` characters says how much is missing.
 */
export function toCell(value: unknown, rule: CellRule, max: number): unknown {
  const { type, grants, zerofill } = rule;
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') {
    if (zerofill) return toZerofilled(value, zerofill);
    return Number.isFinite(value) ? value : String(value);
  }
  if (Buffer.isBuffer(value)) return type === 'BIT' ? toBits(value) : toPreview(value);
  if (typeof value !== 'string') return toStructure(value, max);
  if (type === 'JSON') return toJson(value, max);
  return cutText(
    grants ? value.replace(/IDENTIFIED .*?(?= REQUIRE| WITH|$)/, 'IDENTIFIED …') : value,
    max,
  );
}

/** As the server writes it: the driver has made a number of it. */
const toZerofilled = (value: number, { width, decimals }: Zerofill) =>
  (decimals === undefined ? String(value) : value.toFixed(decimals)).padStart(width, '0');

function toBits(bytes: Buffer): number | string {
  const bits = BigInt(`0x${bytes.toString('hex') || '0'}`);
  return bits <= Number.MAX_SAFE_INTEGER ? Number(bits) : String(bits);
}

const toPreview = (bytes: Buffer) => ({
  bytes: bytes.length,
  preview_hex: bytes.subarray(0, 32).toString('hex'),
});

/** Points and vectors, which the driver gives as objects. */
function toStructure(value: unknown, max: number): unknown {
  const text = JSON.stringify(value) ?? '';
  return text.length > max ? cutText(text, max) : value;
}

/** JSON as JSON, unless that would lose digits. */
function toJson(text: string, max: number): unknown {
  if (text.length > max || !keepsDigits(text)) return cutText(text, max);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether every number in the JSON comes out of a double as it went in: not `1.10`, `1e400` or 2^53 + 1. */
function keepsDigits(json: string): boolean {
  const numbers = json.replace(/"(?:[^"\\]|\\.)*"/gs, '""').match(/-?\d[\d.eE+-]*/g) ?? [];
  return numbers.every((number) => bare(String(Number(number))) === bare(number));
}

/** `1E+21` and `1e21` are the same digits. */
const bare = (number: string) => number.toLowerCase().replace('e+', 'e');
