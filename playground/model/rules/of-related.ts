import { keyOf, tableBelow, timeOf } from './facts.ts';
import type { Filter, Related } from './query.ts';
import type { Reading } from './reading.ts';
import type { Table } from './schema.ts';
import { positionsIn, span } from './words.ts';

const fillers = new Set(
  'a an any the single ever yet actually placed made written got received left be been have has had having'.split(
    ' ',
  ),
);
const possession = /^(with|have|has|had|having)$/;
const negation = /^(no|not|never|without|zero)$/;
const rank = /^(most|least|best|worst|top|more|less|often|\d+)$/;

/** "users without orders", "members who never borrowed", "products with reviews": whether rows of a table below refer to the row. */
export function ofRelated(reading: Reading, table: Table): Filter[] {
  const { words, mentions, deeds, schema } = reading;
  const column = keyOf(table) ?? table.columns[0];
  const named = mentions.flatMap(({ id, ...mention }) =>
    id === undefined ? [{ ...mention, isDeed: false }] : [],
  );
  const done = deeds.map((deed) => ({ ...deed, isDeed: true }));
  return [...named, ...done].flatMap(({ table: other, at, length, isDeed }): Filter[] => {
    const found = tableBelow(schema, table, other);
    if (!found || !column) return [];
    let from = at;
    while (fillers.has(words[from - 1] ?? '')) from--;
    const before = words[from - 1] ?? '';
    const isMissing = negation.test(before);
    const isThere = isDeed
      ? !rank.test(before)
      : words.slice(from - 1, at).some((word) => possession.test(word));
    if (!isMissing && !isThere) return [];
    const during = duringPeriod(reading, found.table);
    return [
      {
        path: [],
        column,
        read: [...span(isMissing ? from - 1 : from, at + length), ...during.read],
        test: { op: 'related', isMissing, ...found, ...during.test },
      },
    ];
  });
}

/** A time that is named with it is the time of the other table's rows. */
function duringPeriod(
  { period, text }: Reading,
  table: Table,
): { read: number[]; test: Pick<Related, 'during'> } {
  const column = timeOf(table);
  if (!period || !column) return { read: [], test: {} };
  const { from, to, label } = period;
  const read = positionsIn(text, text.indexOf(label), label.length);
  return { read, test: { during: { column, from, to } } };
}
