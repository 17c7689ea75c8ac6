import { code, toNumber, toTable } from '../markdown.ts';
import { toList, toRecord } from '../schema.ts';
import { call, callAll, type Data, NoAnswer, type Plan, type Steps } from './plan.ts';
import { counted, listed, type Said, thing, toTime } from './say-list.ts';

/** `{amount, currency}` → `12.50 EUR`. */
export function toMoney(value: unknown): string {
  const { amount, currency } = toRecord(value);
  return amount === undefined ? '–' : `${toNumber(amount)} ${String(currency ?? '')}`.trim();
}

/** What is on sale with fewer left than this, the fewest first. */
export function* lowStock(shopify: string, below: number): Plan {
  const query = 'product_status:active';
  const found = yield* call(shopify, 'list_variants', { query, low_stock_below: below, limit: 50 });
  const variants = toList(found.items);
  const what = below <= 1 ? 'sold out' : `down to fewer than **${below}** pieces`;
  if (variants.length === 0) return `Nothing on sale is ${what}.`;
  const rows = variants.map((one) => [one.sku, titleOf(one), one.quantity, one.price]);
  const cut = found.truncated ? ' There are more.' : '';
  const is = variants.length === 1 ? 'is' : 'are';
  return [
    `${counted(variants.length, 'variant')} on sale ${is} ${what}${below <= 1 ? '' : ', the fewest first'}.${cut}`,
    '',
    toTable(['SKU', 'product', 'left', 'price'], rows),
  ].join('\n');
}

const titleOf = ({ product, title }: Data) =>
  [toRecord(product).title ?? product, title].filter(Boolean).map(String).join(', ');

/** The stock of the variants with a SKU; more than one only where a shop uses it twice. */
export function* stockOf(shopify: string, sku: string, location?: string): Steps<Data[]> {
  const found = yield* call(shopify, 'get_inventory', { sku, ...(location && { location }) });
  return toList(found.items);
}

export const availableOf = (variant: Data): number =>
  toList(variant.levels).reduce((sum, level) => sum + Number(level.available ?? 0), 0);

export function* showStock(shopify: string, sku: string, location?: string): Plan {
  const variants = yield* stockOf(shopify, sku, location);
  if (variants.length === 0) return `Shopify has no variant with the SKU ${code(sku)}.`;
  const sections = variants.map((one) => {
    const levels = toList(one.levels);
    const rows = levels.map((level) => [
      level.location,
      level.available,
      level.on_hand,
      level.committed,
      level.incoming,
    ]);
    const where = location && levels[0] ? ` at ${String(levels[0].location)}` : '';
    return [
      `${code(sku)} (${titleOf(one)}): **${toNumber(availableOf(one))}** available${where}.`,
      ...(rows.length > 0
        ? ['', toTable(['location', 'available', 'on hand', 'committed', 'incoming'], rows)]
        : []),
    ].join('\n');
  });
  return sections.join('\n\n');
}

export interface OrdersWish {
  query: string;
  said: Said[];
  /** An e-mail address, or a name. */
  customer?: string;
  sort: 'newest' | 'oldest' | 'total';
  limit: number;
}

const ranks = { newest: 'newest', oldest: 'oldest', total: 'largest' };

export function* listOrders(
  shopify: string,
  { query, said, customer, sort, limit }: OrdersWish,
): Plan {
  const who = customer && (yield* customerId(shopify, customer));
  const search = [query, who && (who.includes('@') ? `email:'${who}'` : `customer_id:${who}`)]
    .filter(Boolean)
    .join(' AND ');
  const input = { ...(query && { query }), ...(who && { customer: who }), sort, limit };
  const [found, count] = yield* callAll([
    { source: shopify, tool: 'list_orders', input },
    {
      source: shopify,
      tool: 'count_records',
      input: { kind: 'orders', ...(search && { query: search }) },
    },
  ]);
  const orders = toList(found?.items);
  const about = [...said, ...(customer ? [{ after: `of ${customer}` }] : [])];
  if (orders.length === 0) return `Shopify has no ${thing('orders', about)}.`;
  const total = Math.max(Number(count?.count ?? 0), orders.length);
  const least = count?.precision === 'at_least' ? 'at least ' : '';
  const sentence =
    total > orders.length
      ? `The **${orders.length}** ${ranks[sort]} of ${least}${toNumber(total)} ${thing('orders', about)} in Shopify:`
      : `Shopify has **${total}** ${thing(total === 1 ? 'order' : 'orders', about)}, the ${ranks[sort]} first:`;
  return [sentence, '', orderTable(orders)].join('\n');
}

