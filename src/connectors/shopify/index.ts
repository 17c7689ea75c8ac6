import { defineConnector } from '../connector.ts';
import { shopifyEnv } from './env.ts';

/** A Shopify shop through its Admin API. */
export const shopify = defineConnector({
  name: 'shopify',
  title: 'Shopify',
  env: shopifyEnv,
  open: async (env) => (await import('./server.ts')).open(env),
});
