import { describe, expect, it } from 'vitest';
import { beforeOpenSecret, redact } from '../../../src/bot/reply/redact.ts';

const secrets = ['correct-horse-9', 'secret???>>>~~', 'tiny'];

it.each([
  ['as it is', 'secret???>>>~~'],
  ['in base64', 'c2VjcmV0Pz8/Pj4+fn4='],
  ['in base64 for URLs', 'c2VjcmV0Pz8_Pj4-fn4'],
  ['in a URL', 'secret%3F%3F%3F%3E%3E%3E~~'],
])('a configured secret is found %s', (_, spelling) => {
  expect(redact(`a ${spelling} b`, secrets)).toBe('a [redacted] b');
});

describe('of a text that is still being written, the beginning of a secret waits', () => {
  it.each([
    ['The password is corr', 'The password is '],
    ['The password is correct-horse-', 'The password is '],
    ['The password is cor', 'The password is cor'],
    ['The password is correct!', 'The password is correct!'],
    ['token xoxb-12', 'token '],
    ['key AKIAABCD', 'key '],
    ['key sk-ant-', 'key '],
    ['key eyJhbGciOi.eyJz', 'key '],
    ['at mysql://root:hunt', 'at mysql'],
    ['at https://host/path', 'at https://host/path'],
    ['xoxb-12 and more', 'xoxb-12 and more'],
    ['', ''],
  ])('%j is shown as %j', (text, expected) => {
    expect(beforeOpenSecret(text, secrets)).toBe(expected);
  });
});
