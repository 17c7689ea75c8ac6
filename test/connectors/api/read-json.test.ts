import { expect, it } from 'vitest';
import { readJson } from '../../../src/connectors/api/read-json.ts';

const read = (text: string, type = 'application/json') =>
  readJson('Wares', { status: 200, headers: new Headers({ 'content-type': type }), text });

it('gives what the JSON says', () => {
  expect(read('{"a":[1,"ü"]}')).toEqual({ a: [1, 'ü'] });
});

it.each([
  ['nothing', '', 'application/json'],
  ['nothing', ' \n', 'text/html'],
  ['a web page', '<!doctype html><title>Sign in</title>', 'application/json'],
  ['a web page', 'Please sign in', 'text/html; charset=utf-8'],
  ['half an answer', '{"data":[{"id":1,"na', 'application/json'],
])('says that it got %s', (what, text, type) => {
  expect(() => read(text, type)).toThrow(
    `UPSTREAM_ERROR: Wares gave ${what} where data belongs. Why: `,
  );
});
