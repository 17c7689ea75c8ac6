import type { Index } from './indexes.ts';

/** What a person who tunes queries would remark about the indexes of a table, at most 12 sentences. */
export function toIndexNotes(indexes: readonly Index[]): string[] {
  const missing = indexes.some(({ primary }) => primary) ? [] : ['The table has no primary key.'];
  return [...missing, ...indexes.flatMap((one) => toNotes(one, indexes))].slice(0, 12);
}

function toNotes(one: Index, all: readonly Index[]): string[] {
  const { name, unique, visible, columns } = one;
  const better = all.find((other) => other !== one && makesRedundant(other, one));
  const prefix = columns.find(({ prefix_length }) => prefix_length !== undefined);
  const isText = one.type === 'BTREE' || one.type === 'HASH';
  return [
    better && `${name} is redundant: ${better.name} begins with the same columns.`,
    !visible && `${name} is invisible: the optimizer ignores it.`,
    columns.some(({ expression }) => expression) &&
      `${name} is over an expression: only queries that use the very same expression profit.`,
    prefix &&
      isText &&
      `${name} holds only the first ${prefix.prefix_length} characters of ${prefix.name}${unique ? ', and only those are unique' : ': it cannot sort by it'}.`,
  ].filter((note) => typeof note === 'string');
}

/** Whether whatever `short` is good for, `long` is, too. Of two equal ones the first by name stays. */
function makesRedundant(long: Index, short: Index): boolean {
  if (short.primary || short.type !== 'BTREE' || long.type !== 'BTREE') return false;
  if (!long.visible || short.columns.length > long.columns.length) return false;
  const begins = short.columns.every((column, place) => isSame(column, long.columns[place]));
  const isEqual = short.columns.length === long.columns.length;
  if (!begins || (short.unique && !(isEqual && long.unique))) return false;
  if (!isEqual || long.primary || long.unique !== short.unique) return true;
  return long.name < short.name;
}

type IndexColumn = Index['columns'][number];

const isSame = (a: IndexColumn, b: IndexColumn | undefined) =>
  a.name === b?.name &&
  a.order === b.order &&
  a.prefix_length === b.prefix_length &&
  a.expression === b.expression;
