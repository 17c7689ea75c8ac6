import type { ToolErrorCode } from '../../tool-error.ts';

/** Why nobody gets in, for the person who asked and for the operator who can mend it. No account, no host. */
export interface ConnectFault {
  code: ToolErrorCode;
  why: string;
  /** For the operator, naming the variable. */
  fix: string;
}

/** What a driver or a server said while a connection was made. */
interface Said {
  code?: string;
  errno?: number;
  message?: string;
}

/** What is wrong with the way to the server or with the account, if it is one of these. */
export function connectFault(error: unknown): ConnectFault | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code = '', errno = 0, message = '' } = error as Said;
  return (
    network[code] ??
    accounts[errno] ??
    protocols.find((fault) => fault.code === code && fault.said.test(message))?.fault
  );
}

const fault = (code: ToolErrorCode, why: string, fix: string): ConnectFault => ({ code, why, fix });

const whereItIs =
  'Look whether the server is up; set MYSQL_HOST and MYSQL_PORT to where it listens';
const away = (why: string) => fault('UPSTREAM_ERROR', why, whereItIs);

const network: Record<string, ConnectFault> = {
  ECONNREFUSED: away('nothing listens at the configured address'),
  ENOTFOUND: away('the configured host name is unknown'),
  EAI_AGAIN: away('the configured host name could not be looked up'),
  ETIMEDOUT: away('no connection within 5 seconds'),
  EHOSTUNREACH: away('the configured host cannot be reached'),
  ENETUNREACH: away('the configured host cannot be reached'),
  ECONNRESET: away('the connection was lost'),
  EPIPE: away('the connection was lost'),
  PROTOCOL_CONNECTION_LOST: away('the connection was lost'),
  HANDSHAKE_NO_SSL_SUPPORT: fault(
    'UPSTREAM_ERROR',
    'the server offers no encryption, though it did before or MYSQL_SSL asks for it',
    'Turn on TLS in the server, or set MYSQL_SSL=off where nobody else is on the way to it',
  ),
  MYSQL_CLEAR_PASSWORD_NOT_ENABLED: fault(
    'AUTH_FAILED',
    'the server wants the password in clear text, which this connector does not send',
    'Give the account a password of the server’s own (IDENTIFIED BY), not one of PAM or LDAP',
  ),
};

/** Told apart by their words: the driver gives one code to all of them. */
const protocols: { code: string; said: RegExp; fault: ConnectFault }[] = [
  {
    code: 'HANDSHAKE_SSL_ERROR',
    said: /has expired/,
    fault: fault(
      'UPSTREAM_ERROR',
      'the certificate of the server has expired',
      'Renew the certificate of the server',
    ),
  },
  {
    code: 'HANDSHAKE_SSL_ERROR',
    said: /not yet valid/,
    fault: fault(
      'UPSTREAM_ERROR',
      'the certificate of the server is not valid yet',
      'Look at the clocks of both machines, and at the certificate of the server',
    ),
  },
  {
    code: 'HANDSHAKE_SSL_ERROR',
    said: /self-signed|issuer|verify the first certificate|invalid CA|signature/,
    fault: fault(
      'UPSTREAM_ERROR',
      'the certificate of the server was signed by nobody that is trusted here',
      'Set MYSQL_SSL_CA to the certificate of whoever signed it (of the server itself, if it is self-signed)',
    ),
  },
  {
    code: 'HANDSHAKE_SSL_ERROR',
    said: /does not match certificate|altnames/i,
    fault: fault(
      'UPSTREAM_ERROR',
      'the certificate of the server is made out to another name',
      'Set MYSQL_HOST to a name that the certificate has; or set MYSQL_SSL=required, which with MYSQL_SSL_CA still checks who signed it',
    ),
  },
  {
    code: 'HANDSHAKE_SSL_ERROR',
    said: /./,
    fault: fault(
      'UPSTREAM_ERROR',
      'no encrypted connection came about',
      'Look whether the server speaks TLS 1.2 or newer, and whether MYSQL_HOST and MYSQL_PORT are its own',
    ),
  },
  {
    code: 'AUTH_SWITCH_PLUGIN_ERROR',
    said: /unknown plugin/,
    fault: fault(
      'AUTH_FAILED',
      'the account signs in by a method that this connector does not know',
      'Let the account sign in with a password: IDENTIFIED WITH caching_sha2_password (MySQL) or mysql_native_password (MariaDB)',
    ),
  },
  {
    code: 'AUTH_SWITCH_PLUGIN_ERROR',
    said: /./,
    fault: fault(
      'AUTH_FAILED',
      'the password could not be sent safely: the server gave no key to encrypt it with',
      'Set MYSQL_SSL=required, so that the connection is encrypted as a whole',
    ),
  },
];

const signIn = fault(
  'AUTH_FAILED',
  'the user name or the password is wrong, or the account may not sign in like this',
  'Set MYSQL_USER and MYSQL_PASSWORD to an account that may sign in from here; one that was made with REQUIRE SSL also needs MYSQL_SSL=required',
);
const locked = fault(
  'AUTH_FAILED',
  'the account is locked',
  'Unlock it (ALTER USER … ACCOUNT UNLOCK), or set MYSQL_USER to another one',
);
const expired = fault(
  'AUTH_FAILED',
  'the password of the account has expired',
  'Give the account a new password (ALTER USER … IDENTIFIED BY …) and set MYSQL_PASSWORD to it',
);
const full = fault(
  'RATE_LIMITED',
  'the server takes no more connections now',
  'Look who holds them (SHOW PROCESSLIST), and at max_connections and MAX_USER_CONNECTIONS',
);

/** By the servers' error numbers. */
const accounts: Record<number, ConnectFault> = {
  1040: full,
  1045: signIn,
  1053: away('the server is shutting down'),
  1129: fault(
    'AUTH_FAILED',
    'the server has shut out this machine after failed connections',
    'Run FLUSH HOSTS on the server, and look at MYSQL_USER and MYSQL_PASSWORD',
  ),
  1130: fault(
    'AUTH_FAILED',
    'the server lets nobody in from this machine',
    "Let the account sign in from here: its host part must match, as '%' does",
  ),
  1203: full,
  1226: full,
  1251: fault(
    'AUTH_FAILED',
    'the account signs in by a method that this connector does not know',
    'Let the account sign in with caching_sha2_password or mysql_native_password',
  ),
  1698: signIn,
  1820: expired,
  1862: expired,
  1927: away('the server ended the connection'),
  3118: locked,
  3159: fault(
    'AUTH_FAILED',
    'the server takes encrypted connections only',
    'Set MYSQL_SSL=required, or verify',
  ),
  3955: locked,
  4031: away('the server ended the connection'),
  4151: locked,
};
