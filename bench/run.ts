/** `npm run bench [-- reply ack start calls]`: the figures that people feel, on this machine, against their targets. */

import { startServices } from '../playground/services/start-services.ts';
import { loadShop } from '../playground/shop/load-shop.ts';
import { log } from '../src/log.ts';
import { measureAcks } from './ack.ts';
import { measureCalls } from './connector-call.ts';
import { type Figure, toTable } from './figures.ts';
import { measureReply } from './reply.ts';
import { measureStart } from './start-up.ts';

log.level = 'error';
const cache = 'node_modules/.cache/node-compile';
const say = (line: string) => process.stderr.write(`${line}\n`);
const services = await startServices({ say });
const measurements: Record<string, () => Promise<Figure[]>> = {
  reply: () => measureReply(services, cache),
  ack: () => measureAcks(services, cache),
  start: () => measureStart(services, cache),
  calls: () => measureCalls(services),
};
try {
  await loadShop(services.mysql, { today: new Date(), database: services.mysql.database });
  const wanted = process.argv.slice(2);
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(measurements)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    say(`measuring ${name} …`);
    figures.push(...(await measure()));
  }
  process.stdout.write(`${toTable(figures)}\n`);
} finally {
  await services.close();
}
