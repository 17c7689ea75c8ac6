import { isDateLike, isFlag, statusOf, tableBelow } from './facts.ts';
import { isNamed, notAValue } from './of-values.ts';
import type { Filter } from './query.ts';
import { findColumn, type Reading } from './reading.ts';
import type { Table } from './schema.ts';
import { everydayWords, span, wordsOfName } from './words.ts';

const notAState = new Set([
  ...everydayWords,
  ...notAValue,
  ...'new newest latest recent oldest earliest first last top best worst biggest largest smallest highest lowest cheapest expensive my explain describe average mean avg sum minimum maximum min max empty doe new old different distinct single every then today yesterday week month year quarter day average column field index into between one two three four five six seven eight nine ten eleven twelve dozen other next previous current monthly daily weekly yearly percent share few several total amount value compare out never named called sorted sort ordered'.split(
    ' ',
  ),
]);

/** "paid orders", "only paid ones", "inactive users", "orders that were not paid": a state before the table, or behind "is", "only" or "not". */
export function ofState(reading: Reading, table: Table): Filter[] {
  const { words, rawWords, deeds, schema } = reading;
  for (const at of candidates(reading, table)) {
    const word = words[at];
    if (!word || /^\d+$/.test(word) || notAState.has(word) || isNamed(reading, at)) continue;
    if (deeds.some((deed) => deed.at === at && tableBelow(schema, table, deed.table))) continue;
    const not = negationBefore(words, at);
    const read = span(not ?? at, at + 1);
    const flag = table.columns.find(
      (column) => isFlag(column) && flagWord(wordsOfName(column.name), word),
    );
    if (flag) {
      const isNegative = (not !== undefined) === wordsOfName(flag.name).includes(word);
      return [{ path: [], column: flag, read, test: { op: '=', value: isNegative ? 0 : 1 } }];
    }
    const column = statusOf(table);
    if (!column || findColumn([word], table, (one) => !isDateLike(one))) continue;
    const op = not === undefined ? '=' : '!=';
    const value = (rawWords[at] ?? word).toLowerCase();
    return [{ path: [], column, read, test: { op, value } }];
  }
  return [];
}

const between = /^(yet|been|be|being|the|a|an|already|really)$/;

/** Where such words may stand; -1 where there is no such place. */
function candidates({ words, mentions }: Reading, table: Table): number[] {
  const mention = mentions.find((one) => one.table === table && one.id === undefined);
  const end = mention ? mention.at + mention.length : -1;
  let behind = end;
  while (/^(that|which|who|have|has|had|is|are|was|were|been)$/.test(words[behind] ?? '')) behind++;
  const only = words.findIndex((word) => word === 'only' || word === 'just');
  let negated = words.indexOf('not') + 1 || -1;
  while (between.test(words[negated] ?? '')) negated++;
  return [
    mention ? mention.at - 1 : -1,
    mention && /^(is|are|was|were|been)$/.test(words[behind - 1] ?? '') ? behind : -1,
    only >= 0 ? (words[only + 1] === 'the' ? only + 2 : only + 1) : -1,
    words.findIndex(
      (word, at) =>
        at > 0 && word === 'one' && !/^(the|which|that|this|only)$/.test(words[at - 1] ?? ''),
    ) - 1,
    negated,
  ];
}

function negationBefore(words: string[], at: number): number | undefined {
  let before = at - 1;
  while (between.test(words[before] ?? '')) before--;
  return words[before] === 'not' ? before : undefined;
}

const flagWord = (name: string[], word: string) =>
  name.some(
    (part) => part.length > 2 && (part === word || `in${part}` === word || `un${part}` === word),
  );
