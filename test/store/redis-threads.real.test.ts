import { describe, expect, it } from 'vitest';
import { openThreads } from '../../src/store/redis-threads.ts';
import { type Claim, LeaseLost, type Question, type Threads } from '../../src/store/threads.ts';
import { question } from '../support/question.ts';
import { freshTeam, redisConnections } from '../support/redis.ts';

/** Threads on real Redis, with a record of the wakes instead of a queue. */
async function start({ leaseMs = 10_000 } = {}) {
  const redis = await redisConnections();
  const wakes: { session: string; unique?: string | undefined }[] = [];
  const threads = openThreads({
    ...redis,
    leaseMs,
    wake: async (session, unique) => void wakes.push({ session, unique }),
  });
  return {
    threads,
    redis,
    wakes,
    team: freshTeam(),
    [Symbol.asyncDispose]: redis[Symbol.asyncDispose],
  };
}

async function claimed(threads: Threads, session: string): Promise<Claim> {
  const claim = await threads.claim(session);
  if ('heldForMs' in claim) throw new Error(`held for ${claim.heldForMs} ms`);
  return claim;
}

async function begun(claim: Claim) {
  const run = await claim.begin();
  if (!run) throw new Error('nothing to do');
  return run;
}

const twin = (first: Question): Question => ({
  ...first,
  identities: [first.identities[0] ?? '', 'ev:another delivery'],
});

describe('accept', () => {
  it('stores a question once, however often and as whatever event it is delivered', async () => {
    await using store = await start();
    const first = question({ team: store.team });
    expect(await store.threads.accept(first)).toBe('accepted');
    expect(await store.threads.accept(first)).toBe('duplicate');
    expect(await store.threads.accept(twin(first))).toBe('duplicate');
    const claim = await claimed(store.threads, first.session);
    const run = await begun(claim);
    await claim.commit(run, []);
    expect(await claim.begin()).toBeUndefined();
    await claim.release();
  });

  it('wakes a worker also for a duplicate, since the first delivery may have died before its wake', async () => {
    await using store = await start();
    const first = question({ team: store.team });
    await store.threads.accept(first);
    await store.threads.accept(first);
    expect(store.wakes).toHaveLength(2);
  });

  it('takes a follow-up only from somebody who asked in this thread, and a mention after that', async () => {
    await using store = await start();
    const { team } = store;
    const asked = question({ team, user: 'U1' });
    await store.threads.accept(asked);
    const stranger = question({ team, user: 'U2', kind: 'follow-up' });
    expect(await store.threads.accept(stranger)).toBe('ignored');
    expect(await store.threads.accept(question({ team, user: 'U1', kind: 'follow-up' }))).toBe(
      'accepted',
    );
    // the ignored delivery left no mark: its mention twin is still a question
    expect(await store.threads.accept({ ...twin(stranger), kind: 'mention' })).toBe('accepted');
  });

  it('forgets somebody who was refused', async () => {
    await using store = await start();
    const { team } = store;
    const asked = question({ team, user: 'U7' });
    await store.threads.accept(asked);
    const claim = await claimed(store.threads, asked.session);
    await claim.commit(await begun(claim), [], 'refused');
    await claim.release();
    expect(await store.threads.accept(question({ team, user: 'U7', kind: 'follow-up' }))).toBe(
      'ignored',
    );
  });

  it('fails within two seconds when Redis is away, so that nothing is acked', async () => {
    await using store = await start();
    store.redis.hasty.disconnect();
    await expect(store.threads.accept(question({ team: store.team }))).rejects.toThrow();
  });
});

