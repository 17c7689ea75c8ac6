import { countryCode } from './country-code.ts';
import { isText, placeOf, stepsUp } from './facts.ts';
import type { Filter, Place } from './query.ts';
import type { Reading } from './reading.ts';
import type { Column, Table } from './schema.ts';
import { positionsIn, span, wordsOfName } from './words.ts';

/** "from DE", "from Germany", "in Lindenburg": where the table or one above it has a place. */
export function ofPlace(reading: Reading, table: Table): Filter[] {
  const places = [{ path: [], table }, ...above(reading, table)];
  return ofCountry(reading, places) ?? ofCapital(reading, places);
}

type Places = (Pick<Place, 'path'> & { table: Table })[];

const above = ({ schema }: Reading, table: Table): Places =>
  stepsUp(schema, table).map((step) => ({ path: [step], table: step.table }));

/** A country by its name, at most four words long; where two letters stand for it, those are looked for. */
function ofCountry({ words, rawWords }: Reading, places: Places): Filter[] | undefined {
  const at = words.findIndex(
    (word, index) => /^(in|from)$/.test(word) && readCountry(rawWords, index + 1),
  );
  const country = at < 0 ? undefined : readCountry(rawWords, at + 1);
  const place = country && placeNear(places, isCountry);
  if (!place) return undefined;
  const value = /^(var)?char\(2\)/.test(place.column.type) ? country.code : country.name;
  return [{ ...place, read: span(at, country.end), test: { op: '=', value } }];
}

function readCountry(rawWords: string[], from: number) {
  for (let length = 4; length > 0; length--) {
    const name = rawWords.slice(from, from + length).join(' ');
    // Two letters are a code already, or a word like "in".
    const code = name.length > 2 || name === name.toUpperCase() ? countryCode(name) : undefined;
    if (code) return { code, name, end: Math.min(from + length, rawWords.length) };
  }
  return undefined;
}

const isCountry = (column: Column) =>
  isText(column) && wordsOfName(column.name).includes('country');

const month =
  /^(January|February|March|April|May|June|July|August|September|October|November|December)\b/;

/** Anything else with a capital. */
function ofCapital({ raw }: Reading, places: Places): Filter[] {
  const found = /\b(?:in|from)\s+(\p{Lu}[\p{L}-]*(?:\s\p{Lu}[\p{L}-]*)?)/u.exec(raw);
  const value = found?.[1];
  if (!found || !value || month.test(value)) return [];
  const place = placeNear(places, () => true);
  const read = positionsIn(raw, found.index, found[0].length);
  return place ? [{ ...place, read, test: { op: '=', value } }] : [];
}

function placeNear(places: Places, accept: (column: Column) => boolean): Place | undefined {
  for (const { path, table } of places) {
    const first = placeOf(table);
    const column =
      first && accept(first) ? first : table.columns.find((one) => first && accept(one));
    if (column && accept(column)) return { path, column };
  }
  return undefined;
}
