import { z } from 'zod';
import { cutText } from '../../outside-text.ts';
import { readsOnly } from '../annotations.ts';
import { defineTool } from '../connector.ts';
import { fitItems } from '../fit-items.ts';
import { ToolError } from '../tool-error.ts';
import { databaseArgument } from './arguments.ts';
import type { PlanFormat } from './connection/dialect.ts';
import type { Mysql, ObjectsOptions } from './connection/mysql.ts';
import { type ReadOnlySql, readOnlySql } from './guard/read-only-sql.ts';
import { lexSql } from './guard/sql-lexer.ts';
import { quote, upper } from './guard/sql-words.ts';
import { toPlanTree } from './plan/plan-tree.ts';
import { planRow, toPlanWarnings } from './plan/plan-warnings.ts';
import { toDatabase } from './schema/table-name.ts';

/** Of the plan as JSON, in bytes. */
const maxPlan = 15_000;

export const explainQuery = (mysql: Mysql) =>
  defineTool({
    name: 'explain_query',
    description:
      'Show how the server would run a SELECT, with warnings about what makes it slow. Use it when a query timed out. analyze runs the SELECT, under the same limits, and shows true row counts.',
    input: z.object({
      query: z.string().min(1).describe('One SELECT, without EXPLAIN'),
      database: databaseArgument,
      format: z.enum(['tree', 'json', 'table']).default('tree'),
      analyze: z.boolean().default(false),
    }),
    output: z.object({
      plan: z.unknown().describe('text, an object, or rows, by format'),
      format: z.enum(['tree', 'json', 'table']),
      warnings: z.array(z.string()),
      executed: z.boolean(),
      truncated: z.boolean(),
      notes: z.array(z.string()).optional(),
    }),
    annotations: readsOnly,
    async run({ query, format, analyze, ...args }, { signal }) {
      const database =
        args.database === undefined ? mysql.database : toDatabase(mysql, args.database);
      const simple = toExplain('EXPLAIN FORMAT=TRADITIONAL', query); // the same in all servers
      const { dialect } = await mysql.learn(signal);
      // Under the limits that execute_query has by default: with other ones the plan may be another.
      const notes = new Set<string>();
      const onCut = () => void notes.add('Of a plan with more than 200 steps these are the first.');
      const options = { database, signal, maxRows: 200, onCut };
      const rows = await mysql.objects(simple, planRow, options);
      const form = dialect.explain(format, analyze);
      const plan =
        form.format === 'table'
          ? await readTable(mysql, toExplain(form.words, query), options)
          : await readText(mysql, toExplain(form.words, query), options);
      const shown = toShape(plan, format);
      if (shown.format !== format)
        notes.add(`This server shows such a plan as ${shown.format} only.`);
      return {
        ...shown,
        warnings: toPlanWarnings(rows),
        executed: analyze,
        ...(notes.size > 0 && { notes: [...notes] }),
      };
    },
  });

/**
 * The statement that asks for the plan. The query is looked at alone first, so that no word of it can be read as one of
 * EXPLAIN's own; then the guard sees what is sent, word by word.
 *
 * @throws ToolError when it is not one reading query.
 */
function toExplain(words: string, sql: string): ReadOnlySql {
  readOnlySql(sql);
  const code = lexSql(sql).filter(({ type }) => !['space', 'comment', 'hint'].includes(type));
  const first = code.find(({ text }) => text !== '(');
  if (!/^(SELECT|WITH|VALUES)$/.test(upper(first)))
    throw new ToolError('INVALID_ARGUMENT', `${first ? quote(first) : 'this'} begins no query`, {
      why: 'only the plan of a query can be shown',
      try: 'the SELECT alone, without EXPLAIN or DESCRIBE',
    });
  return readOnlySql(`${words} ${sql}`);
}

type Options = Pick<ObjectsOptions, 'maxRows' | 'database' | 'signal' | 'onCut'>;

/** A plan as the server tells it. */
type Plan = { rows: Record<string, unknown>[] } | { text: string };

async function readTable(mysql: Mysql, sql: ReadOnlySql, options: Options): Promise<Plan> {
  return { rows: await mysql.objects(sql, z.record(z.string(), z.unknown()), options) };
}

async function readText(mysql: Mysql, sql: ReadOnlySql, options: Options): Promise<Plan> {
  const { rows } = await mysql.select(sql, { ...options, maxCell: 500_000, maxBytes: 1_000_000 });
  const [cell] = rows[0] ?? [];
  return { text: typeof cell === 'string' ? cell : JSON.stringify(cell) };
}

/** The plan in the format that was asked for, as far as it fits. */
function toShape(plan: Plan, wanted: PlanFormat) {
  if ('rows' in plan) {
    const { items, truncated } = fitItems(plan.rows, maxPlan);
    return { plan: items, format: 'table' as const, truncated };
  }
  const json = toJson(plan.text);
  if (json === undefined || wanted === 'tree') {
    const text = json === undefined ? plan.text : toPlanTree(json);
    return { ...cut(text), format: 'tree' as const };
  }
  const isWhole = Buffer.byteLength(JSON.stringify(json)) <= maxPlan;
  return {
    ...(isWhole ? { plan: json, truncated: false } : cut(plan.text)),
    format: 'json' as const,
  };
}

function cut(text: string): { plan: string; truncated: boolean } {
  const bytes = Buffer.byteLength(JSON.stringify(text));
  if (bytes <= maxPlan) return { plan: text, truncated: false };
  return { plan: cutText(text, Math.floor((text.length * maxPlan) / bytes)), truncated: true };
}

/** A tree is no JSON. */
function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return;
  }
}
