import { nearest } from '../../../nearest.ts';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { parseSearch, type SearchTerm } from './parse-search.ts';
import { type FieldType, searchFields } from './search-fields.ts';

/**
 * Looks whether Shopify would take each filter of a search. One that it does not know it leaves out, and then answers
 * with rows that nobody asked for.
 *
 * @throws ToolError `INVALID_ARGUMENT` with the nearest field or value
 */
export function checkSearch(root: string, text: string) {
  const terms = parseSearch(text);
  const fields = searchFields(root);
  if (!fields) return;
  for (const term of terms) checkTerm(root, fields, term);
}

function checkTerm(root: string, fields: Record<string, FieldType>, term: SearchTerm) {
  const { field, value } = term;
  if (field === undefined) {
    if (fields.default === undefined)
      refuse(
        `${toName(root)} can't be searched for a bare word (${quote(value)})`,
        undefined,
        `one of the fields ${names(fields)}`,
      );
    return;
  }
  const type = field.startsWith('metafields.')
    ? fields['metafields.{namespace}.{key}']
    : fields[field];
  if (type === undefined || field === 'default') unknownField(root, fields, field);
  const problem = toProblem(type, term);
  if (problem)
    refuse(
      `${field}:${quote(value)} is not a filter of ${toName(root)}`,
      problem.why,
      problem.wayOut,
    );
}

function unknownField(root: string, fields: Record<string, FieldType>, field: string): never {
  const known = Object.keys(fields).filter((name) => name !== 'default');
  const close = nearest(field, known);
  const list = toName(root);
  const isListField = searchFields(list)?.[field] !== undefined;
  const isCount = list !== root;
  refuse(
    isCount
      ? `${list} can't be counted by ${quote(field)}`
      : `${quote(field)} is not a search field of ${root}`,
    isListField
      ? 'they can be listed by it, but in a count Shopify would leave it out and count all'
      : 'Shopify would leave it out and answer with records that were not asked for',
    close.length > 0 ? `${close.join(', ')} (there are ${known.length})` : names(fields),
  );
}

const number = /^-?\d+(?:\.\d+)?$/;
const moment =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
/** `now`, `now-7d`, `past_week`. */
const relative = /^(?:now|today|yesterday|past_[a-z]+)(?:[+-]\d+[a-z]+)?$/i;

/** Why the value does not suit the field, and what does. */
function toProblem(type: FieldType, { field, comparator, value }: SearchTerm) {
  if (value === '*' && !comparator) return; // there is any
  const values = value.split(',').map((part) => part.trim());
  if (typeof type !== 'string') {
    const wrong = values.find((value) => !type.includes(value.toLowerCase()));
    if (wrong === undefined) return;
    const [close] = nearest(wrong, type, 1);
    return { why: 'it takes certain words only', wayOut: close ?? type.join(', ') };
  }
  const all = (pattern: RegExp) => values.every((value) => pattern.test(value));
  if (type === 'id' && !all(/^\d+$/))
    return { why: 'it takes the number at the end of an id', wayOut: `${field}:8001` };
  if ((type === 'integer' || type === 'float' || type === 'bigdecimal') && !all(number))
    return { why: 'it takes a number', wayOut: `${field}:>10` };
  if (type === 'boolean' && !all(/^(?:true|false)$/i))
    return { why: 'it is either true or false', wayOut: `${field}:true` };
  if ((type === 'time' || type === 'date') && !moment.test(value) && !relative.test(value))
    return { why: 'it takes a date or a moment', wayOut: `${field}:>='2026-11-01'` };
  return;
}

function refuse(what: string, why: string | undefined, wayOut: string): never {
  throw new ToolError('INVALID_ARGUMENT', what, { why, try: wayOut });
}

/** `customersCount` counts customers. */
const toName = (root: string) => root.replace(/Count$/, '');

const quote = (text: string) => JSON.stringify(outsideText(text, 60));

const names = (fields: Record<string, FieldType>) =>
  Object.keys(fields)
    .filter((name) => name !== 'default')
    .join(', ');
