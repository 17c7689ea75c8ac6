import { describe, expect, it } from 'vitest';
import { JsonFault, parseJson } from '../../src/sources/parse-json.ts';

const faultIn = (text: string) => {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonFault)
      return `${error.position.line}:${error.position.column} ${error.message}`;
    throw error;
  }
  return 'none';
};

describe('a JSON text', () => {
  it.each([
    '{}',
    '[]',
    ' {"a": [1, -2.5e3, true, false, null, "x\\n\\u00e4 \\" é"], "b": {"c": {}}}\r\n',
    '"text"',
    '0',
    '{"": 1, "__proto__": {"polluted": true}, "constructor": 2}',
  ])('means what JSON.parse takes it for: %s', (text) => {
    expect(parseJson(text).value).toEqual(JSON.parse(text));
    expect(JSON.stringify(parseJson(text).value)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('may begin with a byte order mark', () => {
    const { value, at } = parseJson('\ufeff{"a": 1}');
    expect(value).toEqual({ a: 1 });
    expect(at(['a'])).toEqual({ line: 1, column: 2 });
  });

  it('tells where each part stands, and for what is not there where it would be', () => {
    const { at } = parseJson('{\n  "a": {"b": 1},\r\n  "list": [10,\n 20]\n}');
    expect(at([])).toEqual({ line: 1, column: 1 });
    expect(at(['a', 'b'])).toEqual({ line: 2, column: 9 });
    expect(at(['a', 'missing', 'deeper'])).toEqual({ line: 2, column: 3 });
    expect(at(['list', 1])).toEqual({ line: 4, column: 2 });
    expect(at(['nowhere'])).toEqual({ line: 1, column: 1 });
  });
});

it.each([
  ['', '1:1 the file ends in the middle'],
  ['{"a": 1', '1:8 the file ends in the middle'],
  ['{"a": ', '1:7 the file ends in the middle'],
  ['{"a', '1:2 this text has no closing double quote'],
  ['{"a": 1,}', '1:8 a comma too many: the last one before }'],
  ['[1,\n]', '1:3 a comma too many: the last one before ]'],
  ['{"a": 1 "b": 2}', '1:9 a comma or } belongs here'],
  ['{a: 1}', '1:2 a key in double quotes belongs here'],
  ["{'a': 1}", '1:2 a key in double quotes belongs here'],
  ['{"a" 1}', '1:6 a colon is missing after the key'],
  ['{"a": }', '1:7 a value is missing'],
  ['{"a": yes}', '1:7 "yes" is no value; text stands in double quotes'],
  ['{"a": 01}', '1:7 "01" is no value; text stands in double quotes'],
  ['{"a": "x\ty"}', '1:7 this text has a character or an escape that JSON does not know'],
  ['{"a": "\\x"}', '1:7 this text has a character or an escape that JSON does not know'],
  ['// mine\n{}', '1:1 comments are not JSON; take it out'],
  ['{\n  "a": 1, /* b */\n}', '2:11 comments are not JSON; take it out'],
  ['# mine\n{}', '1:1 comments are not JSON; take it out'],
  ['{"a": 1, "a": 2}', '1:10 the key "a" stands here a second time'],
  ['{} {}', '1:4 the file should end here'],
  ['<html>', '1:1 "<html>" is no value; text stands in double quotes'],
  ['['.repeat(100_000), '1:34 is nested too deep'],
])('a fault is told with its place: %j', (text, fault) => {
  expect(faultIn(text)).toBe(fault);
});
