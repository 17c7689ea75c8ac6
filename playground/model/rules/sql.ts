import { isMeasure, keyOf, labelsOf, type Step } from './facts.ts';
import type {
  FigureQuery,
  Filter,
  Group,
  Measure,
  Place,
  Query,
  Related,
  RowsQuery,
} from './query.ts';
import type { Column, Table } from './schema.ts';

/** One SELECT. Names come from the schema only and are quoted; what the person wrote stands in literals only. */
export const toSql = (query: Query): string =>
  query.type === 'rows' ? rowsSql(query) : figureSql(query);

function rowsSql({ table, columns, filters, order, limit }: RowsQuery): string {
  const joins = openJoins();
  const where = toWhere(filters, joins);
  return toStatement([
    `SELECT ${columns.map((column) => ref(joins.base, column)).join(', ')}`,
    from(table, joins),
    where,
    order &&
      `ORDER BY ${ref(joins.base, order.column)}${order.descending ? ' DESC' : ''}${tieBreak(table, order, joins)}`,
    `LIMIT ${limit}`,
  ]);
}

/** Rows of the same moment keep one order. */
function tieBreak(table: Table, order: NonNullable<RowsQuery['order']>, joins: Joins): string {
  const key = keyOf(table);
  if (!key || key === order.column) return '';
  return `, ${ref(joins.base, key)}${order.descending ? ' DESC' : ''}`;
}

function figureSql({ table, measure, group, filters, descending, limit }: FigureQuery): string {
  const joins = openJoins();
  const keys = group ? toKeys(group, joins) : [];
  const where = toWhere(filters, joins);
  const figure = `${toFigure(measure, joins)} AS ${quote(figureName(measure))}`;
  const direction = descending ? ' DESC' : '';
  return toStatement([
    `SELECT ${[...keys.map(({ shown }) => shown), figure].join(', ')}`,
    from(table, joins),
    where,
    group && `GROUP BY ${keys.map(({ by }) => by).join(', ')}`,
    // Of time the last part is wanted, of everything else the largest or smallest.
    group?.by === 'time' && `ORDER BY ${keys[0]?.by} DESC`,
    group &&
      group.by !== 'time' &&
      `ORDER BY ${quote(figureName(measure))}${direction}, ${keys[0]?.by}`,
    group && `LIMIT ${limit}`,
  ]);
}

/** What the figure's column is called in the result. */
export const figureName = (measure: Measure): string =>
  measure.fn === 'count'
    ? 'count'
    : `${measure.fn}_${measure.column.name}${measure.times ? `_x_${measure.times.name}` : ''}`;

function toFigure(measure: Measure, { base }: Joins): string {
  if (measure.fn === 'count') return 'COUNT(*)';
  const value = measure.times
    ? `${ref(base, measure.column)} * ${ref(base, measure.times)}`
    : ref(base, measure.column);
  return measure.fn === 'avg' ? `ROUND(AVG(${value}), 2)` : `${measure.fn.toUpperCase()}(${value})`;
}

function toKeys(group: Group, joins: Joins): { shown: string; by: string }[] {
  if (group.by === 'time') {
    const bucket = buckets[group.unit](ref(joins.base, group.column));
    return [{ shown: `${bucket} AS ${quote(group.unit)}`, by: bucket }];
  }
  if (group.by === 'column') {
    const column = at(group.place, joins);
    return [{ shown: column, by: column }];
  }
  const alias = joins.along(group.path);
  return entityColumns(group.table).map((column) => {
    const name = ref(alias, column);
    return { shown: name, by: name };
  });
}

/** How a row of another table is shown beside its figure. */
export const entityColumns = (table: Table): Column[] =>
  [keyOf(table), ...labelsOf(table)].filter((column) => column !== undefined);

