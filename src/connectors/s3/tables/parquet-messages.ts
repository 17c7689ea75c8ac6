import type { ToolErrorCode } from '../../tool-error.ts';
import type { ParquetOptions } from './parquet-table.ts';
import type { Table } from './table.ts';

/** What a thread that reads a Parquet file begins with. */
export interface ParquetTask extends ParquetOptions {
  size: number;
}

/** To the thread: bytes that it asked for, or the wish for more rows. */
export type ToThread = { type: 'bytes'; buffer: ArrayBuffer } | { type: 'more' };

/** From the thread. It asks for bytes one range after another. */
export type FromThread =
  | { type: 'read'; start: number; end: number }
  | { type: 'table'; columns: Table['columns']; total: ReturnType<Table['total']> }
  | { type: 'rows'; rows: unknown[][]; isEnd: boolean; notes: string[] }
  | { type: 'fault'; code: ToolErrorCode; what: string; message: string };
