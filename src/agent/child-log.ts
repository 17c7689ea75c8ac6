import type { Log } from '../log.ts';
import { looksSecret } from '../looks-secret.ts';
import type { Source } from './source.ts';

const maxLine = 2_000;
const maxLinesPerMinute = 200;

/**
 * Takes what a child writes on stderr into the log: line by line, capped, its own secrets blotted out.
 *
 * @returns what to call with each piece.
 */
export function childLog({ name, server }: Source, log: Log): (chunk: string) => void {
  const secrets = Object.entries(server.type === 'stdio' ? server.env : {})
    .filter(([name, value]) => looksSecret(name) && value.length >= 4)
    .map(([, value]) => value);
  let rest = '';
  let minute = 0;
  let lines = 0;

  const blot = (line: string) =>
    secrets.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), line);

  return (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = (parts.pop() ?? '').slice(-maxLine);
    for (const line of parts) {
      const now = Math.floor(Date.now() / 60_000);
      lines = now === minute ? lines + 1 : 1;
      minute = now;
      if (line.trim() && lines <= maxLinesPerMinute)
        log.info({ source: name, line: blot(line).slice(0, maxLine) }, 'connector says');
    }
  };
}
