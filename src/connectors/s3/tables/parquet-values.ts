import type { SchemaElement, SchemaTree } from 'hyparquet';
import { toHead, toText, toTextCell } from './parquet-text.ts';

/** Kinds of value that are read raw and told exactly here; the library would make doubles and dates of them. */
const rawKinds = /^(DECIMAL|DATE|TIME|TIMESTAMP|BSON|INTERVAL)(_MILLIS|_MICROS)?$/;

/** JSON in a column stays text, and the oldest kind of timestamp keeps its nanoseconds. */
export const parquetParsers = {
  jsonFromBytes: (bytes: Uint8Array) => bytes && new TextDecoder().decode(bytes),
  timestampFromNanoseconds: (nanos: bigint) => toTimestamp(nanos, 1_000_000_000n, false),
};

/** The same for columns that are not nested: their text stays bytes until a row is wanted. */
export const flatParsers = {
  ...parquetParsers,
  stringFromBytes: (bytes: Uint8Array) => bytes,
  jsonFromBytes: (bytes: Uint8Array) => bytes,
};

/** The schema without those kinds, for the library. What a variant holds only the library can tell. */
export const toRawSchema = (tree: SchemaTree): SchemaElement[] =>
  kindOf(tree.element) === 'VARIANT'
    ? toElements(tree)
    : [toRaw(tree.element), ...tree.children.flatMap(toRawSchema)];

const toElements = ({ element, children }: SchemaTree): SchemaElement[] => [
  element,
  ...children.flatMap(toElements),
];

function toRaw(element: SchemaElement): SchemaElement {
  const { converted_type, logical_type, ...rest } = element;
  const isRaw = [converted_type, logical_type?.type].some((kind) => kind && rawKinds.test(kind));
  return isRaw ? rest : element;
}

/** A column's type as people know it: `INT64`, `DECIMAL(10,2)`, `TIMESTAMP UTC`, `LIST`. */
export function toParquetType({ element, children }: SchemaTree): string {
  const kind = kindOf(element);
  if (children.length > 0) return /^(LIST|MAP|VARIANT)$/.test(kind ?? '') ? `${kind}` : 'STRUCT';
  if (element.repetition_type === 'REPEATED') return 'LIST';
  if (kind === 'DECIMAL') return `DECIMAL(${element.precision ?? '?'},${element.scale ?? 0})`;
  if (kind === 'TIMESTAMP') return isUtc(element) ? 'TIMESTAMP UTC' : 'TIMESTAMP';
  if (kind === 'UTF8' || kind === 'STRING') return 'STRING';
  if (kind === 'INTEGER' || kind === undefined)
    return element.type === 'INT96' ? 'TIMESTAMP' : (element.type ?? '?');
  return kind;
}

/** Without the unit, in which the older annotation writes it. */
const kindOf = ({ converted_type, logical_type }: SchemaElement) =>
  logical_type?.type ?? converted_type?.replace(/_(MILLIS|MICROS)$/, '');

/** The older annotation means UTC. */
const isUtc = ({ logical_type }: SchemaElement) =>
  logical_type?.type === 'TIMESTAMP' ? logical_type.isAdjustedToUTC : true;

/** A value as a cell: numbers that a double holds, everything else as text, nested ones as JSON. */
export function toParquetCell(value: unknown, tree: SchemaTree): unknown {
  if (value instanceof Uint8Array && kindOf(tree.element) !== 'DECIMAL')
    return toTextCell(value, isText(tree.element));
  const shown = toShown(value, tree);
  const cell = typeof shown === 'object' && shown !== null ? JSON.stringify(shown) : shown;
  return typeof cell === 'string' ? toHead(cell) : cell;
}

const isText = (element: SchemaElement) => /^(UTF8|STRING|JSON|ENUM)$/.test(kindOf(element) ?? '');

