import { expect, it } from 'vitest';
import { corpus } from './corpora.ts';
import { mutate } from './mutate.ts';
import { seededRandom } from './random.ts';

const mutants = (seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: 300 }, () => mutate(corpus, random));
};

it('makes the same mutants of the same seed, and others of another', () => {
  expect(mutants(7)).toEqual(mutants(7));
  expect(mutants(8)).not.toEqual(mutants(7));
});

it('changes most of what it gets', () => {
  const known = new Set(corpus);
  expect(mutants(7).filter((sql) => known.has(sql)).length).toBeLessThan(60);
});
