import type { z } from 'zod';
import { toAllowedTools } from '../allowed-writes.ts';
import type { OpenConnector } from '../connector.ts';
import { type ShopAccount, Shopify } from './api/shopify.ts';
import { checkShopify } from './check.ts';
import { countRecords } from './count-records.ts';
import { readDigest } from './digest.ts';
import type { shopifyEnv } from './env.ts';
import { getCustomer } from './get-customer.ts';
import { getInventory } from './get-inventory.ts';
import { getOrder } from './get-order.ts';
import { getProduct } from './get-product.ts';
import { getShop } from './get-shop.ts';
import { QueryPlanner } from './graphql/query-planner.ts';
import { graphqlQuery } from './graphql-query.ts';
import { listCustomers } from './list-customers.ts';
import { listDraftOrders } from './list-draft-orders.ts';
import { listLocations } from './list-locations.ts';
import { listOrders } from './list-orders.ts';
import { listProducts } from './list-products.ts';
import { listVariants } from './list-variants.ts';
import { runShopifyql } from './run-shopifyql.ts';
import { addTags } from './writes/add-tags.ts';
import { adjustInventory } from './writes/adjust-inventory.ts';
import { createDraftOrder } from './writes/create-draft-order.ts';
import { updateOrder } from './writes/update-order.ts';
import { updateProduct } from './writes/update-product.ts';

/** Opens the connector. The shop is first asked when something is called, so it may be away. */
export async function open(env: z.output<typeof shopifyEnv>): Promise<OpenConnector> {
  const shopify = new Shopify(toAccount(env));
  const planner = new QueryPlanner(shopify.version);
  const tools = [
    getShop,
    listProducts,
    getProduct,
    listVariants,
    getInventory,
    listLocations,
    listOrders,
    getOrder,
    countRecords,
    listCustomers,
    getCustomer,
    listDraftOrders,
    runShopifyql,
    graphqlQuery(planner),
    updateProduct,
    adjustInventory,
    updateOrder,
    addTags,
    createDraftOrder,
  ].map((toTool) => toTool(shopify));
  return {
    tools: toAllowedTools(tools, env.SHOPIFY_ALLOW_WRITES),
    digest: (signal) => readDigest(shopify, { signal }),
    check: (signal) => checkShopify(shopify, env.SHOPIFY_ALLOW_WRITES, { signal }),
    close: async () => planner.close(),
  };
}

function toAccount(env: z.output<typeof shopifyEnv>): ShopAccount {
  const { SHOPIFY_CLIENT_ID: clientId, SHOPIFY_CLIENT_SECRET: clientSecret } = env;
  return {
    domain: env.SHOPIFY_SHOP_URL,
    version: env.SHOPIFY_API_VERSION,
    // Where both are set, the tokens that renew themselves are meant.
    token: clientId && clientSecret ? { clientId, clientSecret } : (env.SHOPIFY_ACCESS_TOKEN ?? ''),
    origin: env.SHOPIFY_API_URL,
  };
}
