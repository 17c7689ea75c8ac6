import { lexSql } from '../../../../src/connectors/mysql/guard/sql-lexer.ts';
import type { Random } from './random.ts';

/** A statement in pieces; joined they are the statement. */
type Pieces = string[];

const cut = (sql: string): Pieces => lexSql(sql).map(({ text }) => text);

/** Makes one to three changes to a statement of the corpus, as somebody would who wants past the guard. */
export function mutate(corpus: readonly string[], random: Random): string {
  let sql = random.pick(corpus);
  for (let changes = random.pick([1, 1, 1, 2, 2, 3]); changes > 0; changes--)
    sql = random.pick(mutators)(cut(sql || 'SELECT'), () => cut(random.pick(corpus)), random);
  return sql;
}

type Mutator = (pieces: Pieces, other: () => Pieces, random: Random) => string;

/** What stands between tokens, or seems to. */
const gaps = [
  ...['', ' ', '\n', '\t', '\v', '\f', '\r', '\u00a0', '\u2028', '\u3000', '\u0085', '\u200b'],
  ...['/**/', '/* x */', '/*!*/', '/*+ */', '/*', '*/', '/*/', '/* /* */', '/*!50000 */', '/*M!*/'],
  ...[
    '-- \n',
    '--\n',
    '--',
    '-- ',
    '--\u00a0',
    '--\u0001',
    '#\n',
    '# x\r',
    '#',
    ';',
    '/*!999999 */',
  ],
];

/** Characters that lexers stumble over. */
const odd = [
  ...[
    "'",
    '"',
    '`',
    '\\',
    ';',
    '@',
    '#',
    '$',
    '%',
    '.',
    '(',
    ')',
    ',',
    '*',
    '/',
    '-',
    ':',
    '{',
    '}',
  ],
  ...[
    '\0',
    '\u0001',
    '\u001a',
    '\u007f',
    '\ufeff',
    '\ud800',
    '\udc00',
    'ä',
    '漢',
    '\u{1f600}',
    '\\N',
  ],
  ...['\u017f', '\u212a', '\u0131', '\u0130', '\uff1b', '\uff07', '¿', '\u00bf\u005c'],
];

const numbers = ['1', '1.', '.1', '1e1', '1.e1', '0x1', '0X1', '0b1', '1e', '0xg', '--1', '1.1e+1'];
const introducers = [
  'N',
  'n',
  'x',
  'X',
  'b',
  '_utf8mb4',
  '_gbk',
  '_binary ',
  '_latin1',
  'U&',
  '@',
  '@@',
];
const openings: [string, string][] = [
  ...([
    ['(', ')'],
    ['((', '))'],
    ['(SELECT ', ')'],
    ['{fn ', '}'],
    ['/*! ', '*/'],
  ] as const),
  ...([
    ['/*!50000 ', '*/'],
    ['/*!080400 ', '*/'],
    ['/*M!100100 ', '*/'],
    ['/*+ ', '*/'],
  ] as const),
  ...([
    ['abs(', ')'],
    ['IF(1,', ',2)'],
    ['SUBSTRING(', ' FOR 2)'],
    ["'", "'"],
    ['`', '`'],
  ] as const),
].map(([open, close]) => [open, close]);
const wrappers: ((sql: string) => string)[] = [
  (sql) => `(${sql})`,
  (sql) => `SELECT * FROM (${sql}) x`,
  (sql) => `SELECT (${sql})`,
  (sql) => `WITH c AS (${sql}) SELECT * FROM c`,
  (sql) => `WITH c AS (SELECT 1) ${sql}`,
  (sql) => `SELECT 1 UNION ${sql}`,
  (sql) => `SELECT EXISTS(${sql})`,
  (sql) => `EXPLAIN ${sql}`,
  (sql) => `EXPLAIN FORMAT=JSON ${sql}`,
  (sql) => `ANALYZE ${sql}`,
  (sql) => `DESCRIBE ${sql}`,
  (sql) => `SHOW TABLES WHERE (${sql})`,
  (sql) => `SET STATEMENT max_statement_time=0 FOR ${sql}`,
  (sql) => `EXECUTE IMMEDIATE '${sql}'`,
  (sql) => `BEGIN NOT ATOMIC ${sql}; END`,
  (sql) => `SELECT 1; ${sql}`,
];
const tails = [
  ...[' FOR UPDATE', ' FOR SHARE', ' LOCK IN SHARE MODE', ' FOR UPDATE SKIP LOCKED', ' INTO @x'],
  ...[" INTO OUTFILE '/var/spool/z'", " INTO DUMPFILE '/var/spool/y'", ' PROCEDURE ANALYSE()'],
  ...[
    '; DROP TABLE customers',
    '; COMMIT',
    ' UNION SELECT SLEEP(9)',
    ' RETURNING *',
    ' -- ',
    ' /*',
  ],
  ...[
    ' UNION SELECT authentication_string FROM mysql.user',
    ' LIMIT NEXTVAL(seq1)',
    ' AND f_write(1)',
  ],
];
const names = [
  ...[
    'SLEEP',
    'GET_LOCK',
    'BENCHMARK',
    'LOAD_FILE',
    'f_write',
    'sys_exec',
    'NEXTVAL',
    'SETVAL',
    'ANY',
  ],
  ...[
    'INTO',
    'FOR',
    'UPDATE',
    'DELETE',
    'LOCK',
    'CALL',
    'SET',
    'INSERT',
    'REPLACE',
    'mysql',
    'VALUE',
  ],
  ...[
    'NEXT VALUE FOR seq1',
    'seq1.nextval',
    'mysql.user',
    'performance_schema',
    'COLUMNS',
    'TABLE',
  ],
];

