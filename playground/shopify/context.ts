import type { ShopifyOrder } from '../shop/shopify/shopify-orders.ts';
import type { SearchWarning } from './search/search-table.ts';
import type { searchTables } from './search/tables.ts';
import type { Store } from './store.ts';

/** What Shopify tells of a search of which it ignored a part: `extensions.search[]`. */
export interface SearchReport {
  path: (string | number)[];
  query: string;
  parsed: Record<string, unknown>;
  warnings: SearchWarning[];
}

/** What a request's fields share. */
export interface ApiContext {
  store: Store;
  tables: ReturnType<typeof searchTables>;
  /** `2026-10`. */
  version: string;
  /** May the app have this scope's data? Also asked for the two levels of protected customer data. */
  allows(access: string): boolean;
  /** Orders of the last 60 days, and older ones with `read_all_orders`. */
  sees(order: ShopifyOrder): boolean;
  searches: SearchReport[];
  /** Answers by idempotency key, for as long as the server runs. */
  answers: Map<string, { input: string; answer: unknown }>;
}
