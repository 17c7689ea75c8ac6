import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Patience } from '../src/patience.ts';

it('fires when the time is up, and says so', async () => {
  using patience = new Patience(new AbortController().signal, 5);
  await sleep(50);
  expect(patience.isOver).toBe(true);
  expect(patience.signal.reason).toMatchObject({ name: 'TimeoutError' });
});

it("fires with the caller's reason, which is not that the time was up, also later", async () => {
  const caller = new AbortController();
  using patience = new Patience(caller.signal, 20);
  caller.abort('enough');
  expect(patience.signal.reason).toBe('enough');
  await sleep(60);
  expect(patience.isOver).toBe(false);
  expect(patience.signal.reason).toBe('enough');
});

it('has fired from the beginning for a caller who has given up', () => {
  using patience = new Patience(AbortSignal.abort('gone'), 1_000);
  expect(patience.signal.reason).toBe('gone');
});

it('leaves nothing behind: neither on the caller, nor a timer', async () => {
  const caller = new AbortController();
  const before = process.getActiveResourcesInfo().length;
  const patience = new Patience(caller.signal, 20);
  patience[Symbol.dispose]();
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0);
  expect(process.getActiveResourcesInfo()).toHaveLength(before);
  await sleep(60);
  expect(patience.signal.aborted).toBe(false);
});
