import type { FieldPacket } from 'mysql2';
import { longestLine, type Spool, type SpoolWriter, type StoredResult } from '../../spool.ts';
import { type CellRule, type Column, toCell, toCellRules, toColumns } from './cells.ts';

/** How much of a result is wanted. */
export interface ReadLimits {
  maxRows: number;
  /** Of the rows as JSON. */
  maxBytes: number;
  /** The columns count as well. */
  withColumns?: boolean | undefined;
  /** Characters of one cell. */
  maxCell: number;
}

/** What cut a result. */
export type Cut = 'rows' | 'bytes';

/** The head of a result, and where the whole is when that is not all. */
export interface KeptRows {
  columns: Column[];
  /** What the columns are called in their tables; empty for expressions. */
  sources: string[];
  rows: unknown[][];
  /** All that were read: `rows`, and those that only `stored` has. */
  rowCount: number;
  /** Why `rows` is not the whole result: `rows` when there are more than `rowCount`, as far as asked for. */
  truncatedBy?: Cut;
  /** All rows read, with cells up to 64,000 characters. */
  stored?: StoredResult;
  /** The rest should have been stored, and the disk did not take it. */
  lost?: true;
}

/** Characters of a cell on disk. */
const longestCell = 64_000;

/**
 * Keeps the rows of a result as they arrive: the first ones as values. When these reach `maxBytes` and there is a
 * spool, all rows go there, one by one; when they do not, the disk is never touched.
 */
export class RowKeeper {
  readonly #limits: ReadLimits;
  readonly #spool: Spool | undefined;
  readonly #rows: unknown[][] = [];
  /** The same rows as the disk would have them. */
  #lines: string[] = [];
  #columns: Column[] = [];
  #sources: string[] = [];
  #rules: CellRule[] = [];
  #columnBytes = 0;
  #bytes = 0;
  #count = 0;
  #writer: SpoolWriter | undefined;
  #lost = false;

  constructor(limits: ReadLimits, spool?: Spool) {
    this.#limits = limits;
    this.#spool = spool;
  }

  /** Takes the columns, once, before the first row. */
  begin(fields: FieldPacket[] | undefined): void {
    if (!fields || this.#columns.length > 0) return;
    this.#columns = toColumns(fields);
    this.#sources = fields.map(({ orgName }) => orgName ?? '');
    this.#rules = toCellRules(this.#columns, fields);
    this.#columnBytes = Buffer.byteLength(JSON.stringify(this.#columns));
    if (this.#limits.withColumns) this.#bytes = this.#columnBytes;
  }

  /** Takes a row. When a limit does not allow it, says which. */
  take(row: readonly unknown[]): Cut | undefined {
    if (this.#count === this.#limits.maxRows) return 'rows';
    const isTaken = this.#writer ? this.#store(this.#toLine(row)) : this.#takeInline(row);
    if (!isTaken) return 'bytes';
    this.#count += 1;
    return;
  }

  /** The disk lags: what resolves when it has caught up. */
  get wait(): Promise<void> | undefined {
    return this.#writer?.isBehind ? this.#writer.caughtUp() : undefined;
  }

  /** What was kept. Never rejects for what is wrong with the disk: then there is only the head. */
  async finish(cut?: Cut): Promise<KeptRows> {
    const rows = this.#rows;
    const stored = await this.#writer?.finish(cut === undefined).catch(() => undefined);
    if (this.#writer && !stored) this.#lost = true;
    // Rows that only the disk has are missing in an answer because of its size.
    const truncatedBy = this.#lost ? 'bytes' : (cut ?? (stored && 'bytes'));
    return {
      columns: this.#columns,
      sources: this.#sources,
      rows,
      rowCount: stored?.rows ?? rows.length,
      ...(truncatedBy && { truncatedBy }),
      ...(stored && { stored }),
      ...(this.#lost && { lost: true }),
    };
  }

  /** Forgets what is on disk: nobody will get to know of it. */
  discard(): void {
    this.#writer?.discard();
  }

  #takeInline(row: readonly unknown[]): boolean {
    const { maxBytes, maxCell } = this.#limits;
    const whole = this.#spool ? this.#toLine(row) : undefined;
    const cells = this.#toCells(row, maxCell);
    // No cell of a short line is long: then both are the same.
    const inline = whole !== undefined && whole.length <= maxCell ? whole : JSON.stringify(cells);
    this.#bytes += Buffer.byteLength(inline) + 1;
    if (this.#bytes > maxBytes) return this.#overflow(whole);
    this.#rows.push(cells);
    if (whole !== undefined) this.#lines.push(whole);
    return true;
  }

  /** From here on the disk gets everything, beginning with the rows that the answer holds as well. */
  #overflow(line: string | undefined): boolean {
    // Columns that fill an answer fit in no header either.
    if (!this.#spool || line === undefined || this.#columnBytes > this.#limits.maxBytes)
      return false;
    try {
      this.#writer = this.#spool.open(this.#columns);
    } catch {
      this.#lost = true;
      return false;
    }
    const lines = [...this.#lines, line];
    this.#lines = [];
    return lines.every((line) => this.#store(line));
  }

  #store(line: string): boolean {
    return this.#writer?.write(line) ?? false;
  }

  /** A row of so many long cells that it would burst a page gets shorter ones. */
  #toLine(row: readonly unknown[]): string {
    const cells = this.#toCells(row, longestCell);
    const line = cells.reduce(addLength, 0) > longestLine ? '' : JSON.stringify(cells);
    if (line && Buffer.byteLength(line) <= longestLine) return line;
    const share = Math.floor(longestLine / cells.length);
    const longest = Math.max(0, Math.floor((share - cellOverhead) / widest));
    return JSON.stringify(this.#toCells(row, longest));
  }

  #toCells(row: readonly unknown[], max: number): unknown[] {
    return this.#rules.map((rule, index) => toCell(row[index], rule, max));
  }
}

const addLength = (sum: number, cell: unknown) =>
  sum + (typeof cell === 'string' ? cell.length : 0);

/** Bytes of a cell beside its text: quotes, comma, and the mark of what is missing. */
const cellOverhead = 32;

/** Bytes that a character takes in JSON at most: `\u0001`. */
const widest = 6;
