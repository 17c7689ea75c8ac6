import type { CheckLine, OpenConnector } from './connector.ts';
import { ToolError } from './tool-error.ts';

/** A check that takes longer than this, in milliseconds, has failed: whoever asked is waiting. */
const patience = 4_500;

/** Runs a connector's check within 5 seconds. Never throws: what goes wrong is a line. */
export async function checkQuickly(
  open: OpenConnector,
  signal?: AbortSignal,
): Promise<CheckLine[]> {
  const late = AbortSignal.timeout(patience);
  const stop = signal ? AbortSignal.any([signal, late]) : late;
  const tooLate = new Promise<CheckLine[]>((resolve) => {
    stop.addEventListener('abort', () =>
      resolve([
        { ok: false, what: `No answer within ${patience / 1000} seconds`, fix: unreachable },
      ]),
    );
  });
  return Promise.race([open.check(stop).catch(toLines), tooLate]);
}

const unreachable = 'Look whether the source is up and can be reached from here';

const toLines = (error: unknown): CheckLine[] => [
  { ok: false, what: error instanceof ToolError ? error.what : 'The check itself failed' },
];
