import { z } from 'zod';
import { nearest } from '../../nearest.ts';
import { outsideText } from '../outside-text.ts';
import { ToolError } from '../tool-error.ts';
import type { Mysql } from './mysql.ts';
import { readOnlySql } from './read-only-sql.ts';
import { lexSql } from './sql-lexer.ts';

/** The statement that failed, and where to look for better names. */
export interface Failure {
  mysql: Mysql;
  sql: string;
  timeoutMs: number;
  database?: string | undefined;
}

/** What mysql2 adds to an error that the server sent. */
const serverError = z.object({ errno: z.number(), sqlState: z.string(), sqlMessage: z.string() });

/** Turns whatever the driver threw into a sentence that helps the model mend its statement. */
export async function explainError(error: unknown, failure: Failure): Promise<ToolError> {
  const { success, data } = serverError.safeParse(error);
  if (!success || data.sqlState === '') return toUnreachable(error);
  const explain = explanations[data.errno] ?? anyOther;
  const explained = explain(data.sqlMessage, failure);
  const { code, what, ...details } = await explained.catch(() =>
    anyOther(data.sqlMessage, failure),
  );
  return new ToolError(code, what, { ...details, cause: error });
}

function toUnreachable(error: unknown): ToolError {
  const { message, code } = error as { message?: string; code?: string };
  if (message === 'Queue limit reached.')
    return new ToolError('RATE_LIMITED', 'too many questions at once', {
      try: 'again in a moment',
    });
  if (code === 'ERR_STRING_TOO_LONG') return new ToolError(tooLarge.code, tooLarge.what, tooLarge);
  const why = code && reasons[code];
  return new ToolError('UPSTREAM_ERROR', 'the database is not answering', {
    ...(why && { why }),
    try: 'again in a minute; the operator can run the connector with --check',
    cause: error,
  });
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at the configured address',
  ENOTFOUND: 'the configured host name is unknown',
  EAI_AGAIN: 'the configured host name could not be looked up',
  ETIMEDOUT: 'no connection within 5 seconds',
  EHOSTUNREACH: 'the configured host cannot be reached',
  ENETUNREACH: 'the configured host cannot be reached',
};

interface Explanation {
  code: ToolError['code'];
  what: string;
  why?: string;
  try?: string;
}

type Explain = (message: string, failure: Failure) => Promise<Explanation>;

const always =
  (explanation: Explanation): Explain =>
  async () =>
    explanation;

const denied: Explain = async (message) => {
  const [, right = 'SELECT', object] =
    /^(\w+(?:, ?\w+)*) command denied to user .*? for (?:table|column|routine) (.*)$/.exec(
      message,
    ) ?? [];
  const database = /to database '(.*)'$/.exec(message)?.[1];
  const where = object ?? (database && `database ${database}`) ?? 'this';
  return {
    code: 'MISSING_PERMISSION',
    what: `the account lacks the right ${right} on ${clean(where)}`,
    why: 'it was not granted, or there is no such name',
    try: 'another table (list_tables shows those it may read), or ask an operator to grant it',
  };
};

const tooSlow: Explain = async (_message, { timeoutMs }) => ({
  code: 'TIMEOUT',
  what: `the statement was ended after ${timeoutMs / 1000} s`,
  try: 'a narrower WHERE, an indexed column (get_table_indexes shows them), an aggregate, or a higher timeout_ms (at most 60000)',
});

const missingTable: Explain = async (message, { mysql }) => {
  const [, database = '', table = ''] = /^Table '(.*?)\.(.*)' doesn't exist/.exec(message) ?? [];
  const tables = await mysql.objects(tablesOf, named, { values: [database] });
  return {
    code: 'NOT_FOUND',
    what: `there is no table ${clean(`${database}.${table}`)}`,
    try: suggestion(table, tables, 'list_tables'),
  };
};

const missingColumn: Explain = async (message, { mysql, sql, database = mysql.database }) => {
  const column = /^Unknown column '(.*?)' in/.exec(message)?.[1] ?? '';
  const words = [
    ...new Set(
      lexSql(sql)
        .filter(isName)
        .map(({ text }) => bare(text)),
    ),
  ].slice(0, 200);
  const options = { values: [database ?? '', words], maxRows: 2_000 };
  const columns = await mysql.objects(columnsOf, named, options);
  return {
    code: 'NOT_FOUND',
    what: `there is no column ${clean(column)}`,
    try: suggestion(column.split('.').at(-1) ?? '', columns, 'describe_table'),
  };
};

