import { ToolError } from '../../tool-error.ts';

/** One condition of a search. */
export interface SearchTerm {
  /** Nothing for a bare word, which is looked for everywhere. */
  field: string | undefined;
  /** Empty for "is". */
  comparator: string;
  value: string;
  isQuoted: boolean;
}

/**
 * The terms of a text in Shopify's search syntax: `status:open AND (tag:vip OR total_price:>100) -test:true "red hat"`.
 *
 * @throws ToolError `INVALID_ARGUMENT` for what Shopify would read as something else than was meant
 */
export function parseSearch(text: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  const open: number[] = [];
  let lastWasOperator = true;
  for (const { 0: raw, index, groups = {} } of text.matchAll(token)) {
    if (groups.space) continue;
    if (groups.junk) fault(text, index, strayQuote);
    if (groups.close) {
      if (open.pop() === undefined || lastWasOperator) fault(text, index, 'nothing to close');
      continue;
    }
    if (groups.operator) {
      if (lastWasOperator && raw !== 'NOT') fault(text, index, `nothing before ${raw}`);
      lastWasOperator = true;
      continue;
    }
    lastWasOperator = Boolean(groups.open);
    if (groups.open) open.push(index);
    else terms.push(toTerm(text, index, groups));
  }
  if (open.length > 0) fault(text, open[0] ?? 0, 'a parenthesis that is not closed');
  if (lastWasOperator && text.trim()) fault(text, text.length, 'an end after AND, OR or NOT');
  return terms;
}

const quoted = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const strayQuote =
  'a quote that is not closed, or one inside a word (put the whole value in quotes: tag:"it\'s")';
/** Each part can begin with a character of its own, so that no text makes it slow. */
const token = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<operator>(?:AND|OR|NOT)(?=[\s()]|$))`,
    String.raw`(?<open>-?\()`,
    String.raw`(?<close>\))`,
    String.raw`-?(?:(?<field>[^\s()"':]+):)?(?<comparator>(?<=:)(?:>=|<=|>|<|=)?)?(?:(?<quoted>${quoted})|(?<bare>[^\s()"']+))(?=[\s()]|$)`,
    String.raw`(?<junk>\S)`,
  ].join('|'),
  'gs',
);

function toTerm(
  text: string,
  index: number,
  groups: Record<string, string | undefined>,
): SearchTerm {
  const { field, comparator = '', quoted, bare } = groups;
  const value = quoted ? quoted.slice(1, -1).replace(/\\(.)/gs, '$1') : (bare ?? '');
  if (bare?.includes(':'))
    fault(
      text,
      index,
      field
        ? `a value with a colon and no quotes (write ${field}:${comparator}'${value.slice(0, 60)}')`
        : 'a colon with nothing before it, or a field with nothing after it',
    );
  if (!quoted && /^(?:>=|<=|>|<|=)$/.test(value)) fault(text, index, 'a comparison with no value');
  return { field, comparator, value, isQuoted: quoted !== undefined };
}

function fault(text: string, index: number, what: string): never {
  throw new ToolError('INVALID_ARGUMENT', `the search has ${what}, at character ${index + 1}`, {
    try: `field:value, field:>=value, -field:value, AND, OR, NOT and parentheses around whole terms (tag:a OR tag:b), with other values in quotes: created_at:>='2026-11-01' AND tag:'new in'`,
    excerpt: text.length <= 200 ? `${text.replace(/\s/g, ' ')}\n${' '.repeat(index)}^` : undefined,
  });
}
