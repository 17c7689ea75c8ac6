import { expect, it } from 'vitest';
import { connectFault } from '../../../../src/connectors/mysql/connection/connect-faults.ts';
import { explainError } from '../../../../src/connectors/mysql/errors/explain-error.ts';

const failure = {
  mysql: { database: 'shop', server: undefined, objects: () => Promise.reject(new Error('away')) },
  sql: 'SELECT doc FROM t',
  timeoutMs: 15_000,
};

it.each([
  [
    'a packet past the limit of the server',
    { errno: 1153, sqlState: '08S01', sqlMessage: "Got a packet bigger than 'max_allowed_packet'" },
  ],
  ['a string past the limit of Node', { code: 'ERR_STRING_TOO_LONG', message: 'Cannot create …' }],
])('tells how to ask for less after %s', async (_what, error) => {
  const { message } = await explainError(error, failure);
  expect(message).toBe(
    'TOO_LARGE: a value or row is too large to be sent. Try: LEFT(column, 200) in place of the long column.',
  );
});

// What the driver and OpenSSL say. The driver gives all faults of TLS one code.
const tls = 'HANDSHAKE_SSL_ERROR';
it.each([
  [{ code: 'ECONNREFUSED' }, 'UPSTREAM_ERROR', 'nothing listens', 'MYSQL_HOST and MYSQL_PORT'],
  [{ code: 'ENOTFOUND' }, 'UPSTREAM_ERROR', 'host name is unknown', 'MYSQL_HOST'],
  [{ code: 'HANDSHAKE_NO_SSL_SUPPORT' }, 'UPSTREAM_ERROR', 'offers no encryption', 'MYSQL_SSL=off'],
  [{ code: tls, message: 'certificate has expired' }, 'UPSTREAM_ERROR', 'expired', 'Renew'],
  [{ code: tls, message: 'certificate is not yet valid' }, 'UPSTREAM_ERROR', 'not valid', 'clocks'],
  [
    { code: tls, message: 'self-signed certificate in certificate chain' },
    'UPSTREAM_ERROR',
    'nobody that is trusted',
    'MYSQL_SSL_CA',
  ],
  [
    { code: tls, message: 'unable to get local issuer certificate' },
    'UPSTREAM_ERROR',
    'nobody that is trusted',
    'MYSQL_SSL_CA',
  ],
  [
    {
      code: tls,
      message:
        "Hostname/IP does not match certificate's altnames: Host: db.internal. is not in the cert's altnames",
    },
    'UPSTREAM_ERROR',
    'another name',
    'MYSQL_SSL=required',
  ],
  [
    { code: tls, message: 'wrong version number' },
    'UPSTREAM_ERROR',
    'no encrypted connection',
    'TLS 1.2',
  ],
  [
    {
      code: 'AUTH_SWITCH_PLUGIN_ERROR',
      message: 'Server requests authentication using unknown plugin client_ed25519. See TODO',
    },
    'AUTH_FAILED',
    'method',
    'caching_sha2_password',
  ],
  [
    { code: 'AUTH_SWITCH_PLUGIN_ERROR', message: 'error:1E08010C:DECODER routines::unsupported' },
    'AUTH_FAILED',
    'could not be sent safely',
    'MYSQL_SSL=required',
  ],
  [{ code: 'MYSQL_CLEAR_PASSWORD_NOT_ENABLED' }, 'AUTH_FAILED', 'clear text', 'PAM'],
  [
    {
      errno: 1045,
      sqlState: '28000',
      sqlMessage: "Access denied for user 'reader'@'10.1.2.3' (using password: YES)",
    },
    'AUTH_FAILED',
    'user name or the password',
    'MYSQL_PASSWORD',
  ],
  [
    {
      errno: 1130,
      sqlState: 'HY000',
      sqlMessage: "Host '10.1.2.3' is not allowed to connect to this MariaDB server",
    },
    'AUTH_FAILED',
    'from this machine',
    'host part',
  ],
  [
    {
      errno: 1129,
      sqlState: 'HY000',
      sqlMessage: "Host '10.1.2.3' is blocked because of many connection errors",
    },
    'AUTH_FAILED',
    'shut out',
    'FLUSH HOSTS',
  ],
  [
    {
      errno: 3159,
      sqlState: '08004',
      sqlMessage:
        'Connections using insecure transport are prohibited while --require_secure_transport=ON.',
    },
    'AUTH_FAILED',
    'encrypted connections only',
    'MYSQL_SSL=required',
  ],
  [
    {
      errno: 3118,
      sqlState: 'HY000',
      sqlMessage: "Access denied for user 'reader'@'%'. Account is locked.",
    },
    'AUTH_FAILED',
    'locked',
    'UNLOCK',
  ],
  [
    { errno: 4151, sqlState: 'HY000', sqlMessage: 'Access denied, this account is locked' },
    'AUTH_FAILED',
    'locked',
    'UNLOCK',
  ],
  [
    { errno: 1820, sqlState: 'HY000', sqlMessage: 'You must reset your password' },
    'AUTH_FAILED',
    'expired',
    'MYSQL_PASSWORD',
  ],
  [
    { errno: 1040, sqlState: '08004', sqlMessage: 'Too many connections' },
    'RATE_LIMITED',
    'no more connections',
    'max_connections',
  ],
  [
    {
      errno: 1226,
      sqlState: '42000',
      sqlMessage: "User 'reader' has exceeded the 'max_user_connections' resource",
    },
    'RATE_LIMITED',
    'no more connections',
    'MAX_USER_CONNECTIONS',
  ],
  [
    { errno: 1053, sqlState: '08S01', sqlMessage: 'Server shutdown in progress' },
    'UPSTREAM_ERROR',
    'shutting down',
    'MYSQL_HOST',
  ],
  [
    { errno: 1927, sqlState: '70100', sqlMessage: 'Connection was killed' },
    'UPSTREAM_ERROR',
    'ended the connection',
    'MYSQL_HOST',
  ],
])(
  'says why nobody gets in, and to the operator how to mend it: %j',
  async (error, code, why, fix) => {
    const { message, code: given } = await explainError(error, failure);
    expect(given).toBe(code);
    expect(message).toContain(why);
    expect(connectFault(error)?.fix).toContain(fix);
    expect(message).not.toMatch(/reader|10\.1\.2\.3|db\.internal|TODO|DECODER/);
  },
);

