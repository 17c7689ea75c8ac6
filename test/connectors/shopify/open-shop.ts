import { vi } from 'vitest';
import { shopRecords } from '../../../playground/shop/shop-records.ts';
import { type ShopifyData, shopifyData } from '../../../playground/shop/shopify/shopify-data.ts';
import {
  type ShopifyOptions,
  type ShopifyStandIn,
  startShopify,
} from '../../../playground/shopify/start-shopify.ts';
import type { OpenConnector } from '../../../src/connectors/connector.ts';
import { shopify } from '../../../src/connectors/shopify/index.ts';
import { Spool } from '../../../src/connectors/spool.ts';
import { log } from '../../../src/log.ts';
import { type ConnectorClient, connectClient } from '../../support/connect-client.ts';

type Json = Record<string, unknown>;

log.level = 'silent'; // a line for each call
// The schema is loaded twice, by the shop and by the connector, on a machine that runs other tests beside.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const today = new Date('2026-11-22T12:00:00Z');
let made: ShopifyData | undefined;

/** A small shop, as if nobody had changed it yet: a test that opens one must not wait for 5,000 orders. */
function smallShop(): ShopifyData {
  made ??= shopifyData(shopRecords({ today, users: 60, orders: 400 }), { today });
  return structuredClone(made);
}

/** Of a list, with the names that most have. */
export interface Item extends Record<string, unknown> {
  id: string;
  short_id: string;
  name: string;
  handle: string;
}

/** A shop, the connector on it, and an MCP client of that in this process. */
export interface Shop extends ConnectorClient {
  standIn: ShopifyStandIn;
  open: OpenConnector;
  /** The GraphQL texts and variables that were sent since the last look. */
  sent(): { query: string; variables: Json }[];
}

/** Opens one. Variables given here replace the stand-in's; an empty one takes it away. */
export async function openShop(
  variables: Record<string, string> = {},
  options: ShopifyOptions = {},
): Promise<Shop> {
  const standIn = await startShopify({ today, data: smallShop, ...options });
  const env = Object.entries({ ...standIn.env, ...variables }).filter(([, value]) => value);
  const open = await shopify.open(shopify.env.parse(Object.fromEntries(env)));
  const spool = new Spool('shopify');
  const secrets = [/127\.0\.0\.1|shpat_|node_modules|\bat .*\.ts/];
  const tools = await connectClient(shopify, open, { spool, secrets });
  let seen = 0;
  return {
    ...tools,
    standIn,
    open,
    sent() {
      const fresh = standIn.requests
        .slice(seen)
        .filter(({ path }) => path.endsWith('graphql.json'));
      seen = standIn.requests.length;
      return fresh.map(({ body }) => JSON.parse(body.toString()));
    },
    async [Symbol.asyncDispose]() {
      await tools[Symbol.asyncDispose]();
      await standIn[Symbol.asyncDispose]();
    },
  };
}
