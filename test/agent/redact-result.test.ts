import { describe, expect, it } from 'vitest';
import { redactResult } from '../../src/agent/redact-result.ts';

// Put together, so that no scanner takes this file for a leak.
const slack = ['xoxb', '12345678', 'abcdefgh'].join('-');
const jwt = `eyJ${'a'.repeat(12)}.${'b'.repeat(12)}.${'c'.repeat(12)}`;
const key = (end: string) => `-----BEGIN PRIVATE KEY-----\nMIIE${'x'.repeat(40)}${end}`;
const rows = (...row: unknown[]) => JSON.stringify({ rows: [row], row_count: 1 });

describe('a tool’s result', () => {
  it.each<[string, string, string]>([
    ['a sentence', `the token is ${slack}.`, 'the token is [redacted].'],
    ['a list that is none', `[note] ${slack}`, '[note] [redacted]'],
    ['a cell', rows('Ada', slack), rows('Ada', '[redacted]')],
    ['a key of an object', JSON.stringify({ [slack]: 1 }), '{"[redacted]":1}'],
    ['a word after a line break', rows(`token:\n${jwt}`), rows('token:\n[redacted]')],
    ['escapes', `{"a":"\\u0078${slack.slice(1)}"}`, '{"a":"[redacted]"}'],
    ['an address with escapes', '{"a":"mysql:\\/\\/me:pw1@db"}', '{"a":"mysql://[redacted]@db"}'],
    ['a private key without an end', rows(key(''), 'Ada'), rows('[redacted]', 'Ada')],
    [
      'an address with a password',
      rows('mysql://me:pw1@db/shop'),
      rows('mysql://[redacted]@db/shop'),
    ],
    ['JSON within JSON', rows(JSON.stringify({ t: slack })), rows('{"t":"[redacted]"}')],
    ['the end of JSON that is cut', `{"rows":[["${slack}`, '{"rows":[["[redacted]'],
    ['a quote that opens nothing', `{a 5" disk, ${slack}`, '{a 5" disk, [redacted]'],
  ])('shows no secret of a known form in %s', (_, text, clean) => {
    expect(redactResult(text)).toBe(clean);
  });

  it.each([
    [
      'a web address beside a mail address',
      rows('https://shop.example', '12:30', 'ada@shop.example'),
    ],
    ['exact numbers', '{"rows":[[1.10,99999999999999.999999,1e400]]}'],
    ['escapes', '{"a":"\\u00e9\\/\\n\\"x\\\\"}'],
    ['an open escape', '{"a":"x\\'],
    ['nothing', ''],
    ['no rows', '{"rows":[]}'],
  ])('keeps %s to the letter', (_, text) => {
    expect(redactResult(text)).toBe(text);
  });
});