describe('a claim', () => {
  it('is held by one worker at a time', async () => {
    await using store = await start();
    const { session } = question({ team: store.team });
    const claim = await claimed(store.threads, session);
    const second = await store.threads.claim(session);
    expect(second).toEqual({ heldForMs: expect.any(Number) });
    await claim.release();
    expect((await claimed(store.threads, session)).fence).toBe(claim.fence + 1);
  });

  it('answers the questions of a thread in the order they came', async () => {
    await using store = await start();
    const { team } = store;
    const asked = ['one', 'two', 'three'].map((text) => question({ team, text }));
    for (const each of asked) await store.threads.accept(each);
    const claim = await claimed(store.threads, asked[0]?.session ?? '');
    const answered = [];
    for (let run = await claim.begin(); run; run = await claim.begin()) {
      answered.push(run.question.text);
      await claim.commit(run, [{ role: 'user', content: run.question.text }]);
    }
    expect(answered).toEqual(['one', 'two', 'three']);
    expect(await store.threads.transcript(claim.session)).toEqual(
      answered.map((content) => ({ role: 'user', content })),
    );
    await claim.release();
  });

  it('tells how far the thread was read before', async () => {
    await using store = await start();
    const { team } = store;
    const [first, second] = [question({ team }), question({ team })];
    await store.threads.accept(first);
    await store.threads.accept(second);
    const claim = await claimed(store.threads, first.session);
    const run = await begun(claim);
    expect(run.seenUpTo).toBeUndefined();
    await claim.commit(run, []);
    expect((await begun(claim)).seenUpTo).toBe(first.id);
    await claim.release();
  });

  it('gives a dead worker’s run to the next one, with its messages and what it had finished', async () => {
    await using store = await start({ leaseMs: 200 });
    const asked = question({ team: store.team });
    await store.threads.accept(asked);
    const dead = await claimed(store.threads, asked.session);
    const run = await begun(dead);
    await dead.savePart(run, 0, { state: 'posted', ts: '1.1', since: 5 });
    await dead.savePart(run, 1, { state: 'posting', since: 6 });
    await dead.checkpoint(run, [{ role: 'assistant', content: 'looking' }]);
    await store.redis.patient.del(`th:{${asked.session}}:lease`); // what Redis does when nobody renews it

    const next = await claimed(store.threads, asked.session);
    const taken = await begun(next);
    expect(taken).toEqual({
      ...run,
      takeovers: 1,
      parts: new Map([
        [0, { state: 'posted', ts: '1.1', since: 5 }],
        [1, { state: 'posting', since: 6 }],
      ]),
      turn: [{ role: 'assistant', content: 'looking' }],
    });
    await expect(dead.commit(run, [])).rejects.toThrow(LeaseLost);
    await next.commit(taken, []);
    expect(await next.begin()).toBeUndefined();
    await next.release();
  });

  it('does not count a worker as dead that handed its run over', async () => {
    await using store = await start();
    const asked = question({ team: store.team });
    await store.threads.accept(asked);
    const ending = await claimed(store.threads, asked.session);
    const run = await begun(ending);
    await ending.release(run);
    const next = await claimed(store.threads, asked.session);
    expect(await begun(next)).toMatchObject({ id: run.id, takeovers: 0 });
    await next.release();
  });

  it('never moves back how far the thread was read', async () => {
    await using store = await start();
    const { team } = store;
    const asked = ['1700000005.000000', '1700000002.000000', '1700000006.000000'].map((id) =>
      question({ team, id }),
    );
    for (const each of asked) await store.threads.accept(each);
    const claim = await claimed(store.threads, asked[0]?.session ?? '');
    for (const _ of [1, 2]) await claim.commit(await begun(claim), []);
    expect((await begun(claim)).seenUpTo).toBe('1700000005.000000');
    await claim.release();
  });

  it('is given up without an error when Redis is away: the lease ends by itself', async () => {
    await using store = await start();
    const claim = await claimed(store.threads, question({ team: store.team }).session);
    store.redis.patient.disconnect();
    await claim.release();
    expect(claim.signal.aborted).toBe(true);
  });

  it('counts a resent checkpoint and a resent commit once', async () => {
    await using store = await start();
    const asked = question({ team: store.team });
    await store.threads.accept(asked);
    await store.threads.accept(question({ team: store.team }));
    const claim = await claimed(store.threads, asked.session);
    const run = await begun(claim);
    const message = { role: 'assistant', content: 'hi' } as const;
    await claim.checkpoint({ ...run, turn: [] }, [message]);
    await claim.checkpoint({ ...run, turn: [] }, [message]);
    expect((await begun(claim)).turn).toEqual([message]);
    await claim.commit(run, [message]);
    await claim.commit(run, [message]);
    expect(await store.threads.transcript(asked.session)).toEqual([message]);
    expect(await claim.begin()).toBeDefined(); // the second question is still there
    await claim.release();
  });

  it('renews its lease for as long as it works', async () => {
    await using store = await start({ leaseMs: 1_000 });
    const { session } = question({ team: store.team });
    const claim = await claimed(store.threads, session);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(claim.live()).toBe(true);
    expect(await store.threads.claim(session)).toHaveProperty('heldForMs');
    await claim.release();
  });

  it('ends by itself when another worker has the thread', async () => {
    await using store = await start({ leaseMs: 200 });
    const { session } = question({ team: store.team });
    const claim = await claimed(store.threads, session);
    await store.redis.patient.set(`th:{${session}}:lease`, 'somebody else');
    const lost = await new Promise((resolve) =>
      claim.signal.addEventListener('abort', () => resolve(claim.signal.reason)),
    );
    expect(lost).toBeInstanceOf(LeaseLost);
    expect(claim.live()).toBe(false);
    await expect(claim.begin()).rejects.toThrow(LeaseLost);
  });

  it('ends by itself when Redis does not confirm the renewal in time', async () => {
    await using store = await start({ leaseMs: 300 });
    const { session } = question({ team: store.team });
    const claim = await claimed(store.threads, session);
    store.redis.patient.disconnect();
    await new Promise((resolve) => claim.signal.addEventListener('abort', resolve));
    expect(claim.live()).toBe(false);
  });
});

