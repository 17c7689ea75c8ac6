import { ToolError } from '../../tool-error.ts';
import { checkCalls } from './check-calls.ts';
import { checkSchemas } from './check-schemas.ts';
import { checkShow } from './check-show.ts';
import { lexSql, type SqlToken } from './sql-lexer.ts';
import { fold, isColumnOf, quote, refuse, unquote, upper } from './sql-words.ts';

declare const readOnly: unique symbol;

/** One statement that only reads. `readOnlySql` alone makes it, and `Mysql.select` accepts nothing else. */
export type ReadOnlySql = string & { [readOnly]: true };

/** No honest statement is longer, in characters. */
const longest = 32_000;

/**
 * Lets a statement pass that only reads, and refuses everything else: what is not known to be harmless is not allowed.
 *
 * @throws ToolError `REFUSED` with the word, the reason and the way out; `INVALID_ARGUMENT` when there is no statement.
 */
export function readOnlySql(text: string): ReadOnlySql {
  if (text.length > longest)
    throw new ToolError('TOO_LARGE', `the statement has ${text.length} characters`, {
      try: `at most ${longest}`,
    });
  const code = significant(text);
  const head = readHead(code);
  checkWords(code, head);
  checkCalls(code);
  checkSchemas(code);
  checkFor(code.slice(head));
  checkSettings(code);
  return text as ReadOnlySql;
}

/** The tokens that mean something: without spaces, comments, and what ends the statement. */
function significant(text: string): SqlToken[] {
  const tokens = lexSql(text);
  for (const token of tokens) {
    if (token.type === 'bad') refuse(token, `${token.problem}`, 'plain SQL without it');
    if (token.type === 'hint') checkHint(token);
  }
  if (text.includes('\0') || !text.isWellFormed())
    throw new ToolError('REFUSED', 'the statement holds bytes that are no text', {
      try: 'the statement without them',
    });
  const code = tokens.filter(({ type }) => !['space', 'comment', 'hint'].includes(type));
  while (code.at(-1)?.text === ';') code.pop();
  if (code.length === 0)
    throw new ToolError('INVALID_ARGUMENT', 'there is no statement', {
      try: 'one SELECT, e.g. SELECT COUNT(*) FROM orders',
    });
  const end = code.findIndex(({ text }) => text === ';');
  const second = code[end + 1];
  if (end >= 0 && second)
    throw new ToolError('REFUSED', 'one statement per call', {
      why: `a second one starts at character ${second.start + 1} (${quote(second)})`,
      try: 'each SELECT in a call of its own',
    });
  return code;
}

const queryStarts = new Set(['SELECT', 'WITH', 'VALUES', 'TABLE']);
const explainStarts = new Set(['EXPLAIN', 'DESCRIBE', 'DESC', 'ANALYZE']);

/** Checks how the statement begins and gives the number of tokens of that beginning. */
function readHead(code: SqlToken[]): number {
  const open = code.findIndex(({ text }) => text !== '(');
  const first = code[open];
  const word = upper(first);
  if (queryStarts.has(word)) return open + 1;
  if (open === 0 && explainStarts.has(word)) return readExplain(code);
  if (open === 0 && word === 'SHOW') return checkShow(code);
  refuse(first, 'only statements that read are allowed', readForms);
}

const readForms = 'SELECT, WITH … SELECT, SHOW, DESCRIBE, EXPLAIN SELECT, TABLE or VALUES';

/** `EXPLAIN [ANALYZE] [FORMAT = …] query`, `DESCRIBE table`, MariaDB's `ANALYZE [FORMAT = …] query`. */
function readExplain(code: SqlToken[]): number {
  let next = 1;
  for (;;) {
    const word = upper(code[next]);
    if (word === 'FORMAT' && code[next + 1]?.text === '=') next += 3;
    else if (['ANALYZE', 'EXTENDED', 'PARTITIONS'].includes(word)) next += 1;
    else break;
  }
  const target = code[next];
  const word = upper(target);
  if (target?.text === '(' || (queryStarts.has(word) && word !== 'TABLE')) return next;
  // `ANALYZE TABLE t` writes statistics; `DESCRIBE t` shows columns.
  const describes = upper(code[0]) !== 'ANALYZE' && (word === 'TABLE' || next === 1);
  if (describes && (target?.type === 'word' || target?.type === 'quoted')) return next;
  refuse(target ?? code[0], 'only a query can be explained', 'EXPLAIN SELECT …');
}

