import type { Column, Schema, Table } from './schema.ts';
import {
  moneyWords,
  nameWords,
  placeWords,
  quantityWords,
  stateWords,
  statusWords,
  wordsOfName,
} from './words.ts';

/** What columns are for, judged by type and name, as a person does who sees a database for the first time. */

export const isNumeric = ({ type }: Column) =>
  /^(tinyint|smallint|mediumint|int|integer|bigint|decimal|numeric|float|double|real)/.test(type);

export const isText = ({ type }: Column) => /^(char|varchar|tinytext|text|enum|string)/.test(type);

export const isDateLike = ({ type }: Column) => /^(date|datetime|timestamp)/.test(type);

/** Too long for a list: documents, blobs. */
const isBulky = ({ type }: Column) =>
  /^(json|blob|tinyblob|mediumblob|longblob|text|mediumtext|longtext|geometry|binary|varbinary)/.test(
    type,
  );

const has = (column: Column, words: string[]) =>
  wordsOfName(column.name).some((word) => words.includes(word));

export const keyOf = (table: Table) => table.columns.find(({ isKey }) => isKey);

/** What "latest" means: the marked column, else the first date that is about the beginning of the row. */
export function timeOf(table: Table): Column | undefined {
  const dates = table.columns.filter(isDateLike);
  return (
    table.columns.find(({ isTime }) => isTime) ??
    dates.find((column) =>
      /creat|add|join|order|issue|start|insert|registered|borrow|ask/.test(column.name),
    ) ??
    dates.find(
      ({ name }) => !/expir|due|until|end|delet|updat|modif|valid|discont|birth/.test(name),
    )
  );
}

/** Numbers that mean something, i.e. no keys and no references. */
export const isMeasure = (column: Column) =>
  isNumeric(column) && !column.isKey && !column.refersTo && !isFlag(column);

export const measuresOf = (table: Table) => table.columns.filter(isMeasure);

export const isMeasureOf = (table: Table, column: Column) => measuresOf(table).includes(column);

export const isFlag = ({ name, type }: Column) =>
  /^(tinyint\(1\)|bool|boolean|bit)/.test(type) || /^(is|has)_/.test(name);

export const isMoney = (column: Column) => has(column, moneyWords);

export const moneyOf = (table: Table) => {
  const money = measuresOf(table).filter(isMoney);
  return money.find(({ type }) => /^(decimal|numeric|float|double)/.test(type)) ?? money[0];
};

export const quantityOf = (table: Table) =>
  measuresOf(table).find((column) => has(column, quantityWords));

/** A price of one piece: worth something only times the number of pieces. */
export const isUnitPrice = (column: Column) => /price|cost/.test(column.name);

export const statusOf = (table: Table) => {
  const texts = table.columns.filter((column) => isText(column) && !column.refersTo);
  return statusWords.flatMap((word) => texts.filter((column) => has(column, [word])))[0];
};

/** Where a row stands in its life: what adding up may have to leave out ("cancelled"). */
export const stateOf = (table: Table) =>
  table.columns.find((column) => !column.refersTo && has(column, stateWords));

export const placeOf = (table: Table) =>
  table.columns.find((column) => isText(column) && has(column, placeWords));

/** What people call a row: at most two columns (first and last name). */
export function labelsOf(table: Table): Column[] {
  const texts = table.columns.filter((column) => isText(column) && !isBulky(column));
  const named = texts.filter((column) => has(column, ['name', 'title']));
  if (named.length > 0) return named.slice(0, 2);
  return texts.filter((column) => has(column, nameWords)).slice(0, 1);
}

/** The columns worth showing in a list of rows, in the table's order: at most seven. */
export function overviewOf(table: Table): Column[] {
  const first = [keyOf(table), ...labelsOf(table), statusOf(table), moneyOf(table), timeOf(table)];
  const rest = table.columns.filter((column) => !isBulky(column));
  const wanted = new Set([...first.filter((column) => column !== undefined), ...rest].slice(0, 9));
  const shown = [...wanted].slice(0, 7);
  return table.columns.filter((column) => shown.includes(column));
}

/** One step up from a table to the one that a column of it refers to. */
export interface Step {
  column: string;
  table: Table;
  /** The column there. */
  target: string;
}

/** The shortest way up from one table to another, along references: many to one, so that nothing counts twice. */
export function pathTo(schema: Schema, from: Table, to: Table): Step[] | undefined {
  let paths: { end: Table; steps: Step[] }[] = [{ end: from, steps: [] }];
  for (let length = 0; length < 4; length++) {
    const found = paths.find(({ end }) => end === to);
    if (found) return found.steps;
    paths = paths.flatMap(({ end, steps }) =>
      stepsUp(schema, end)
        .filter(({ table }) => table !== from && !steps.some((step) => step.table === table))
        .map((step) => ({ end: step.table, steps: [...steps, step] })),
    );
  }
  return undefined;
}

/**
 * The table whose rows say what rows of `table` have to do with `other`, with the way up from it: `other` itself, or the
 * one table that links the two and is named for it (`order_items` between products and orders).
 */
export function tableBelow(
  schema: Schema,
  table: Table,
  other: Table,
): { table: Table; path: Step[] } | undefined {
  if (other === table || pathTo(schema, table, other)) return undefined;
  const path = pathTo(schema, other, table);
  if (path) return { table: other, path };
  const last = wordsOfName(other.name).at(-1) ?? '';
  const links = schema.tables.flatMap((link) => {
    const steps = stepsUp(schema, link);
    const up = steps.find((step) => step.table === table);
    return up && steps.some((step) => step.table === other) && wordsOfName(link.name).includes(last)
      ? [{ table: link, path: [up] }]
      : [];
  });
  return links.length === 1 ? links[0] : undefined;
}

export const stepsUp = (schema: Schema, from: Table): Step[] =>
  from.columns.flatMap((column) => {
    const table = schema.tables.find(
      ({ name, database }) => name === column.refersTo?.table && database === from.database,
    );
    return table && column.refersTo && table !== from
      ? [{ column: column.name, table, target: column.refersTo.column }]
      : [];
  });
