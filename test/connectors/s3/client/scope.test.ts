import { describe, expect, it } from 'vitest';
import { Scope, toOpenPlaces } from '../../../../src/connectors/s3/client/scope.ts';
import { ToolError } from '../../../../src/connectors/tool-error.ts';

function toScope(text: string): Scope {
  const places = toOpenPlaces(text);
  if (typeof places === 'string') throw new Error(places);
  return new Scope(places);
}

it.each([
  ['reports', { reports: [''] }],
  [' reports , logs/app/ ', { reports: [''], logs: ['app/'] }],
  ['logs/app', { logs: ['app/'] }],
  ['logs/app/,logs/web/', { logs: ['app/', 'web/'] }],
  ['s3://reports/2026/', { reports: ['2026/'] }],
])('reads %j', (text, expected) => {
  expect(Object.fromEntries(toOpenPlaces(text) as Map<string, string[]>)).toEqual(expected);
});

it.each(['', 'b', 'a b', '/x', '-x/y', 'arn:aws:s3:::reports'])('does not read %j', (text) => {
  expect(toOpenPlaces(text)).toMatch(/is no bucket|names no bucket/);
});

describe('with a bucket and two prefixes of another open', () => {
  const scope = toScope('reports,logs/app/,logs/web/');

  it.each([
    ['reports', '', ['']],
    ['reports', 'any/thing', ['any/thing']],
    ['logs', 'app/', ['app/']],
    ['logs', 'app/2026/', ['app/2026/']],
    ['logs', '', ['app/', 'web/']],
    ['logs', 'a', ['app/']],
    ['logs', 'app', ['app/']],
  ])('lists %s below %j as %j', (bucket, prefix, expected) => {
    expect(scope.prefixes(bucket, prefix)).toEqual(expected);
  });

  it.each([
    () => scope.prefixes('logs', 'secret/'),
    () => scope.prefixes('logs', 'apple'),
    () => scope.requireListing('logs', ''),
    () => scope.requireListing('logs', 'app'),
    () => scope.requireKey('logs', 'secret/key'),
    () => scope.requireKey('logs', 'app'),
    () => scope.requireKey('logs', '/app/x'),
    () => scope.requireBucket('payroll'),
    () => scope.prefixes('payroll', ''),
  ])('refuses what is not open: %s', (ask) => {
    expect(ask).toThrow(ToolError);
    expect(ask).toThrow(/^REFUSED: .*S3_BUCKETS/);
  });

  it('names the bucket that may be meant', () => {
    expect(() => scope.requireBucket('report')).toThrow('Try: reports.');
  });
});

it('opens everything when nothing is named', () => {
  const scope = new Scope(undefined);
  expect(scope.buckets).toBeUndefined();
  expect(scope.prefixes('any', 'a/b')).toEqual(['a/b']);
  expect(() => scope.requireKey('any', 'key')).not.toThrow();
});
