import { describe, expect, it } from 'vitest';
import { beforeOpenSecret, mayHoldSecret, redact } from '../src/redact.ts';

const secrets = ['correct-horse-9', 'secret???>>>~~', 'tiny'];

it.each([
  ['as it is', 'secret???>>>~~'],
  ['in base64', 'c2VjcmV0Pz8/Pj4+fn4='],
  ['in base64 for URLs', 'c2VjcmV0Pz8_Pj4-fn4'],
  ['in a URL', 'secret%3F%3F%3F%3E%3E%3E~~'],
])('a configured secret is found %s', (_, spelling) => {
  expect(redact(`a ${spelling} b`, secrets)).toBe('a [redacted] b');
});

it.each([
  `ghp_${'a1B2'.repeat(9)}`,
  `gho_${'a1B2'.repeat(9)}`,
  `ghs_${'a1B2'.repeat(9)}`,
  `github_pat_11ABCDEFG0${'a1B2_'.repeat(10)}`,
  `sk-proj-${'a1B2_-'.repeat(20)}`,
  `sk-svcacct-${'a1B2'.repeat(9)}`,
  `sk-ant-api03-${'a1B2'.repeat(9)}`,
  `AIza${'a1B2-'.repeat(7)}`,
  `glpat-${'a1B2'.repeat(5)}`,
  `glpat-${'a1B2'.repeat(7)}.01.0w1a2b3c4`,
])('the format of %s is a secret wherever it comes from', (secret) => {
  expect(redact(`key=${secret}, and`, [])).toBe('key=[redacted], and');
  expect(beforeOpenSecret(`key=${secret.slice(0, -3)}`, [])).toBe('key=');
  expect(mayHoldSecret(`"a line\\n${secret}"`)).toBe(true);
});

it.each([
  'task-proj-management-2025-overview',
  'ghp_short',
  'glpat-',
  'AIza is short',
  'sk-proj-x',
])('%s is no secret', (text) => {
  expect(redact(text, [])).toBe(text);
});

it.each(['a mug, $12.50', 'gid://shopify/Order/1', 'ada@shop.example', 'C:\\logs\\new', ''])(
  '%j needs no closer look',
  (text) => {
    expect(mayHoldSecret(text)).toBe(false);
  },
);

describe('of a text that is still being written, the beginning of a secret waits', () => {
  it.each([
    ['The password is corr', 'The password is '],
    ['The password is correct-horse-', 'The password is '],
    ['The password is cor', 'The password is cor'],
    ['The password is correct!', 'The password is correct!'],
    ['token xoxb-12', 'token '],
    ['key AKIAABCD', 'key '],
    ['key sk-ant-', 'key '],
    ['key sk-proj-', 'key '],
    ['key ghp_a1', 'key '],
    ['key eyJhbGciOi.eyJz', 'key '],
    ['at mysql://root:hunt', 'at mysql'],
    ['at https://host/path', 'at https://host/path'],
    ['xoxb-12 and more', 'xoxb-12 and more'],
    ['', ''],
  ])('%j is shown as %j', (text, expected) => {
    expect(beforeOpenSecret(text, secrets)).toBe(expected);
  });
});
