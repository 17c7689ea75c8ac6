import { checkSchema } from './check-schemas.ts';
import type { SqlToken } from './sql-lexer.ts';
import { isColumnOf, isName, refuse, upper } from './sql-words.ts';

/** What SHOW may show. Not: other people's queries, accounts, binary logs, replication. */
const shows =
  /^SHOW (?:(?:(?:EXTENDED|FULL|GLOBAL|SESSION|LOCAL|OPEN|STORAGE) )*(?:TABLES|COLUMNS|FIELDS|INDEX|INDEXES|KEYS|STATUS|ENGINES)|TABLE STATUS|DATABASES|SCHEMAS|CREATE (?:TABLE|VIEW|DATABASE|SCHEMA|PROCEDURE|FUNCTION|TRIGGER|EVENT|SEQUENCE)|TRIGGERS|EVENTS|WARNINGS|ERRORS|COUNT|COLLATION|CHARACTER SET|CHARSET|GRANTS|PLUGINS|PRIVILEGES|(?:PROCEDURE|FUNCTION) STATUS)(?= |$)/;
const settings = /^SHOW (?:(?:GLOBAL|SESSION|LOCAL) )?VARIABLES(?= |$)/;

/**
 * Checks what a SHOW statement shows and gives the number of tokens that were understood.
 *
 * @throws ToolError `REFUSED`.
 */
export function checkShow(code: readonly SqlToken[]): number {
  const words = code.slice(0, 5).map(upper).join(' ');
  const found = (settings.exec(words) ?? shows.exec(words))?.[0];
  if (!found)
    refuse(
      code[1] ?? code[0],
      'SHOW of this kind tells about the server, not about data',
      'SHOW TABLES, SHOW COLUMNS FROM …, SHOW INDEX FROM … or SHOW CREATE TABLE …',
    );
  const length = found.split(' ').length;
  if (found.endsWith('VARIABLES')) return checkSettings(code, length);
  if (found.endsWith('GRANTS')) return checkGrants(code, length);
  checkPlace(code, length);
  checkSubqueries(code, length);
  return length;
}

/** `FROM mysql` names a schema here, though no dot follows. */
function checkPlace(code: readonly SqlToken[], start: number) {
  let isTable = /^(COLUMNS|FIELDS|INDEX|INDEXES|KEYS)$/.test(upper(code[start - 1]));
  for (let place = start; /^(FROM|IN)$/.test(upper(code[place])); place += 2) {
    const name = code[place + 1];
    if (isName(name) && !isTable) checkSchema(name);
    if (code[place + 2]?.text === '.') place += 2; // `FROM shop.orders FROM mysql`: the last one counts
    isTable = false;
  }
}

/** What a subquery reads for SHOW the servers lock, and MariaDB 10.11 falls over one that begins with WITH. */
function checkSubqueries(code: readonly SqlToken[], start: number) {
  const query = code.find(
    (token, index) =>
      index >= start &&
      /^(SELECT|WITH|VALUES|TABLE)$/.test(upper(token)) &&
      !isColumnOf(code, index),
  );
  if (query) refuse(query, 'a query within SHOW locks what it reads', 'information_schema instead');
}

/** One's own rights, and nobody else's. */
function checkGrants(code: readonly SqlToken[], start: number): number {
  if (code.length === start) return start;
  const rest = code.slice(start).map(upper).join(' ');
  if (/^FOR (CURRENT_USER|CURRENT_ROLE)( \( \))?$/.test(rest)) return code.length;
  refuse(code[start], 'the rights of other accounts are not shown', 'SHOW GRANTS');
}

/** Settings may be looked up where no name that is meant can be one that holds a secret. */
function checkSettings(code: readonly SqlToken[], start: number): number {
  const rest = code.slice(start);
  const form = rest.map((token) => (token.type === 'string' ? '?' : upper(token))).join(' ');
  const names = rest.filter(({ type }) => type === 'string').map(({ text }) => text.slice(1, -1));
  if (lookUp.test(form) && names.every((name) => harmlessSetting.test(name))) return code.length;
  refuse(
    code[start - 1],
    'some settings may hold a secret',
    "SELECT @@name, e.g. SELECT @@version, @@sql_mode; or SHOW VARIABLES LIKE 'version%'",
  );
}

const lookUp = /^(LIKE \?|WHERE VARIABLE_NAME (= \?|LIKE \?|IN \( \?( , \?)* \)))$/;
const harmlessSetting =
  /^%?(auto_?increment|autocommit|buffer|char|collation|default_storage|event_scheduler|foreign_key|group_concat|have_|innodb|interactive|isolation|join_|license|lock_wait|long_query|lower_case|max_|net_|query_cache|read_only|sort_|sql_mode|storage_engine|system_time|table_|thread|time_zone|timeout|timestamp|tmp_table|transaction|tx_|unique_checks|version|wait_timeout)[a-z0-9_%]*$/i;
