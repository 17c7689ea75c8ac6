import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { writingTools } from '../../../src/connectors/shopify/env.ts';
import { failures } from './api/failures.ts';
import { freeQueries } from './free-queries.ts';
import { openShop, type Shop } from './open-shop.ts';
import { reads } from './reads.ts';
import { refusals } from './refusals.ts';
import { writes } from './writes/writes.ts';

// All that needs a shop shares one and its process: to load the Admin schema and the SDKs is most of the work.
let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ SHOPIFY_ALLOW_WRITES: writingTools.join() });
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => {
  shop.standIn.heal();
  shop.standIn.allow();
  shop.sent();
});

describe('reads', () => reads(() => shop));
describe('refusals', () => refusals(() => shop));
describe('free queries', () => freeQueries(() => shop));
describe('failures', () => failures(() => shop));
describe('writes', () => writes(() => shop));
