import { EventEmitter } from 'node:events';
import { roughBytes } from './rough-bytes.ts';

const MAX_BYTES = 32 * 1024 * 1024;

/** A log that stays bounded: the newest `size` items, and no more of them than fit in `maxBytes` (default 32 MB, measured roughly). */
export class Ring<T extends object> {
  readonly #size: number;
  readonly #maxBytes: number;
  /** In the order of their arrival, each with its weight in bytes. */
  readonly #items = new Map<T, number>();
  readonly #changes = new EventEmitter<{ change: [T] }>().setMaxListeners(0);
  #bytes = 0;

  constructor(size: number, maxBytes = MAX_BYTES) {
    this.#size = size;
    this.#maxBytes = maxBytes;
  }

  push(item: T): T {
    this.#items.set(item, 0);
    this.update(item, item);
    return item;
  }

  /**
   * An item has changed in place: tells the listeners. `added` is what of weight came to it, so that nothing is weighed twice. An
   * item that is gone already is only told about.
   */
  update(item: T, added?: object): void {
    const known = this.#items.get(item);
    if (known !== undefined && added) {
      const bytes = roughBytes(added);
      this.#items.set(item, known + bytes);
      this.#bytes += bytes;
      this.#trim();
    }
    this.#changes.emit('change', item);
  }

  /** Oldest first. */
  list(): T[] {
    return [...this.#items.keys()];
  }

  /** The newest `count` that fit in `maxBytes`, oldest first; the very newest in any case. */
  newest(count: number, maxBytes: number): T[] {
    const items = [...this.#items].slice(-count).reverse();
    let bytes = 0;
    const kept = items.filter(([, weight], index) => {
      bytes += weight;
      return index === 0 || bytes <= maxBytes;
    });
    return kept.reverse().map(([item]) => item);
  }

  /** Calls `listener` for every item that comes or changes. Returns how to stop that. */
  onChange(listener: (item: T) => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  #trim(): void {
    for (const [oldest, bytes] of this.#items) {
      if (this.#items.size <= this.#size && this.#bytes <= this.#maxBytes) return;
      this.#items.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}
