/** `npm run bench [-- reply ack start calls results sources playground peers]`: the figures that people feel, on this machine, against their targets. */

import { type Services, startServices } from '../playground/services/start-services.ts';
import { loadShop } from '../playground/shop/load-shop.ts';
import { StartError } from '../src/errors.ts';
import { log } from '../src/log.ts';
import { measureAcks } from './ack.ts';
import { measureSources } from './all-sources.ts';
import { measureCalls } from './connector-call.ts';
import { type Figure, toTable } from './figures.ts';
import { measureResults } from './large-results.ts';
import { measurePeers } from './peers.ts';
import { measurePlayground } from './playground.ts';
import { measureReply } from './reply.ts';
import { measureStart } from './start-up.ts';

log.level = 'error';
const cache = 'node_modules/.cache/node-compile';
const say = (line: string) => process.stderr.write(`${line}\n`);
let services: Promise<Services> | undefined;
/** Redis, and MariaDB with the sample shop in it; started for the first who needs them. */
const needed = () => {
  services ??= startShop();
  return services;
};
const measurements: Record<string, () => Promise<Figure[]>> = {
  reply: async () => measureReply(await needed(), cache),
  ack: async () => measureAcks(await needed(), cache),
  start: async () => measureStart(await needed(), cache),
  calls: async () => measureCalls(await needed()),
  results: async () => measureResults(await needed()),
  sources: async () => measureSources(await needed()),
  playground: measurePlayground,
  peers: async () => measurePeers(await needed()),
};
/** Those that need the network the first time. */
const onlyWhenNamed = ['peers'];
try {
  const wanted = process.argv.slice(2);
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(measurements)) {
    if (wanted.length > 0 ? !wanted.includes(name) : onlyWhenNamed.includes(name)) continue;
    say(`measuring ${name} …`);
    figures.push(...(await measure()));
  }
  process.stdout.write(`${toTable(figures)}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  say(error.message);
  process.exitCode = 1;
} finally {
  await (await services?.catch(() => undefined))?.close();
}

async function startShop(): Promise<Services> {
  const started = await startServices({ say });
  try {
    await loadShop(started.mysql, { today: new Date(), database: started.mysql.database });
    return started;
  } catch (error) {
    await started.close();
    throw error;
  }
}
