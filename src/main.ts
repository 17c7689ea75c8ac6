import { StartError } from './errors.ts';
import { log } from './log.ts';
import { start } from './start.ts';

/** When the process ends whatever still holds it, in milliseconds; orchestrators kill after 40 s (docker-compose.yml). */
const lastResortMs = 35_000;

// A promise that an SDK forgot must not end the answers that others wait for.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));

try {
  const running = await start(process.env);
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (ending) process.exit(1); // asked twice: at once
      ending = true;
      log.info({ signal }, 'ending');
      setTimeout(() => process.exit(1), lastResortMs).unref();
      await running.close();
      process.exit(0);
    });
  }
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
