import { loadSample, type SampleTarget } from './sample.ts';
import { type ShopOptions, shopRows } from './shop-rows.ts';

/**
 * Makes the sample shop: 11 tables, 500 users, 5,000 orders, in about a second. The target's `user` may then read it.
 *
 * Replaces an earlier one on a private server; throws where somebody else's database has that name.
 */
export const loadShop = (
  target: SampleTarget,
  { database = 'shop', ...options }: ShopOptions & { database?: string },
): Promise<void> => loadSample(target, database, shopRows(options));
