import { outsideLines, outsideText } from '../../../outside-text.ts';
import { isAdf } from '../adf/adf.ts';
import { adfToMarkdown } from '../adf/adf-to-markdown.ts';

/** What a model needs of a field's value: text, a number, a list of those. */
export type FlatValue = string | number | boolean | FlatValue[];

/** A value of a field in a few words: names instead of objects, rich text as Markdown, moments in UTC; nothing for what is empty. */
export function flattenValue(value: unknown, maxChars: number): FlatValue | undefined {
  if (value === null || value === undefined || value === '') return;
  if (typeof value === 'string') return outsideLines(toMoment(value), maxChars) || undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (isAdf(value)) return outsideLines(adfToMarkdown(value), maxChars) || undefined;
  if (Array.isArray(value)) {
    const flat = value.slice(0, 50).map((item) => flattenValue(item, maxChars));
    const items = flat.filter((item) => item !== undefined);
    if (value.length > 50) items.push(`…(+${value.length - 50})`);
    return items.length > 0 ? items : undefined;
  }
  return typeof value === 'object'
    ? nameObject(value as Record<string, unknown>, maxChars)
    : undefined;
}

/** By what people call it. Unknown shapes are shown as they are, cut. */
function nameObject(value: Record<string, unknown>, maxChars: number): FlatValue | undefined {
  const name = nameOf(value);
  if (name === undefined) {
    const json = JSON.stringify(value);
    return json === '{}' ? undefined : outsideText(json, Math.min(200, maxChars));
  }
  const { child, state, boardId } = value;
  if (isObject(child)) return outsideText(`${name} > ${nameOf(child) ?? '?'}`, maxChars);
  if (typeof state === 'string' && boardId !== undefined)
    return outsideText(`${name} (${state})`, maxChars); // a sprint
  return typeof name === 'number' ? name : outsideText(name, maxChars);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** In the order in which they tell most: an issue has a key and a summary, a version a name and a description. */
const telling = [
  'displayName',
  'name',
  'value',
  'filename',
  'key',
  'progress',
  'votes',
  'watchCount',
];

function nameOf(value: Record<string, unknown>): string | number | undefined {
  const summary = isObject(value.fields) ? value.fields.summary : undefined;
  if (typeof value.key === 'string' && typeof summary === 'string')
    return `${value.key} ${summary}`;
  for (const key of telling) {
    const name = value[key];
    if ((typeof name === 'string' && name) || typeof name === 'number') return name;
  }
  return;
}

const momentPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:[+-]\d{4}|Z)$/;

/** `2026-11-22T08:15:00Z` of Jira's `2026-11-22T09:15:00.000+0100`; anything else as it is. */
export function toMoment(text: string): string {
  if (!momentPattern.test(text)) return text;
  const date = new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(date.getTime()) ? text : date.toISOString().replace('.000Z', 'Z');
}