it.each(['Queue limit reached.', 'Pool is closed.', 'something nobody knows of reader@10.1.2.3'])(
  'keeps the words of the driver to itself: %s',
  async (words) => {
    const { message } = await explainError(new Error(words), failure);
    expect(message).toMatch(
      /^(RATE_LIMITED: too many questions|UPSTREAM_ERROR: the database is not)/,
    );
    expect(message).not.toContain(words);
  },
);

const secrets = ["'reader'@'10.1.2.3'", '`reader`@`10.1.2.3`', '"reader"@"db.internal"'];
const numbers = Array.from({ length: 3_700 }, (_, index) => index + 1_000);

it('tells no account and no host, whatever number a message comes with', async () => {
  for (const errno of numbers) {
    const sqlMessage = `Something about ${secrets.join(' and ')} near 'x' at line 1`;
    const { message } = await explainError({ errno, sqlState: 'HY000', sqlMessage }, failure);
    expect(message).not.toMatch(/reader|10\.1\.2\.3|db\.internal|\n\s+at /);
    expect(message).toMatch(/^[A-Z_]+: .+\.( Why: .+\.)?( Try: .+\.)?$/m);
  }
});

it.each([
  [
    'SELECT id FORM orders',
    "'orders'",
    'at character 16',
    '  SELECT id FORM orders\n                 ^',
  ],
  [
    'SELECT id,\n  name nome FROM\n  orders x y',
    "'y'",
    'in line 3 at character 12',
    '    orders x y\n             ^',
  ],
  ['SELECT 1 FROM', "''", 'at the end', '  SELECT 1 FROM\n               ^'],
  [
    'SELECT a b c, a b c;',
    "'c'",
    'at character 19',
    '  SELECT a b c, a b c;\n                    ^',
  ],
  [`SELECT ${'x, '.repeat(60)} FORM y z`, "'y z'", 'at character 194', `${' '.repeat(52)}^`],
  [
    'SELECT "\u202eabc" FORM\tx y',
    "'y'",
    'at character 22',
    '  SELECT " abc" FORM x y\n                       ^',
  ],
])('shows the place of a syntax error: %j', async (sql, near, where, excerpt) => {
  const line = sql.split('\n').length;
  const sqlMessage = `You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near ${near} at line ${line}`;
  const error = { errno: 1064, sqlState: '42000', sqlMessage };
  const { message } = await explainError(error, { ...failure, sql });
  expect(message).toContain(where);
  expect(message.endsWith(excerpt)).toBe(true);
});
