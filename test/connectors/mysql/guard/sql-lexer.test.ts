import { expect, it } from 'vitest';
import { lexSql } from '../../../../src/connectors/mysql/guard/sql-lexer.ts';
import { seededRandom } from '../fuzz/random.ts';

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
  ['0X1F 0B01', ['word 0X1F', 'word 0B01']], // only a small letter makes a number
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

const random = seededRandom(42);
const pieces = `' " \` \\ /* */ /*! /*+ -- # @ @@ . 1 e 0x 0X 1e1 ab N x' $ ; ( ) - \n \t`.split(
  ' ',
);

/** A text of what lexers stumble over and of any code units, halves of characters included. */
const nonsense = () =>
  Array.from({ length: 1 + random.below(24) }, () =>
    random.below(3) > 0
      ? random.pick(pieces) + random.pick(['', ' '])
      : String.fromCharCode(random.below(random.pick([0x80, 0x3000, 0x10000]))),
  ).join('');

it('loses and invents nothing: the tokens make the text again', () => {
  for (const sql of Array.from({ length: 10_000 }, nonsense)) {
    const tokens = lexSql(sql);
    expect(tokens.map(({ text }) => text).join('')).toBe(sql);
    expect(tokens.every(({ start, text }) => text !== '' && sql.startsWith(text, start))).toBe(
      true,
    );
  }
});
