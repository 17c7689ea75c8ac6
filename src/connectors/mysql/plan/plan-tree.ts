/** Deeper than any plan that is worth reading. */
const deepest = 40;

/** What stands first in the line of a table, in this order. */
const leading = ['access_type', 'key', 'rows', 'r_rows', 'filtered', 'r_filtered'];

/**
 * A plan in JSON as an indented text, one line for each step, for servers that draw no tree themselves.
 *
 *     query block (select_id 1)
 *       filesort (sort_key o.total)
 *         table o (access_type ALL, rows 1000, attached_condition o.status = 'paid')
 */
export function toPlanTree(plan: unknown): string {
  return toLines(plan, 0).join('\n');
}

function toLines(node: unknown, depth: number): string[] {
  if (depth > deepest) return [`${'  '.repeat(depth)}…`];
  if (Array.isArray(node)) return node.flatMap((item) => toLines(item, depth));
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([name, value]) => toStep(name, value, depth));
}

function toStep(name: string, value: unknown, depth: number): string[] {
  if (Array.isArray(value) && value.some(isObject))
    return [toLine(name, {}, depth), ...toLines(value, depth + 1)];
  if (!isObject(value)) return []; // it stands in its parent's line
  return [toLine(name, value, depth), ...toLines(value, depth + 1)];
}

function toLine(name: string, node: Record<string, unknown>, depth: number): string {
  const { table_name, ...facts } = node;
  const title = [name.replaceAll('_', ' '), table_name].filter(Boolean).join(' ');
  const plain = Object.entries(facts).filter(([, fact]) => !isNested(fact));
  const rank = (fact: string) => (leading.includes(fact) ? leading.indexOf(fact) : leading.length);
  const shown = plain
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([fact, value]) => `${fact} ${Array.isArray(value) ? value.join(', ') : value}`);
  return `${'  '.repeat(depth)}${title}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNested = (value: unknown) =>
  isObject(value) || (Array.isArray(value) && (value.length === 0 || value.some(isObject)));
