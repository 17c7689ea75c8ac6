import { days, minutes, startOfDay, toDate, toDateTime } from './moment.ts';
import { openRandom, type Random } from './random.ts';
import type { Cell, SampleTable } from './sample.ts';
import { shopTables } from './shop-tables.ts';
import { firstNames, lastNames, places } from './words.ts';

/** How much there is, and which chance decides the rest. */
export interface ShopOptions {
  /** The newest rows are from the first two hours of this day, UTC. */
  today: Date;
  seed?: number;
  users?: number;
  orders?: number;
}

type Row = Record<string, Cell>;
type Rows = Record<keyof typeof shopTables, Row[]>;

/** A fictional web shop over two years. Pure: the same seed and day give the same rows. */
export function shopRows({
  today,
  seed = 7,
  users = 500,
  orders = 5000,
}: ShopOptions): SampleTable[] {
  const random = openRandom(seed);
  const midnight = startOfDay(today);
  const people = toUsers(random, midnight, users);
  const categories = toCategories();
  const products = toProducts(random, midnight, categories);
  const coupons = toCoupons(random, midnight);
  const addresses = toAddresses(random, people);
  const sales = toSales(random, { midnight, count: orders, people, products, coupons, addresses });
  const rows: Rows = {
    users: people,
    addresses,
    categories,
    products,
    coupons,
    ...sales,
    gift_cards: [],
  };
  rows.reviews = toReviews(random, midnight, rows);
  return Object.entries(shopTables).map(([name, [comment, ddl]]) =>
    toTable(name, comment, ddl, rows[name as keyof Rows]),
  );
}

function toTable(name: string, comment: string, ddl: string, rows: Row[]): SampleTable {
  const columns = Object.keys(rows[0] ?? { id: null });
  return {
    name,
    comment,
    ddl,
    columns,
    rows: rows.map((row) => columns.map((column) => row[column] ?? null)),
  };
}

/** `count` moments up to today's first hours, in order, more of them lately. */
function moments(random: Random, midnight: number, span: number, count: number): number[] {
  const end = midnight + minutes(120);
  const draws = Array.from({ length: count }, () => random.next() ** 1.6);
  return draws
    .sort((a, b) => b - a)
    .map((draw) => end - Math.floor((draw * days(span)) / 1000) * 1000);
}

function toUsers(random: Random, midnight: number, count: number): Row[] {
  return moments(random, midnight, 730, count).map((at, index) => {
    const id = index + 1;
    return {
      id,
      email: `user${id}@${random.pick(['example.com', 'example.org', 'mail.example.test'])}`,
      first_name: random.pick(firstNames),
      last_name: random.pick(lastNames),
      country: random.pick(places, 1.7)[0],
      phone: random.chance(0.6)
        ? `+00 555 ${String(random.int(0, 999_999)).padStart(6, '0')}`
        : null,
      is_active: random.chance(0.92) ? 1 : 0,
      preferences: random.chance(0.7)
        ? JSON.stringify({ newsletter: random.chance(0.4), theme: random.pick(['light', 'dark']) })
        : null,
      created_at: toDateTime(at),
    };
  });
}

function toAddresses(random: Random, people: Row[]): Row[] {
  const owners = people.flatMap((person) => (random.chance(0.3) ? [person, person] : [person]));
  return owners.map((person, index) => ({
    id: index + 1,
    user_id: person.id ?? 0,
    label: owners[index - 1] === person ? 'work' : 'home',
    street: `${random.pick(['Elm Lane', 'Rue des Lilas', 'Hauptstraße', 'Calle Sol', 'さくら通り'])} ${random.int(1, 180)}`,
    city: places.find(([country]) => country === person.country)?.[1] ?? places[0][1],
    postcode: random.chance(0.9) ? String(random.int(1000, 99_999)) : null,
    country: person.country ?? 'DE',
  }));
}

