/** A number that a double would change, such as an id of 18 digits or 19.90, as it was written. */
export class ExactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toJSON(): string {
    return this.source;
  }
}

/** What a reviver is told beside name and value: of numbers, how they were written. */
const keepExact = (_: string, value: unknown, context?: { source?: string }): unknown => {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return String(value) === context.source ? value : new ExactNumber(context.source);
};

/**
 * JSON with its numbers exact.
 *
 * @throws SyntaxError for what is no JSON.
 */
export const parseExact = (text: string): unknown => JSON.parse(text, keepExact);
