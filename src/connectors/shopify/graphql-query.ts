import { z } from 'zod';
import { defineTool, RichAnswer, type ToolContext } from '../connector.ts';
import { type SpooledRows, spoolRows } from '../spool-rows.ts';
import { ToolError } from '../tool-error.ts';
import { readsOnly } from './annotations.ts';
import type { Shopify } from './api/shopify.ts';
import { contactArgument } from './arguments.ts';
import { applyMasks, hasPersonal } from './graphql/apply-masks.ts';
import { cutData } from './graphql/cut-data.ts';
import type { QueryPlanner } from './graphql/query-planner.ts';
import { toExtent } from './graphql/to-extent.ts';
import { toTable } from './graphql/to-table.ts';

/** Bytes of data; the rest of an answer of 20 kB is for notes. */
const maxBytes = 18_000;

export const graphqlQuery = (shopify: Shopify, planner: QueryPlanner) =>
  defineTool({
    name: 'graphql_query',
    description:
      'Run one read-only Admin GraphQL query, checked against the schema first, for what no other tool gives (discounts, collections, metafields, returns). Lists need first ≤ 250.',
    input: z.object({
      query: z.string(),
      variables: z.looseObject({}).optional(),
      max_cost: z.number().int().min(1).max(10_000).default(1_000).describe('Points'),
      include_contact: contactArgument,
    }),
    output: z.object({
      data: z.unknown(),
      truncated: z.boolean(),
    }),
    annotations: readsOnly,
    async run({ query, variables = {}, max_cost, include_contact }, context) {
      const plan = await planner.plan(query, variables, context.signal);
      if (plan.cost > max_cost) throw tooCostly(plan.cost, max_cost);
      const { data, notes, cost } = await shopify.query(query, variables, context);
      const masked = applyMasks(data, plan.masks, include_contact);
      const cut = cutData(masked, maxBytes);
      const kept = cut.rows && (await keepRows(cut.rows, context));
      const all = [
        ...notes,
        ...cut.notes,
        ...(cut.rows ? [toGoOn(kept)] : []),
        ...(!include_contact && hasPersonal(plan.masks)
          ? ['E-mails, phones and addresses are masked; include_contact shows them.']
          : []),
      ];
      const answer = {
        data: cut.data,
        ...(cost && {
          cost: {
            requested: cost.requestedQueryCost,
            actual: cost.actualQueryCost,
            available: cost.throttleStatus?.currentlyAvailable,
          },
        }),
        truncated: cut.notes.length > 0,
        ...(all.length > 0 && { notes: all }),
      };
      return kept ? new RichAnswer(answer, { link: kept.link }) : answer;
    },
  });

function keepRows(items: readonly unknown[], context: ToolContext) {
  const { columns, rows } = toTable(items);
  return spoolRows(context, columns, rows);
}

const toGoOn = (kept: SpooledRows | undefined) =>
  `An answer holds 18 kB. To go on: a smaller first with pageInfo { endCursor } and after, or fewer fields${kept ? `; the resource link has ${toExtent(kept)}` : ''}.`;

const tooCostly = (cost: number, most: number) =>
  new ToolError('TOO_LARGE', `the query may cost ${cost} points, more than max_cost ${most}`, {
    why: 'nested lists multiply: each first counts for every item around it',
    try: `a lower first (half as many items on the outer list cost half) or fewer nested lists${cost <= 10_000 ? `; or max_cost ${cost}: Shopify counts for itself, often less, and refuses more than 1000` : ''}`,
  });
