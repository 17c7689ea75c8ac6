import type { ShopRecords, ShopUser } from '../shop-records.ts';
import { toIso } from './shopify-words.ts';

export interface ShopifyAddress {
  id: number;
  address1: string;
  city: string;
  zip: string | null;
  countryCode: string;
}

export interface ShopifyCustomer {
  id: number;
  email: string;
  phone: string | null;
  firstName: string;
  lastName: string;
  state: 'ENABLED' | 'DISABLED';
  wantsNews: boolean;
  note: string | null;
  tags: string[];
  createdAt: string;
  updatedAt: string;
  /** The first is the default one. */
  addresses: ShopifyAddress[];
}

/** MySQL's users, known by their e-mail. Who has paid most is tagged `vip`. */
export function shopifyCustomers(
  { users, addresses }: ShopRecords,
  bigCustomer: string,
): ShopifyCustomer[] {
  const homes = Map.groupBy(addresses, ({ user_id }) => user_id);
  return users.map((user) => ({
    id: customerId(user.id),
    email: user.email,
    phone: user.phone,
    firstName: user.first_name,
    lastName: user.last_name,
    state: user.is_active ? 'ENABLED' : 'DISABLED',
    wantsNews: wantsNews(user),
    note: null,
    tags: user.email === bigCustomer ? ['vip'] : [],
    createdAt: toIso(user.created_at),
    updatedAt: toIso(user.created_at),
    addresses: (homes.get(user.id) ?? []).map((address) => ({
      id: 8_000_000_000_000 + Number(address.id),
      address1: String(address.street),
      city: String(address.city),
      zip: address.postcode === null ? null : String(address.postcode),
      countryCode: String(address.country),
    })),
  }));
}

/** Shopify's number for a customer, by MySQL's user id. */
export const customerId = (userId: number): number => 6_000_000_000_000 + userId;

const wantsNews = ({ preferences }: ShopUser): boolean =>
  (JSON.parse(String(preferences ?? '{}')) as { newsletter?: boolean }).newsletter === true;
