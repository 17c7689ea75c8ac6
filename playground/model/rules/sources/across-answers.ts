import type { CallResult } from '../conversation.ts';
import { code, toNumber, toTable } from '../markdown.ts';
import { type Schema, toList, toRecord } from '../schema.ts';
import type { Asked } from './asked.ts';
import { readFailedPayments } from './payment-logs.ts';
import {
  call,
  type Data,
  dataOf,
  type Plan,
  phraseError,
  type SourceCall,
  type Steps,
} from './plan.ts';
import { counted, listed, toTime } from './say-list.ts';
import { availableOf, customerId } from './shopify-lists.ts';
import { phraseOrder } from './shopify-records.ts';
import { rowById, stockBySku } from './sql-look-up.ts';

type Sources = Asked['sources'];

/** More orders are not looked for at once: JQL has an end, at 8,000 characters. */
const mostOrders = 200;
const mostPages = 5;

const mentioning = (orders: string[]) =>
  orders.map((order) => `text ~ "\\"${order.replace(/^#/, '')}\\""`).join(' OR ');

const fields = ['status', 'type', 'assignee', 'created', 'description'];

/** What Jira finds by a number may have it in a comment, or be a date; `named` are those where one sees the order. */
function* ticketsAbout(jira: string, orders: string[]): Steps<{ named: Data[]; others: string }> {
  const jql = `(${mentioning(orders)}) ORDER BY created DESC`;
  const found = yield* call(jira, 'search_issues', { jql, fields, limit: 50 });
  const issues = toList(found.issues);
  const named = issues.filter((one) => seenIn(one, orders).length > 0);
  const rest = issues.filter((one) => !named.includes(one)).map(({ key }) => code(String(key)));
  const others =
    rest.length > 0
      ? ` ${listed(rest)} ${rest.length === 1 ? 'has' : 'have'} such a number elsewhere: in a comment, or by chance.`
      : '';
  return { named, others };
}

/** The orders that one can see in a ticket: a number alone may be a date, or a count. */
function seenIn({ summary, description = '' }: Data, orders: string[]): string[] {
  const text = `${String(summary)} ${String(description)}`;
  return orders.filter((order) =>
    new RegExp(`(?:#|\\border (?:number |no\\.? )?)${order.replace(/^#/, '')}(?!\\d)`, 'i').test(
      text,
    ),
  );
}

function ticketTable(issues: Data[], orders: string[]): string {
  const rows = issues.map((one) => [
    one.key,
    one.summary,
    one.status,
    one.assignee,
    seenIn(one, orders).join(', '),
  ]);
  return toTable(['key', 'summary', 'status', 'assignee', 'mentions'], rows);
}

/** Orders from Shopify, tickets from Jira. `wanted` is an address, a name, or an id of Shopify. */
export function* ticketsOfCustomer({ shopify = '', jira = '' }: Sources, wanted: string): Plan {
  const isId = /^(?:gid:|\d+$)/.test(wanted);
  const customer = isId ? 'that customer' : wanted;
  const who = isId ? wanted : yield* customerId(shopify, wanted);
  const { orders, isWhole } = yield* ordersOf(shopify, who);
  if (orders.length === 0)
    return `Shopify has no orders of ${customer}, so no ticket can mention one.`;
  const { named: issues, others } = yield* ticketsAbout(jira, orders);
  const which = `${isWhole ? 'the' : 'the newest'} ${orders.length} ${orders.length === 1 ? 'order' : 'orders'} of ${customer}`;
  if (issues.length === 0)
    return `No ticket in Jira mentions one of ${which} (${listed(orders)}).${others}`;
  return [
    `${counted(issues.length, 'ticket')} in Jira ${issues.length === 1 ? 'mentions' : 'mention'} one of ${which} in Shopify.${others}`,
    '',
    ticketTable(issues, orders),
  ].join('\n');
}

/** Numbers of the newest orders, page by page. */
function* ordersOf(
  shopify: string,
  customer: string,
): Steps<{ orders: string[]; isWhole: boolean }> {
  const orders: string[] = [];
  let cursor: unknown;
  for (let page = 0; page < mostPages; page++) {
    const more = typeof cursor === 'string' ? { cursor } : {};
    const found = yield* call(shopify, 'list_orders', { customer, limit: 100, ...more });
    orders.push(...toList(found.items).map(({ name }) => String(name)));
    cursor = found.next_cursor;
    if (typeof cursor !== 'string' || orders.length >= mostOrders) break;
  }
  const isWhole = typeof cursor !== 'string' && orders.length <= mostOrders;
  return { orders: orders.slice(0, mostOrders), isWhole };
}

interface Part {
  title: string;
  call: SourceCall;
  phrase(data: Data): string;
}