const tree = {
  Kitchen: ['Coffee & Tea', 'Knives', 'Baking'],
  Outdoor: ['Tents', 'Backpacks', 'Lamps'],
  Office: ['Desks', 'Chairs', 'Paper & Pens'],
} as const;

function toCategories(): Row[] {
  const rows: Row[] = [];
  for (const [parent, children] of Object.entries(tree)) {
    rows.push({ id: rows.length + 1, parent_id: null, name: parent });
    const parentId = rows.length;
    for (const name of children) rows.push({ id: rows.length + 1, parent_id: parentId, name });
  }
  return rows;
}

const makers = ['Aurora', 'Börk', 'Cedar', 'Dune', 'Ember', 'Fjell', 'Grove', 'Harbour'] as const;
const models = ['Classic', 'Mini', 'Pro', 'Travel', 'No. 4', 'Édition'] as const;

function toProducts(random: Random, midnight: number, categories: Row[]): Row[] {
  const leaves = categories.filter(({ parent_id }) => parent_id !== null);
  return Array.from({ length: 120 }, (_, index) => {
    const leaf = random.pick(leaves);
    const made = midnight - days(random.int(40, 900)) + minutes(random.int(480, 1080));
    return {
      id: index + 1,
      category_id: leaf.id ?? 0,
      sku: `SKU-${String(index + 1).padStart(4, '0')}`,
      name: `${random.pick(makers)} ${leaf.name} ${random.pick(models)}`,
      price: (random.int(390, 24_900) / 100).toFixed(2),
      stock: random.chance(0.1) ? 0 : random.int(1, 400),
      attributes: JSON.stringify({
        colour: random.pick(['black', 'sand', 'green', 'blå']),
        weight_g: random.int(40, 9000),
        tags: random.chance(0.3) ? ['new', 'gift'] : [],
      }),
      created_at: toDateTime(made),
      discontinued_at: random.chance(0.08) ? toDateTime(midnight - days(random.int(1, 39))) : null,
    };
  });
}

const toCoupons = (random: Random, midnight: number): Row[] =>
  ['WELCOME', 'SPRING', 'SUMMER', 'BIRTHDAY', 'THANKYOU', 'FRIENDS'].map((code, index) => ({
    id: index + 1,
    code: `${code}${(index + 1) * 5}`,
    percent_off: (index + 1) * 5,
    expires_on: random.chance(0.7) ? toDate(midnight + days(random.int(-200, 200))) : null,
  }));

interface SalesParts {
  midnight: number;
  count: number;
  people: Row[];
  products: Row[];
  coupons: Row[];
  addresses: Row[];
}

type Sales = Pick<Rows, 'orders' | 'order_items' | 'payments' | 'shipments' | 'reviews'>;

function toSales(random: Random, parts: SalesParts): Sales {
  const { midnight, count, people, products, coupons, addresses } = parts;
  const sales: Sales = { orders: [], order_items: [], payments: [], shipments: [], reviews: [] };
  const firstAddress = new Map(addresses.toReversed().map((address) => [address.user_id, address]));
  // Somebody has to be there first: orders begin 30 days after the shop opened.
  let known = 1;
  for (const at of moments(random, midnight, 700, count)) {
    while (String(people[known]?.created_at ?? '~') <= toDateTime(at)) known++;
    const id = sales.orders.length + 1;
    const user = people[Math.floor(random.next() ** 1.5 * known)] ?? {};
    const coupon = random.chance(0.15) ? random.pick(coupons) : undefined;
    const lines = toLines(random, id, products);
    const cents = lines.reduce(
      (sum, line) => sum + Math.round(Number(line.unit_price) * 100) * Number(line.quantity),
      0,
    );
    const total = Math.round((cents * (100 - Number(coupon?.percent_off ?? 0))) / 100);
    const status = toStatus(random, midnight + minutes(120) - at);
    sales.order_items.push(...lines);
    sales.orders.push({
      id,
      user_id: user.id ?? 0,
      coupon_id: coupon?.id ?? null,
      status,
      total: (total / 100).toFixed(2),
      note: random.chance(0.06)
        ? random.pick(['Please ring twice.', 'It is a gift 🎁', 'Leave at the neighbour’s; "Weiß"'])
        : null,
      created_at: toDateTime(at),
      updated_at: toDateTime(Math.min(at + minutes(random.int(1, 4000)), midnight + minutes(120))),
    });
    if (status !== 'pending' && status !== 'cancelled')
      sales.payments.push(toPayment(random, { id, at, total, status }));
    const address = firstAddress.get(user.id ?? 0);
    if (address && ['shipped', 'delivered', 'refunded'].includes(status))
      sales.shipments.push(
        toShipment(random, { id: sales.shipments.length + 1, order: id, at, status, address }),
      );
  }
  return sales;
}

