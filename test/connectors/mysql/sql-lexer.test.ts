import { expect, it } from 'vitest';
import { lexSql } from '../../../src/connectors/mysql/sql-lexer.ts';

/** Types and texts of all but spaces. */
const lex = (sql: string) =>
  lexSql(sql)
    .filter(({ type }) => type !== 'space')
    .map(({ type, text }) => `${type} ${text}`);

it.each([
  ["'it\\'s; fine'", ["string 'it\\'s; fine'"]],
  ["'a''b'", ["string 'a''b'"]],
  ["'\\\\'; x", ["string '\\\\'", 'punctuation ;', 'word x']],
  ['"a\\"b"', ['string "a\\"b"']],
  ["N'\\''", ['word N', "string '\\''"]],
  ['`a``b`', ['quoted `a``b`']],
  ['5--1', ['number 5', 'punctuation -', 'punctuation -', 'number 1']],
  ['1 -- x;\n2', ['number 1', 'comment -- x;', 'number 2']],
  ['1 --', ['number 1', 'comment --']],
  ['1 # x\r2\n3', ['number 1', 'comment # x\r2', 'number 3']],
  ['/* a /* b */ c', ['comment /* a /* b */', 'word c']],
  ['/*+ NO_MERGE() */', ['hint /*+ NO_MERGE() */']],
  [
    '1.5e-3 .5 1e9 0x1F 0b01',
    ['number 1.5e-3', 'number .5', 'number 1e9', 'number 0x1F', 'number 0b01'],
  ],
  ['2fa_codes 0xyz', ['word 2fa_codes', 'word 0xyz']],
  ['t.1e1 a.2b', ['word t', 'punctuation .', 'word 1e1', 'word a', 'punctuation .', 'word 2b']],
  [
    '@a.b @`c d` @@global.x',
    ['variable @a.b', 'variable @', 'quoted `c d`', 'variable @@global.x'],
  ],
  ['größe', ['word größe']],
  ['\ufeffDROP', ['word \ufeffDROP']],
])('cuts %j', (sql, tokens) => {
  expect(lex(sql)).toEqual(tokens);
});

it.each([
  ['/*! DROP */', 'executable'],
  ['/*!50000 DROP */', 'executable'],
  ['/*M! DROP */', 'executable'],
  ['/* open', 'comment is not closed'],
  ["'open", 'string is not closed'],
  ["'open\\'", 'string is not closed'],
  ['"open', 'string is not closed'],
  ['`open', 'name is not closed'],
  ['0.5INTO', 'glued'],
  ['1.INTO', 'glued'],
  ['.1FOR', 'glued'],
  ['1e1INTO', 'glued'],
  ['1.e1INTO', 'glued'],
  ['$$x$$', 'dollar'],
  ['@', 'no name'],
  ['\\N', 'means nothing'],
  ['\u0000', 'means nothing'],
])('does not guess what %j means', (sql, problem) => {
  const last = lexSql(`1 ${sql}`).at(-1);
  expect(last).toMatchObject({ type: 'bad', text: sql });
  expect(last?.problem).toContain(problem);
});

/** Texts made of what lexers stumble over. The seed makes a failure repeatable. */
function* nonsense(count: number) {
  const pieces = [
    "'",
    '"',
    '`',
    '\\',
    '/*',
    '*/',
    '/*!',
    '--',
    ' ',
    '\n',
    '#',
    '@',
    '.',
    '1',
    'e',
    '0x',
    'ab',
    ';',
    '(',
  ];
  let seed = 42;
  for (let n = 0; n < count; n++) {
    let text = '';
    for (let length = 0; length < 12; length++) {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      text += pieces[seed % pieces.length];
    }
    yield text;
  }
}

it('loses and invents nothing: the tokens make the statement again', () => {
  for (const sql of nonsense(3_000)) {
    const tokens = lexSql(sql);
    expect(tokens.map(({ text }) => text).join('')).toBe(sql);
    for (const { start, text } of tokens) expect(sql.startsWith(text, start)).toBe(true);
  }
});
