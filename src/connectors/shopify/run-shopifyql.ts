import { z } from 'zod';
import { defineTool, RichAnswer } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { outsideText } from '../outside-text.ts';
import { type SpooledRows, spoolRows } from '../spool-rows.ts';
import { ToolError } from '../tool-error.ts';
import { readsOnly } from './annotations.ts';
import type { Shopify } from './api/shopify.ts';
import { contactArgument } from './arguments.ts';
import { toExtent } from './graphql/to-extent.ts';
import { text, word } from './records/fields.ts';
import { type Row, toCellsOf } from './records/to-cells.ts';

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
          rows: z.custom<Row[]>(Array.isArray), // there may be many: each is looked at when it is shown
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
      'Analytics with ShopifyQL, for sums and trends, e.g. FROM sales SHOW total_sales GROUP BY month SINCE -12m UNTIL today ORDER BY month. Needs read_reports.',
    input: z.object({
      query: z
        .string()
        .refine((text) => text.length <= 5_000, { error: 'must have at most 5000 characters' }),
      include_contact: contactArgument,
    }),
    output: z.object({
      columns: z.array(z.unknown()),
      rows: z.array(z.unknown()),
      truncated: z.boolean(),
    }),
    annotations: readsOnly,
    async run({ query, include_contact }, context) {
      shopify.require('run_shopifyql', 'read_reports');
      const document = shopify.version >= '2026-10' ? shopifyqlQuerySince202610 : shopifyqlQuery;
      const { data, notes } = await shopify.ask(document, { query }, answer, context);
      const { tableData, parseErrors = [], parseWarnings = [] } = data.shopifyqlQuery ?? {};
      if (parseErrors.length > 0) refuse(parseErrors);
      const columns = tableData?.columns ?? [];
      const toCells = toCellsOf(
        columns.map(({ name }) => name),
        include_contact,
      );
      const rows = tableData?.rows ?? [];
      const { items } = fitItems(rows.slice(0, mostShown).map(toCells));
      const truncated = items.length < rows.length;
      const kept = truncated
        ? await spoolRows(
            context,
            columns.map(({ name, dataType }) => ({ name, type: dataType })),
            Iterator.from(rows).map(toCells),
          )
        : undefined;
      const all = [
        ...notes,
        ...parseWarnings.map((warning) => outsideText(warning, 300)),
        ...(truncated ? [toGoOn(items.length, rows.length, kept)] : []),
      ];
      const result = {
        columns: columns.map(({ name, dataType, displayName }) => ({
          name,
          type: dataType,
          label: displayName,
        })),
        rows: items,
        row_count: rows.length,
        truncated,
        ...(all.length > 0 && { notes: all }),
      };
      return kept ? new RichAnswer(result, { link: kept.link }) : result;
    },
  });

const toGoOn = (shown: number, all: number, kept: SpooledRows | undefined) =>
  `The first ${shown} of ${all} rows: an answer holds 18 kB. To go on: LIMIT, a coarser GROUP BY or a shorter time${kept ? `; the resource link has ${toExtent(kept)}` : ''}.`;

function refuse(errors: readonly string[]): never {
  const words = errors.slice(0, 3).map((error) => outsideText(error, 300).replace(/\.$/, ''));
  throw new ToolError('INVALID_ARGUMENT', `ShopifyQL: ${words.join('; ')}`, {
    try: 'FROM sales SHOW total_sales, orders GROUP BY day SINCE -30d UNTIL today ORDER BY day',
  });
}
