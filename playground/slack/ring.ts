/** Keeps the newest `size` items, so that a log of everything stays bounded. */
export class Ring<T> {
  readonly #size: number;
  #items: T[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  push(item: T): T {
    this.#items.push(item);
    // Cut a quarter at a time: not one copy per push.
    if (this.#items.length > 1.25 * this.#size) this.#items = this.#items.slice(-this.#size);
    return item;
  }

  /** Oldest first. */
  list(): T[] {
    return this.#items.slice(-this.#size);
  }
}
