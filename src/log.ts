import { pino } from 'pino';

/** Fields that never reach a log line, wherever an object carries them. */
const secrets = ['token', 'password', 'authorization', 'text', 'rows', 'apiKey'];

/**
 * The process's log: one JSON line per question, tool call and failure, on stderr.
 *
 * Ids, names, counts and milliseconds go in; message text, rows and tokens stay out.
 */
export const log = pino(
  {
    level: 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
  },
  pino.destination(2),
);

export type Log = typeof log;
