import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkMysql } from '../../../src/connectors/mysql/check.ts';
import type { Account } from '../../../src/connectors/mysql/connection/connect-options.ts';
import { Mysql } from '../../../src/connectors/mysql/connection/mysql.ts';
import {
  type ReadOnlySql,
  readOnlySql,
} from '../../../src/connectors/mysql/guard/read-only-sql.ts';
import { makeAuthority } from './certificate.ts';
import { openClient } from './open-client.ts';
import { type OwnMariadb, openMariadb } from './own-mariadb.ts';

// What can only be tried on a server that nobody else uses: it is stopped, and started with other certificates.

let server: OwnMariadb;
let folder: string;
let account: Account;
const authority = makeAuthority();

beforeAll(async () => {
  [server, folder] = await Promise.all([
    openMariadb(),
    mkdtemp(join(tmpdir(), 'connectormcp-tls-')),
  ]);
  const { host, port } = server;
  account = { host, port, user: 'reader', password: 'hunter2', database: 'shop' };
  const admin = await server.connect();
  await admin.query(`CREATE DATABASE shop; CREATE TABLE shop.orders (id INT PRIMARY KEY);
    INSERT INTO shop.orders VALUES (1), (2), (3);
    CREATE USER reader IDENTIFIED BY 'hunter2'; GRANT SELECT, SHOW VIEW ON shop.* TO reader;
    CREATE USER careful IDENTIFIED BY 'hunter2' REQUIRE SSL; GRANT SELECT, SHOW VIEW ON shop.* TO careful`);
  await admin.end();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const count = readOnlySql('SELECT COUNT(*) FROM orders');

function open(options: Partial<Account> = {}) {
  const mysql = new Mysql({ ...account, ...options });
  return Object.assign(mysql, { [Symbol.asyncDispose]: () => mysql.close() });
}

const lines = async (mysql: Mysql) =>
  (await checkMysql(mysql, AbortSignal.timeout(10_000))).map(
    ({ ok, what, fix = '' }) => `${ok ? 'ok' : 'bad'}: ${what} ${fix}`,
  );

describe('a server that cannot encrypt', () => {
  it('is read all the same when encryption is only preferred', async () => {
    await using mysql = open({ ssl: 'preferred' });
    const calls = Array.from({ length: 12 }, () => mysql.select(count));
    for (const { rows } of await Promise.all(calls)) expect(rows).toEqual([[3]]);
    expect(mysql.server).not.toHaveProperty('tls');
  });

  it.each(['required', 'verify'] as const)('is not read when it must: %s', async (ssl) => {
    await using mysql = open({ ssl });
    await expect(mysql.select(count)).rejects.toThrow(
      'UPSTREAM_ERROR: the database is not answering. Why: the server offers no encryption, though it did before or MYSQL_SSL asks for it',
    );
    expect(await lines(mysql)).toEqual([expect.stringMatching(/^bad: .*MYSQL_SSL=off/)]);
  });
});

describe('files of the server', () => {
  const advice = async () => {
    await using mysql = open();
    return (await lines(mysql)).slice(4);
  };

  it('are open to some accounts and asked of clients when nobody has set it otherwise', async () => {
    expect(await advice()).toEqual([
      expect.stringMatching(
        /^ok: The server lets accounts with the right FILE .* secure_file_priv/,
      ),
      expect.stringMatching(/^ok: The server asks clients for files .* local_infile=OFF/),
    ]);
  });

  it('are no matter when somebody has', async () => {
    await server.stop();
    await server.start(`--secure-file-priv=${folder}`, '--local-infile=OFF');
    expect(await advice()).toEqual([]);
  });
});

it('takes no row that would fill the memory, and goes on working', async () => {
  await server.stop();
  await server.start('--max-allowed-packet=128M');
  await using mysql = open();
  const large = readOnlySql("SELECT REPEAT('x', 64 * 1024 * 1024) AS doc FROM orders");
  await expect(mysql.select(large)).rejects.toThrow(/^TOO_LARGE: a row .*Try: LEFT/);
  const whole = readOnlySql("SELECT REPEAT('x', 15 * 1024 * 1024) AS doc");
  const { rows } = await mysql.select(whole);
  expect(rows).toEqual([[expect.stringMatching(/^x{2000}…\(\+15726640 chars\)$/)]]);
});

describe('a restart', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('by %s loses no reading call', async (signal) => {
    await using mysql = open();
    await mysql.select(count);
    // Some are under way while it goes, some come while it is away.
    const slow = ['SELECT SLEEP(0.3), COUNT(*) FROM orders' as ReadOnlySql];
    const early = Array.from({ length: 6 }, () => mysql.select(slow[0] ?? count));
    const stopped = server.stop(signal);
    const during = Array.from({ length: 10 }, () => mysql.select(count));
    await stopped;
    const late = Array.from({ length: 10 }, () => mysql.select(count));
    await server.start();
    for (const { rows } of await Promise.all(early)) expect(rows).toEqual([[0, 3]]);
    for (const { rows } of await Promise.all([...during, ...late])) expect(rows).toEqual([[3]]);
  });

  it('is noticed: what the account may do is looked at again', async () => {
    await using mysql = open();
    await mysql.select(count);
    const admin = await server.connect();
    await admin.query('GRANT FILE ON *.* TO reader');
    await admin.end();
    await server.stop();
    await server.start();
    await expect(mysql.select(count)).rejects.toThrow(
      'REFUSED: the account may do more than read (FILE)',
    );
    const again = await server.connect();
    await again.query('REVOKE FILE ON *.* FROM reader');
    await again.end();
    expect((await mysql.select(count)).rows).toEqual([[3]]);
  });
});

async function restartWith(cert: string, key: string, ...options: string[]) {
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await Promise.all([writeFile(files.cert, cert), writeFile(files.key, key)]);
  await server.stop();
  await server.start(`--ssl-cert=${files.cert}`, `--ssl-key=${files.key}`, ...options);
}

describe('a server with a certificate for 127.0.0.1 and db.test', () => {
  beforeAll(async () => {
    const { cert, key } = authority.sign({ names: ['db.test'], addresses: ['127.0.0.1'] });
    await restartWith(cert, key);
  });

  const sslCa = authority.cert;
  it.each([
    [{ ssl: 'preferred' }],
    [{ ssl: 'required' }],
    [{ ssl: 'required', sslCa }],
    [{ ssl: 'verify', sslCa }],
    [{ sslCa }],
    [{ ssl: 'required', sslCa, host: 'localhost' }],
    [{ ssl: 'verify', sslCa, user: 'careful' }],
  ] as [Partial<Account>][])('is read encrypted with %j', async (options) => {
    await using mysql = open(options);
    expect((await mysql.select(count)).rows).toEqual([[3]]);
    expect(mysql.server?.tls).toMatch(/^TLSv1\.[23]$/);
    expect(await lines(mysql)).toContainEqual(
      expect.stringMatching(/^ok: The connection is encry/),
    );
  });

  it.each([
    ['by nobody that is known', { ssl: 'verify' }, /signed by nobody/, /MYSQL_SSL_CA/],
    ['by another', { sslCa: makeAuthority().cert }, /signed by nobody/, /MYSQL_SSL_CA/],
    ['for another name', { sslCa, host: 'localhost' }, /made out to another name/, /MYSQL_HOST/],
    [
      'but the account wants encryption',
      { ssl: 'off', user: 'careful' },
      /the account may not/,
      /MYSQL_SSL=required/,
    ],
  ] as [string, Partial<Account>, RegExp, RegExp][])(
    'is not read when it was signed %s',
    async (_what, options, why, fix) => {
      await using mysql = open(options);
      const error = await mysql.select(count).catch(String);
      expect(error).toMatch(why);
      expect(error).not.toMatch(/127\.0|localhost|db\.test|reader|careful|hunter2/);
      expect(await lines(mysql)).toEqual([expect.stringMatching(fix)]);
    },
  );

  it('is not read without encryption once it has been encrypted, and health says so', async () => {
    await using client = await openClient({ ...account, ssl: 'preferred' });
    await client.ask('execute_query', { query: count });
    await server.stop();
    await server.start('--skip-ssl');
    const refusal = await client.refusal('execute_query', { query: count });
    const health = await client.health();
    const { cert, key } = authority.sign({ names: ['db.test'], addresses: ['127.0.0.1'] });
    await restartWith(cert, key);
    expect(refusal).toMatch('the server offers no encryption');
    expect(health).toEqual({
      ok: false,
      lines: [
        {
          ok: false,
          what: expect.stringMatching(/the server offers no encryption, though it did before/),
          fix: expect.stringMatching(/^Turn on TLS in the server, or set MYSQL_SSL=off/),
        },
      ],
    });
  });

  it('kills a cancelled statement over an encrypted connection as well', async () => {
    await using mysql = open({ sslCa });
    await mysql.select(count);
    const stop = new AbortController();
    const sql = 'SELECT SLEEP(20) FROM orders' as ReadOnlySql;
    const call = mysql.select(sql, { signal: stop.signal }).catch(String);
    const admin = await server.connect();
    const busy = async () => {
      const [rows] = await admin.query(
        "SELECT COUNT(*) AS n FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%'",
      );
      return (rows as { n: number }[])[0]?.n;
    };
    await expect.poll(busy).toBe(1);
    stop.abort();
    expect(await call).toMatch('CANCELLED');
    await expect.poll(busy).toBe(0);
    await admin.end();
  });
});

describe('a certificate for localhost only', () => {
  beforeAll(async () => {
    const { cert, key } = authority.sign({ names: ['localhost'] });
    await restartWith(cert, key, '--require-secure-transport=OFF');
  });

  it('does not pass for an address, which the driver alone would let it', async () => {
    await using mysql = open({ sslCa: authority.cert });
    await expect(mysql.select(count)).rejects.toThrow('made out to another name');
  });

  it('passes for its name', async () => {
    await using mysql = open({ sslCa: authority.cert, host: 'localhost' });
    expect((await mysql.select(count)).rows).toEqual([[3]]);
  });
});

it('says that a certificate has expired', async () => {
  const { cert, key } = authority.sign({ addresses: ['127.0.0.1'], days: [-3, -2] });
  await restartWith(cert, key);
  await using mysql = open({ sslCa: authority.cert });
  await expect(mysql.select(count)).rejects.toThrow('the certificate of the server has expired');
  expect(await lines(mysql)).toEqual([expect.stringMatching(/^bad: .*Renew/)]);
});
