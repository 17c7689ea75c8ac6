import { z } from 'zod';
import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { connectFault } from '../connection/connect-faults.ts';
import type { Mysql } from '../connection/mysql.ts';
import { explainColumn, explainDatabase, explainIndex, explainTable } from './explain-names.ts';
import { explainSyntax } from './explain-syntax.ts';

/** The statement that failed, and where to look for better names. */
export interface Failure {
  mysql: Pick<Mysql, 'database' | 'objects' | 'server'>;
  sql: string;
  timeoutMs: number;
  database?: string | undefined;
}

/** An error in words of ours, for the model that wrote the statement. */
export interface Explanation {
  code: ToolError['code'];
  what: string;
  why?: string;
  try?: string;
  excerpt?: string;
}

/** What mysql2 adds to an error that the server sent. */
const serverError = z.object({ errno: z.number(), sqlState: z.string(), sqlMessage: z.string() });

/** Turns whatever the driver threw into a sentence that helps the model mend its statement. */
export async function explainError(error: unknown, failure: Failure): Promise<ToolError> {
  const { success, data } = serverError.safeParse(error);
  const fault = connectFault(error);
  if (fault || !success || data.sqlState === '') return toUnreachable(error);
  const explain = explanations[data.errno] ?? anyOther;
  const { code, what, ...details } = await Promise.resolve()
    .then(() => explain(data.sqlMessage, failure))
    .catch(() => anyOther(data.sqlMessage));
  return new ToolError(code, what, { ...details, cause: error });
}

interface Headline {
  what: string;
  try: string;
}

const unreachable: Headline = {
  what: 'the database is not answering',
  try: 'again in a minute; the operator can run the connector with --check',
};

const headlines: Partial<Record<ToolError['code'], Headline>> = {
  AUTH_FAILED: {
    what: 'the database did not let us in',
    try: 'asking an operator to look at MYSQL_USER and MYSQL_PASSWORD; the connector’s --check says more',
  },
  RATE_LIMITED: { what: 'the database is busy', try: 'again in a moment' },
};

function toUnreachable(error: unknown): ToolError {
  const { message, code } = error as { message?: string; code?: string };
  if (message === 'Queue limit reached.')
    return new ToolError('RATE_LIMITED', 'too many questions at once', {
      try: 'again in a moment',
    });
  if (code === 'ERR_STRING_TOO_LONG') return new ToolError(tooLarge.code, tooLarge.what, tooLarge);
  const { code: kind, why } = connectFault(error) ?? { code: 'UPSTREAM_ERROR' as const };
  const headline = headlines[kind] ?? unreachable;
  return new ToolError(kind, headline.what, { why, try: headline.try, cause: error });
}

type Explain = (message: string, failure: Failure) => Explanation | Promise<Explanation>;

/** The server's own words, which name the column or function, and what to do about it. */
const invalid =
  (wayOut: string): Explain =>
  (message) => ({ ...anyOther(message), try: wayOut });

const anyOther = (message: string): Explanation => ({
  code: 'INVALID_ARGUMENT',
  what: `the database refused the statement: ${clean(message).replace(/\.$/, '')}`,
  try: 'another way to ask the same; describe_table shows the columns and their types',
});

const denied: Explain = (message, { mysql }) => {
  const [, right = 'SELECT', object] =
    /^(\w+(?:, ?\w+)*) command denied to user .*? for (?:table|column|routine) (.*)$/.exec(
      message,
    ) ?? [];
  const database = /to database '(.*)'$/.exec(message)?.[1];
  const needed = /need \(at least one of\) the (.*) privilege/.exec(message)?.[1];
  const where = object
    ? ` on ${toName(object)}`
    : database
      ? ` on database ${clean(database)}`
      : '';
  const reads = mysql.server?.rights.reads ?? [];
  return {
    code: 'MISSING_PERMISSION',
    what: `the account lacks the right ${clean(needed ?? right)}${where}`,
    why: `${reads.length > 0 ? `it has SELECT on ${toSome(reads)}` : 'it was not granted'}, or there is no such name`,
    try: 'another table (list_tables shows those it may read), or ask an operator to grant it',
  };
};

const tooSlow: Explain = (_message, { timeoutMs }) => ({
  code: 'TIMEOUT',
  what: `the statement was ended after ${timeoutMs / 1000} s`,
  try: 'a narrower WHERE, an indexed column (get_table_indexes shows them), LIMIT before a JOIN, an aggregate, or a higher timeout_ms (at most 60000); explain_query shows what takes long',
});

const interrupted: Explain = (_message, { timeoutMs }) => ({
  code: 'TIMEOUT',
  what: 'the statement was ended on the server',
  why: `it took longer than ${timeoutMs / 1000} s, or an operator ended it`,
  try: 'a narrower WHERE, or an aggregate; not the same statement again',
});

const lockWait: Explain = () => ({
  code: 'CONFLICT',
  what: 'the table is locked by somebody who is changing it',
  why: 'the lock was not given up within 5 s',
  try: 'again in a moment',
});

/** One number for all settings that forbid something. */
const prevented: Explain = (message) =>
  /max-session-mem-used/.test(message) ? tooMuchMemory : readOnly;

