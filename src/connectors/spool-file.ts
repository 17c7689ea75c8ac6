import { createWriteStream, type WriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

/** Lines wait here until they are worth a write, in bytes. */
const chunkBytes = 64_000;

/** Where a page begins, and with which line, both counted from 0. */
interface Page {
  offset: number;
  line: number;
}

/** Lines on disk, written once from first to last, then read page by page. */
export class SpoolFile {
  /** Lines so far. */
  lines = 0;
  /** Bytes so far, with line ends. */
  bytes = 0;
  readonly #path: string;
  readonly #pageBytes: number;
  readonly #stream: WriteStream;
  readonly #pages: Page[] = [];
  #chunk = '';
  #failed = false;

  /** Takes a path where no file is. A page ends before the line that would make it larger than `pageBytes`. */
  constructor(path: string, pageBytes: number) {
    this.#path = path;
    this.#pageBytes = pageBytes;
    this.#stream = createWriteStream(path, { flags: 'wx', mode: 0o600, highWaterMark: 256_000 });
    this.#stream.on('error', () => {
      this.#failed = true;
    });
  }

  get pages(): number {
    return this.#pages.length;
  }

  /** The disk took no more, or the file was removed. */
  get failed(): boolean {
    return this.#failed;
  }

  /** More has been given than the disk has taken: wait for `caughtUp` before giving more. */
  get isBehind(): boolean {
    return this.#stream.writableNeedDrain;
  }

  caughtUp(): Promise<void> {
    if (!this.isBehind) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#stream.off('drain', done).off('close', done);
        resolve();
      };
      this.#stream.on('drain', done).on('close', done);
    });
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    const page = this.#pages.at(-1);
    if (!page || this.bytes + bytes - page.offset > this.#pageBytes)
      this.#pages.push({ offset: this.bytes, line: this.lines });
    this.lines += 1;
    this.bytes += bytes;
    this.#chunk += `${line}\n`;
    if (this.#chunk.length >= chunkBytes) this.#flush();
  }

  /** @throws when the disk did not take it all. */
  async finish(): Promise<void> {
    this.#flush();
    this.#stream.end();
    await finished(this.#stream);
    if (this.#failed) throw new Error('the disk did not take the lines, or they were removed');
  }

  /** The lines of a page, counted from 1, each with its end; nothing when there is no such page. */
  async read(page: number): Promise<{ text: string; firstLine: number } | undefined> {
    const begin = this.#pages[page - 1];
    if (!begin) return;
    const end = this.#pages[page]?.offset ?? this.bytes;
    const file = await open(this.#path);
    try {
      const { buffer, bytesRead } = await file.read({
        buffer: Buffer.alloc(end - begin.offset),
        position: begin.offset,
      });
      if (bytesRead < buffer.length) throw new Error('the file is shorter than it was');
      return { text: buffer.toString(), firstLine: begin.line };
    } finally {
      await file.close();
    }
  }

  /** Removes the file, in whatever state it is. Never throws. */
  async remove(): Promise<void> {
    this.#failed = true;
    if (!this.#stream.closed) {
      const closed = new Promise<void>((resolve) => this.#stream.once('close', resolve));
      this.#stream.destroy();
      await closed; // it might only now be created
    }
    await rm(this.#path, { force: true }).catch(() => {});
  }

  #flush() {
    if (this.#chunk && !this.#failed) this.#stream.write(this.#chunk);
    this.#chunk = '';
  }
}
