import { readPeriod } from '../period.ts';
import type { Asked } from './asked.ts';
import type { Phrase } from './phrase.ts';
import type { Plan } from './plan.ts';
import { takeNth } from './s3-places.ts';
import { type Said, toDays } from './say-list.ts';
import {
  countRecords,
  listCustomers,
  listLocations,
  listOrders,
  listProducts,
  lowStock,
  showStock,
} from './shopify-lists.ts';
import { customerOfOrder, showCustomer, showOrder } from './shopify-records.ts';
import { type SourceQuestion, say } from './source-question.ts';

export const sku = /\b([A-Z]{2,6}-\d{3,6})\b/i;
export const orderNumber = /(?<![\w/#-])#(\d{1,8})\b/;
export const email = /(?<![\w.+-])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/;

/** Kinds of question to Shopify. Those whose words fit a database of orders as well need Shopify's name. */
export const shopifyQuestions: SourceQuestion[] = [
  { kind: 'low stock', read: readLowStock },
  { kind: 'stock of one product', read: readStock },
  { kind: 'customer of an order', read: readCustomerOf },
  { kind: 'one order', read: readOrder },
  { kind: 'how many', needsName: true, read: readCount },
  { kind: 'orders', needsName: true, read: readOrders },
  {
    kind: 'orders of an address',
    read: (asked, phrase) => (email.test(phrase.rest) ? readOrders(asked, phrase) : undefined),
  },
  { kind: 'unfulfilled orders', read: readUnfulfilled },
  { kind: 'one customer', needsName: true, read: readCustomer },
  { kind: 'customers', needsName: true, read: readCustomers },
  { kind: 'products', needsName: true, read: readProducts },
  { kind: 'locations', needsName: true, read: readLocations },
];

function readLowStock({ sources: { shopify = '' } }: Asked, phrase: Phrase): Plan | undefined {
  const isOut = phrase.drop(/\b(?:sold out|out of stock|no stock left)\b/i);
  const isLow = phrase.drop(
    /\blow (?:in |on )?(?:stock|inventory)\b|\brunning (?:low|out)\b(?: (?:of|on) (?:stock|inventory))?|\blow[- ]stock\b|\brun(?:s|ning)? out(?: of stock)?\b|\b(?:stock|inventory) (?:is )?(?=below|under|less|fewer)|\balmost sold out\b|\b(?=(?:below|under|less than|fewer than) \d+ (?:left |pieces )?(?:in|on) stock\b)/i,
  );
  if (!isOut && !isLow) return undefined;
  const below = phrase.take(
    /\b(?:with )?(?:below|under|less than|fewer than)\s+(\d{1,6})(?: (?:left|pieces|units))?(?: (?:in|on) stock)?\b/i,
  )?.[1];
  phrase.drop(/\b(?:products?|items?|articles?|variants?|skus?|goods)\b/i);
  phrase.drop(/\b(?:how many|soon|inventory|stock|left)\b/i);
  return lowStock(shopify, isOut && !isLow ? 1 : Number(below ?? 10));
}

function readStock(asked: Asked, phrase: Phrase): Plan | undefined {
  const { shopify = '', sql } = asked.sources;
  const isInventory = phrase.drop(/\binventory(?: of| for)?\b/i);
  const isStock = phrase.drop(
    /\b(?:in )?stock(?: of| for| level of)?\b|\bhow many\b|\bavailab(?:le|ility)\b/i,
  );
  const isOfOther =
    sql !== undefined &&
    !isInventory &&
    !asked.named.includes('shopify') &&
    asked.focus.kind !== 'shopify';
  if ((!isInventory && !isStock) || isOfOther) return undefined;
  phrase.drop(/\b(?:in stock|left|pieces|units|levels?)\b/i);
  const location = phrase.take(
    /\b(?:at|in) (?:the )?((?:[A-Z]\w+ )?(?:warehouse|store|shop))\b/i,
  )?.[1];
  const wanted = takeSku(asked, phrase);
  phrase.drop(/\b(?:sku|product|item|article)\b/i);
  if (wanted) return showStock(shopify, wanted, location);
  return phrase.unread().length === 0
    ? say('Of which product? Please give its SKU, e.g. “inventory of SKU-0120”.')
    : undefined;
}

function takeSku({ focus }: Asked, phrase: Phrase): string | undefined {
  const named = phrase.take(sku)?.[1];
  if (named) return named.toUpperCase();
  const item = takeNth(focus.list, phrase, /product|item/);
  if (item?.type === 'product') return item.sku;
  return phrase.drop(/\b(?:that|this|the same) (?:product|item|sku|one)\b|\bit\b/i)
    ? focus.sku
    : undefined;
}

/** `#4711`, or "order 4711" where Shopify is named. */
function takeOrder({ focus, named, sources }: Asked, phrase: Phrase): string | undefined {
  const number =
    phrase.take(orderNumber)?.[1] ??
    (named.includes('shopify') || !sources.sql
      ? phrase.take(/\border\s+(?:number |no\.? )?(\d{1,8})\b/i)?.[1]
      : undefined);
  if (number) {
    phrase.drop(/\b(?:the )?order(?: number)?\b/i);
    return `#${number}`;
  }
  const item = takeNth(focus.list, phrase, /order/);
  if (item?.type === 'order') return item.order;
  const isMeant = phrase.drop(/\b(?:that|this|the same) (?:order|one)\b|\bit\b/i);
  return isMeant && focus.kind === 'shopify' ? focus.order : undefined;
}

function readCustomerOf(asked: Asked, phrase: Phrase): Plan | undefined {
  const { shopify = '' } = asked.sources;
  if (
    !phrase.drop(
      /\b(?:who(?:'s| is| was)\s+)?(?:the\s+|its\s+)?(?:customer|buyer)\b(?: of| behind| for)?|\bwho (?:bought|ordered|placed|made|paid(?: for)?)\b/i,
    )
  )
    return undefined;
  const { focus } = asked;
  const named = takeOrder(asked, phrase);
  const isAlone = phrase.unread().length === 0 && focus.kind === 'shopify';
  const order = named ?? (isAlone ? focus.order : undefined);
  return order ? customerOfOrder(shopify, order) : undefined;
}

function readOrder(asked: Asked, phrase: Phrase): Plan | undefined {
  const order = takeOrder(asked, phrase);
  phrase.drop(/\b(?:status|details?|state|contents?|lines|items)\b(?: of)?/i);
  return order === undefined ? undefined : showOrder(asked.sources.shopify ?? '', order);
}

/** States of orders as people say them, and the search for them. */
const states: readonly (readonly [RegExp, string, Said])[] = [
  [
    /\b(?:unfulfilled|unshipped|not (?:yet )?(?:shipped|sent|fulfilled)|waiting to be (?:shipped|sent))\b/i,
    'fulfillment_status:unfulfilled',
    { before: 'unfulfilled' },
  ],
  [/\b(?:fulfilled|shipped|sent)\b/i, 'fulfillment_status:fulfilled', { before: 'fulfilled' }],
  [
    /\b(?:unpaid|not (?:yet )?paid|pending|waiting for payment|payment pending)\b/i,
    'financial_status:pending',
    { after: 'waiting for payment' },
  ],
  [/\bpaid\b/i, 'financial_status:paid', { before: 'paid' }],
  [/\brefunded\b/i, 'financial_status:refunded', { before: 'refunded' }],
  [/\bcancell?ed\b/i, 'status:cancelled', { before: 'cancelled' }],
  [/\bopen\b/i, 'status:open', { before: 'open' }],
];

export interface OrderWish {
  query: string;
  said: Said[];
}

function takeOrderWish({ today }: Asked, phrase: Phrase): OrderWish {
  const found = states.flatMap(([pattern, query, said]) =>
    phrase.drop(pattern) ? [{ query, said }] : [],
  );
  const tag = phrase.take(/\b(?:tagged|with (?:the )?tag)\s+([\w-]+)/i)?.[1];
  if (tag) found.push({ query: `tag:'${tag}'`, said: { after: `tagged ${tag}` } });
  const period = readPeriod(phrase.rest.toLowerCase(), today);
  if (period) {
    const label = period.label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    phrase.drop(new RegExp(`\\b${label}\\b`, 'i'));
    found.push({
      query: `created_at:>='${period.from}' AND created_at:<'${period.to}'`,
      said: { after: `created ${toDays(period)}` },
    });
  }
  return {
    query: found.map(({ query }) => query).join(' AND '),
    said: found.map(({ said }) => said),
  };
}

const kinds = {
  order: 'orders',
  product: 'products',
  customer: 'customers',
  variant: 'variants',
} as const;

function readCount(asked: Asked, phrase: Phrase): Plan | undefined {
  if (!phrase.drop(/\bhow many\b|\bnumber of\b|\bcount(?: of)?\b/i)) return undefined;
  if (/\bdraft\b/i.test(phrase.rest)) return undefined;
  const [, noun = ''] = phrase.take(/\b(order|product|customer|variant)s?\b/i) ?? [];
  const kind = kinds[noun.toLowerCase() as keyof typeof kinds];
  if (!kind || email.test(phrase.rest)) return undefined;
  const { query, said } =
    kind === 'orders' ? takeOrderWish(asked, phrase) : { query: '', said: [] };
  return countRecords(asked.sources.shopify ?? '', kind, query, said);
}

function readOrders(asked: Asked, phrase: Phrase): Plan | undefined {
  const { shopify = '' } = asked.sources;
  if (!phrase.drop(/\borders\b|\border\b(?= (?:of|by|from))/i)) return undefined;
  const sort = takeSort(phrase);
  const wish = takeOrderWish(asked, phrase);
  const limit = phrase.take(/\b(\d{1,3})\b/)?.[1];
  const customer = takeCustomer(phrase);
  return listOrders(shopify, {
    ...wish,
    ...(customer && { customer }),
    sort,
    limit: limit ? Math.max(1, Math.min(20, Number(limit))) : 10,
  });
}

/** Understood without Shopify's name: no database says "unfulfilled". */
function readUnfulfilled(asked: Asked, phrase: Phrase): Plan | undefined {
  if (!/\bun?fulfill?(?:ed|ment)\b/i.test(phrase.rest)) return undefined;
  return /\bhow many\b|\bnumber of\b|\bcount\b/i.test(phrase.rest)
    ? readCount(asked, phrase)
    : readOrders(asked, phrase);
}

function takeSort(phrase: Phrase): 'newest' | 'oldest' | 'total' {
  if (phrase.drop(/\b(?:oldest|first)\b/i)) return 'oldest';
  if (phrase.drop(/\b(?:largest|biggest|most expensive|highest|top)\b/i)) return 'total';
  phrase.drop(/\b(?:latest|newest|most recent|last|recent)\b/i);
  return 'newest';
}

/** An address, or a name after "of". */
export function takeCustomer(phrase: Phrase): string | undefined {
  const address = phrase.take(
    new RegExp(`\\b(?:(?:of|by|from|for)\\s+)?(?:(?:the )?customer\\s+)?${email.source}`, 'i'),
  )?.[1];
  if (address) return address;
  return phrase.take(
    /\b(?:of|by|from|for)\s+(?:(?:the )?customer\s+)?(\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+){0,2})/u,
  )?.[1];
}

function readCustomer(asked: Asked, phrase: Phrase): Plan | undefined {
  const address = phrase.take(email)?.[1];
  if (!address) return undefined;
  phrase.drop(/\b(?:the )?customer\b|\bwho is\b/i);
  return showCustomer(asked.sources.shopify ?? '', address);
}

function readCustomers(asked: Asked, phrase: Phrase): Plan | undefined {
  const [noun] = phrase.take(/\bcustomers\b/i) ?? [];
  if (!noun) return undefined;
  const isPlain = phrase.drop(/\b(?:latest|newest|last|recent)\b/i);
  const limit = phrase.take(/\b(\d{1,3})\b/)?.[1];
  const name = phrase.take(
    /\b(?:named |called |is )?(\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+){0,2})\s*[?!.]*\s*$/u,
  )?.[1];
  if (name && isPlain) return undefined;
  return listCustomers(
    asked.sources.shopify ?? '',
    name,
    limit ? Math.max(1, Math.min(20, Number(limit))) : 10,
  );
}

function readProducts(asked: Asked, phrase: Phrase): Plan | undefined {
  if (!phrase.drop(/\bproducts?\b/i)) return undefined;
  const status = phrase.take(/\b(active|draft|archived)\b/i)?.[1]?.toLowerCase();
  const sort = phrase.drop(/\bby (?:stock|inventory)\b/i)
    ? 'inventory'
    : phrase.drop(/\bby (?:name|title)\b/i)
      ? 'title'
      : phrase.drop(/\b(?:latest|newest)\b/i)
        ? 'created'
        : 'updated';
  const vendor = phrase.take(
    /\b(?:by|from|of)\s+(?:vendor\s+)?(\p{Lu}[\p{L}\p{N}'-]*(?:\s+\p{Lu}[\p{L}\p{N}'-]*){0,3})/u,
  )?.[1];
  const tag = phrase.take(/\b(?:tagged|with (?:the )?tag)\s+([\w-]+)/i)?.[1];
  const limit = phrase.take(/\b(\d{1,3})\b/)?.[1];
  return listProducts(asked.sources.shopify ?? '', {
    ...(status && { status }),
    ...(vendor && { vendor }),
    ...(tag && { tag }),
    sort,
    limit: limit ? Math.max(1, Math.min(20, Number(limit))) : 20,
  });
}

function readLocations(asked: Asked, phrase: Phrase): Plan | undefined {
  if (!phrase.drop(/\b(?:locations?|warehouses?|stores)\b/i)) return undefined;
  return listLocations(asked.sources.shopify ?? '');
}
