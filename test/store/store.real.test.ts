import { describe, expect, it } from 'vitest';
import { log } from '../../src/log.ts';
import { openEditBudget } from '../../src/store/edit-budget.ts';
import { openPreferences } from '../../src/store/preferences.ts';
import { openResults } from '../../src/store/results.ts';
import { openStore } from '../../src/store/store.ts';
import { freshRedisUrl, freshTeam, redisConnections } from '../support/redis.ts';

log.level = 'silent';

describe('the choice of a source', () => {
  it('is the most special one: thread, person in this channel, channel, person, all', async () => {
    await using redis = await redisConnections();
    const preferences = openPreferences(redis.hasty);
    const team = freshTeam();
    const [channel, person, session] = ['C1', 'U1', 'T1:C1:1.1'];
    const chosen = () => preferences.source(team, { session, channel, person });
    expect(await chosen()).toBe('auto');
    await preferences.chooseSource(team, { type: 'person', person }, 'one');
    expect(await chosen()).toBe('one');
    await preferences.chooseSource(team, { type: 'channel', channel }, 'two');
    expect(await chosen()).toBe('two');
    await preferences.chooseSource(team, { type: 'person-in-channel', channel, person }, 'three');
    expect(await chosen()).toBe('three');
    await preferences.chooseSource(team, { type: 'thread', session }, 'four');
    expect(await chosen()).toBe('four');
    expect(await preferences.source(team, { channel: 'C2', person: 'U2' })).toBe('auto');
  });
});

describe('the edit budget', () => {
  const intent = {
    method: 'chat.update',
    channel: 'C1',
    run: 'r',
    kind: 'progress',
    lastEditAt: 0,
  } as const;

  it('lets nobody of a workspace call a method before its Retry-After, and others at once', async () => {
    await using redis = await redisConnections();
    const budget = openEditBudget(redis.patient);
    const workspace = freshTeam();
    expect(await budget.grant({ ...intent, workspace })).toEqual({ waitMs: 0 });
    await budget.coolDown(workspace, 'chat.update', 5000);
    await budget.coolDown(workspace, 'chat.update', 1000); // a later, shorter one does not shorten it
    expect((await budget.grant({ ...intent, workspace })).waitMs).toBeGreaterThan(3000);
    expect(await budget.grant({ ...intent, workspace, method: 'chat.postMessage' })).toEqual({
      waitMs: 0,
    });
    expect(await budget.grant({ ...intent, workspace: freshTeam() })).toEqual({ waitMs: 0 });
  });
});

describe('a stored result', () => {
  it('opens only in its own session', async () => {
    await using redis = await redisConnections();
    const results = openResults(redis.patient);
    const result = { columns: [{ name: 'n' }], rows: [[1], [null], ['ü']] };
    const handle = await results.put('T1:C1:1', result);
    expect(await results.get('T1:C1:1', handle)).toEqual(result);
    expect(await results.get('T1:C1:2', handle)).toBeUndefined();
    expect(await results.get('T1:C1:1', 'another')).toBeUndefined();
  });
});

describe('the queues', () => {
  it('ring for a thread once more when it was rung while being answered, and not once for each ring', async () => {
    const store = await openStore(freshRedisUrl(), log);
    const answered: string[] = [];
    const hold = Promise.withResolvers<void>();
    const twice = Promise.withResolvers<void>();
    const workers = store.work(
      async (session) => {
        answered.push(session);
        if (answered.length === 2) twice.resolve();
        await hold.promise;
      },
      {},
      5,
    );
    await workers.ready();
    await store.wake('T1:C1:1');
    while (answered.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    for (let i = 0; i < 5; i += 1) await store.wake('T1:C1:1');
    hold.resolve();
    await twice.promise;
    await workers.close();
    await store.close();
    expect(answered).toEqual(['T1:C1:1', 'T1:C1:1']);
  });

  it('carry a question of the bot to a worker and its answer back, and fail for a task nobody knows', async () => {
    const store = await openStore(freshRedisUrl(), log);
    const workers = store.work(
      async () => {},
      { double: async (data) => (data as { n: number }).n * 2 },
      1,
    );
    expect(await store.ask('double', { n: 21 }, 5000)).toBe(42);
    await expect(store.ask('unheard-of', {}, 5000)).rejects.toThrow(/no worker knows/);
    await workers.close();
    await expect(store.ask('double', { n: 1 }, 200)).rejects.toThrow();
    await store.close();
  });
});
