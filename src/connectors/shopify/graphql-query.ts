import { z } from 'zod';
import { readsOnly } from '../annotations.ts';
import { defineTool, RichAnswer, type ToolContext } from '../connector.ts';
import { type SpooledRows, spoolRows, toExtent } from '../spool-rows.ts';
import { ToolError } from '../tool-error.ts';
import { costAdvice } from './api/explain-errors.ts';
import type { Cost } from './api/graphql-answer.ts';
import type { Shopify } from './api/shopify.ts';
import { contactArgument, wholeNumber } from './arguments.ts';
import { applyMasks, hasPersonal, maskList } from './graphql/apply-masks.ts';
import { cutData } from './graphql/cut-data.ts';
import type { QueryPlanner } from './graphql/query-planner.ts';
import { toTable } from './graphql/to-table.ts';

/** Bytes of data; the rest of an answer of 20 kB is for notes. */
const maxBytes = 18_000;

export const graphqlQuery = (planner: QueryPlanner) => (shopify: Shopify) =>
  defineTool({
    name: 'graphql_query',
    description:
      'Run one Admin GraphQL query for what no other tool gives: discounts, collections, metafields, returns. Lists need first ≤ 250.',
    input: z.object({
      query: z.string(),
      variables: z.record(z.string(), z.unknown()).optional(),
      max_cost: wholeNumber(1, 1_000).default(1_000),
      include_contact: contactArgument.describe('Unmask e-mail, phone, address'),
    }),
    output: z.object({
      data: z.unknown(),
      truncated: z.boolean(),
    }),
    annotations: readsOnly,
    async run({ query, variables = {}, max_cost, include_contact }, context) {
      const plan = await planner.plan(query, variables, context.signal);
      if (plan.cost > max_cost) throw tooCostly(plan.cost, max_cost);
      const { data, notes, cost, lists } = await shopify.query(query, variables, context);
      const masked = applyMasks(data, plan.masks, include_contact);
      const long = lists.map((list) => maskList(list, plan.masks, include_contact));
      const cut = cutData(masked, maxBytes, long);
      const kept = cut.rows && (await keepRows(cut.rows, context));
      const isMasked = !include_contact && hasPersonal(plan.masks);
      const all = [
        ...notes,
        ...cut.notes,
        ...(cut.rows ? [toGoOn(kept)] : []),
        ...(isMasked ? [maskNote] : []),
      ];
      const answer = {
        data: cut.data,
        ...(cost && { cost: toCost(cost) }),
        truncated: cut.notes.length > 0,
        ...(all.length > 0 && { notes: all }),
      };
      return kept ? new RichAnswer(answer, { link: kept.link }) : answer;
    },
  });

const maskNote = 'E-mails, phones and addresses are masked; include_contact shows them.';

const toCost = ({ requestedQueryCost, actualQueryCost, throttleStatus }: Cost) => ({
  requested: requestedQueryCost,
  actual: actualQueryCost,
  available: throttleStatus?.currentlyAvailable,
});

function keepRows(items: Iterable<unknown>, context: ToolContext) {
  const { columns, rows } = toTable(items);
  return spoolRows(context, columns, rows);
}

const toGoOn = (kept: SpooledRows | undefined) =>
  `An answer holds 18 kB. To go on: a smaller first with pageInfo { endCursor } and after, or fewer fields${kept ? `; the resource link has ${toExtent(kept)}` : ''}.`;

const tooCostly = (cost: number, most: number) =>
  new ToolError(
    'TOO_LARGE',
    `the query costs about ${cost} points, more than max_cost ${most}`,
    costAdvice,
  );
