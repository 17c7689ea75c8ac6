/** How long a list of names is believed, in milliseconds: people rarely add fields or projects. */
const lifetime = 10 * 60_000;

/** Something that is read once and then known for ten minutes. A failed reading is tried again at the next call. */
export class Cached<Value> {
  readonly #read: (signal: AbortSignal) => Promise<Value>;
  #known: { value: Value; until: number } | undefined;

  constructor(read: (signal: AbortSignal) => Promise<Value>) {
    this.#read = read;
  }

  async get(signal: AbortSignal): Promise<Value> {
    if (this.#known && this.#known.until > Date.now()) return this.#known.value;
    const value = await this.#read(signal);
    this.#known = { value, until: Date.now() + lifetime };
    return value;
  }
}
