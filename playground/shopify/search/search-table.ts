import type { Search, SearchTerm } from './parse-search.ts';

type Value = string | number | boolean | null | undefined | readonly string[];

/** How a field is compared: a `word` as a whole, a `text` word by word, a `time` in milliseconds since 1970. */
export interface SearchField<T> {
  type: 'word' | 'text' | 'number' | 'time' | 'flag' | 'id';
  value: (item: T) => Value;
  /** Matches where the value does not: `tag_not`. */
  isOpposite?: boolean;
}

/** What may be searched for in one kind of thing, and by what it may be sorted. */
export interface SearchTable<T> {
  fields: Record<string, SearchField<T>>;
  sorts: Record<string, (item: T) => string | number>;
  /** The key under which Shopify sorts when none is named. */
  sortKey: string;
}

export interface SearchWarning {
  field: string;
  message: string;
  code: 'invalid_field' | 'missing_named_field';
}

/** What a search lets through, and what of it was ignored. */
export interface SearchFilter<T> {
  matches: (item: T) => boolean;
  warnings: SearchWarning[];
}

/**
 * Turns a search into a test. A field that the table lacks is ignored **silently but for a warning**: Shopify then gives
 * rows as if that condition had not been asked for.
 */
export function toFilter<T>(search: Search, { fields }: SearchTable<T>): SearchFilter<T> {
  const warnings: SearchWarning[] = [];

  function toTest(part: Search): ((item: T) => boolean) | undefined {
    if (part.type === 'term') return termTest(part);
    if (part.type === 'not') {
      const test = toTest(part.part);
      return test && ((item) => !test(item));
    }
    const tests = part.parts.map(toTest).filter((test) => test !== undefined);
    if (tests.length === 0) return undefined;
    if (part.type === 'and') return (item) => tests.every((test) => test(item));
    return (item) => tests.some((test) => test(item));
  }

  function termTest(term: SearchTerm): ((item: T) => boolean) | undefined {
    const field = fields[term.field] ?? (term.field.startsWith('metafields.') ? unset : undefined);
    if (field) return (item) => isMatch(field.value(item), field, term);
    if (!warnings.some((warning) => warning.field === term.field))
      warnings.push(toWarning(term.field));
    return undefined;
  }

  const matches = toTest(search) ?? (() => true);
  return { matches, warnings };
}

const toWarning = (field: string): SearchWarning =>
  field === 'default'
    ? {
        field,
        message: 'Input must use named search fields in this query.',
        code: 'missing_named_field',
      }
    : { field, message: 'Invalid search field for this query.', code: 'invalid_field' };

const unset: SearchField<unknown> = { type: 'word', value: () => null };

/** Fields that Shopify knows and of which this shop has nothing to say. */
export const unsetFields = (...names: string[]): Record<string, SearchField<unknown>> =>
  Object.fromEntries(names.map((name) => [name, unset]));

function isMatch(
  value: Value,
  { type, isOpposite }: Omit<SearchField<never>, 'value'>,
  term: SearchTerm,
) {
  const has = matchesTerm(value, type, term);
  return isOpposite ? !has : has;
}

function matchesTerm(value: Value, type: SearchField<never>['type'], term: SearchTerm): boolean {
  const isMissing =
    value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  if (term.value === '*' && !term.isQuoted) return !isMissing;
  if (isMissing) return false;
  if (Array.isArray(value)) return value.some((each) => matchesTerm(each, type, term));
  if (type === 'time') return matchesTime(Number(value), term);
  if (type === 'number' || type === 'id')
    return compare(
      Number(value),
      term.operator,
      term.value === '' ? Number.NaN : Number(term.value),
    );
  if (type === 'flag') return String(value) === term.value.toLowerCase();
  if (type === 'text') return matchesText(String(value), term);
  return matchesWord(fold(String(value)), fold(term.value), term);
}

const matchesWord = (value: string, wanted: string, { isQuoted }: SearchTerm): boolean =>
  wanted.endsWith('*') && !isQuoted ? value.startsWith(wanted.slice(0, -1)) : value === wanted;

function matchesText(value: string, term: SearchTerm): boolean {
  const have = wordsOf(value);
  if (term.isQuoted) return ` ${have.join(' ')} `.includes(` ${wordsOf(term.value).join(' ')} `);
  if (term.value.endsWith('*')) {
    const start = fold(term.value.slice(0, -1));
    return have.some((word) => word.startsWith(start));
  }
  return wordsOf(term.value).every((word) => have.includes(word));
}

const day = 86_400_000;

/** A bare date means the whole day. */
function matchesTime(value: number, { operator, value: text }: SearchTerm): boolean {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const hour = /^\d{4}-\d\d-\d\dT\d\d$/.test(text) ? `${text}:00:00Z` : text;
  const from = Date.parse(/T[\d:.]+$/.test(hour) ? `${hour}Z` : hour);
  if (Number.isNaN(from)) return false;
  const to = isDay ? from + day : from + 1000;
  if (operator === '=') return value >= from && value < to;
  if (operator === '>' || operator === '<=') return value >= to === (operator === '>');
  return operator === '<' ? value < from : value >= from;
}

function compare(value: number, operator: SearchTerm['operator'], wanted: number): boolean {
  if (operator === '<') return value < wanted;
  if (operator === '<=') return value <= wanted;
  if (operator === '>') return value > wanted;
  return operator === '>=' ? value >= wanted : value === wanted;
}

const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}_@.+-]+/gu) ?? [];