/** Reserved words that belong to writing, locking and programs. In a reading statement they stand only as names. */
const banned = new Set(
  'ALTER CALL CREATE DECLARE DELETE DROP GRANT INFILE INSERT INTO ITERATE KILL LEAVE LOAD LOCK LOOP OUTFILE PROCEDURE PURGE RELEASE RENAME REPEAT REPLACE RESIGNAL RETURN REVOKE SET SIGNAL TRIGGER UNDO UNLOCK UPDATE WHILE'.split(
    ' ',
  ),
);

function checkWords(code: SqlToken[], head: number) {
  for (const [index, token] of code.entries()) {
    if (index < head || token.type !== 'word' || !banned.has(upper(token))) continue;
    if (isColumnOf(code, index)) continue;
    if (code[index + 1]?.text === '(') continue; // INSERT(…), REPLACE(…): checkCalls decides
    if (upper(token) === 'SET' && /^CHAR(ACTER|SET)?$/.test(upper(code[index - 1]))) continue;
    const name = token.text.toLowerCase();
    refuse(
      token,
      'this connection only reads',
      `the query without it; as a name, write \`${name}\``,
    );
  }
}

/** FOR stands in few places of a reading statement, and in all others it locks or counts up. */
function checkFor(code: SqlToken[]) {
  const calls: string[] = []; // the words before the parentheses that are open here
  for (const [index, token] of code.entries()) {
    const before = code[index - 1];
    if (token.text === '(') calls.push(upper(before));
    if (token.text === ')') calls.pop();
    if (token.type !== 'word' || upper(token) !== 'FOR' || isColumnOf(code, index)) continue;
    if (isSequence(code, index))
      refuse(token, 'the next value of a sequence counts it up', 'the query without it');
    const after = upper(code[index + 1]);
    const isIndexHint =
      ['INDEX', 'KEY'].includes(upper(before)) && ['ORDER', 'GROUP', 'JOIN'].includes(after);
    const call = calls.at(-1) ?? '';
    const isSubstring = /^(SUBSTR|SUBSTRING|MID)$/.test(call) && !/^(UPDATE|SHARE)$/.test(after);
    const isCounter = call === 'COLUMNS' && after === 'ORDINALITY'; // a column of JSON_TABLE
    if (isIndexHint || isSubstring || isCounter || after === 'SYSTEM_TIME') continue;
    refuse(token, 'FOR locks rows, or looks at what is not data', 'the query without it');
  }
}

/** `NEXT VALUE FOR s`, wherever it stands. */
const isSequence = (code: SqlToken[], index: number) =>
  upper(code[index - 1]) === 'VALUE' && /^(NEXT|PREVIOUS)$/.test(upper(code[index - 2]));

/** Hints steer the optimizer; some would lift our limits. */
function checkHint(token: SqlToken) {
  const limits = token.text.matchAll(/MAX_EXECUTION_TIME(?:\s*\(\s*(\d+)\s*\))?/gi);
  const isLong = ([, ms]: RegExpExecArray) => !(Number(ms) >= 1 && Number(ms) <= 60_000);
  if (/SET_VAR|RESOURCE_GROUP/i.test(token.text) || limits.some(isLong))
    refuse(token, 'this hint would lift a limit', 'the query without it');
  // With a quote open, MySQL would read on past what we take for the end.
  if (/['"]/.test(token.text) || token.text.split('`').length % 2 === 0)
    refuse(token, 'a quote in a hint may hide its end', 'the hint without it');
}

/** Settings may be read, but not those that hold credentials or commands. */
function checkSettings(code: SqlToken[]) {
  for (const [index, token] of code.entries()) {
    if (token.type !== 'variable' || !token.text.startsWith('@@')) continue;
    let last = index; // `@@global . x` is three tokens
    while (code[last + 1]?.text === '.') last += 2;
    const parts = code.slice(index, last + 1);
    if (holdsSecret.test(fold(parts.map(unquote).join(''))))
      refuse(code[last], 'this setting may hold a secret', 'other settings, e.g. @@version');
  }
}

const holdsSecret = /passw|pwd|auth|secret|token|private|_key|init_|wsrep/;
