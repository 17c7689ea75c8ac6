import { code, toTable } from '../markdown.ts';
import { toList, toRecord } from '../schema.ts';
import { call, type Data, type Plan } from './plan.ts';
import { toTime } from './say-list.ts';
import { orderTable, toMoney } from './shopify-lists.ts';

export function* showOrder(shopify: string, wanted: string): Plan {
  const found = yield* call(shopify, 'get_order', { order: wanted });
  return phraseOrder(toRecord(found.order));
}

/** An order with its lines, payments, and where it is. */
export function phraseOrder(order: Data): string {
  const customer = toRecord(order.customer).name;
  const facts = [
    `Order **${order.name}**${customer ? ` of ${customer}` : ''}, ${toTime(order.created_at)} UTC: **${toMoney(order.total)}**, payment ${code(String(order.financial_status ?? 'unknown'))}, fulfillment ${code(String(order.fulfillment_status ?? 'unknown'))}.`,
    ...(order.cancelled_at ? [`It was cancelled at ${toTime(order.cancelled_at)}.`] : []),
    ...(toRecord(order.refunded).amount !== undefined && Number(toRecord(order.refunded).amount) > 0
      ? [`${toMoney(order.refunded)} were refunded.`]
      : []),
    ...toList(order.fulfillments).map(({ created_at, tracking, status }) => {
      const [first] = toList(tracking);
      const by = first
        ? ` by ${first.company ?? 'a carrier'}${first.number ? ` (${first.number})` : ''}`
        : '';
      return `Sent at ${toTime(created_at)}${by}, ${code(String(status))}.`;
    }),
  ];
  const lines = toList(order.lines).map((line) => [
    line.sku,
    line.title,
    line.quantity,
    toMoney(line.unit_price),
  ]);
  const payments = toList(order.payments).map((one) => [
    toTime(one.processed_at),
    one.kind,
    one.status,
    one.gateway,
    toMoney(one.amount),
  ]);
  const tags =
    Array.isArray(order.tags) && order.tags.length > 0
      ? ['', `Tags: ${order.tags.map((tag) => code(String(tag))).join(', ')}`]
      : [];
  return [
    facts.join(' '),
    ...(lines.length > 0 ? ['', toTable(['SKU', 'product', 'quantity', 'price'], lines)] : []),
    ...(payments.length > 0
      ? ['', 'Payments:', '', toTable(['when (UTC)', 'kind', 'status', 'by', 'amount'], payments)]
      : []),
    ...tags,
  ].join('\n');
}

export function* customerOfOrder(shopify: string, wanted: string): Plan {
  const found = yield* call(shopify, 'get_order', { order: wanted });
  const order = toRecord(found.order);
  const { id, name } = toRecord(order.customer);
  if (typeof id !== 'string') return `Order ${wanted} has no customer in Shopify.`;
  const data = yield* call(shopify, 'get_customer', { customer: id });
  return [
    `Order **${order.name}** is of **${name}**.`,
    '',
    phraseCustomer(toRecord(data.customer)),
  ].join('\n');
}

export function* showCustomer(shopify: string, wanted: string): Plan {
  const data = yield* call(shopify, 'get_customer', { customer: wanted });
  const customer = toRecord(data.customer);
  const orders = toList(customer.recent_orders).map((one) => ({
    ...one,
    customer: { name: customer.name },
  }));
  return [
    `**${customer.name}** in Shopify:`,
    '',
    phraseCustomer(customer),
    ...(orders.length > 0
      ? ['', `The newest ${orders.length} of the orders:`, '', orderTable(orders)]
      : []),
  ].join('\n');
}

function phraseCustomer(customer: Data): string {
  const rows = [
    ['e-mail', customer.email],
    ['phone', customer.phone],
    ['place', [customer.city, customer.country].filter(Boolean).join(', ')],
    ['orders', customer.orders],
    ['spent', toMoney(customer.spent)],
    ['last order', customer.last_order],
    ['tags', Array.isArray(customer.tags) ? customer.tags.join(', ') : undefined],
  ].filter(([, value]) => value !== undefined && value !== '' && value !== '–');
  return [toTable(['what', 'value'], rows), '', '_Contact data is masked._'].join('\n');
}