describe('the sweeper', () => {
  const later = () => Date.now() + 6000;

  it('wakes a thread whose worker died, under an id of its own', async () => {
    await using store = await start();
    const asked = question({ team: store.team });
    await store.threads.accept(asked);
    const claim = await claimed(store.threads, asked.session);
    await begun(claim);
    await store.redis.patient.del(`th:{${asked.session}}:lease`);
    store.wakes.length = 0;
    await store.threads.sweep(later());
    expect(store.wakes).toContainEqual({
      session: asked.session,
      unique: `takeover:${claim.fence}`,
    });
  });

  it('wakes a question whose wake was lost, and leaves a thread alone that somebody works on', async () => {
    await using store = await start();
    const lost = question({ team: store.team });
    const busy = question({ team: store.team, thread: '1700000001.000000' });
    await store.threads.accept(lost);
    await store.threads.accept(busy);
    const claim = await claimed(store.threads, busy.session);
    store.wakes.length = 0;
    await store.threads.sweep(later());
    const woken = store.wakes.map(({ session }) => session);
    expect(woken).toContain(lost.session);
    expect(woken).not.toContain(busy.session);
    await claim.release();
  });

  it('looks at a thread again when its lease would end', async () => {
    await using store = await start();
    const asked = question({ team: store.team });
    await store.threads.accept(asked);
    const claim = await claimed(store.threads, asked.session);
    const now = later();
    await store.threads.sweep(now);
    const next = Number(await store.redis.patient.zscore('live:threads', asked.session));
    expect(next - now).toBeGreaterThan(5000);
    expect(next - now).toBeLessThanOrEqual(10_000);
    await claim.release();
  });

  it('forgets an idle thread, unless something is accepted at that moment', async () => {
    await using store = await start();
    const asked = question({ team: store.team });
    await store.threads.accept(asked);
    const claim = await claimed(store.threads, asked.session);
    await claim.commit(await begun(claim), []);
    await claim.release();
    const isLive = () => store.redis.patient.zscore('live:threads', asked.session);
    const sweeping = store.threads.sweep(later());
    await store.redis.patient.zadd('live:threads', Date.now() + 5001, asked.session);
    await sweeping;
    expect(await isLive()).not.toBeNull();
    await store.threads.sweep(later());
    expect(await isLive()).toBeNull();
  });
});