/** What each source that is there knows of an order. A source that fails says so, and the others still answer. */
export function* orderStory(sources: Sources, schema: Schema, id: number): Plan {
  const parts = storyParts(sources, schema, id);
  if (parts.length === 0) return 'No source is available that knows of orders.';
  const results = yield parts.map((part) => part.call);
  const sections = parts.map(({ title, phrase }, at) => {
    const result = results[at] ?? ({ ok: false, error: 'no answer' } satisfies CallResult);
    return [
      `**${title}**`,
      '',
      result.ok ? phrase(dataOf(result)) : phraseError(result.error),
    ].join('\n');
  });
  return [`Here is what I found about order **#${id}**:`, ...sections].join('\n\n');
}

function storyParts({ shopify, jira, sql }: Sources, schema: Schema, id: number): Part[] {
  const row = sql === undefined ? undefined : rowById(sql, schema, 'order', id);
  const jql = `(${mentioning([String(id)])}) ORDER BY created DESC`;
  return [
    ...(shopify
      ? [
          {
            title: 'Shopify',
            call: { source: shopify, tool: 'get_order', input: { order: `#${id}` } },
            phrase: (data: Data) => phraseOrder(toRecord(data.order)),
          },
        ]
      : []),
    ...(row
      ? [
          {
            title: 'SQL database',
            call: row.call,
            phrase: (data: Data) => {
              const {
                names,
                rows: [first],
              } = row.read(data);
              return first
                ? toTable(
                    ['column', 'value'],
                    names.map((name, at) => [name, first[at]]),
                  )
                : `${code(row.table.name)} has no row ${id}.`;
            },
          },
        ]
      : []),
    ...(jira
      ? [
          {
            title: 'Jira',
            call: { source: jira, tool: 'search_issues', input: { jql, fields, limit: 10 } },
            phrase: (data: Data) => {
              const issues = toList(data.issues);
              return issues.length > 0
                ? ticketTable(issues, [`#${id}`])
                : `No ticket mentions #${id}.`;
            },
          },
        ]
      : []),
  ];
}

export function* stockInDatabase(sql: string, schema: Schema, sku: string): Plan {
  const wanted = stockBySku(sql, schema, sku);
  if (!wanted) return noStockTable;
  const [result] = yield [wanted.call];
  const [row] = result ? wanted.read(dataOf(result)).rows : [];
  return row
    ? `${code(wanted.table.name)} in the database says that the stock of ${code(sku)} is **${toNumber(row.at(-1))}**.`
    : `${code(wanted.table.name)} in the database has no ${code(sku)}.`;
}

const noStockTable = 'I see no table in the database that has SKUs and stock.';

export function* sameStock({ shopify = '', sql = '' }: Sources, schema: Schema, sku: string): Plan {
  const wanted = stockBySku(sql, schema, sku);
  if (!wanted) return noStockTable;
  const results = yield [{ source: shopify, tool: 'get_inventory', input: { sku } }, wanted.call];
  const [inShop, inDatabase] = results.map(dataOf);
  const [variant] = toList(inShop?.items);
  const [row] = wanted.read(inDatabase).rows;
  const table = code(wanted.table.name);
  if (!variant && !row) return `Neither Shopify nor ${table} knows ${code(sku)}.`;
  if (!variant)
    return `Shopify has no variant with the SKU ${code(sku)}; ${table} in the database says **${toNumber(row?.at(-1))}**.`;
  const available = availableOf(variant);
  if (!row)
    return `${table} in the database has no ${code(sku)}; Shopify has **${toNumber(available)}** available.`;
  const stock = Number(row.at(-1));
  const figures = toTable(
    ['source', 'stock'],
    [
      ['Shopify (available)', available],
      [`database (${wanted.table.name})`, stock],
    ],
  );
  const verdict =
    available === stock
      ? `Yes: the stock of ${code(sku)} is **${toNumber(stock)}** in both.`
      : `No: Shopify has **${toNumber(available)}** of ${code(sku)} available, the database says **${toNumber(stock)}**, a difference of ${toNumber(Math.abs(available - stock))}.`;
  return [verdict, '', figures].join('\n');
}

/** Failures from the logs in S3, tickets from Jira. */
export function* failuresAndTickets(
  { s3 = '', jira = '' }: Sources,
  day: string,
  today: string,
): Plan {
  const { failures, file, isWhole } = yield* readFailedPayments(s3, day, day === today);
  const cut = isWhole ? '' : ' I read only the beginning of the log.';
  if (failures.length === 0) return `There are no payment failures in ${code(file)}.${cut}`;
  const orders = failures.map(({ order }) => `#${order}`);
  const { named: issues } = yield* ticketsAbout(jira, orders.slice(0, mostOrders));
  const rows = failures.map(({ order, tries, first, reason }) => [
    `#${order}`,
    tries,
    toTime(first),
    reason,
  ]);
  return [
    `The payments of ${counted(failures.length, 'order')} failed on ${day}, says ${code(file)}.${cut}`,
    '',
    toTable(['order', 'tries', 'first (UTC)', 'reason'], rows),
    '',
    ...(issues.length > 0
      ? [
          `${counted(issues.length, 'ticket')} in Jira ${issues.length === 1 ? 'mentions' : 'mention'} one of them:`,
          '',
          ticketTable(issues, orders),
        ]
      : ['No ticket in Jira mentions one of them.']),
  ].join('\n');
}
