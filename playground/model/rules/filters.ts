import {
  isFlag,
  isNumeric,
  isText,
  keyOf,
  labelsOf,
  measuresOf,
  moneyOf,
  pathTo,
  placeOf,
  type Step,
  statusOf,
  stepsUp,
  timeOf,
} from './facts.ts';
import type { Filter, Place } from './query.ts';
import { findColumn, type Mention, type Reading } from './reading.ts';
import type { Table } from './schema.ts';
import { indexOfWords, wordsOfName } from './words.ts';

/** What narrows a question about this table down: a time, a state, a place, a number, a name, somebody's id. */
export function readFilters(reading: Reading, table: Table): Filter[] {
  const all = [
    ...duringPeriod(reading, table),
    ...ofEntities(reading, table),
    ...ofNames(reading, table),
    ...ofValues(reading, table),
    ...ofState(reading, table),
    ...ofPlace(reading, table),
    ...ofNumbers(reading, table),
    ...ofPresence(reading, table),
  ];
  // One test a column: the more special reader comes first.
  return all.filter(
    (filter, at) =>
      all.findIndex(
        ({ column, path }) => column === filter.column && path.length === filter.path.length,
      ) === at,
  );
}

const here = { path: [] as Step[] };

function duringPeriod({ period }: Reading, table: Table): Filter[] {
  const column = timeOf(table);
  return period && column ? [{ ...here, column, test: { op: 'during', ...period } }] : [];
}

/** "orders of user 42"; the table's own number is its key. */
const ofEntities = ({ mentions, schema }: Reading, table: Table): Filter[] =>
  mentions.flatMap(({ table: other, id }): Filter[] => {
    if (id === undefined) return [];
    const key = keyOf(other);
    const path = pathTo(schema, table, other);
    if (!key || !path) return [];
    const last = path.at(-1);
    const column = table.columns.find(({ name }) => name === last?.column);
    const test = { op: '=' as const, value: id };
    // The reference itself holds the number: no need to go there.
    if (path.length === 1 && column && last?.target === key.name)
      return [{ ...here, column, test }];
    return [{ path, column: key, test }];
  });

/** "products in category Tents": a table above, and a name with a capital right behind it. */
function ofNames({ mentions, rawWords, schema }: Reading, table: Table): Filter[] {
  return mentions.flatMap((mention): Filter[] => {
    const { table: other, at, length } = mention;
    const value = rawWords[at + length] ?? '';
    const [column] = labelsOf(other);
    const path = other === table ? undefined : pathTo(schema, table, other);
    if (!path || !column || !/^\p{Lu}/u.test(value)) return [];
    return [{ path, column, test: { op: '=', value } }];
  });
}

const link = new Set(['is', 'are', 'equal', 'to', 'of', '=']);
const notAValue = new Set(
  'and or the a an in on by per for from of with without where sort order group each this last is are than over above under below more less at least most only not null no any all what which how many show total count number it there than as'.split(
    ' ',
  ),
);

/** "with status paid", "country is DE", "named 'Ada'". */
function ofValues(reading: Reading, table: Table): Filter[] {
  const { words, rawWords, raw } = reading;
  const quoted = /(?<!\p{L})["'“‘]([^"'“”‘’]{1,80})["'”’]/u.exec(raw)?.[1];
  const columns = table.columns.filter((column) => isText(column));
  const filters = columns.flatMap((column): Filter[] => {
    const name = wordsOfName(column.name);
    const at = indexOfWords(words, name);
    if (at < 0 || /^(by|per|each|every|which|what|group)$/.test(words[at - 1] ?? '')) return [];
    let next = at + name.length;
    while (link.has(words[next] ?? '')) next++;
    const value = quoted ?? rawWords[next];
    if (!value || (!quoted && (notAValue.has(words[next] ?? '') || isNamed(reading, next))))
      return [];
    return [{ ...here, column, test: { op: '=', value } }];
  });
  if (filters.length > 0) return filters;

  const called = quoted ?? /\b(?:named|called)\s+([\p{L}\p{N}.-]{1,80})/iu.exec(raw)?.[1];
  const [column] = labelsOf(table);
  return called && column ? [{ ...here, column, test: { op: '=', value: called } }] : [];
}

const isNamed = ({ mentions }: Reading, position: number) =>
  mentions.some(({ at, length }) => position >= at && position < at + length);

const notAState = new Set(
  `${[...notAValue].join(' ')} new newest latest recent oldest earliest first last top best worst biggest largest smallest highest lowest cheapest expensive our my your their its me us list give get display find tell describe explain average mean avg sum minimum maximum min max empty has have had do doe did new old different distinct single every these those that then today yesterday week month year quarter day average about see want need please table row column field index detail when who whose can could would into between one two three four five six seven eight nine ten eleven twelve dozen both other next previous current monthly daily weekly yearly percent share some few several total amount value make made placed also now again compare s t`.split(
    ' ',
  ),
);