const buckets = {
  day: (column: string) => `DATE(${column})`,
  week: (column: string) => `DATE_FORMAT(${column}, '%x-W%v')`,
  month: (column: string) => `DATE_FORMAT(${column}, '%Y-%m')`,
  quarter: (column: string) => `CONCAT(YEAR(${column}), '-Q', QUARTER(${column}))`,
  year: (column: string) => `YEAR(${column})`,
};

function toWhere(filters: Filter[], joins: Joins): string | undefined {
  const tests = filters.map((filter) => toTest(filter, joins));
  return tests.length > 0 ? `WHERE ${tests.join(' AND ')}` : undefined;
}

function toTest(filter: Filter, joins: Joins): string {
  const column = at(filter, joins);
  const { test } = filter;
  // Of a number nothing is 0 as well: "out of stock".
  const isNumber = isMeasure(filter.column);
  if (test.op === 'empty') return isNumber ? `COALESCE(${column}, 0) = 0` : `${column} IS NULL`;
  if (test.op === 'present') return isNumber ? `${column} <> 0` : `${column} IS NOT NULL`;
  if (test.op === 'during') return toStretch(column, test);
  if (test.op === 'related') return toExists(test, joins);
  if (test.op === '!=') return `NOT (${column} <=> ${literal(test.value)})`;
  return `${column} ${test.op} ${literal(test.value)}`;
}

const toStretch = (column: string, { from, to }: { from: string; to: string }) =>
  `${column} >= ${literal(from)} AND ${column} < ${literal(to)}`;

/** The last step of the path leads to the row that is tested. */
function toExists({ isMissing, table, path, during }: Related, { base }: Joins): string {
  const joins = openJoins('s');
  const last = path.at(-1);
  const owner = joins.along(path.slice(0, -1));
  const tests = [
    last && `${owner}.${quote(last.column)} = ${base}.${quote(last.target)}`,
    during && toStretch(ref('s', during.column), during),
  ].filter(Boolean);
  const rows = `EXISTS (SELECT 1 ${from(table, joins)} WHERE ${tests.join(' AND ')})`;
  return isMissing ? `NOT ${rows}` : rows;
}

const at = ({ path, column }: Place, joins: Joins) => ref(joins.along(path), column);

interface Joins {
  base: string;
  /** The alias of the table at the end of a path; each path is joined once. */
  along(path: Step[]): string;
  clauses(): string[];
}

function openJoins(base = 't'): Joins {
  const aliases = new Map<string, string>([['', base]]);
  const clauses: string[] = [];
  return {
    base,
    clauses: () => clauses,
    along(path) {
      let alias = base;
      for (let length = 1; length <= path.length; length++) {
        const key = path
          .slice(0, length)
          .map(({ column }) => column)
          .join('\0');
        const step = path[length - 1];
        const known = aliases.get(key);
        if (!known && step) {
          const next = `${base}${aliases.size}`;
          clauses.push(
            `JOIN ${tableName(step.table)} ${next} ON ${next}.${quote(step.target)} = ${alias}.${quote(step.column)}`,
          );
          aliases.set(key, next);
        }
        alias = aliases.get(key) ?? alias;
      }
      return alias;
    },
  };
}

/** To be called last, when all joins are known. */
const from = (table: Table, joins: Joins) =>
  [`FROM ${tableName(table)} ${joins.base}`, ...joins.clauses()].join(' ');

const toStatement = (parts: (string | false | undefined)[]) => parts.filter(Boolean).join(' ');

const ref = (alias: string, { name }: Column) => `${alias}.${quote(name)}`;

const tableName = ({ database, name }: Table) =>
  database ? `${quote(database)}.${quote(name)}` : quote(name);

const quote = (name: string) => `\`${name.replaceAll('`', '``')}\``;

/** Safe with and without NO_BACKSLASH_ESCAPES: a value with a backslash has it replaced by a wildcard-free blank. */
const literal = (value: string | number) =>
  typeof value === 'number'
    ? String(value)
    : `'${value.replaceAll('\\', ' ').replaceAll("'", "''")}'`;
