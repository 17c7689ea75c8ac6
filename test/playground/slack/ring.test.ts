import { describe, expect, it } from 'vitest';
import { Ring } from '../../../playground/slack/ring.ts';
import { roughBytes } from '../../../playground/slack/rough-bytes.ts';

const numbered = (ring: Ring<{ id: number; text?: string }>) => ring.list().map(({ id }) => id);

describe('a bounded log', () => {
  it('keeps the newest', () => {
    const ring = new Ring<{ id: number }>(3);
    for (let id = 1; id <= 5; id += 1) ring.push({ id });
    expect(numbered(ring)).toEqual([3, 4, 5]);
  });

  it('keeps no more than fit', () => {
    const one = roughBytes({ id: 0, text: 'x'.repeat(500) });
    const ring = new Ring<{ id: number; text: string }>(100, 2 * one);
    for (let id = 1; id <= 5; id += 1) ring.push({ id, text: 'x'.repeat(500) });
    expect(numbered(ring)).toEqual([4, 5]);
  });

  it('adds what came to an item, and lets go of the oldest', () => {
    const ring = new Ring<{ id: number; text: string }>(100, 5_000);
    const [first, second] = [1, 2, 3].map((id) => ring.push({ id, text: '' }));
    if (!first || !second) throw new Error('nothing was kept');
    ring.update(second, { answer: 'x'.repeat(2_380) });
    expect(numbered(ring)).toEqual([2, 3]);
    // One that is gone weighs nothing, however much comes to it.
    ring.update(first, { answer: 'x'.repeat(2_380) });
    expect(numbered(ring)).toEqual([2, 3]);
  });

  it('gives the newest of it, the very newest however large', () => {
    const ring = new Ring<{ id: number; text: string }>(100);
    for (let id = 1; id <= 4; id += 1) ring.push({ id, text: 'x'.repeat(id * 100) });
    const ids = (count: number, bytes: number) => ring.newest(count, bytes).map(({ id }) => id);
    expect(ids(2, 1_000_000)).toEqual([3, 4]);
    expect(ids(9, 2_000)).toEqual([3, 4]);
    expect(ids(9, 0)).toEqual([4]);
    expect(new Ring(1).newest(5, 5)).toEqual([]);
  });

  it('tells of everything that comes or changes, until one has heard enough', () => {
    const ring = new Ring<{ id: number }>(1);
    const heard: number[] = [];
    const stop = ring.onChange(({ id }) => heard.push(id));
    const first = ring.push({ id: 1 });
    ring.push({ id: 2 });
    ring.update(first);
    stop();
    ring.push({ id: 3 });
    expect(heard).toEqual([1, 2, 1]);
  });
});

it('measures whatever there is', () => {
  let deep: object = {};
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  expect(roughBytes(deep)).toBeLessThan(10_000);
  expect(roughBytes([null, undefined, 1, true, 'x'])).toBeGreaterThan(0);
});
