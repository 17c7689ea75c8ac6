import { nearest } from '../../nearest.ts';
import { ToolError } from '../tool-error.ts';
import { pureFunctions, wordsBeforeParenthesis } from './pure-functions.ts';
import { lexSql, type SqlToken } from './sql-lexer.ts';

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
  const rest = code.slice(head);
  checkWords(code, head);
  checkCalls(code);
  checkSchemas(code);
  checkFor(rest);
  return text as ReadOnlySql;
}

/** The tokens that mean something: without spaces, comments, and what ends the statement. */
function significant(text: string): SqlToken[] {
  const tokens = lexSql(text);
  for (const token of tokens) {
    if (token.type === 'bad') refuse(token, `${token.problem}`, 'plain SQL without it');
    if (token.type === 'hint') checkHint(token);
    if (token.type === 'variable') checkVariable(token);
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

/** What SHOW may show. Not: other people's queries, accounts, binary logs, replication. */
const shows =
  /^SHOW (?:(?:(?:EXTENDED|FULL|GLOBAL|SESSION|LOCAL|OPEN|STORAGE) )*(?:TABLES|COLUMNS|FIELDS|INDEX|INDEXES|KEYS|STATUS|VARIABLES|ENGINES)|TABLE STATUS|DATABASES|SCHEMAS|CREATE (?:TABLE|VIEW|DATABASE|SCHEMA|PROCEDURE|FUNCTION|TRIGGER|EVENT|SEQUENCE)|TRIGGERS|EVENTS|WARNINGS|ERRORS|COUNT|COLLATION|CHARACTER SET|CHARSET|GRANTS|PLUGINS|(?:PROCEDURE|FUNCTION) STATUS)(?= |$)/;

/** Checks how the statement begins and gives the number of tokens of that beginning. */
function readHead(code: SqlToken[]): number {
  const open = code.findIndex(({ text }) => text !== '(');
  const first = code[open];
  const word = upper(first);
  if (queryStarts.has(word)) return open + 1;
  if (open === 0 && explainStarts.has(word)) return readExplain(code);
  if (open === 0 && word === 'SHOW') {
    const found = shows.exec(code.slice(0, 5).map(upper).join(' '))?.[0];
    if (found) return found.split(' ').length;
    refuse(code[1] ?? first, 'SHOW of this kind tells about the server, not about data', showForms);
  }
  refuse(first, 'only statements that read are allowed', readForms);
}

const readForms = 'SELECT, WITH … SELECT, SHOW, DESCRIBE, EXPLAIN SELECT, TABLE or VALUES';
const showForms = 'SHOW TABLES, SHOW COLUMNS FROM …, SHOW INDEX FROM … or SHOW CREATE TABLE …';

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

/** `t.update` is a column; `1.update` is not. */
const isColumnOf = (code: SqlToken[], index: number) =>
  code[index - 1]?.text === '.' && isName(code[index - 2]);

/** FOR stands in few places of a reading statement, and in all others it locks or counts up. */
function checkFor(code: SqlToken[]) {
  const calls: string[] = []; // the words before the parentheses that are open here
  for (const [index, token] of code.entries()) {
    const before = code[index - 1];
    if (token.text === '(') calls.push(upper(before));
    if (token.text === ')') calls.pop();
    if (token.type !== 'word' || upper(token) !== 'FOR' || isColumnOf(code, index)) continue;
    const after = upper(code[index + 1]);
    const isIndexHint =
      ['INDEX', 'KEY'].includes(upper(before)) && ['ORDER', 'GROUP', 'JOIN'].includes(after);
    const isSubstring =
      /^(SUBSTR|SUBSTRING|MID)$/.test(calls.at(-1) ?? '') && !['UPDATE', 'SHARE'].includes(after);
    if (isIndexHint || isSubstring || after === 'SYSTEM_TIME') continue;
    refuse(token, 'FOR locks rows, or looks at what is not data', 'the query without it');
  }
}

/** Every name before a parenthesis must be known to only compute, also in backticks. */
function checkCalls(code: SqlToken[]) {
  for (const [index, token] of code.entries()) {
    const callee = code[index - 1];
    if (token.text !== '(' || !callee || !isName(callee)) continue;
    if (callee.type === 'word' && wordsBeforeParenthesis.has(upper(callee))) continue;
    const isMember = code[index - 2]?.text === '.';
    const name = unquote(callee).toLowerCase();
    if (!isMember && (pureFunctions.has(name) || /^(st_|mbr)/.test(name))) continue;
    if (!isMember && isColumnList(code, index)) continue;
    const close = nearest(name, pureFunctions);
    const also = close.length > 0 ? `${close.join(', ').toUpperCase()}; or ` : '';
    refuse(
      callee,
      'only functions that are known to do nothing but compute may be called',
      `${also}a query without it`,
    );
  }
}

/** `WITH t (a, b) AS (…)` and `(SELECT …) AS t (a, b)`: names of columns, no call. */
function isColumnList(code: SqlToken[], open: number): boolean {
  const close = code.findIndex(({ text }, index) => index > open && text === ')');
  const inner = code.slice(open + 1, close < 0 ? open + 1 : close);
  const isList =
    inner.length > 0 &&
    inner.every((token, index) => (index % 2 ? token.text === ',' : isName(token)));
  if (!isList) return false;
  const before = code[open - 2];
  const namesQuery = upper(code[close + 1]) === 'AS' && code[close + 2]?.text === '(';
  return namesQuery || before?.text === ')' || upper(before) === 'AS';
}

const serverSchemas = new Set(['mysql', 'performance_schema', 'sys']);

/** What information_schema tells about data; not about accounts, other people's queries and locks. */
const schemaTables = new Set(
  `applicable_roles character_sets check_constraints collation_character_set_applicability collations column_statistics
  columns columns_extensions enabled_roles engines events files geometry_columns global_status global_variables keywords
  key_column_usage parameters partitions referential_constraints routines schemata schemata_extensions sequences
  session_status session_variables spatial_ref_sys sql_functions st_geometry_columns st_spatial_reference_systems
  st_units_of_measure statistics system_variables table_constraints table_constraints_extensions tables
  tables_extensions triggers view_routine_usage view_table_usage views`.split(/\s+/),
);

function checkSchemas(code: SqlToken[]) {
  for (const [index, token] of code.entries()) {
    if (!isName(token) || code[index + 1]?.text !== '.' || code[index - 1]?.text === '.') continue;
    const schema = unquote(token).toLowerCase();
    const table = unquote(code[index + 2]).toLowerCase();
    if (serverSchemas.has(schema))
      refuse(token, `${schema} belongs to the server itself`, 'the tables that list_tables shows');
    if (schema === 'information_schema' && !schemaTables.has(table))
      refuse(
        code[index + 2] ?? token,
        'it tells about the server, not about data',
        'information_schema.tables or .columns',
      );
  }
}

/** Hints steer the optimizer; some would lift our limits. */
function checkHint(token: SqlToken) {
  const limit = /MAX_EXECUTION_TIME\s*\(\s*(\d*)/i.exec(token.text);
  const isTooLong = limit && !(Number(limit[1]) >= 1 && Number(limit[1]) <= 60_000);
  if (/SET_VAR|RESOURCE_GROUP|['"`]/i.test(token.text) || isTooLong)
    refuse(token, 'this hint would lift a limit', 'the query without it');
}

/** Settings may be read, but not those that hold credentials or commands. */
function checkVariable(token: SqlToken) {
  if (
    token.text.startsWith('@@') &&
    /passw|pwd|auth|secret|token|private|_key|init_/i.test(token.text)
  )
    refuse(token, 'this setting may hold a secret', 'other settings, e.g. @@version');
}

const isName = (token: SqlToken | undefined) => token?.type === 'word' || token?.type === 'quoted';

const upper = (token: SqlToken | undefined) =>
  token?.type === 'quoted' || token?.type === 'string' ? '' : (token?.text.toUpperCase() ?? '');

const unquote = (token: SqlToken | undefined) =>
  token?.type === 'quoted' ? token.text.slice(1, -1).replaceAll('``', '`') : (token?.text ?? '');

const quote = ({ text }: SqlToken) =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

function refuse(token: SqlToken | undefined, why: string, wayOut: string): never {
  const what = token ? `${quote(token)} at character ${token.start + 1}` : 'the end';
  throw new ToolError('REFUSED', `${what} is not allowed`, { why, try: wayOut });
}
