import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../log.ts';

/** Slack's SDKs log through ours, warnings and errors only: their debug lines hold message bodies. */
export function toSlackLogger(log: Log): Logger {
  const silent = () => {};
  return {
    debug: silent,
    info: silent,
    warn: (...parts) => log.warn({ from: 'slack' }, parts.join(' ')),
    error: (...parts) => log.error({ from: 'slack' }, parts.join(' ')),
    setLevel: silent,
    getLevel: () => LogLevel.WARN,
    setName: silent,
  };
}
