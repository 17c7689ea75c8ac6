import type { Step } from './facts.ts';
import type { Column, Table } from './schema.ts';

/** A column, reached from the queried table by going up along references. */
export interface Place {
  path: Step[];
  column: Column;
}

export type Filter = Place & {
  /** Positions of the words of the question that it was read from. */
  read?: number[];
  test:
    | { op: '=' | '!=' | '>' | '>=' | '<' | '<='; value: string | number }
    | { op: 'empty' }
    | { op: 'present' }
    /** Dates; `to` is not included. */
    | { op: 'during'; from: string; to: string; label: string }
    | Related;
};

/** Rows of a table below refer to the row, or none does. `path` leads up from there. */
export interface Related {
  op: 'related';
  isMissing: boolean;
  table: Table;
  path: Step[];
  during?: { column: Column; from: string; to: string };
}

/** What a filter tests: two with the same exclude each other. */
export const testedBy = ({ path, column, test }: Filter): string =>
  test.op === 'related'
    ? `rows of ${test.table.name}`
    : [...path.map((step) => step.column), column.name].join('.');

/** What is counted or added up. */
export type Measure =
  | { fn: 'count' }
  | { fn: 'sum' | 'avg' | 'min' | 'max'; column: Column; times?: Column };

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

export type Group =
  | { by: 'column'; place: Place }
  | { by: 'time'; column: Column; unit: Unit }
  /** The rows of a table above, shown by key and name. */
  | { by: 'entity'; path: Step[]; table: Table };

/** Rows of one table. */
export interface RowsQuery {
  type: 'rows';
  table: Table;
  columns: Column[];
  filters: Filter[];
  order?: { column: Column; descending: boolean };
  limit: number;
  /** How the order is called: "newest". */
  rank?: string;
  /** Fewer than were asked for: the answer has to say how many there are. */
  isPart?: boolean;
}

/** One number, or one a group. */
export interface FigureQuery {
  type: 'figure';
  table: Table;
  measure: Measure;
  group?: Group;
  filters: Filter[];
  /** Groups with the largest figure first, or the smallest; time runs by itself. */
  descending: boolean;
  limit: number;
  /** How many of what is counted the answer before had shown at most. */
  shown?: number;
}

export type Query = RowsQuery | FigureQuery;

/** What a person wants to know. */
export type Ask =
  | { type: 'query'; query: Query; only?: 'whether-empty' | 'whether-any' }
  | Structure
  | { type: 'hello' | 'help' | 'thanks' | 'unknown' | 'change' | 'nothing wanted' }
  /** Understood but for these words, which may change the answer. */
  | { type: 'unread'; words: string[] }
  | { type: 'elsewhere'; source: string };

/** Questions about the databases themselves. */
export type Structure =
  | { type: 'tables' | 'databases' | 'sizes' }
  | { type: 'describe' | 'indexes'; table: Table };

export const isStructure = (ask: Ask): ask is Structure =>
  ['tables', 'databases', 'sizes', 'describe', 'indexes'].includes(ask.type);
