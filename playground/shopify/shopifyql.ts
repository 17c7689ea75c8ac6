import { days, startOfDay } from '../shop/moment.ts';
import type { ShopifyOrder } from '../shop/shopify/shopify-orders.ts';
import { toDecimal } from './money.ts';
import type { Store } from './store.ts';

interface Metric {
  type: 'MONEY' | 'INTEGER';
  /** Of an order, on the day it was placed. */
  valueOf: (order: ShopifyOrder) => number;
}

const isSale = ({ cancelledAt }: ShopifyOrder) => cancelledAt === null;
const kept = (order: ShopifyOrder) =>
  isSale(order) && order.refundedAt === null ? order.total : 0;

const metrics: Record<string, Metric> = {
  total_sales: { type: 'MONEY', valueOf: kept },
  net_sales: { type: 'MONEY', valueOf: kept },
  gross_sales: { type: 'MONEY', valueOf: (order) => (isSale(order) ? order.subtotal : 0) },
  discounts: { type: 'MONEY', valueOf: (order) => (isSale(order) ? -order.discount : 0) },
  orders: { type: 'INTEGER', valueOf: (order) => (isSale(order) ? 1 : 0) },
};

const spans = ['day', 'week', 'month', 'quarter', 'year'] as const;
type Span = (typeof spans)[number];

interface Query {
  metrics: string[];
  span: Span | undefined;
  /** Milliseconds since 1970; the end is not part of it. */
  from: number;
  to: number;
}

/**
 * A small part of ShopifyQL: `FROM sales SHOW total_sales[, orders] [GROUP BY day|week|month|quarter|year] [SINCE …]
 * [UNTIL …]`, with `2026-01-31`, `today`, `yesterday` or `-3m` as moments. All else is a parse error, as at Shopify.
 *
 * A sale counts on the day of its order, in euros, unless it was cancelled or paid back.
 */
export function runShopifyql(text: string, store: Store) {
  const query = parse(text, new Date(store.now()));
  if (typeof query === 'string')
    return { tableData: null, parseErrors: [query], parseWarnings: [], analyticsTargets: [] };
  return {
    tableData: { columns: toColumns(query), rows: toRows(query, store), rowMetadata: [] },
    parseErrors: [],
    parseWarnings: [],
    analyticsTargets: [],
  };
}

const clauses =
  /^FROM\s+(\w+)\s+SHOW\s+([\w\s,]+?)(?:\s+(?:GROUP\s+BY|TIMESERIES)\s+(\w+))?(?:\s+SINCE\s+(\S+))?(?:\s+UNTIL\s+(\S+))?(?:\s+ORDER\s+BY\s+\w+(?:\s+ASC)?)?\s*$/is;

function parse(text: string, now: Date): Query | string {
  const [, table, shown = '', group, since = '-30d', until = 'today'] =
    clauses.exec(text.trim()) ?? [];
  if (!table)
    return `Syntax error near '${text.trim().slice(0, 40)}': expected FROM table SHOW column.`;
  if (table.toLowerCase() !== 'sales') return `Table '${table}' not found. Did you mean 'sales'?`;
  const names = shown.split(',').map((name) => name.trim().toLowerCase());
  const wrong = names.find((name) => !metrics[name]);
  if (wrong !== undefined)
    return `Column '${wrong}' not found in 'sales'. Available: ${Object.keys(metrics).join(', ')}.`;
  const span = spans.find((each) => each === group?.toLowerCase());
  if (group && !span) return `Column '${group}' can't be used in GROUP BY.`;
  const from = toMoment(since, now);
  const to = toMoment(until, now);
  if (Number.isNaN(from)) return `Invalid date '${since}' in SINCE.`;
  if (Number.isNaN(to)) return `Invalid date '${until}' in UNTIL.`;
  return { metrics: names, span, from, to: to + days(1) };
}

/** The beginning of a day, milliseconds since 1970; NaN for what is none. */
function toMoment(text: string, now: Date): number {
  const today = startOfDay(now);
  if (/^(now|today)$/i.test(text)) return today;
  if (/^yesterday$/i.test(text)) return today - days(1);
  const [, count, unit = ''] = /^-(\d+)([dwmqy])$/i.exec(text) ?? [];
  if (count === undefined) return /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  const back = Number(count);
  if (/[dw]/i.test(unit)) return today - days(back * (/d/i.test(unit) ? 1 : 7));
  const months = back * ({ m: 1, q: 3, y: 12 }[unit.toLowerCase()] ?? 1);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, now.getUTCDate());
}

const toTitle = (name: string) => name.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());

const toColumns = ({ metrics: names, span }: Query) => [
  ...(span
    ? [{ name: span, dataType: `${span.toUpperCase()}_TIMESTAMP`, displayName: toTitle(span) }]
    : []),
  ...names.map((name) => ({
    name,
    dataType: metrics[name]?.type ?? 'INTEGER',
    displayName: toTitle(name),
  })),
];

function toRows({ metrics: names, span, from, to }: Query, { data }: Store) {
  const orders = data.orders.filter(({ createdAt }) => {
    const at = Date.parse(createdAt);
    return at >= from && at < to;
  });
  if (!span) return [toRow(names, orders)];
  const groups = Map.groupBy(orders, ({ createdAt }) => startOf(span, Date.parse(createdAt)));
  const rows: Record<string, string>[] = [];
  for (let at = startOf(span, from); at < to; at = next(span, at))
    rows.push({ [span]: toDay(at), ...toRow(names, groups.get(at) ?? []) });
  return rows;
}

const toRow = (names: string[], orders: ShopifyOrder[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => {
      const metric = metrics[name];
      const sum = orders.reduce((total, order) => total + (metric?.valueOf(order) ?? 0), 0);
      return [name, metric?.type === 'MONEY' ? toDecimal(sum) : String(sum)];
    }),
  );

const toDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Weeks begin on Sunday. */
function startOf(span: Span, at: number): number {
  const date = new Date(at);
  const day = startOfDay(date);
  if (span === 'day') return day;
  if (span === 'week') return day - days(date.getUTCDay());
  const month = date.getUTCMonth();
  const first = { month, quarter: month - (month % 3), year: 0 }[span];
  return Date.UTC(date.getUTCFullYear(), first, 1);
}

function next(span: Span, at: number): number {
  if (span === 'day' || span === 'week') return at + days(span === 'day' ? 1 : 7);
  const months = { month: 1, quarter: 3, year: 12 }[span];
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}
