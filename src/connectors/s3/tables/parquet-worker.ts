/** The thread in which a Parquet file is read; see `parquet-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { ToolError, type ToolErrorCode } from '../../tool-error.ts';
import { openParquet, type ParquetOptions } from './parquet-table.ts';
import { longestKept, type Table } from './table.ts';

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
  | { type: 'rows'; rows: unknown[][]; isEnd: boolean; isPartial: boolean; notes: string[] }
  | { type: 'fault'; code: ToolErrorCode; what: string; message: string };

/** Of a message: rows, and about their bytes. */
const mostRows = 250;
const mostBytes = 250_000;

const port = parentPort;
if (!port) throw new Error('This file is the beginning of a thread.');
const say = (message: FromThread) => port.postMessage(message);
const hear = () => new Promise<ToThread>((resolve) => port.once('message', resolve));

async function read(start: number, end: number): Promise<Uint8Array> {
  say({ type: 'read', start, end });
  const answer = await hear();
  return answer.type === 'bytes' ? new Uint8Array(answer.buffer) : new Uint8Array();
}

const sizeOf = (row: unknown[]) => row.reduce<number>((sum, cell) => sum + lengthOf(cell), 0);

function lengthOf(cell: unknown): number {
  if (typeof cell === 'string') return cell.length;
  return typeof cell === 'object' && cell !== null ? longestKept : 8;
}

const { size, ...options } = workerData as ParquetTask;
try {
  const table = await openParquet({ size, read }, options);
  const rows = table.rows[Symbol.asyncIterator]();
  say({ type: 'table', columns: table.columns, total: table.total() });
  for (let isEnd = false; !isEnd; ) {
    await hear();
    const some: unknown[][] = [];
    for (let bytes = 0; !isEnd && some.length < mostRows && bytes < mostBytes; ) {
      const { done, value } = await rows.next();
      isEnd = done === true;
      if (done) break;
      some.push(value);
      bytes += sizeOf(value);
    }
    const isPartial = table.isPartial?.() ?? false;
    say({ type: 'rows', rows: some, isEnd, isPartial, notes: table.notes() });
  }
} catch (error) {
  if (!(error instanceof ToolError)) throw error;
  say({ type: 'fault', code: error.code, what: error.what, message: error.message });
}
