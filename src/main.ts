import { StartError } from './errors.ts';
import { log } from './log.ts';
import { start } from './start.ts';

try {
  const running = await start(process.env);
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (ending) process.exit(1); // asked twice: at once
      ending = true;
      log.info({ signal }, 'ending');
      await running.close();
      process.exit(0);
    });
  }
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