const toLines = (random: Random, order: number, products: Row[]): Row[] =>
  Array.from({ length: random.pick([1, 2, 3, 4, 5], 1.6) }, (_, index) => {
    const product = random.pick(products, 1.4);
    return {
      order_id: order,
      line: index + 1,
      product_id: product.id ?? 0,
      quantity: random.pick([1, 2, 3, 6], 2.5),
      unit_price: product.price ?? '0.00',
    };
  });

/** Fresh orders wait, week-old ones are on their way, old ones have arrived or come back. */
function toStatus(random: Random, age: number): string {
  if (random.chance(0.06)) return 'cancelled';
  if (age < days(2)) return random.pick(['pending', 'paid', 'paid']);
  if (age < days(8)) return random.pick(['paid', 'shipped', 'shipped', 'delivered']);
  return random.chance(0.04) ? 'refunded' : 'delivered';
}

const toPayment = (
  random: Random,
  { id, at, total, status }: { id: number; at: number; total: number; status: string },
): Row => ({
  id: String(9_007_199_254_750_000_000n + BigInt(id) * 13n),
  order_id: id,
  method: random.pick(['card', 'card', 'paypal', 'invoice', 'transfer']),
  amount: (total / 100).toFixed(2),
  status: status === 'refunded' ? 'refunded' : 'captured',
  paid_at: toDateTime(at + minutes(1)),
});

interface Parcel {
  id: number;
  order: number;
  at: number;
  status: string;
  address: Row;
}

function toShipment(random: Random, { id, order, at, status, address }: Parcel): Row {
  const shipped = at + minutes(random.int(200, 1500));
  return {
    id,
    order_id: order,
    address_id: address.id ?? 0,
    carrier: random.pick(['Swift Parcel', 'Northwind Post', 'Green Wheels']),
    tracking_code: random.chance(0.95) ? `TRK${String(order).padStart(9, '0')}` : null,
    weight_kg: random.chance(0.9) ? random.int(1, 180) / 10 : null,
    shipped_at: toDateTime(shipped),
    delivered_at:
      status === 'shipped' ? null : toDateTime(shipped + minutes(random.int(600, 3000))),
  };
}

const verdicts = ['Terrible', 'Not for me', 'It’s OK', 'Good', 'Love it ❤️'] as const;

function toReviews(random: Random, midnight: number, { orders, order_items }: Rows): Row[] {
  const linesOf = Map.groupBy(order_items, ({ order_id }) => order_id);
  const rated = orders.filter(({ status }) => status === 'delivered' && random.chance(0.25));
  return rated.map((order, index) => {
    const rating = random.pick([5, 4, 3, 2, 1], 1.9);
    const bought = Date.parse(`${String(order.created_at).replace(' ', 'T')}Z`);
    return {
      id: index + 1,
      product_id: linesOf.get(order.id ?? 0)?.[0]?.product_id ?? 1,
      user_id: order.user_id ?? 0,
      rating,
      title: random.chance(0.8) ? (verdicts[rating - 1] ?? null) : null,
      body: random.chance(0.5)
        ? 'Arrived in one piece, does what it says.\nWould buy again?'
        : null,
      created_at: toDateTime(Math.min(bought + days(random.int(3, 30)), midnight + minutes(90))),
    };
  });
}
