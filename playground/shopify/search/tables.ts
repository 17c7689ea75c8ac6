import type { ShopifyCustomer } from '../../shop/shopify/shopify-customers.ts';
import type { ShopifyDraftOrder } from '../../shop/shopify/shopify-draft-orders.ts';
import type { Store } from '../store.ts';
import { customerTable } from './customer-table.ts';
import { draftOrderTable } from './draft-order-table.ts';
import { collectionTable, locationTable } from './location-table.ts';
import { orderTable } from './order-table.ts';
import { productTable } from './product-table.ts';
import { dated, word } from './search-fields.ts';
import { inventoryItemTable, variantTable } from './variant-table.ts';

/** What may be searched for in each connection and count, as Shopify documents it in its Admin schema of 2026-10. */
export function searchTables(store: Store) {
  const orders = orderTable(store);
  const products = productTable();
  const productVariants = variantTable(store);
  const customers = customerTable(store);
  const draftOrders = draftOrderTable(store);
  const locations = locationTable();
  const collections = collectionTable(store);
  const ids = word(({ id }: ShopifyDraftOrder) => String(id));
  return {
    orders,
    ordersCount: orders,
    products,
    productsCount: products,
    productVariants,
    productVariantsCount: productVariants,
    inventoryItems: inventoryItemTable(),
    customers,
    // Fewer fields than the list has: `email:…` counts everybody.
    customersCount: { ...customers, fields: dated<ShopifyCustomer>() },
    draftOrders,
    draftOrdersCount: { ...draftOrders, fields: { ...draftOrders.fields, ids } },
    locations,
    locationsCount: locations,
    collections,
    collectionsCount: collections,
  };
}
