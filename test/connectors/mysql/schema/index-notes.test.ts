import { expect, it } from 'vitest';
import { toIndexNotes } from '../../../../src/connectors/mysql/schema/index-notes.ts';
import { type Index, toIndexes } from '../../../../src/connectors/mysql/schema/indexes.ts';

/** `a,b(5),-c`: columns, a prefix, descending. A name with `!` is unique, one with `~` invisible. */
function toIndex(text: string): Index {
  const [name = '', columns = ''] = text.split(' ');
  return {
    name: name.replace(/[!~]/g, ''),
    unique: name.includes('!') || name === 'PRIMARY',
    primary: name === 'PRIMARY',
    type: columns.includes('text') ? 'FULLTEXT' : 'BTREE',
    visible: !name.includes('~'),
    columns: columns.split(',').map((column) => {
      const [, minus, name = '', prefix] = /^(-?)(\w+)(?:\((\d+)\))?$/.exec(column) ?? [];
      return {
        name,
        order: minus ? 'desc' : 'asc',
        cardinality: 1,
        ...(prefix && { prefix_length: Number(prefix) }),
      };
    }),
  };
}

it.each([
  ['no primary key', ['x a'], ['The table has no primary key.']],
  ['nothing odd', ['PRIMARY id', 'x a', 'y b,a'], []],
  [
    'a prefix of another',
    ['PRIMARY id', 'x a', 'y a,b'],
    ['x is redundant: y begins with the same columns.'],
  ],
  [
    'a prefix of the key',
    ['PRIMARY id,a', 'x id'],
    ['x is redundant: PRIMARY begins with the same columns.'],
  ],
  [
    'the same twice',
    ['PRIMARY id', 'x a', 'y a'],
    ['y is redundant: x begins with the same columns.'],
  ],
  [
    'the same, once unique',
    ['PRIMARY id', 'x! a', 'y a'],
    ['y is redundant: x begins with the same columns.'],
  ],
  [
    'unique twice',
    ['PRIMARY id', 'x! a', 'y! a'],
    ['y is redundant: x begins with the same columns.'],
  ],
  [
    'as unique as the key',
    ['PRIMARY id', 'x! id'],
    ['x is redundant: PRIMARY begins with the same columns.'],
  ],
  ['a unique one, which is a rule of its own', ['PRIMARY id', 'x! a', 'y a,b'], []],
  ['another order', ['PRIMARY id', 'x -a', 'y a,b'], []],
  ['a full text', ['PRIMARY id', 'x text', 'y text,b'], []],
  ['an invisible one', ['PRIMARY id', 'x~ a'], ['x is invisible: the optimizer ignores it.']],
  [
    'one that only an invisible one replaces',
    ['PRIMARY id', 'x a', 'y~ a,b'],
    ['y is invisible: the optimizer ignores it.'],
  ],
  [
    'the head of a text',
    ['PRIMARY id', 'x a(5)'],
    ['x holds only the first 5 characters of a: it cannot sort by it.'],
  ],
  [
    'a unique head',
    ['PRIMARY id', 'x! a(5)'],
    ['x holds only the first 5 characters of a, and only those are unique.'],
  ],
])('remarks on %s', (_what, indexes, notes) => {
  expect(toIndexNotes(indexes.map(toIndex))).toEqual(notes);
});

it('does not go on for ever', () => {
  const many = Array.from({ length: 64 }, (_, n) => toIndex(`x${n} a`));
  expect(toIndexNotes(many)).toHaveLength(12);
});

// Recorded: MySQL 8.0 has Visible and Expression where MariaDB has Ignored.
it('reads what MySQL 8 says of an index over an expression, which is invisible', () => {
  const row = {
    Key_name: 'by_lower',
    Non_unique: 1,
    Column_name: null,
    Collation: 'A',
    Cardinality: 3,
  };
  const rest = { Sub_part: null, Index_type: 'BTREE', Visible: 'NO', Expression: 'lower(`email`)' };
  const indexes = toIndexes([{ ...row, ...rest }]);
  expect(indexes).toEqual([
    {
      name: 'by_lower',
      unique: false,
      primary: false,
      type: 'BTREE',
      visible: false,
      columns: [{ name: null, order: 'asc', expression: 'lower(`email`)', cardinality: 3 }],
    },
  ]);
  expect(toIndexNotes(indexes)).toEqual([
    'The table has no primary key.',
    'by_lower is invisible: the optimizer ignores it.',
    'by_lower is over an expression: only queries that use the very same expression profit.',
  ]);
});
