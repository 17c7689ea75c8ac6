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
    return isText(value) ? String(value) : undefined;
  }

  /** @throws Refusal `invalid_arguments` when it is missing or empty. */
  required(name: string): string {
    const value = this.text(name);
    if (value) return value;
    throw new Refusal('invalid_arguments', [`missing required field: ${name}`]);
  }

  flag(name: string): boolean {
    return ['true', '1'].includes(this.text(name) ?? '');
  }

  /** A whole number, held between `min` and `max`; `fallback` when absent or no number. */
  number(name: string, fallback: number, min: number, max: number): number {
    const value = Number(this.text(name) || Number.NaN);
    return Number.isFinite(value) ? Math.min(max, Math.max(min, Math.trunc(value))) : fallback;
  }

  /** A structure. @throws Refusal `error` when it is a string that is no JSON, or nested too deeply. */
  json(name: string, error = 'invalid_arguments'): unknown {
    if (!this.has(name)) return undefined;
    const value = this.all[name];
    try {
      const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
      if (!isDeep(parsed)) return parsed;
    } catch {
      // Refused below, like what is nested too deeply.
    }
    throw new Refusal(error, [`${name} is not valid JSON`]);
  }
}

/** A call's arguments, or none and why they could not be read. */
export async function readCall(
  url: URL,
  contentType: string | undefined,
  body: Buffer,
): Promise<{ args: Args; broken?: Refusal }> {
  try {
    const isMultipart = contentType?.startsWith('multipart/form-data');
    const args = isMultipart
      ? await readMultipart(url, contentType ?? '', body)
      : readArgs(url, contentType, body);
    checkNames(args);
    return { args };
  } catch (error) {
    if (error instanceof Refusal) return { args: new Args({}), broken: error };
    throw error;
  }
}

/**
 * Reads arguments from a query and a body.
 *
 * @throws Refusal `missing_post_type`, `invalid_post_type`, `invalid_charset`, `invalid_json`.
 */
export function readArgs(url: URL, contentType: string | undefined, body: Buffer): Args {
  const query = Object.fromEntries(url.searchParams);
  if (body.length === 0) return new Args(query);
  if (!contentType) throw new Refusal('missing_post_type');
  const [type = '', ...rest] = contentType.toLowerCase().split(';');
  const read = Object.hasOwn(readers, type.trim()) ? readers[type.trim()] : undefined;
  if (!read) throw new Refusal('invalid_post_type');
  const charset = /charset="?([^\s";]+)/.exec(rest.join(';'))?.[1] ?? 'utf-8';
  const encoding = Object.hasOwn(encodings, charset) ? encodings[charset] : undefined;
  if (!encoding) throw new Refusal('invalid_charset');
  return new Args({ ...query, ...read(body.toString(encoding)) });
}

const encodings: Record<string, BufferEncoding> = {
  'utf-8': 'utf8',
  utf8: 'utf8',
  'iso-8859-1': 'latin1',
};

const readForm = (body: string) => Object.fromEntries(new URLSearchParams(body));

const readers: Record<string, (body: string) => Record<string, unknown>> = {
  'application/x-www-form-urlencoded': readForm,
  'text/plain': readForm,
  'application/json': (body) => {
    try {
      const value: unknown = JSON.parse(body);
      if (isRecord(value) && !isDeep(value)) return value;
    } catch {
      // Refused below, like any other body that is no object.
    }
    throw new Refusal('invalid_json');
  },
};

/** The fields of a form in parts. Files have no place in a method call. @throws Refusal `invalid_form_data`. */
async function readMultipart(url: URL, contentType: string, body: Buffer): Promise<Args> {
  const parse = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const form = await parse.formData().catch(() => {
    throw new Refusal('invalid_form_data');
  });
  const fields = [...form].filter(([, value]) => typeof value === 'string');
  return new Args({ ...Object.fromEntries(url.searchParams), ...Object.fromEntries(fields) });
}

/** @throws Refusal `invalid_array_arg` for PHP's way of naming arrays, `invalid_arg_name`. */
function checkNames({ all }: Args): void {
  for (const name of Object.keys(all)) {
    if (/^\w+\[.*\]$/.test(name)) throw new Refusal('invalid_array_arg');
    if (!/^\w{1,100}$/.test(name)) throw new Refusal('invalid_arg_name');
  }
}

const isText = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

/** A value from outside as text; '' for a structure, as `String()` throws on some. */
export const toText = (value: unknown): string => (isText(value) ? String(value) : '');

/** True for `{…}`, not for arrays and null. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MAX_DEPTH = 100;

/** True for plain data nested deeper than Slack has any use for: what recurses over it could not cope. */
export function isDeep(value: unknown, left = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  for (const key in value) if (isDeep(value[key as keyof object], left - 1)) return true;
  return false;
}