const readOnly: Explanation = {
  code: 'READ_ONLY',
  what: 'the database refused to write',
  why: 'this connection only reads',
  try: 'a SELECT',
};

const tooLarge: Explanation = {
  code: 'TOO_LARGE',
  what: 'a value or row is too large to be sent',
  try: 'LEFT(column, 200) in place of the long column',
};

const tooMuchMemory: Explanation = {
  code: 'TOO_LARGE',
  what: 'the statement needs more memory or disk than it may have',
  try: 'fewer rows before ORDER BY and GROUP BY, fewer or shorter columns, or an aggregate',
};

/** Where the account may call no stored functions, an unknown one is refused before it is looked for. */
const noFunction: Explain = (message, { mysql }) => {
  const [, name = ''] =
    /^FUNCTION (?:.*?\.)?(\S+) does not exist|for routine '(?:.*?\.)?(.*)'$/
      .exec(message)
      ?.filter((part) => part !== undefined) ?? [];
  return {
    code: 'NOT_FOUND',
    what: `there is no function ${clean(name)}`,
    why: `the server is ${mysql.server?.dialect.name ?? 'another product'}, other dialects have others`,
    try: 'DATE_FORMAT, GROUP_CONCAT, IF, IFNULL, JSON_EXTRACT, REGEXP_REPLACE and other functions of its own',
  };
};

const collations = invalid(
  'both sides in one collation: CONVERT(column USING utf8mb4) COLLATE utf8mb4_general_ci',
);
const grouping = invalid(
  'every column in GROUP BY or inside an aggregate such as MAX(column); conditions on aggregates in HAVING',
);
const noDatabase: Explanation = {
  code: 'INVALID_ARGUMENT',
  what: 'no database was named',
  try: 'the argument database, or names like shop.orders; list_databases shows what there is',
};
const badView = invalid('the tables behind the view; an operator has to mend the view itself');

/** By the servers' error numbers; most are the same in both products. */
const explanations: Record<number, Explain> = {
  1021: () => tooMuchMemory,
  1037: () => tooMuchMemory,
  1038: () => tooMuchMemory,
  1041: () => tooMuchMemory,
  1044: denied,
  1046: () => noDatabase,
  1049: explainDatabase,
  1052: invalid('the column with its table before it, as in o.name'),
  1054: explainColumn,
  1055: grouping,
  1064: explainSyntax,
  1066: invalid('another alias for each table'),
  1102: explainDatabase,
  1103: invalid('the name of a table; list_tables shows them'),
  1104: invalid('a narrower WHERE, or joins on indexed columns'),
  1111: grouping,
  1114: () => tooMuchMemory,
  1115: invalid('utf8mb4'),
  1139: invalid('a plainer pattern, with special characters escaped as \\\\( in a string'),
  1140: grouping,
  1142: denied,
  1143: denied,
  1146: explainTable,
  1153: () => tooLarge,
  1162: () => tooLarge,
  1176: explainIndex,
  1205: lockWait,
  1213: lockWait,
  1222: invalid('the same number of columns in each SELECT of the UNION'),
  1227: denied,
  1241: invalid('one column in the subquery'),
  1242: invalid('IN (…) in place of =, or LIMIT 1 in the subquery'),
  1248: invalid('a name after each derived table: (SELECT …) AS t'),
  1253: collations,
  1267: collations,
  1270: collations,
  1271: collations,
  1273: invalid('utf8mb4_general_ci'),
  1290: prevented,
  1305: noFunction,
  1317: interrupted,
  1345: denied,
  1356: badView,
  1370: noFunction,
  1449: badView,
  1582: invalid('the number of arguments that the function takes'),
  1630: noFunction,
  1690: invalid('CAST(column AS SIGNED) or CAST(column AS DECIMAL(30, 0)) before the arithmetic'),
  1791: invalid('FORMAT=JSON, or the tool explain_query'),
  1792: () => readOnly,
  1836: () => readOnly,
  1969: tooSlow,
  3024: tooSlow,
  3170: () => tooMuchMemory,
  3572: lockWait,
  3593: invalid('the window function in a derived table, and the condition outside of it'),
  3636: invalid('an end for the recursion; 10,000 rounds are allowed'),
  3699: invalid('a plainer pattern'),
  3854: collations,
  4015: invalid('the window function in a derived table, and the condition outside of it'),
};

const toSome = (names: readonly string[]) =>
  [...names.slice(0, 5).map((name) => outsideText(name, 80)), ...(names[5] ? ['…'] : [])].join(
    ', ',
  );

/** `shop`.`orders` as people write it; one server quotes, the other does not. */
const toName = (object: string) =>
  clean(
    object
      .replace(/`((?:[^`]|``)*)`/g, (_, name: string) => name.replaceAll('``', '`'))
      .replace(/^'(.*)'$/, '$1'),
  );

/** The server's words without what they may tell about the account and the host. */
const clean = (message: string) =>
  outsideText(message.replace(/['`"][^'`"]*['`"]@['`"][^'`"]*['`"]/g, 'the account'), 300);
