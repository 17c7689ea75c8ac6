import { labelsOf, moneyOf, statusOf, timeOf } from './facts.ts';
import type { Schema, Table } from './schema.ts';

const spoken = ({ name }: { name: string }) => name.replaceAll('_', ' ');

/** Four questions that work with these tables, or two that always work. */
export function toExamples({ tables }: Schema): string[] {
  const filled = tables.filter(({ rows, columns }) => rows !== 0 && columns.length > 0);
  const main = filled.toSorted((a, b) => worth(b) - worth(a) || (b.rows ?? 0) - (a.rows ?? 0))[0];
  const priced = filled.find((table) => labelsOf(table).length > 0 && moneyOf(table));
  const money = priced && moneyOf(priced);
  const status = main && statusOf(main);
  const found = [
    main && timeOf(main) && `Show me the latest ${spoken(main)}`,
    priced && money && `Top 5 ${spoken(priced)} by ${spoken(money)}`,
    main && status && `How many ${spoken(main)} per ${spoken(status)}?`,
    main && timeOf(main) && `How many ${spoken(main)} by month?`,
    main && `Describe ${spoken(main)}`,
    'Which tables are there?',
    'Which databases are there?',
  ];
  return found.filter((example) => example !== undefined).slice(0, 4);
}

/** How much can be asked about a table. */
const worth = (table: Table) =>
  (timeOf(table) ? 4 : 0) + (statusOf(table) ? 2 : 0) + (moneyOf(table) ? 1 : 0);
