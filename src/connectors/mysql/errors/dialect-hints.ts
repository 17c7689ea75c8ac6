import type { Product } from '../guard/pure-functions.ts';

interface Hint {
  /** The product that lacks it; absent: both do. */
  lacking?: Product['product'];
  /** Found in the statement from a little before the place of the error on. */
  written: RegExp;
  what: string;
  instead: string;
}

/** What models write that belongs to another dialect, the most telling first. */
const hints: Hint[] = [
  {
    lacking: 'MariaDB',
    written: /^\W*TABLE\s/i,
    what: 'no TABLE statement',
    instead: 'SELECT * FROM the table',
  },
  {
    lacking: 'MariaDB',
    written: /VALUES\s+ROW\s*\(/i,
    what: 'no VALUES ROW()',
    instead: 'VALUES (1, 2), (3, 4)',
  },
  {
    lacking: 'MariaDB',
    written: /->/,
    what: 'no operators -> and ->>',
    instead: "JSON_EXTRACT(column, '$.path') or JSON_VALUE(column, '$.path')",
  },
  {
    lacking: 'MariaDB',
    written: /MEMBER\s+OF/i,
    what: 'no MEMBER OF',
    instead: 'JSON_CONTAINS(array, value)',
  },
  {
    lacking: 'MariaDB',
    written: /LATERAL/i,
    what: 'no LATERAL',
    instead: 'a window function such as ROW_NUMBER() in a derived table',
  },
  {
    lacking: 'MariaDB',
    written: /EXPLAIN\s+ANALYZE/i,
    what: 'no EXPLAIN ANALYZE',
    instead: 'ANALYZE SELECT …, or the tool explain_query',
  },
  {
    lacking: 'MariaDB',
    written: /AS\s+JSON\s*\)/i,
    what: 'no CAST to JSON',
    instead: 'the text itself, since JSON is text there',
  },
  {
    lacking: 'MySQL',
    written: /FETCH\s+(FIRST|NEXT)/i,
    what: 'no FETCH FIRST',
    instead: 'LIMIT 10 OFFSET 20',
  },
  {
    lacking: 'MySQL',
    written: /(^|\W)ANALYZE\s+(FORMAT|SELECT|WITH)/i,
    what: 'no ANALYZE SELECT',
    instead: 'EXPLAIN ANALYZE SELECT …, or the tool explain_query',
  },
  {
    lacking: 'MySQL',
    written: /FOR\s+SYSTEM_TIME/i,
    what: 'no system-versioned tables',
    instead: 'the current rows',
  },
  { written: /::/, what: 'no casts with ::', instead: 'CAST(value AS CHAR)' },
  { written: /\bILIKE\b/i, what: 'no ILIKE', instead: 'LIKE, which ignores case already' },
  {
    written: /\bFULL\s+(OUTER\s+)?JOIN/i,
    what: 'no FULL JOIN',
    instead: 'a LEFT JOIN, UNION ALL, and a RIGHT JOIN with WHERE … IS NULL',
  },
  { written: /\bTOP\s+\d/i, what: 'no TOP', instead: 'LIMIT 10 at the end' },
  {
    written: /NULLS\s+(FIRST|LAST)/i,
    what: 'no NULLS FIRST or LAST',
    instead: 'ORDER BY column IS NULL, column',
  },
  {
    written: /FILTER\s*\(\s*WHERE/i,
    what: 'no FILTER (WHERE …)',
    instead: 'SUM(condition) or COUNT(IF(condition, 1, NULL))',
  },
  {
    written: /INTERVAL\s+'\d+\s+\w+'/i,
    what: "no INTERVAL '7 days'",
    instead: 'INTERVAL 7 DAY, the unit in the singular',
  },
  {
    written: /DISTINCT\s+ON\b/i,
    what: 'no DISTINCT ON',
    instead: 'ROW_NUMBER() OVER (PARTITION BY …) = 1 in a derived table',
  },
  {
    written: /\bQUALIFY\b/i,
    what: 'no QUALIFY',
    instead: 'a derived table with the window function, and WHERE outside of it',
  },
  {
    written: /GROUPING\s+SETS/i,
    what: 'no GROUPING SETS',
    instead: 'GROUP BY a, b WITH ROLLUP, or UNION ALL',
  },
  {
    written: /\(\s*EPOCH\b/i,
    what: 'no EXTRACT(EPOCH …)',
    instead: 'UNIX_TIMESTAMP(column)',
  },
  {
    written: /AT\s+TIME\s+ZONE/i,
    what: 'no AT TIME ZONE',
    instead: "CONVERT_TZ(column, 'UTC', 'Europe/Berlin')",
  },
  { written: /\bARRAY\s*\[/i, what: 'no arrays', instead: 'IN (1, 2), or JSON_ARRAY(1, 2)' },
  { written: /MATERIALIZED\s*\(/i, what: 'no MATERIALIZED', instead: 'WITH x AS (SELECT …)' },
  {
    written: /WITHIN\s+GROUP/i,
    what: 'no WITHIN GROUP',
    instead: 'GROUP_CONCAT(… ORDER BY …), or PERCENT_RANK() OVER (ORDER BY …) for percentiles',
  },
  { written: /LIMIT\s+ALL/i, what: 'no LIMIT ALL', instead: 'no LIMIT' },
  { written: /\[/, what: 'no names in brackets', instead: 'names in backticks: `name`' },
  {
    written: /(\bFROM|\bJOIN|\bAS|\.)\s*"/i,
    what: 'no names in double quotes, which are for text',
    instead: 'names in backticks: `name`',
  },
];

/** What the server lacks that the statement seems to use, and what to write there. */
export function dialectHint(text: string, product: Product['product']): Hint | undefined {
  return hints.find(
    ({ lacking, written }) => (lacking ?? product) === product && written.test(text),
  );
}
