import { isDeepStrictEqual } from 'node:util';
import type { Call } from './conversation.ts';
import { readMentions } from './reading.ts';
import { type Schema, type Table, toList, toRecord } from './schema.ts';

/** Calls of one tool. */
export interface LookUp {
  tool: string;
  inputs: Record<string, unknown>[];
}

/** More at once would be rude. */
const atOnce = 12;

/** What has to be looked up before this question can be understood, because no digest told it; nothing when all is known. */
export function explore(question: string, { tables }: Schema, made: Call[]): LookUp | undefined {
  if (tables.length === 0) return findTables(made);
  const incomplete = tables.filter(({ isComplete }) => !isComplete);
  const wanted =
    incomplete.length <= atOnce
      ? incomplete
      : readMentions(question, { tables })
          .map(({ table }) => table)
          .filter(({ isComplete }) => !isComplete);
  return untried('describe_table', wanted.slice(0, atOnce).map(toAddress), made);
}

/** The tables of the default database; where there is none, of the first few. */
function findTables(made: Call[]): LookUp | undefined {
  const first = untried('list_tables', [{}], made);
  if (first) return first;
  const databases = untried('list_databases', [{}], made);
  if (databases) return databases;
  const listed = made.find(({ tool }) => tool === 'list_databases')?.result;
  const names = listed?.ok ? toList(toRecord(listed.data).databases).map(({ name }) => name) : [];
  return untried(
    'list_tables',
    names.slice(0, 3).map((database) => ({ database })),
    made,
  );
}

function untried(
  tool: string,
  inputs: Record<string, unknown>[],
  made: Call[],
): LookUp | undefined {
  const open = inputs.filter(
    (input) => !made.some((call) => call.tool === tool && isDeepStrictEqual(call.input, input)),
  );
  return open.length > 0 ? { tool, inputs: open } : undefined;
}

/** The arguments that name a table. */
export const toAddress = ({ name, database }: Table) => ({
  table: name,
  ...(database && { database }),
});