const missingDatabase: Explain = async (message, { mysql }) => {
  const database = /^Unknown database '(.*)'/.exec(message)?.[1] ?? '';
  // The configured database may be the one that is missing, and then nothing can be asked.
  const databases = database === mysql.database ? [] : await mysql.objects(allDatabases, named);
  return {
    code: 'NOT_FOUND',
    what: `there is no database ${clean(database)}`,
    try: suggestion(database, databases, 'list_databases'),
  };
};

const syntax: Explain = async (message) => {
  const near = /near '(.*)' at line (\d+)/s.exec(message);
  const product = /MariaDB/.test(message) ? 'MariaDB' : 'MySQL';
  return {
    code: 'INVALID_ARGUMENT',
    what: near?.[1]
      ? `syntax error near ${JSON.stringify(outsideText(near[1], 80))}, line ${near[2]}`
      : 'syntax error at the end of the statement',
    why: `the server is ${product}, other dialects differ`,
    try: 'the statement without that part, or written another way',
  };
};

const anyOther: Explain = async (message) => ({
  code: 'INVALID_ARGUMENT',
  what: `the database refused the statement: ${clean(message).replace(/\.$/, '')}`,
});

const readOnly = always({
  code: 'READ_ONLY',
  what: 'the database refused to write',
  why: 'this connection only reads',
  try: 'a SELECT',
});

const full = always({
  code: 'RATE_LIMITED',
  what: 'the database takes no more connections now',
  try: 'again in a moment',
});

const signIn = always({
  code: 'AUTH_FAILED',
  what: 'the database did not accept the account',
  try: 'asking an operator to look at MYSQL_USER and MYSQL_PASSWORD',
});

const tooLarge: Explanation = {
  code: 'TOO_LARGE',
  what: 'a value or row is too large to be sent',
  try: 'LEFT(column, 200) in place of the long column',
};

/** By the servers' error numbers; most are the same in both products. */
const explanations: Record<number, Explain> = {
  1040: full,
  1044: denied,
  1045: signIn,
  1046: always({
    code: 'INVALID_ARGUMENT',
    what: 'no database was named',
    try: 'the argument database, or names like shop.orders; list_databases shows what there is',
  }),
  1049: missingDatabase,
  1054: missingColumn,
  1064: syntax,
  1142: denied,
  1143: denied,
  1146: missingTable,
  1153: always(tooLarge),
  1162: always(tooLarge),
  1203: full,
  1226: full,
  1227: denied,
  1290: readOnly,
  1317: tooSlow,
  1370: denied,
  1698: signIn,
  1792: readOnly,
  1836: readOnly,
  1969: tooSlow,
  3024: tooSlow,
};

const named = z.object({ name: z.string() }).transform(({ name }) => name);

const tablesOf = readOnlySql(
  'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? ORDER BY name',
);
const columnsOf = readOnlySql(
  'SELECT DISTINCT column_name AS name FROM information_schema.columns WHERE table_schema = ? AND table_name IN (?)',
);
const allDatabases = readOnlySql('SELECT schema_name AS name FROM information_schema.schemata');

const isName = ({ type }: { type: string }) => type === 'word' || type === 'quoted';
const bare = (text: string) =>
  text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text;

/** A few near names; else all, when they are few; else the tool that lists them. */
export function suggestion(wanted: string, names: string[], tool: string): string {
  const close = nearest(wanted, names);
  const offered = close.length > 0 ? close : names.length <= 20 ? names : [];
  const list = offered.map((name) => outsideText(name, 64)).join(', ');
  if (list && close.length === 0) return `${list}`;
  return list ? `${list} (${tool} shows all)` : tool;
}

/** The server's words without what they may tell about the account and the host. */
const clean = (message: string) =>
  outsideText(message.replace(/'[^']*'@'[^']*'/g, 'the account').replace(/`@`/g, '`.`'), 300);
