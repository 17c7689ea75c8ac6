import { shopRecords } from '../../../playground/shop/shop-records.ts';
import { type ShopifyData, shopifyData } from '../../../playground/shop/shopify/shopify-data.ts';
import {
  type ShopifyOptions,
  type ShopifyStandIn,
  startShopify,
} from '../../../playground/shopify/start-shopify.ts';

/** The day on which the shop of these tests stands. */
export const today = new Date('2026-11-22T10:00:00Z');

let made: ShopifyData | undefined;

/** A smaller shop than the demo's with 600 orders, each time as if nobody had changed it. */
export function smallShop(): ShopifyData {
  made ??= shopifyData(shopRecords({ today, users: 60, orders: 600 }), { today });
  return structuredClone(made);
}

/** An answer as it came. */
export interface Answer {
  status: number;
  headers: Headers;
  // The tests look into answers as they would into any JSON.
  data: Json;
  errors: Json;
  extensions: Json;
}

// biome-ignore lint/suspicious/noExplicitAny: what JSON.parse gives.
type Json = any;

interface AskOptions {
  version?: string;
  token?: string;
}

/** A shop, and the way to ask it. */
export interface OpenShop extends AsyncDisposable {
  shop: ShopifyStandIn;
  ask(query: string, variables?: object, options?: AskOptions): Promise<Answer>;
}

/** Opens a shop whose data is the small one's unless told. */
export async function openShop(options: ShopifyOptions = {}): Promise<OpenShop> {
  const shop = await startShopify({ today, data: smallShop, ...options });
  return {
    shop,
    async ask(query, variables = {}, { version = '2026-10', token } = {}) {
      const response = await fetch(`${shop.url}/admin/api/${version}/graphql.json`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-shopify-access-token': token ?? shop.env.SHOPIFY_ACCESS_TOKEN,
        },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as Pick<Answer, 'data' | 'errors' | 'extensions'>;
      return { status: response.status, headers: response.headers, ...body };
    },
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
}
