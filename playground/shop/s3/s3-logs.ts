import { gzipSync } from 'node:zlib';
import { days, fromDateTime, minutes, startOfDay, toDate } from '../moment.ts';
import { openRandom } from '../random.ts';
import type { Cell } from '../sample.ts';
import type { ShopRecords } from '../shop-records.ts';
import { type ShopStory, shopStory } from '../story.ts';
import type { ShopObject } from './s3-objects.ts';

/** How many days of logs there are, besides today's. */
const kept = 14;

/** One line of a log. */
interface LogEvent {
  at: number;
  level: 'info' | 'warn' | 'error';
  event: string;
  message: string;
  facts?: Record<string, Cell>;
}

/**
 * The shop's log: `app/2026/11/21/app.jsonl.gz` for each of the last 14 days, and `app/current.jsonl` for today.
 *
 * It names real orders. On the story's day of the outage errors at the checkout are many times what they usually are.
 */
export function toLogs(records: ShopRecords, { today }: { today: Date }): ShopObject[] {
  const midnight = startOfDay(today);
  const first = midnight - days(kept);
  const story = shopStory(records, { today });
  const events = [
    ...ofOrders(records, first, story),
    ...ofShipments(records, first),
    ...ofFailedPayments(records, story),
    ...ofLateShipments(story, midnight - days(1)),
    ...ofVisitors(midnight),
    ...ofOutage(records, story),
  ];
  const byDay = Map.groupBy(
    events.toSorted((a, b) => a.at - b.at),
    ({ at }) => toDate(at),
  );
  const past = Array.from({ length: kept }, (_, index) => first + days(index));
  const archived = past.map((day) => toArchive(day, byDay.get(toDate(day)) ?? []));
  return [...archived, toCurrent(midnight, byDay.get(toDate(midnight)) ?? [])];
}

function toArchive(day: number, events: LogEvent[]): ShopObject {
  return {
    key: `app/${toDate(day).replaceAll('-', '/')}/app.jsonl.gz`,
    body: gzipSync(events.map(toLine).join('')),
    contentType: 'application/gzip',
    modified: new Date(day + days(1) + minutes(5)),
  };
}

const toCurrent = (midnight: number, events: LogEvent[]): ShopObject => ({
  key: 'app/current.jsonl',
  body: events.map(toLine).join(''),
  contentType: 'application/x-ndjson',
  modified: new Date(midnight + minutes(125)),
});

function toLine({ at, level, event, message, facts }: LogEvent): string {
  const time = new Date(at).toISOString();
  return `${JSON.stringify({ time, level, service: 'shop', event, ...facts, message })}\n`;
}

function ofOrders({ orders, payments }: ShopRecords, first: number, story: ShopStory): LogEvent[] {
  const methods = new Map(payments.map(({ order_id, method }) => [order_id, method]));
  const recent = orders.filter(({ created_at }) => fromDateTime(created_at) >= first);
  return recent.flatMap(({ id, total, created_at }): LogEvent[] => {
    const at = fromDateTime(created_at);
    const facts = { order: id, total };
    const placed = {
      at,
      level: 'info',
      event: 'order_placed',
      message: 'Order placed',
      facts,
    } as const;
    const method = methods.get(id);
    if (method === undefined || story.failedPaymentOrders.includes(id)) return [placed];
    const provider = method === 'card' ? 'Quillpay' : null;
    const paid = { ...facts, method, ...(provider && { provider }) };
    return [
      placed,
      {
        at: at + minutes(1),
        level: 'info',
        event: 'payment_captured',
        message: 'Payment captured',
        facts: paid,
      },
    ];
  });
}

function ofShipments({ shipments }: ShopRecords, first: number): LogEvent[] {
  const recent = shipments.filter(({ shipped_at }) => fromDateTime(shipped_at) >= first);
  return recent.map(({ order_id, carrier, shipped_at, tracking_code }) => ({
    at: fromDateTime(shipped_at),
    level: 'info',
    event: 'shipment_sent',
    message: 'Handed to the carrier',
    facts: { order: order_id, carrier, tracking_code },
  }));
}

/** Three tries a minute apart, then the shop gives up and the order stays pending. */
function ofFailedPayments({ orders }: ShopRecords, { failedPaymentOrders }: ShopStory): LogEvent[] {
  const failed = orders.filter(({ id }) => failedPaymentOrders.includes(id));
  return failed.flatMap(({ id, total, created_at }) =>
    [1, 2, 3].map((attempt) => ({
      at: fromDateTime(created_at) + minutes(attempt),
      level: 'error' as const,
      event: 'payment_failed',
      message: 'Quillpay did not answer within 10 s',
      facts: { order: id, total, provider: 'Quillpay', code: 'gateway_timeout', attempt },
    })),
  );
}

const ofLateShipments = ({ lateShipmentOrders }: ShopStory, day: number): LogEvent[] =>
  lateShipmentOrders.map((order, index) => ({
    at: day + minutes(360 + index),
    level: 'warn',
    event: 'shipment_late',
    message: 'The carrier has not scanned the parcel since it was handed over',
    facts: { order },
  }));

const pages = ['/', '/kitchen', '/outdoor', '/office', '/cart', '/checkout'] as const;

/** Visitors on each day, a few of whom have trouble; today's only until its second hour. */
function ofVisitors(midnight: number): LogEvent[] {
  const random = openRandom(14);
  return Array.from({ length: kept + 1 }, (_, back) => midnight - days(back)).flatMap((day) => {
    const length = day === midnight ? 120 : 1440;
    return Array.from({ length: length / 8 }, (): LogEvent => {
      const at = day + random.int(0, minutes(length) - 1);
      if (random.chance(0.02)) return toCheckoutError(at, 'address_not_found');
      const facts = { path: random.pick(pages, 1.5), ms: random.int(12, 480) };
      return { at, level: 'info', event: 'page_viewed', message: 'Page served', facts };
    });
  });
}

/** Carts that never became orders while Quillpay was away: from the first failed payment to the last. */
function ofOutage({ orders }: ShopRecords, { failedPaymentOrders }: ShopStory): LogEvent[] {
  const failed = orders.filter(({ id }) => failedPaymentOrders.includes(id));
  const [start, end] = [failed[0], failed.at(-1)].map((one) => one && fromDateTime(one.created_at));
  if (start === undefined || end === undefined) return [];
  const random = openRandom(15);
  return Array.from({ length: 180 }, () =>
    toCheckoutError(random.int(start, Math.max(start, end)), 'payment_provider_unavailable'),
  );
}

const toCheckoutError = (at: number, code: string): LogEvent => ({
  at,
  level: 'error',
  event: 'checkout_error',
  message: 'The checkout could not be finished',
  facts: { code },
});