function toShown(value: unknown, tree: SchemaTree): unknown {
  if (value === undefined || value === null) return null;
  const { element, children } = tree;
  if (kindOf(element) === 'VARIANT') return toPlain(value);
  if (children.length === 0)
    return Array.isArray(value)
      ? value.map((each) => toLeaf(each, element))
      : toLeaf(value, element);
  if (Array.isArray(value)) return value.map((each) => toShown(each, itemOf(tree)));
  if (typeof value !== 'object') return value;
  const isMap = kindOf(element) === 'MAP';
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const child = isMap
        ? children[0]?.children[1]
        : children.find((child) => child.element.name === name);
      return [name, child ? toShown(each, child) : toPlain(each)];
    }),
  );
}

/** A value of which the schema tells nothing. */
function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return toNumber(value);
  if (value instanceof Date) return toIso(value.getTime()) ?? null;
  if (value instanceof Uint8Array) return toText(value, false);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toPlain(each)]));
}

/** Lists have a group of their own between them and what they hold, or none in old files. */
function itemOf(tree: SchemaTree): SchemaTree {
  const [inner] = tree.children;
  if (!inner || kindOf(tree.element) !== 'LIST') return tree;
  return inner.children.length === 1 ? (inner.children[0] ?? inner) : inner;
}

function toLeaf(value: unknown, element: SchemaElement): unknown {
  if (value === undefined || value === null) return null;
  const kind = kindOf(element);
  if (kind === 'DECIMAL') return toDecimal(value, element.scale ?? 0);
  if (kind === 'DATE' && typeof value === 'number') return toDay(value);
  if (kind === 'TIME') return toTime(BigInt(value as number | bigint), unitOf(element));
  if (kind === 'TIMESTAMP')
    return toTimestamp(BigInt(value as number | bigint), unitOf(element), isUtc(element));
  if (typeof value === 'bigint') return toNumber(value);
  if (typeof value === 'number') return toDouble(value, element);
  return value instanceof Uint8Array ? toText(value, isText(element)) : value;
}

const toNumber = (value: bigint) =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();

/** A float of 32 bits has seven digits; the others come from being made a double. */
function toDouble(value: number, { type }: SchemaElement): unknown {
  if (!Number.isFinite(value)) return String(value);
  const short = Number(value.toPrecision(7));
  return type === 'FLOAT' && Math.fround(short) === value ? short : value;
}

function toDecimal(value: unknown, scale: number): string {
  const unscaled = value instanceof Uint8Array ? toSigned(value) : BigInt(value as number | bigint);
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const part = scale > 0 ? `.${digits.slice(-scale)}` : '';
  return `${unscaled < 0n ? '-' : ''}${whole}${part}`;
}

/** Big-endian, two's complement. */
function toSigned(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}

const unitOf = ({ logical_type, converted_type }: SchemaElement): bigint => {
  const unit = logical_type && 'unit' in logical_type ? logical_type.unit : undefined;
  if (unit === 'NANOS') return 1_000_000_000n;
  return unit === 'MICROS' || converted_type?.endsWith('_MICROS') ? 1_000_000n : 1_000n;
};

const toDay = (days: number) => toIso(days * 86_400_000)?.slice(0, -14) ?? `${days} days`;

/** `units` in a second. */
function toTimestamp(value: bigint, units: bigint, utc: boolean): string {
  const rest = ((value % units) + units) % units;
  const seconds = (value - rest) / units;
  const iso = toIso(Number(seconds) * 1000);
  return iso ? `${iso.slice(0, -5)}${toFraction(rest, units)}${utc ? 'Z' : ''}` : value.toString();
}

function toTime(value: bigint, units: bigint): string {
  const iso = toIso(Number(value / units) * 1000);
  return iso ? `${iso.slice(11, 19)}${toFraction(value % units, units)}` : value.toString();
}

const toFraction = (rest: bigint, units: bigint) =>
  rest === 0n ? '' : `.${rest.toString().padStart(units.toString().length - 1, '0')}`;

/** Nothing for what no calendar has. */
const toIso = (ms: number) => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined);
