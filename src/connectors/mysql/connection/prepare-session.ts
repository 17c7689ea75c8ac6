import type { TLSSocket } from 'node:tls';
import type { Connection } from 'mysql2';
import { ToolError } from '../../tool-error.ts';
import { isLoopback } from './connect-options.ts';
import { type Dialect, type StatementLimits, toDialect } from './dialect.ts';
import { type Rights, readRights, tooManyRights } from './rights.ts';
import { runSql } from './run-sql.ts';

/** What is learnt of a server by signing in. */
export interface Server {
  dialect: Dialect;
  rights: Rights;
  /** How the connection is encrypted, e.g. `TLSv1.3`; absent when it is not. */
  tls?: string;
  /** Neither encrypted nor on this machine: who is on the way may read along. */
  exposed: boolean;
  /** By which the server knows the connection. What the driver knows may be cut off or a proxy's. */
  connectionId: string;
  /** Sent after each reset of a session, when there is anything to undo that a reset does not. */
  afterReset?: string;
}

/** What a new connection is for. */
export interface SessionRules {
  limits: StatementLimits;
  database: string | undefined;
  allowDangerousRights: boolean;
}

/**
 * Finds out what the server is and who we are to it, makes the session ours, and looks whether it obeys.
 *
 * @throws ToolError when the account may do too much, or the server did not take a setting: then nothing may be asked.
 */
export async function prepareSession(connection: Connection, rules: SessionRules): Promise<Server> {
  const [row = []] = await runSql(connection, announcement);
  const [version, comment, sqlMode, connectionId] = row.map((cell) => String(cell ?? ''));
  const dialect = toDialect({
    version: version ?? '',
    comment: comment ?? '',
    sqlMode: sqlMode ?? '',
  });
  const { rights, afterReset } = await readAllRights(connection, dialect);
  if (rights.dangerous.length > 0 && !rules.allowDangerousRights)
    throw tooManyRights(rights, rules.database);
  await makeOurs(connection, dialect, rules.limits);
  const { stream } = connection as unknown as { stream: Partial<TLSSocket> };
  const tls = stream.getProtocol?.();
  const exposed = !tls && !isLoopback(stream.remoteAddress ?? '');
  return {
    dialect,
    rights,
    connectionId: connectionId ?? '',
    exposed,
    ...(tls && { tls }),
    ...(afterReset && { afterReset }),
  };
}

const announcement = 'SELECT VERSION(), @@version_comment, @@sql_mode, CONNECTION_ID()';

/** With those of the roles that the account could make its own, active or not. */
async function readAllRights(connection: Connection, dialect: Dialect) {
  const own = await readGrants(connection, 'SHOW GRANTS');
  const { roles } = readRights(own);
  if (roles.length === 0) return { rights: readRights(own) };
  const [[role] = []] = await runSql(connection, 'SELECT CURRENT_ROLE()');
  const afterReset = dialect.homeRole(typeof role === 'string' ? role : undefined);
  const grants = [...own];
  for (const sql of dialect.roleGrants(roles))
    grants.push(...(await readGrants(connection, sql).catch(unlessNotOurs)));
  if (afterReset) await runSql(connection, afterReset);
  return { rights: readRights(grants), afterReset };
}

/** A role that cannot be made active gives no rights: it was given to others (MariaDB), or taken meanwhile. */
function unlessNotOurs(error: unknown): string[] {
  const { errno } = error as { errno?: number };
  if (errno === 1959 || errno === 3530) return [];
  throw error;
}

const readGrants = async (connection: Connection, sql: string) =>
  (await runSql(connection, sql)).map(([grant]) => String(grant));

async function makeOurs(connection: Connection, dialect: Dialect, limits: StatementLimits) {
  const { setup, verify, name } = dialect;
  const refused = (missing: string, cause?: unknown) =>
    new ToolError('UPSTREAM_ERROR', 'the database did not take the settings of our session', {
      why: `without them a query is not surely read-only, so none is sent; ${name} refused ${missing}`,
      try: 'asking an operator; a proxy between us and the database may drop SET statements, and MySQL before 8.0 or MariaDB before 10.6 lack some',
      cause,
    });
  try {
    await runSql(connection, `SET ${setup}, ${dialect.limits(limits)}`);
    const [row = []] = await runSql(connection, verify.query);
    const missing = verify.missing(row);
    if (missing.length > 0) throw refused(missing.join(', '));
  } catch (error) {
    const { errno, sqlMessage } = error as { errno?: number; sqlMessage?: string };
    const variable = errno === 1193 && /'(\w+)'/.exec(sqlMessage ?? '')?.[1];
    throw variable ? refused(variable, error) : error;
  }
}