const mutators: Mutator[] = [
  // Tokens change places, within a statement and between statements.
  (pieces, _, random) => {
    const [a, b] = [random.below(pieces.length), random.below(pieces.length)];
    return pieces
      .with(a, pieces[b] ?? '')
      .with(b, pieces[a] ?? '')
      .join('');
  },
  (pieces, other, random) => at(pieces, random, () => random.pick(other())),
  (pieces, other, random) => at(pieces, random, (piece) => alike(piece, other(), random)),
  (pieces, other, random) => at(pieces, random, (piece) => alike(piece, other(), random)),
  (pieces, other, random) => at(pieces, random, (piece) => `${piece} ${random.pick(other())} `),
  (pieces, other, random) => {
    const tail = other();
    const begin = pieces.slice(0, random.below(pieces.length) + 1);
    return [...begin, random.pick(gaps), ...tail.slice(random.below(tail.length))].join('');
  },
  (pieces, other, random) => at(pieces, random, () => `(${other().join('')})`),
  (pieces, _, random) => at(pieces, random, () => ''),
  (pieces, _, random) => at(pieces, random, (piece) => `${piece}${random.pick(gaps)}${piece}`),
  (pieces, _, random) => at(pieces, random, () => random.pick(names)),
  // What stands between them.
  (pieces, _, random) => at(pieces, random, (piece) => `${piece}${random.pick(gaps)}`),
  (pieces, _, random) => at(pieces, random, (piece) => (piece.trim() ? piece : random.pick(gaps))),
  (pieces) => pieces.filter((piece) => piece.trim()).join(''),
  (pieces, _, random) =>
    pieces.map((piece) => (piece === ' ' ? random.pick(gaps) : piece)).join(''),
  // How they are written.
  (pieces, _, random) => {
    const [open, close] = random.pick(openings);
    return at(pieces, random, (piece) => `${open}${piece}${close}`);
  },
  (pieces, _, random) => at(pieces, random, (piece) => requote(piece, random)),
  (pieces, _, random) => at(pieces, random, (piece) => flipCase(piece, random)),
  (pieces, _, random) => at(pieces, random, (piece) => `${random.pick(numbers)}${piece}`),
  (pieces, _, random) => at(pieces, random, (piece) => `${random.pick(introducers)}${piece}`),
  // Characters, and the whole.
  (pieces, _, random) => insert(pieces.join(''), random.pick(odd), random),
  (pieces, _, random) => insert(pieces.join(''), random.pick(gaps), random),
  (pieces, _, random) => pieces.join('').slice(0, random.below(pieces.join('').length + 1)),
  (pieces, _, random) => pieces.join('').slice(random.below(8)),
  (pieces, _, random) => random.pick(wrappers)(pieces.join('')),
  (pieces, _, random) => `${pieces.join('')}${random.pick(tails)}`,
];

/** Changes one piece. */
const at = (pieces: Pieces, random: Random, change: (piece: string) => string) => {
  const place = random.below(pieces.length);
  return pieces.map((piece, index) => (index === place ? change(piece) : piece)).join('');
};

/** Another piece of the same kind, so that the statement stays one. */
function alike(piece: string, others: Pieces, random: Random): string {
  const kind = kinds.find((kind) => kind.test(piece)) ?? /./;
  const same = others.filter((other) => kind.test(other));
  return same.length > 0 ? random.pick(same) : piece;
}

const kinds = [/^\s/, /^[A-Z_]+$/, /^\w/, /^['"]/, /^`/, /^@/, /^[<>=+*/%-]$/];

function insert(sql: string, what: string, random: Random): string {
  const place = random.below(sql.length + 1);
  return sql.slice(0, place) + what + sql.slice(place);
}

function requote(piece: string, random: Random): string {
  const inner = piece.replace(/^['"`]|['"`]$/g, '');
  const quote = random.pick(["'", '"', '`', '', "''", '\\']);
  return `${quote}${inner}${quote}`;
}

const flipCase = (piece: string, random: Random) =>
  random.pick([
    piece.toUpperCase(),
    piece.toLowerCase(),
    piece.replace(/s/i, '\u017f').replace(/k/i, '\u212a'),
    piece.replace(/i/i, '\u0131'),
  ]);
