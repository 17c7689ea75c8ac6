import { expect, it, vi } from 'vitest';
import { QueryPlanner } from '../../../../src/connectors/shopify/graphql/query-planner.ts';
import { isAlive } from '../../../../src/is-alive.ts';

vi.setConfig({ testTimeout: 30_000 });

const query = '{ orders(first: 2) { nodes { name } } }';
const { signal } = new AbortController();

it('begins again when its process was killed, plans many queries in one, and ends it when nobody asks', async () => {
  const planner = new QueryPlanner('2026-01', { idle: 50 });
  const asked = planner.plan(query, {}, signal);
  process.kill(planner.pid ?? 0, 'SIGKILL');
  await expect(asked).rejects.toThrow(/^UPSTREAM_ERROR: the query could not be read/);
  const plans = await Promise.all([
    planner.plan(query, {}, signal),
    planner.plan('{ shop { name } }', {}, signal),
    planner.plan('{ shop { nme } }', {}, signal).catch((error: Error) => error.message),
  ]);
  expect(plans).toEqual([
    { cost: 3, masks: {} },
    { cost: 1, masks: {} },
    expect.stringMatching(/^INVALID_ARGUMENT: .*Did you mean "name"/),
  ]);
  const pid = planner.pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

it('gives up on a query that takes too long, and reads the next one', async () => {
  const planner = new QueryPlanner('2026-10', { patience: 1 });
  await expect(planner.plan(query, {}, signal)).rejects.toThrow('takes too long');
  expect(planner.pid).toBeUndefined();
});

it('lets a caller go at once', async () => {
  const planner = new QueryPlanner('2026-10');
  const stop = new AbortController();
  const asked = planner.plan(query, {}, stop.signal);
  stop.abort(new Error('gone'));
  await expect(asked).rejects.toThrow('gone');
  planner.close();
});
