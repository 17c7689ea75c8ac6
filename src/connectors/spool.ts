import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResourceLink } from './connector.ts';
import { SpoolFile } from './spool-file.ts';
import { makeSpoolFolder, removeFolder, sweepSpoolFolders } from './spool-folder.ts';
import { ToolError } from './tool-error.ts';

/** How much is kept, and how long. */
export interface SpoolLimits {
  /** Of one result. */
  rows: number;
  resultBytes: number;
  /** Of all results together. The oldest go to make room. */
  bytes: number;
  results: number;
  /** In milliseconds. */
  keep: number;
  /** Of the rows on a page. In a message their quotes and backslashes double. */
  pageBytes: number;
}

/** No row is longer, in bytes of JSON: it has to fit in a page. */
export const longestLine = 230_000;

const defaults: SpoolLimits = {
  rows: 50_000,
  resultBytes: 20_000_000,
  bytes: 200_000_000,
  results: 500,
  keep: 15 * 60_000,
  pageBytes: longestLine,
};

/** A column as the header of a page names it. */
export interface SpoolColumn {
  name: string;
  type: string;
}

/** A result on its way to the disk. */
export interface SpoolWriter {
  /** Takes a row: one line of JSON, at most `longestLine` long. False when it is not taken: the quota or the disk is full. */
  write(line: string): boolean;
  /** Whether the disk lags: then wait for `caughtUp` before the next row. */
  readonly isBehind: boolean;
  caughtUp(): Promise<void>;
  /**
   * From here on the rows can be read. `complete`: there are no others.
   *
   * @throws when the disk did not take them; nothing is kept then.
   */
  finish(complete: boolean): Promise<StoredResult>;
  /** Forgets the rows, also after `finish`. */
  discard(): void;
}

/** Rows that can be read for a while. */
export interface StoredResult {
  uri: string;
  rows: number;
  bytes: number;
  pages: number;
  /** False when rows are missing at the end. */
  complete: boolean;
}

/** The first page of a result, as a link for those who got its head. */
export const toLink = ({ uri, rows, bytes, pages, complete }: StoredResult): ResourceLink => ({
  uri,
  name: 'rows.jsonl',
  description: `${complete ? 'All' : 'The first'} ${rows} rows as JSON lines: a header, then one array a row. ${pages === 1 ? 'One page.' : `${pages} pages: each header says as "next" where the next one is.`} Kept for 15 minutes.`,
  mimeType: resultType,
  size: bytes,
});

/** Of every page of every result. */
export const resultType = 'application/x-ndjson';

const address = /^([0-9a-f]{32})(?:\?page=(\d{1,6}))?$/;

/** Nothing is kept at an address. The message says so to whoever asked. */
export class ResultGone extends Error {
  override name = 'ResultGone';

  constructor(
    message = 'This result has expired: results are kept for 15 minutes, fewer when many are large. Run the query again.',
  ) {
    super(message);
  }
}

const unreadable = (cause: unknown) =>
  new ToolError('UPSTREAM_ERROR', 'the disk does not give the rows of this result', {
    try: 'the same page again in a moment, or the query again',
    cause,
  });

interface Entry {
  result: StoredResult;
  columns: readonly SpoolColumn[];
  file: SpoolFile;
  expiry: NodeJS.Timeout;
}

/**
 * Keeps rows that are too many for an answer on disk, for 15 minutes, and gives them page by page.
 *
 * `<name>://result/<id>` is the first page, `<name>://result/<id>?page=2` the second. Each is JSON lines of at most
 * 256 kB (512 kB as a message): first a header with `columns`, `row_count`, `first_row` (from 1), `complete` and, unless
 * it is the last page, `next`, the address of the next one; then an array for each row. Ids have 128 bits and are known
 * to whoever got the answer; they are no part of a path.
 */
export class Spool {
  /** What the addresses of all results begin with. */
  readonly #prefix: string;
  readonly #parent: string;
  readonly #limits: SpoolLimits;
  readonly #entries = new Map<string, Entry>(); // the oldest first
  readonly #writing = new Set<SpoolFile>();
  #folder: string | undefined;
  #files = 0;
  #bytes = 0;

  constructor(name: string, limits: Partial<SpoolLimits> = {}, parent = tmpdir()) {
    this.#prefix = `${name}://result/`;
    this.#parent = parent;
    this.#limits = { ...defaults, ...limits };
    void sweepSpoolFolders(parent);
  }

