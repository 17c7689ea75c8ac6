import type { Limits } from '../control-types.ts';

/** Every limit kept, but for those that are switched off. */
export const toLimits = (switched: Partial<Limits> = {}): Limits => ({
  rates: true,
  scopes: true,
  deadlines: true,
  sizes: true,
  blocks: true,
  ...switched,
});

/** The names of all limits. */
export const limitNames = Object.keys(toLimits()) as (keyof Limits)[];
