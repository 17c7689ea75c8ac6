import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { mysqlEnv } from '../../../src/connectors/mysql/env.ts';

let folder: string;
const [pem = ''] = rootCertificates;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connectormcp-env-'));
  await writeFile(join(folder, 'ca.pem'), `${pem}\n`);
  await writeFile(join(folder, 'ca.txt'), 'no certificate');
});
afterAll(() => rm(folder, { recursive: true }));

const read = (env: NodeJS.ProcessEnv) =>
  readConfig({ mysql: mysqlEnv }, { MYSQL_HOST: 'h', MYSQL_USER: 'u', ...env }).mysql;

it.each([
  ['a path', () => join(folder, 'ca.pem'), `${pem}\n`],
  ['the text', () => pem, pem],
  ['the text on one line', () => pem.replaceAll('\n', '\\n'), pem],
])('takes a CA as %s', (_what, given, expected) => {
  expect(read({ MYSQL_SSL_CA: given() }).MYSQL_SSL_CA).toBe(expected);
});

it.each([
  ['a path to nothing', () => join(folder, 'none.pem')],
  ['a folder', () => folder],
  ['another file', () => join(folder, 'ca.txt')],
  ['broken text', () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
])('refuses %s as a CA', (_what, given) => {
  expect(() => read({ MYSQL_SSL_CA: given() })).toThrow(
    'MYSQL_SSL_CA: is neither a PEM certificate nor the path of a file with one',
  );
});

it.each([
  ['MYSQL_SSL', 'Verify', 'verify'],
  ['MYSQL_SSL', 'off', 'off'],
  ['MYSQL_SSL', '', undefined],
  ['MYSQL_ALLOW_DANGEROUS_RIGHTS', 'true', true],
  ['MYSQL_ALLOW_DANGEROUS_RIGHTS', 'false', false],
] as const)('reads %s=%s', (name, value, expected) => {
  expect(read({ [name]: value })[name]).toBe(expected);
});

it.each([
  [{ MYSQL_SSL: 'sometimes' }, 'MYSQL_SSL: must be off, preferred, required or verify'],
  [
    { MYSQL_ALLOW_DANGEROUS_RIGHTS: 'maybe' },
    'MYSQL_ALLOW_DANGEROUS_RIGHTS: must be true or false',
  ],
])('names a wrong value: %j', (env, message) => {
  expect(() => read(env)).toThrow(message);
});