  /**
   * Begins a result. Its columns, as JSON, are at most 20 kB.
   *
   * @throws when no folder can be made, or too many results are being written.
   */
  open(columns: readonly SpoolColumn[]): SpoolWriter {
    this.#makeRoom();
    if (!this.#folder || !existsSync(this.#folder)) this.#folder = makeSpoolFolder(this.#parent);
    this.#files += 1;
    const path = join(this.#folder, `${this.#files}.jsonl`);
    const file = new SpoolFile(path, this.#limits.pageBytes);
    this.#writing.add(file);
    const { rows, resultBytes } = this.#limits;
    const id = randomBytes(16).toString('hex');
    return {
      write(line) {
        const isFull = file.lines >= rows || file.bytes + Buffer.byteLength(line) >= resultBytes;
        if (isFull || file.failed) return false;
        file.write(line);
        return true;
      },
      get isBehind() {
        return file.isBehind;
      },
      caughtUp: () => file.caughtUp(),
      finish: (complete) => this.#keep(id, file, columns, complete),
      discard: () => this.#drop(id, file),
    };
  }

  /**
   * A page of a result, by its address.
   *
   * @throws ResultGone when the result is not kept any more, or has no such page; ToolError when the disk does not give
   * it now.
   */
  async read(uri: string): Promise<string> {
    const [, id = '', page = '1'] = address.exec(uri.slice(this.#prefix.length)) ?? [];
    const entry = this.#entries.get(id);
    if (!entry) throw new ResultGone();
    const { file, columns, result } = entry;
    const number = Number(page);
    const rows = await file.read(number).catch((cause) => {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(cause);
      this.#drop(id, file); // somebody cleaned up the temporary folder
      throw new ResultGone();
    });
    if (!rows)
      throw new ResultGone(
        `This result has the pages 1 to ${result.pages}. The header of each says as "next" where the next one is.`,
      );
    const header = {
      columns,
      row_count: result.rows,
      first_row: rows.firstLine + 1,
      complete: result.complete,
      ...(number < result.pages && { next: `${result.uri}?page=${number + 1}` }),
    };
    return `${JSON.stringify(header)}\n${rows.text}`;
  }

  /** Whether the address is one of a result, were it gone or wrong. */
  owns(uri: string): boolean {
    return uri.startsWith(this.#prefix);
  }

  /** Removes everything. What is being written fails. */
  async close(): Promise<void> {
    for (const { expiry } of this.#entries.values()) clearTimeout(expiry);
    this.#entries.clear();
    const unfinished = [...this.#writing];
    this.#writing.clear();
    await Promise.all(unfinished.map((file) => file.remove()));
    if (this.#folder) await removeFolder(this.#folder);
  }

  async #keep(
    id: string,
    file: SpoolFile,
    columns: readonly SpoolColumn[],
    complete: boolean,
  ): Promise<StoredResult> {
    try {
      await file.finish();
      if (!this.#writing.delete(file)) throw new Error('the rows were discarded meanwhile');
    } catch (error) {
      this.#drop(id, file);
      throw error;
    }
    const { lines: rows, bytes, pages } = file;
    const result = { uri: this.#prefix + id, rows, bytes, pages, complete };
    const expiry = setTimeout(() => this.#drop(id, file), this.#limits.keep).unref();
    this.#entries.set(id, { result, columns, file, expiry });
    this.#bytes += bytes;
    return result;
  }

  #drop(id: string, file: SpoolFile) {
    this.#writing.delete(file);
    const entry = this.#entries.get(id);
    if (entry) {
      clearTimeout(entry.expiry);
      this.#entries.delete(id);
      this.#bytes -= file.bytes;
    }
    void file.remove();
  }

  /** What is being written counts as large as it may become, so that the quota holds at any time. */
  #makeRoom() {
    const { bytes, results, resultBytes } = this.#limits;
    const reserved = (this.#writing.size + 1) * resultBytes;
    for (const [id, { file }] of this.#entries) {
      if (this.#bytes + reserved <= bytes && this.#entries.size < results) return;
      this.#drop(id, file);
    }
    if (reserved > bytes) throw new Error('too many results are being written at once');
  }
}
