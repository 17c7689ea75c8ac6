import { z } from 'zod';
import { toShown } from '../schema/schema.ts';

const text = z.string().nullish();

/** A row of EXPLAIN in its traditional form. */
export const planRow = z.object({
  table: text,
  type: text,
  possible_keys: text,
  key: text,
  rows: z.union([z.null(), z.coerce.number()]).optional(),
  Extra: text,
});
type PlanRow = z.output<typeof planRow>;

/** Fewer rows than these are read in no time. */
const large = 1_000;

/** What makes a query slow, by its plan: one sentence for each thing, at most 20. */
export const toPlanWarnings = (rows: readonly PlanRow[]): string[] =>
  [...new Set(rows.flatMap(toWarnings))].slice(0, 20);

function toWarnings(row: PlanRow): string[] {
  const { type, possible_keys, key } = row;
  const table = row.table ? toShown(row.table) : 'the result';
  const count = row.rows ?? 0;
  const extra = row.Extra ?? '';
  const isDerived = table.startsWith('<'); // <derived2>, <union1,2>
  const about = `about ${count} rows`;
  const isFullScan = type === 'ALL' && count >= large;
  const scan = isDerived
    ? `full scan of ${table}, a result in between: ${about} have no index`
    : possible_keys
      ? `full scan of ${table}: ${about} are read, though an index fits (${toShown(possible_keys)}); the condition selects too many rows, or its types differ`
      : `no usable index on ${table}: a full scan reads ${about}; get_table_indexes shows what conditions and joins could use`;
  return [
    isFullScan && scan,
    type === 'index' &&
      count >= large &&
      `full index scan of ${table}: ${about} of ${toShown(key ?? 'an index')} are read from end to end`,
    /filesort/i.test(extra) &&
      `filesort: the rows of ${table} are sorted after reading, as no index gives the order`,
    /temporary/i.test(extra) &&
      `temporary table: GROUP BY, DISTINCT, UNION or ORDER BY of ${table} builds a table in between`,
    /join buffer/i.test(extra) &&
      `join without an index: ${table} is compared row by row through a join buffer`,
    /range checked for each record/i.test(extra) &&
      `no good index on ${table}: the server looks for one anew for each row`,
  ].filter((warning) => typeof warning === 'string');
}
