import { type DestinationStream, pino } from 'pino';
import { redact } from './redact.ts';

/** Fields that never reach a log line, wherever an object carries them. */
const secrets = ['token', 'password', 'authorization', 'text', 'rows', 'apiKey'];

/**
 * The process's log: one JSON line per question, tool call and failure, on stderr.
 *
 * Ids, names, counts and milliseconds go in; message text, rows and tokens stay out.
 */
export const log = createLog(pino.destination(2));

export type Log = ReturnType<typeof createLog>;

/** A log that writes to `destination`. Of an error it takes type, message, stack, code and causes, and no more. */
export function createLog(destination: DestinationStream) {
  return pino(
    {
      level: 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: {
        paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
      // Not pino's own: that copies every field, and a Redis error carries its command with all arguments.
      serializers: { err: toLogged, error: toLogged },
      hooks: {
        logMethod([first, ...rest], method) {
          const fields: unknown = first instanceof Error ? { err: first } : first;
          const words = rest.length > 0 ? rest : [messageIn(fields)];
          method.call(this, clean(fields), ...(words.map(clean) as [string?, ...unknown[]]));
        },
      },
    },
    destination,
  );
}

const deepest = 3;
const mostErrors = 5;
const longest = 8_000;

/** What was thrown, for the log: errors by their known fields, texts without secrets. */
function toLogged(thrown: unknown, depth = 0): unknown {
  if (typeof thrown !== 'object' || thrown === null) return clean(thrown);
  const { message, stack, code, cause, errors } = thrown as Record<string, unknown>;
  const inner = depth < deepest ? (error: unknown) => toLogged(error, depth + 1) : () => undefined;
  return {
    type: thrown.constructor?.name ?? 'Object',
    message: asText(message),
    stack: asText(stack),
    code: typeof code === 'number' ? code : asText(code),
    cause: inner(cause),
    errors: Array.isArray(errors) ? errors.slice(0, mostErrors).map(inner) : undefined,
  };
}

const asText = (value: unknown) => (typeof value === 'string' ? clean(value) : undefined);

/** A text without secrets: those with a known format, and the arguments that Redis repeats when it refuses. */
const clean = <T>(value: T): T | string =>
  typeof value === 'string'
    ? redact(value, [])
        .replaceAll(/(with args beginning with:).*/g, '$1 …')
        .slice(0, longest)
    : value;

/** pino would take the message of an error for the line's when there is none; this one is clean. */
function messageIn(fields: unknown): string | undefined {
  const { err } = (fields ?? {}) as { err?: unknown };
  return err instanceof Error ? err.message : undefined;
}
