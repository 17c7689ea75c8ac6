import { z } from 'zod';
import { outsideText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool, RichAnswer } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { type SpooledRows, spoolRows, toExtent } from '../spool-rows.ts';
import { ToolError } from '../tool-error.ts';
import { type Caller, type Shopify, toShape } from './api/shopify.ts';
import { contactArgument } from './arguments.ts';
import { text, word } from './records/fields.ts';
import { renamesPersonal, toCellsOf } from './records/to-cells.ts';

const selection = (extra = '') => `query shopifyql($query: String!) {
  shopifyqlQuery(query: $query) { tableData { columns { name dataType displayName } rows } parseErrors ${extra} }
}`;

/** For versions before 2026-10. */
export const shopifyqlQuery = selection();
/** Warnings exist from 2026-10 on. */
export const shopifyqlQuerySince202610 = selection('parseWarnings');

/** More rows than this have no room in an answer. */
const mostShown = 9_000;

const answer = z.object({
  shopifyqlQuery: z
    .object({
      tableData: z
        .object({
          columns: z.array(z.object({ name: text(120), dataType: word, displayName: text(120) })),
          rows: z.custom<unknown[]>(Array.isArray), // there may be many: each is looked at when it is shown
        })
        .nullish(),
      parseErrors: z.array(z.string()).default([]),
      parseWarnings: z.array(z.string()).default([]),
    })
    .nullable(),
});

export const runShopifyql = (shopify: Shopify) =>
  defineTool({
    name: 'run_shopifyql',
    description:
      'Sums and trends by ShopifyQL: FROM sales SHOW total_sales GROUP BY month SINCE -12m UNTIL today ORDER BY month',
    input: z.object({
      query: z
        .string()
        .refine((text) => text.length <= 5_000, { error: 'must have at most 5000 characters' }),
      include_contact: contactArgument.describe('Unmask e-mail, phone, address'),
    }),
    output: z.object({
      rows: z.array(z.unknown()),
      truncated: z.boolean(),
    }),
    annotations: readsOnly,
    async run({ query, include_contact }, context) {
      shopify.require('run_shopifyql', 'read_reports');
      if (!include_contact && renamesPersonal(query)) throw renamed();
      const { columns, rows, head, count, notes } = await readTable(shopify, query, context);
      const names = columns.map(({ name }) => name);
      const toCells = toCellsOf(names, include_contact);
      const { items } = fitItems(head.map(toCells));
      const truncated = items.length < count;
      const spoolColumns = columns.map(({ name, type }) => ({ name, type }));
      const kept = truncated
        ? await spoolRows(context, spoolColumns, Iterator.from(rows).map(toCells))
        : undefined;
      const all = [...notes, ...(truncated ? [toGoOn(items.length, count, kept)] : [])];
      const result = {
        columns,
        rows: items,
        row_count: count,
        truncated,
        ...(all.length > 0 && { notes: all }),
      };
      return kept ? new RichAnswer(result, { link: kept.link }) : result;
    },
  });

/** @throws ToolError for a query that Shopify does not understand */
async function readTable(shopify: Shopify, query: string, caller: Caller) {
  const document = shopify.version >= '2026-10' ? shopifyqlQuerySince202610 : shopifyqlQuery;
  const { data, notes, lists } = await shopify.query(document, { query }, caller);
  const {
    tableData,
    parseErrors = [],
    parseWarnings = [],
  } = toShape(answer, data).shopifyqlQuery ?? {};
  if (parseErrors.length > 0) refuse(parseErrors);
  const { columns = [], rows = [] } = tableData ?? {};
  const long = lists.find(({ path }) => path.at(-1) === 'rows');
  return {
    columns: columns.map(({ name, dataType: type, displayName: label }) => ({ name, type, label })),
    /** Of those that are in memory, as many as an answer could show. */
    head: rows.slice(0, mostShown),
    rows: long ?? rows,
    count: long?.count ?? rows.length,
    notes: [...notes, ...parseWarnings.map((warning) => outsideText(warning, 300))],
  };
}

/** What is masked is known by the names of columns. */
const renamed = () =>
  new ToolError('REFUSED', 'a query with e-mails, phones or addresses may not rename columns', {
    try: 'the same without AS, or with include_contact',
  });

const toGoOn = (shown: number, all: number, kept: SpooledRows | undefined) =>
  `The first ${shown} of ${all} rows: an answer holds 18 kB. To go on: LIMIT, a coarser GROUP BY or a shorter time${kept ? `; the resource link has ${toExtent(kept)}` : ''}.`;

function refuse(errors: readonly string[]): never {
  const words = errors.slice(0, 3).map((error) => outsideText(error, 300).replace(/\.$/, ''));
  throw new ToolError('INVALID_ARGUMENT', `ShopifyQL: ${words.join('; ')}`, {
    try: 'FROM sales SHOW total_sales, orders GROUP BY day SINCE -30d UNTIL today ORDER BY day',
  });
}
