import { connect, isIP, type Socket } from 'node:net';
import type { ConnectionOptions } from 'mysql2';
import type { z } from 'zod';
import type { mysqlEnv } from '../env.ts';

/** Where the database is, who signs in, and how. */
export interface Account {
  host: string;
  port: number;
  user: string;
  password: string;
  database?: string | undefined;
  /** Default: `verify` with a CA; else `off` on this machine and `preferred` elsewhere. */
  ssl?: SslMode | undefined;
  /** PEM certificates, one of which must have signed the server's. */
  sslCa?: string | undefined;
  /** Works with an account that may do more than read. */
  allowDangerousRights?: boolean | undefined;
}

/**
 * `preferred` encrypts where the server can, and insists once it could; `required` always; `verify` also makes sure that the server is the one
 * whose name was configured. A CA is checked in each of them.
 */
export type SslMode = 'off' | 'preferred' | 'required' | 'verify';

/** The account that the environment names. */
export const toAccount = (env: z.output<typeof mysqlEnv>): Account => ({
  host: env.MYSQL_HOST,
  port: env.MYSQL_PORT,
  user: env.MYSQL_USER,
  password: env.MYSQL_PASSWORD,
  database: env.MYSQL_DATABASE,
  ssl: env.MYSQL_SSL,
  sslCa: env.MYSQL_SSL_CA,
  allowDangerousRights: env.MYSQL_ALLOW_DANGEROUS_RIGHTS,
});

/** Whether the server is on this machine, so that nobody is between us and it. */
export const isLoopback = (host: string) =>
  /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/i.test(host);

/** How the connection is to be encrypted, with the default worked out. */
export function toSslMode({ ssl, sslCa, host }: Account): SslMode {
  if (ssl) return ssl;
  if (sslCa) return 'verify';
  return isLoopback(host) ? 'off' : 'preferred';
}

/** The same account where `preferred` no longer means that it may do without: the server has encrypted before. */
export const insisting = (account: Account): Account =>
  toSslMode(account) === 'preferred' ? { ...account, ssl: 'required' } : account;

/** What the driver is told. */
export function toConnectOptions(account: Account, ssl: SslMode): ConnectionOptions {
  const { host, port, user, password, sslCa } = account;
  return {
    host,
    port,
    user,
    password,
    charset: 'utf8mb4',
    connectTimeout: 5_000,
    dateStrings: true,
    disableEval: true, // column names are outside data; no code is made from them
    flags: ['-LOCAL_FILES', '-IGNORE_SPACE'],
    jsonStrings: true,
    maxPreparedStatements: 1, // we prepare none, and each reset of a session clears room for 16,000
    multipleStatements: false,
    supportBigNumbers: true,
    ...(ssl !== 'off' && {
      ssl: {
        rejectUnauthorized: ssl === 'verify' || sslCa !== undefined,
        verifyIdentity: ssl === 'verify',
        ...(sslCa && { ca: sslCa }),
      },
    }),
    ...(ssl === 'verify' && isIP(host) > 0 && { stream: () => connectTo(host, port) }),
  };
}

/**
 * A certificate is checked against the name in `_host`, which Node sets for names only; for an address it would look
 * for `localhost`, whoever answered.
 */
function connectTo(host: string, port: number): Socket {
  const socket = connect({ host, port, noDelay: true, keepAlive: true });
  return Object.assign(socket, { _host: host });
}