export const orderTable = (orders: Data[]): string =>
  toTable(
    ['order', 'created', 'customer', 'payment', 'fulfillment', 'total'],
    orders.map((one) => [
      one.name,
      toTime(one.created_at),
      toRecord(one.customer).name,
      one.financial_status,
      one.fulfillment_status,
      toMoney(one.total),
    ]),
  );

/** What orders are found by: the address itself, or the id of the only customer of that name. */
export function* customerId(shopify: string, customer: string): Steps<string> {
  if (customer.includes('@')) return customer;
  const found = yield* call(shopify, 'list_customers', { query: customer, limit: 10 });
  const all = toList(found.items);
  const exact = all.filter(({ name }) => String(name).toLowerCase() === customer.toLowerCase());
  const [one, ...others] = exact.length > 0 ? exact : all;
  if (!one) throw new NoAnswer(`Shopify knows no customer called “${customer}”.`);
  if (others.length > 0) {
    const names = [one, ...others].map(({ name, email }) => `${name} (${email})`);
    throw new NoAnswer(
      `Which customer do you mean: ${listed(names, 'or')}? Please ask by e-mail address.`,
    );
  }
  return String(one.short_id);
}

export function* countRecords(shopify: string, kind: string, query: string, said: Said[]): Plan {
  const { count, precision } = yield* call(shopify, 'count_records', {
    kind,
    ...(query && { query }),
  });
  const number = Number(count);
  const least = precision === 'at_least' ? 'at least ' : '';
  const noun = number === 1 ? kind.slice(0, -1) : kind;
  return `Shopify has ${least}**${toNumber(number)}** ${thing(noun, said)}.`;
}

export function* listCustomers(shopify: string, name: string | undefined, limit: number): Plan {
  const found = yield* call(shopify, 'list_customers', { ...(name && { query: name }), limit });
  const all = toList(found.items);
  if (all.length === 0) return `Shopify knows no customer${name ? ` called “${name}”` : ''}.`;
  const rows = all.map((one) => [one.name, one.email, one.country, one.orders, toMoney(one.spent)]);
  const cut = found.truncated ? ' There are more.' : '';
  return [
    `Here ${all.length === 1 ? 'is' : 'are'} ${counted(all.length, 'customer')}${name ? ` called “${name}”` : ', the newest first'}. E-mail addresses are masked.${cut}`,
    '',
    toTable(['name', 'e-mail', 'country', 'orders', 'spent'], rows),
  ].join('\n');
}

export interface ProductsWish {
  status?: string;
  vendor?: string;
  tag?: string;
  sort: string;
  limit: number;
}

export function* listProducts(shopify: string, wish: ProductsWish): Plan {
  const found = yield* call(shopify, 'list_products', { ...wish });
  const all = toList(found.items);
  const { status, vendor, tag } = wish;
  const what = [status ?? '', vendor ? `by ${vendor}` : '', tag ? `tagged ${tag}` : '']
    .filter(Boolean)
    .join(' and ');
  if (all.length === 0) return `Shopify has no products${what && ` ${what}`}.`;
  const rows = all.map((one) => [
    one.title,
    one.vendor,
    one.status,
    one.inventory,
    toMoney(one.price_from),
  ]);
  const cut = found.truncated ? ' There are more.' : '';
  return [
    `Here ${all.length === 1 ? 'is' : 'are'} ${counted(all.length, 'product')}${what && ` ${what}`}.${cut}`,
    '',
    toTable(['product', 'vendor', 'status', 'stock', 'price from'], rows),
  ].join('\n');
}

export function* listLocations(shopify: string): Plan {
  const found = yield* call(shopify, 'list_locations', {});
  const all = toList(found.items ?? found.locations);
  if (all.length === 0) return 'Shopify has no locations.';
  const rows = all.map((one) => [
    one.name,
    one.city ?? toRecord(one.address).city,
    one.country ?? toRecord(one.address).country,
  ]);
  return [
    `Shopify has ${counted(all.length, 'location')}:`,
    '',
    toTable(['name', 'city', 'country'], rows),
  ].join('\n');
}
