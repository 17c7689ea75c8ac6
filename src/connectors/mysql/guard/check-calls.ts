import { nearest } from '../../../nearest.ts';
import { checkNaturalJoins } from './check-natural-joins.ts';
import {
  gluedFunctions,
  isNative,
  type Product,
  pureFunctions,
  specialFunctions,
} from './pure-functions.ts';
import { lexSql, type SqlToken } from './sql-lexer.ts';
import { isColumnOf, isName, lower, pairParentheses, refuse, upper } from './sql-words.ts';

/**
 * Every name before a parenthesis must be known to only compute, and be written so that the server's own function is
 * called: in backticks, after a space or with other arguments it may be a stored one.
 *
 * @throws ToolError `REFUSED`.
 */
export function checkCalls(code: readonly SqlToken[]): void {
  const pairs = pairParentheses(code);
  for (const [open, close] of pairs) {
    const callee = code[open - 1];
    if (!isName(callee)) continue;
    const isMember = code[open - 2]?.text === '.';
    if (!isMember && (isKeyword(code, open) || isColumnList(code, open))) continue;
    if (isPlanFormat(code, open)) continue;
    const name = lower(callee);
    if (isMember || !pureFunctions.has(name)) refuseCall(callee, nearest(name, pureFunctions));
    const way = `${name.toUpperCase()}( without a space or backticks`;
    if (callee.type === 'quoted' || (gluedFunctions.has(name) && !touches(callee, code[open])))
      refuse(callee, 'written like this it calls a stored function', way);
    if (!hasItsForm(name, topLevel(code, open, close, pairs)))
      refuse(callee, 'with these arguments it calls a stored function', 'its usual form');
  }
}

/**
 * Refuses what only this server would take amiss: a call that is one of a stored function to it, a join that it falls
 * over. All else `readOnlySql` decides.
 *
 * @throws ToolError `REFUSED`.
 */
export function checkNative(sql: string, server: Product): void {
  const mayCrash = server.product === 'MariaDB' && /\b(?:USING|NATURAL)\b/i.test(sql);
  if (!mayCrash && !mentionsSpecial.test(sql)) return;
  const code = lexSql(sql).filter(({ type }) => !['space', 'comment', 'hint'].includes(type));
  if (mayCrash) checkNaturalJoins(code);
  for (const [index, token] of code.entries()) {
    const name = lower(token);
    if (!isName(token) || code[index + 1]?.text !== '(' || isNative(name, server)) continue;
    const known = [...pureFunctions].filter((name) => isNative(name, server));
    const why = `${server.product} ${server.version} has no function of that name, so a stored one would run`;
    refuseCall(token, nearest(name, known), why);
  }
}

const mentionsSpecial = new RegExp(`\\b(?:${specialFunctions.join('|')})\\b`, 'i');

function refuseCall(
  callee: SqlToken,
  close: string[],
  why = 'only functions that are known to do nothing but compute may be called',
): never {
  const also = close.length > 0 ? `${close.join(', ').toUpperCase()}; or ` : '';
  refuse(callee, why, `${also}a query without it`);
}

const touches = (callee: SqlToken, paren: SqlToken | undefined) =>
  callee.start + callee.text.length === paren?.start;

/** Reserved words and types that stand before a parenthesis without calling anything. */
const keywords = new Set(
  `SELECT DISTINCT DISTINCTROW ALL FROM JOIN STRAIGHT_JOIN WHERE AND OR XOR NOT IN EXISTS ANY SOME ON USING HAVING BY AS
  WHEN THEN ELSE CASE BETWEEN LIKE RLIKE REGEXP DIV MOD UNION EXCEPT VALUES VALUE ROW OVER INTERVAL PARTITION INDEX KEY
  LIMIT OFFSET GROUP EXPLAIN ANALYZE DESCRIBE DESC
  BINARY BIT BIGINT CHAR CHARACTER DATETIME DEC DECIMAL DOUBLE FIXED FLOAT INT INTEGER MEDIUMINT NATIONAL NCHAR NUMERIC
  REAL SMALLINT TEXT TIME TIMESTAMP TINYINT VARBINARY VARCHAR YEAR`.split(/\s+/),
);

