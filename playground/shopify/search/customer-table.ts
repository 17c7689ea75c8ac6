import type { ShopifyCustomer } from '../../shop/shopify/shopify-customers.ts';
import type { Store } from '../store.ts';
import {
  countryName,
  datedSorts,
  flag,
  number,
  own,
  tagged,
  text,
  time,
  word,
} from './search-fields.ts';
import { type SearchTable, unsetFields } from './search-table.ts';

/** Of `customers`; their count knows fewer. */
export function customerTable(store: Store): SearchTable<ShopifyCustomer> {
  const ordersOf = (customer: ShopifyCustomer) => store.ordersOf(customer.id);
  const spent = (customer: ShopifyCustomer) => store.spentBy(customer.id);
  return {
    sortKey: 'ID',
    sorts: {
      ...datedSorts,
      NAME: ({ lastName, firstName }) => `${lastName}, ${firstName}`.toLowerCase(),
      LOCATION: ({ addresses }) => `${addresses[0]?.countryCode} ${addresses[0]?.city}`,
    },
    fields: {
      ...own(),
      ...tagged(),
      updated_at: time(({ updatedAt }) => updatedAt),
      customer_date: time(({ createdAt }) => createdAt),
      default: text(({ firstName, lastName, email, phone }) => [
        `${firstName} ${lastName}`,
        email,
        phone ?? '',
      ]),
      email: word(({ email }) => email),
      phone: word(({ phone }) => phone),
      first_name: word(({ firstName }) => firstName),
      last_name: word(({ lastName }) => lastName),
      country: word(({ addresses }) =>
        addresses.flatMap(({ countryCode }) => [countryCode, countryName(countryCode)]),
      ),
      state: word(({ state }) => state),
      accepts_marketing: flag(({ wantsNews }) => wantsNews),
      orders_count: number((customer) => ordersOf(customer).length),
      total_spent: number((customer) => spent(customer) / 100),
      order_date: time((customer) => ordersOf(customer).at(-1)?.createdAt ?? null),
      ...unsetFields('last_abandoned_order_date'),
    },
  };
}
