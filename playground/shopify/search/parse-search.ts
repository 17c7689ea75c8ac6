/** A search as it was understood. */
export type Search =
  | { type: 'and' | 'or'; parts: Search[] }
  | { type: 'not'; part: Search }
  | SearchTerm;

export interface SearchTerm {
  type: 'term';
  /** `default` where none was named. */
  field: string;
  operator: '=' | '<' | '<=' | '>' | '>=';
  value: string;
  isQuoted: boolean;
}

/**
 * Shopify's search syntax (shopify.dev, Shopify API search syntax): `field:value`, comparators, quotes, AND, OR, NOT,
 * `-` and parentheses; terms that stand side by side must all match.
 *
 * A colon in a value that is not quoted ends it, as it does at Shopify: what follows reads as another field.
 */
export function parseSearch(query: string): Search {
  const tokens = tokenize(query);
  let at = 0;

  function either(field: string): Search {
    const parts = [all(field)];
    while (tokens[at]?.type === 'or') {
      at++;
      parts.push(all(field));
    }
    return join('or', parts);
  }

  function all(field: string): Search {
    const parts: Search[] = [];
    for (let token = tokens[at]; token && token.type !== 'or' && token.type !== 'close'; ) {
      if (token.type === 'and') at++;
      if (token.type !== 'and') parts.push(one(field));
      token = tokens[at];
    }
    return join('and', parts);
  }

  function one(field: string): Search {
    const token = tokens[at++];
    if (token?.type === 'not') return { type: 'not', part: one(field) };
    if (token?.type === 'open') {
      const inside = either(token.field ?? field);
      if (tokens[at]?.type === 'close') at++;
      return inside;
    }
    if (token?.type !== 'term') return { type: 'and', parts: [] };
    return token.field === 'default' ? { ...token, field } : token;
  }

  const parts = [either('default')];
  // A parenthesis that was never opened.
  while (at < tokens.length) {
    at++;
    parts.push(either('default'));
  }
  return join('and', parts);
}

/** The search in the form that `extensions.search[].parsed` has. */
export function toParsed(search: Search): Record<string, unknown> {
  if (search.type === 'not') return { not: toParsed(search.part) };
  if (search.type !== 'term') return { [search.type]: search.parts.map(toParsed) };
  const { field, operator, value, isQuoted } = search;
  if (operator !== '=') return { field, [ranges[operator]]: value };
  return { field, [isQuoted ? 'match_phrase' : 'match_all']: value };
}

const ranges = { '<': 'range_lt', '<=': 'range_lte', '>': 'range_gt', '>=': 'range_gte' } as const;

function join(type: 'and' | 'or', parts: Search[]): Search {
  const [only] = parts;
  return parts.length === 1 && only ? only : { type, parts };
}

type Token =
  | { type: 'and' | 'or' | 'not' | 'close' }
  | { type: 'open'; field?: string }
  | SearchTerm;

const words = { AND: 'and', OR: 'or', NOT: 'not' } as const;

/** Field and colon, comparator, then a quoted or a bare value; each part may be missing. */
const term =
  /(?:([\w.{}-]+):(?=\S))?(<=|>=|<|>)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|((?:[^\s():\\]|\\.)*)):?/sy;

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    const character = query[at] ?? '';
    const word = /(AND|OR|NOT)(?=[\s(]|$)/y;
    word.lastIndex = at;
    const [keyword] = word.exec(query) ?? [];
    if (/\s/.test(character)) at++;
    else if (character === '(' || character === ')') {
      tokens.push({ type: character === '(' ? 'open' : 'close' });
      at++;
    } else if (keyword) {
      tokens.push({ type: words[keyword as keyof typeof words] });
      at += keyword.length;
    } else if (character === '-' && /\S/.test(query[at + 1] ?? ' ')) {
      tokens.push({ type: 'not' });
      at++;
    } else at = readTerm(query, at, tokens);
  }
  return tokens;
}

/** Where the term ends. */
function readTerm(query: string, at: number, tokens: Token[]): number {
  const group = /([\w.{}-]+):\(/y;
  group.lastIndex = at;
  const [opening, groupField] = group.exec(query) ?? [];
  if (opening && groupField) {
    tokens.push({ type: 'open', field: groupField });
    return at + opening.length;
  }
  term.lastIndex = at;
  const [text = '', field = 'default', operator = '=', single, double, bare = ''] =
    term.exec(query) ?? [];
  const quoted = single ?? double;
  const value = (quoted ?? bare).replace(/\\(.)/gs, '$1');
  if (text)
    tokens.push({
      type: 'term',
      field,
      operator: operator as SearchTerm['operator'],
      value,
      isQuoted: quoted !== undefined,
    });
  return at + Math.max(1, text.length);
}
