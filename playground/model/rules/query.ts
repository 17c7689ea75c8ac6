import type { Step } from './facts.ts';
import type { Column, Table } from './schema.ts';

/** A column, reached from the queried table by going up along references. */
export interface Place {
  path: Step[];
  column: Column;
}

export type Filter = Place & {
  test:
    | { op: '=' | '>' | '>=' | '<' | '<='; value: string | number }
    | { op: 'empty' }
    | { op: 'present' }
    /** Dates; `to` is not included. */
    | { op: 'during'; from: string; to: string; label: string };
};

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
}

export type Query = RowsQuery | FigureQuery;

/** What a person wants to know. */
export type Ask =
  | { type: 'query'; query: Query; only?: 'whether-empty' }
  | Structure
  | { type: 'hello' | 'help' | 'thanks' | 'unknown' }
  | { type: 'elsewhere'; source: string };

/** Questions about the databases themselves. */
export type Structure =
  | { type: 'tables' | 'databases' | 'sizes' }
  | { type: 'describe' | 'indexes'; table: Table };

export const isStructure = (ask: Ask): ask is Structure =>
  ['tables', 'databases', 'sizes', 'describe', 'indexes'].includes(ask.type);
