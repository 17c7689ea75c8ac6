import type { ShopRecords } from '../shop-records.ts';
import { shopStory } from '../story.ts';
import { type ShopifyCustomer, shopifyCustomers } from './shopify-customers.ts';
import { type ShopifyDraftOrder, shopifyDraftOrders } from './shopify-draft-orders.ts';
import { type ShopifyOrder, shopifyOrders } from './shopify-orders.ts';
import {
  type ShopifyCollection,
  type ShopifyLocation,
  type ShopifyProduct,
  shopifyCollections,
  shopifyLocations,
  shopifyProducts,
} from './shopify-products.ts';

/** What the shop's Shopify knows. Ids are Shopify's numbers (`legacyResourceId`), moments ISO 8601 in UTC, money cents. */
export interface ShopifyData {
  products: ShopifyProduct[];
  collections: ShopifyCollection[];
  locations: ShopifyLocation[];
  customers: ShopifyCustomer[];
  /** The oldest first. */
  orders: ShopifyOrder[];
  draftOrders: ShopifyDraftOrder[];
}

/**
 * The sample shop as Shopify has it: order 4711 in MySQL is `#4711` here with number 5000000004711, customers have the same
 * e-mails, products the same SKUs, prices and stock.
 *
 * Orders whose card was refused wait for payment with the tag `payment-failed`.
 */
export function shopifyData(records: ShopRecords, { today }: { today: Date }): ShopifyData {
  const { failedPaymentOrders, bigCustomer } = shopStory(records, { today });
  const customers = shopifyCustomers(records, bigCustomer);
  const orders = shopifyOrders(records, {
    customers: new Map(customers.map((customer) => [customer.id, customer])),
    failedPayments: new Set(failedPaymentOrders),
  });
  const products = shopifyProducts(records, today);
  return {
    products,
    collections: shopifyCollections(records),
    locations: [...shopifyLocations],
    customers,
    orders,
    draftOrders: shopifyDraftOrders({ customers, orders, products, today }),
  };
}
