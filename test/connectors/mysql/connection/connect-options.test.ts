import { expect, it } from 'vitest';
import {
  isLoopback,
  type SslMode,
  toConnectOptions,
  toSslMode,
} from '../../../../src/connectors/mysql/connection/connect-options.ts';

const account = { host: 'db.example.com', port: 3306, user: 'reader', password: 'hunter2' };

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['10.0.0.127', false],
  ['', false],
])('knows whether %j is this machine', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

it.each([
  [{ host: 'localhost' }, 'off'],
  [{ host: 'db.example.com' }, 'preferred'],
  [{ host: 'localhost', sslCa: 'PEM' }, 'verify'],
  [{ host: 'db.example.com', ssl: 'off' as SslMode }, 'off'],
  [{ host: 'localhost', ssl: 'required' as SslMode, sslCa: 'PEM' }, 'required'],
])('encrypts %j: %s', (given, mode) => {
  expect(toSslMode({ ...account, ...given })).toBe(mode);
});

it.each([
  ['off', undefined, undefined],
  ['preferred', undefined, { rejectUnauthorized: false, verifyIdentity: false }],
  ['required', undefined, { rejectUnauthorized: false, verifyIdentity: false }],
  ['required', 'PEM', { rejectUnauthorized: true, verifyIdentity: false, ca: 'PEM' }],
  ['verify', undefined, { rejectUnauthorized: true, verifyIdentity: true }],
  ['verify', 'PEM', { rejectUnauthorized: true, verifyIdentity: true, ca: 'PEM' }],
] as const)('tells the driver what %s with the CA %s means', (mode, sslCa, ssl) => {
  expect(toConnectOptions({ ...account, sslCa }, mode).ssl).toEqual(ssl);
});

it('never lets a server ask for files, nor two statements pass as one', () => {
  const { flags, multipleStatements } = toConnectOptions(account, 'off');
  expect(flags).toContain('-LOCAL_FILES');
  expect(multipleStatements).toBe(false);
});