/** "paid orders", "only paid ones", "inactive users": a word of its own before the table, or behind "only". */
function ofState(reading: Reading, table: Table): Filter[] {
  const { words, rawWords, mentions, text } = reading;
  const mention = mentions.find((one) => one.table === table && one.id === undefined);
  const only = words.findIndex((word) => word === 'only' || word === 'just');
  const candidates = [
    mention ? mention.at - 1 : -1,
    mention && /^(are|is|were|was)$/.test(words[mention.at + mention.length] ?? '')
      ? mention.at + mention.length + 1
      : -1,
    only >= 0 ? (words[only + 1] === 'the' ? only + 2 : only + 1) : -1,
    words.findIndex(
      (word, at) =>
        at > 0 && word === 'one' && !/^(the|which|that|this|only)$/.test(words[at - 1] ?? ''),
    ) - 1,
  ];
  for (const at of candidates) {
    const word = words[at];
    if (!word || /^\d+$/.test(word) || notAState.has(word) || isNamed(reading, at)) continue;
    const flag = table.columns.find(
      (column) => isFlag(column) && flagWord(wordsOfName(column.name), word),
    );
    if (flag) {
      const isNegative = words[at - 1] === 'not' || !wordsOfName(flag.name).includes(word);
      return [{ ...here, column: flag, test: { op: '=', value: isNegative ? 0 : 1 } }];
    }
    const column = statusOf(table);
    const isMeasure = findColumn([word], table) !== undefined;
    if (column && !isMeasure && !/\b(from|in)\s+$/.test(text))
      return [{ ...here, column, test: { op: '=', value: (rawWords[at] ?? word).toLowerCase() } }];
  }
  return [];
}

const flagWord = (name: string[], word: string) =>
  name.some(
    (part) => part.length > 2 && (part === word || `in${part}` === word || `un${part}` === word),
  );

/** "from DE", "in Lindenburg": something with a capital, where the table or one above it has a place. */
function ofPlace({ raw, schema }: Reading, table: Table): Filter[] {
  const value = /\b(?:in|from)\s+(\p{Lu}[\p{L}-]*(?:\s\p{Lu}[\p{L}-]*)?)/u.exec(raw)?.[1];
  if (
    !value ||
    /^(January|February|March|April|May|June|July|August|September|October|November|December)\b/.test(
      value,
    )
  )
    return [];
  const place = placeNear(
    schema.tables.length > 0 ? [{ path: [], table }, ...above(schema, table)] : [],
  );
  return place ? [{ ...place, test: { op: '=', value } }] : [];
}

const above = (schema: Reading['schema'], table: Table) =>
  stepsUp(schema, table).map((step) => ({ path: [step], table: step.table }));

function placeNear(candidates: { path: Step[]; table: Table }[]): Place | undefined {
  for (const { path, table } of candidates) {
    const column = placeOf(table);
    if (column) return { path, column };
  }
  return undefined;
}

const comparisons = [
  [/\b(?:at least|minimum of)\s+[€$£]?\s?(\d[\d,]*(?:\.\d+)?)/, '>='],
  [/\b(?:at most|up to)\s+[€$£]?\s?(\d[\d,]*(?:\.\d+)?)/, '<='],
  [
    /(?:\b(?:over|above|more than|greater than|higher than)|>)\s*[€$£]?\s?(\d[\d,]*(?:\.\d+)?)/,
    '>',
  ],
  [
    /(?:\b(?:under|below|less than|lower than|cheaper than|fewer than)|<)\s*[€$£]?\s?(\d[\d,]*(?:\.\d+)?)/,
    '<',
  ],
] as const;

/** "over 100", "rating below 3". */
function ofNumbers({ text, words }: Reading, table: Table): Filter[] {
  for (const [pattern, op] of comparisons) {
    const found = pattern.exec(text)?.[1];
    if (!found) continue;
    const column =
      findColumn(words, table, (one) => isNumeric(one) && !one.isKey && !one.refersTo) ??
      moneyOf(table) ??
      measuresOf(table)[0];
    const value = Number(found.replaceAll(',', ''));
    return column && Number.isFinite(value) ? [{ ...here, column, test: { op, value } }] : [];
  }
  return [];
}

/** "without a phone", "with no note". */
function ofPresence({ words }: Reading, table: Table): Filter[] {
  const at = words.findIndex(
    (word, index) => word === 'without' || (word === 'no' && words[index - 1] === 'with'),
  );
  if (at < 0) return [];
  const column = findColumn(words.slice(at + 1, at + 5), table);
  return column ? [{ ...here, column, test: { op: 'empty' } }] : [];
}

/** The mention that a question is about: the first without a number of its own. */
export const subjectOf = ({ mentions }: Reading): Mention | undefined =>
  mentions.find(({ id }) => id === undefined) ?? mentions[0];
