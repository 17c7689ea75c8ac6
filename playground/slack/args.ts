import { Refusal } from './refusal.ts';

/**
 * A Web API call's arguments. In a form everything is a string and structures are JSON inside strings, in a JSON body they
 * are themselves; both read the same here.
 */
export class Args {
  readonly all: Record<string, unknown>;

  constructor(all: Record<string, unknown>) {
    this.all = all;
  }

  has(name: string): boolean {
    const value = this.all[name];
    return value !== undefined && value !== null && value !== '';
  }

  /** A string; numbers count, since people send `thread_ts` as one. Absent: `undefined`. */
  text(name: string): string | undefined {
    const value = this.all[name];
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  /** @throws Refusal `invalid_arguments` when it is missing or empty. */
  required(name: string): string {
    const value = this.text(name);
    if (value) return value;
    throw new Refusal('invalid_arguments', [`missing required field: ${name}`]);
  }

  flag(name: string): boolean {
    return ['true', '1'].includes(String(this.all[name]));
  }

  /** A whole number, held between `min` and `max`; `fallback` when absent or no number. */
  number(name: string, fallback: number, min: number, max: number): number {
    const value = Number(this.text(name) || Number.NaN);
    return Number.isFinite(value) ? Math.min(max, Math.max(min, Math.trunc(value))) : fallback;
  }

  /** A structure. @throws Refusal `error` when it is a string that is no JSON. */
  json(name: string, error = 'invalid_arguments'): unknown {
    if (!this.has(name)) return undefined;
    const value = this.all[name];
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw new Refusal(error, [`${name} is not valid JSON`]);
    }
  }
}

/** Reads a call's arguments from its query and body. @throws Refusal `invalid_json`, `invalid_form_data`. */
export function readArgs(url: URL, contentType: string, body: Buffer): Args {
  const query = Object.fromEntries(url.searchParams);
  if (body.length === 0) return new Args(query);
  return new Args({ ...query, ...readFields(contentType, body.toString()) });
}

function readFields(contentType: string, body: string): Record<string, unknown> {
  if (!contentType.startsWith('application/json'))
    return Object.fromEntries(new URLSearchParams(body));
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) return value;
  } catch {
    // Refused below, like any other body that is no object.
  }
  throw new Refusal('invalid_json');
}

/** True for `{…}`, not for arrays and null. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
