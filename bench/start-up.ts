import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startApp } from '../playground/app-process.ts';
import { says } from '../playground/model/script.ts';
import { startModel } from '../playground/model/server.ts';
import type { Services } from '../playground/services/start-services.ts';
import { startSlack } from '../playground/slack/server.ts';
import { environment } from './environment.ts';
import { type Figure, quantile } from './figures.ts';

const starts = 5;

/** From the start of the process until it is ready with the connector's child up, and what it takes while idle. */
export async function measureStart(services: Services, cache: string): Promise<Figure[]> {
  await using slack = await startSlack({ limits: { rates: false } });
  await using model = await startModel({ mode: 'script', script: () => says('Fine.') });
  const env = environment(services, slack, model.url);

  const warm: number[] = [];
  const memory: number[] = [];
  for (let i = 0; i < starts; i += 1) {
    await using app = await startApp(env, cache);
    await setTimeout(1500);
    warm.push(app.readyMs);
    memory.push(await app.memory());
  }
  const cold: number[] = [];
  for (let i = 0; i < starts; i += 1) {
    const empty = await mkdtemp(join(tmpdir(), 'connectormcp-bench-'));
    await using app = await startApp(env, empty);
    cold.push(app.readyMs);
    await rm(empty, { recursive: true, force: true });
  }
  return [
    {
      name: 'ready, compiled modules cached',
      value: quantile(warm, 0.5) / 1000,
      unit: 's',
      target: 2.5,
    },
    { name: 'ready, nothing cached', value: quantile(cold, 0.5) / 1000, unit: 's', target: 5 },
    { name: 'bot + worker, idle memory', value: quantile(memory, 0.5), unit: 'MB', target: 220 },
  ];
}