/** Words that are keywords in some places only; elsewhere a stored function may bear the name. */
const softKeywords: Record<string, (code: readonly SqlToken[], open: number) => boolean> = {
  AGAINST: (code, open) => code[open - 2]?.text === ')',
  COLUMNS: (code, open) => code[open - 2]?.type === 'string',
  INTERSECT: (code, open) =>
    code[open - 2]?.text === ')' || /^(SELECT|WITH)$/.test(upper(code[open + 1])),
  LATERAL: (code, open) => /^(SELECT|WITH)$/.test(upper(code[open + 1])),
  OF: (code, open) => /^(AS|MEMBER)$/.test(upper(code[open - 2])),
};

function isKeyword(code: readonly SqlToken[], open: number): boolean {
  const word = upper(code[open - 1]);
  if (keywords.has(word)) return true;
  if (selectOptions.test(word)) return isSelectOption(code, open - 1);
  return Object.hasOwn(softKeywords, word) && softKeywords[word]?.(code, open) === true;
}

/** `EXPLAIN FORMAT=JSON (SELECT …) UNION …`, but not `EXPLAIN SELECT format = json (…)`. */
const isPlanFormat = (code: readonly SqlToken[], open: number): boolean =>
  open <= 5 && planFormat.test(code.slice(0, open).map(upper).join(' '));

const planFormat =
  /^(?:EXPLAIN|DESCRIBE|DESC|ANALYZE)(?: ANALYZE| EXTENDED)? FORMAT = (?:JSON|TREE|TRADITIONAL)$/;

const selectOptions =
  /^(ALL|DISTINCT|DISTINCTROW|HIGH_PRIORITY|STRAIGHT_JOIN|SQL_(SMALL_RESULT|BIG_RESULT|BUFFER_RESULT|NO_CACHE|CALC_FOUND_ROWS))$/;

/** Between SELECT and the first column. */
function isSelectOption(code: readonly SqlToken[], index: number): boolean {
  let before = index - 1;
  while (selectOptions.test(upper(code[before]))) before--;
  return upper(code[before]) === 'SELECT' && !isColumnOf(code, before);
}

/** `WITH t (a, b) AS (…)` and `(SELECT …) AS t (a, b)`: names of columns, no call. */
function isColumnList(code: readonly SqlToken[], open: number): boolean {
  let close = open + 1;
  while (isName(code[close]) && code[close + 1]?.text === ',') close += 2;
  if (!isName(code[close]) || code[++close]?.text !== ')') return false;
  const before = code[open - 2];
  const namesQuery = upper(code[close + 1]) === 'AS' && code[close + 2]?.text === '(';
  return namesQuery || before?.text === ')' || upper(before) === 'AS';
}

/** Some names are the server's own in one form only. `inner` is what stands between the parentheses. */
function hasItsForm(name: string, inner: SqlToken[]): boolean {
  if (name === 'point') return inner.filter(({ text }) => text === ',').length === 1;
  if (constructors.test(name)) return inner.length > 0;
  if (name !== 'json_table') return true;
  return inner.some((token, index) => upper(token) === 'COLUMNS' && inner[index + 1]?.text === '(');
}

const constructors = /^(geometrycollection|(multi)?(linestring|polygon)|multipoint)$/;

/** The tokens between two parentheses without what stands in others among them. */
function topLevel(
  code: readonly SqlToken[],
  open: number,
  close: number,
  pairs: ReadonlyMap<number, number>,
): SqlToken[] {
  const inner: SqlToken[] = [];
  for (let place = open + 1; place < close; place = (pairs.get(place) ?? place) + 1) {
    const token = code[place];
    if (token) inner.push(token);
  }
  return inner;
}
