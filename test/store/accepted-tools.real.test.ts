import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type AcceptedTools,
  openAcceptedTools,
  type SeenTools,
} from '../../src/store/accepted-tools.ts';
import { openRedis, type RedisClient } from '../../src/store/redis.ts';
import { freshRedisUrl } from '../support/redis.ts';

let redis: RedisClient;
let tools: AcceptedTools;

beforeAll(async () => {
  redis = await openRedis(freshRedisUrl(), 'hasty');
  await redis.flushdb();
  tools = openAcceptedTools(redis);
});
afterAll(() => redis.disconnect());

const seen = (name: string, at: number): SeenTools => ({
  tools: [{ name, hash: 'ab', description: 'Looks — “näher”.', inputSchema: { type: 'object' } }],
  named: [name, 'other'],
  at,
});

it('takes what is seen first for good, whichever worker sees it', async () => {
  const [first, second] = await Promise.all([
    tools.acceptFirst('files', seen('look', 1)),
    openAcceptedTools(redis).acceptFirst('files', seen('look differently', 2)),
  ]);
  expect(first).toEqual(seen('look', 1));
  expect(second).toEqual(first);
});

it('keeps a change beside what is accepted, until it is accepted or gone', async () => {
  await tools.acceptFirst('wiki', seen('look', 1));
  await tools.hold('wiki', seen('look', 2));
  await tools.hold('wiki', seen('look', 3));
  expect(await tools.list()).toEqual([
    { source: 'files', accepted: seen('look', 1) },
    { source: 'wiki', accepted: seen('look', 1), held: seen('look', 3) },
  ]);
  await tools.accept('wiki', seen('look', 3));
  expect(await tools.acceptFirst('wiki', seen('look', 4))).toEqual(seen('look', 3));
  await tools.hold('files', seen('look', 5));
  await tools.hold('files', undefined);
  expect((await tools.list()).filter(({ held }) => held)).toEqual([]);
});
