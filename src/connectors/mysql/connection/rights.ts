import { outsideText } from '../../../outside-text.ts';
import { ToolError } from '../../tool-error.ts';
import { quoteName } from '../schema/quote-name.ts';

/** What an account may do, from what SHOW GRANTS says. */
export interface Rights {
  /** Over the server, its files, other accounts, or all at once; also those that nobody here has heard of. */
  dangerous: string[];
  /** To change data or tables, to lock them, or to run stored code. */
  writing: string[];
  /** What it may read: `*.*`, `shop.*`, `shop.orders`. */
  reads: string[];
  /** Roles that it was given, quoted for SQL. Their rights are told by further grants. */
  roles: string[];
}

const reading = new Set(
  'USAGE,SELECT,SHOW VIEW,SHOW DATABASES,SHOW CREATE ROUTINE,SHOW_ROUTINE,PROXY'.split(','),
);
const writing = new Set(
  `INSERT,UPDATE,DELETE,CREATE,DROP,ALTER,INDEX,REFERENCES,TRIGGER,EVENT,EXECUTE,LOCK TABLES,CREATE VIEW,
  CREATE ROUTINE,ALTER ROUTINE,CREATE TEMPORARY TABLES,DELETE HISTORY,DELETE VERSIONING ROWS`.split(
    /,\s*/,
  ),
);

/** Reads the lines of SHOW GRANTS of either product. */
export function readRights(grants: readonly string[]): Rights {
  const read = grants.map(readGrant);
  const rights = sorted(read.flatMap((grant) => grant.rights));
  return {
    dangerous: rights.filter((right) => !reading.has(right) && !writing.has(right)),
    writing: rights.filter((right) => writing.has(right)),
    reads: sorted(read.flatMap(({ rights, on }) => (on && rights.some(canRead) ? [on] : []))),
    roles: sorted(read.flatMap((grant) => grant.roles)),
  };
}

/**
 * The refusal to work with an account that could harm the server, and how to make a harmless one.
 *
 * Every layer here holds back what such an account could do; none of them is as sure as an account that cannot.
 */
export const tooManyRights = ({ dangerous }: Rights, database: string | undefined) =>
  new ToolError('REFUSED', `the account may do more than read (${toList(dangerous)})`, {
    why: 'with these rights a single fault could harm the server, so nothing is sent to it',
    try: `asking an operator for an account of the bot's own: ${grantFor(database)} (or MYSQL_ALLOW_DANGEROUS_RIGHTS=true, to use this one all the same)`,
  });

/**
 * The statements that make an account as it should be. Twenty connections: six of the pool; when six calls are cancelled
 * at once, as many that still stop and as many that stop them; and those of checks.
 */
export const grantFor = (database: string | undefined) =>
  `CREATE USER 'reader'@'%' IDENTIFIED BY '…' WITH MAX_USER_CONNECTIONS 20; GRANT SELECT, SHOW VIEW ON ${quoteName(database ?? 'your_database')}.* TO 'reader'@'%';`;

/** A few rights by name. */
export const toList = (rights: readonly string[]) =>
  [...rights.slice(0, 8).map((right) => outsideText(right, 40)), ...(rights[8] ? ['…'] : [])].join(
    ', ',
  );

interface Grant {
  rights: string[];
  on?: string;
  roles: string[];
}

const none: Grant = { rights: [], roles: [] };

/** Who knows what it allows? */
const unreadable: Grant = { rights: ['A GRANT THAT NOBODY HERE CAN READ'], roles: [] };

/** Names may hold anything, such as `) ON *.* TO`, so they are taken out before the line is read. */
const quoted = /`(?:[^`]|``)*`|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"/g;

function readGrant(line: string): Grant {
  const names: string[] = [];
  const bare = line.replace(quoted, (name) => `\`${names.push(name) - 1}\``);
  const named = (text: string) => text.replace(/`(\d+)`/g, (_, index) => names[index] ?? '');

  const [, list = '', on, rest = ''] =
    /^GRANT (.+?)(?: ON (?:TABLE |FUNCTION |PROCEDURE |PACKAGE |PACKAGE BODY )?(\S+))? TO (.*)$/i.exec(
      bare,
    ) ?? [];
  if (!list && /^GRANT\b/i.test(line)) return unreadable;
  if (!list) return none; // SET DEFAULT ROLE, or a REVOKE, which takes away from what another line gave
  const more = /WITH .*(GRANT|ADMIN) OPTION/i.exec(rest)?.[1];
  const items = splitList(list);
  if (on === undefined)
    return { rights: more ? ['ADMIN OPTION'] : [], roles: items.map(named).map(quoteRole) };
  const rights = items.map((right) => right.toUpperCase());
  return {
    rights: more ? [...rights, 'GRANT OPTION'] : rights,
    on: named(on).replace(quoted, unquote),
    roles: [],
  };
}

/** `SELECT (a, b), INSERT` are two rights; which columns they are for does not matter. */
const splitList = (list: string) =>
  list
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((item) => item.trim());

/** Older servers do not quote a role. */
const quoteRole = (role: string) => (/^[`'"]/.test(role) ? role : quoteName(role));

const unquote = (name: string) => name.slice(1, -1).replaceAll('``', '`');
const canRead = (right: string) => right === 'SELECT' || right === 'ALL PRIVILEGES';
const sorted = (names: string[]) => [...new Set(names)].sort();
