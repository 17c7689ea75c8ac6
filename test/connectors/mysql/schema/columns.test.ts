import { expect, it } from 'vitest';
import { toColumn } from '../../../../src/connectors/mysql/schema/columns.ts';

const row = { table: 't', name: 'c', nullable: true, key: '', extra: '', comment: '' };

// What information_schema.columns holds after the same CREATE TABLE; MySQL's answers are recorded.
it.each([
  ['no default', 'int', [null, ''], [null, ''], null],
  ['NULL', 'int', ['NULL', ''], [null, ''], null],
  ['a number', 'decimal(10,2)', ['0.50', ''], ['0.50', ''], '0.50'],
  ['a text', 'varchar(9)', ["'it''s'", ''], ["it's", ''], ["'it''s'", "'it\\'s'"]],
  ['the text NULL', 'varchar(9)', ["'NULL'", ''], ['NULL', ''], "'NULL'"],
  [
    'a moment',
    'datetime',
    ['current_timestamp()', ''],
    ['CURRENT_TIMESTAMP', 'DEFAULT_GENERATED'],
    ['current_timestamp()', 'CURRENT_TIMESTAMP'],
  ],
  ['an expression', 'varchar(36)', ['uuid()', ''], ['uuid()', 'DEFAULT_GENERATED'], 'uuid()'],
  ['bits', 'bit(1)', ["b'0'", ''], ["b'0'", ''], "b'0'"],
] as const)('shows %s as SQL, whichever product says it', (_what, type, maria, mysql, shown) => {
  const [ours, theirs] = typeof shown === 'object' && shown !== null ? shown : [shown, shown];
  const toDefault = (
    [value, extra]: readonly [string | null, string],
    product: 'MariaDB' | 'MySQL',
  ) => toColumn({ ...row, type, default: value, extra, generated: null }, product).default;
  expect(toDefault(maria, 'MariaDB')).toBe(ours);
  expect(toDefault(mysql, 'MySQL')).toBe(theirs);
});

it('leaves out what is empty, and says what is computed', () => {
  const plain = { ...row, type: 'int', default: null, generated: '' };
  expect(toColumn(plain, 'MySQL')).toEqual({
    name: 'c',
    type: 'int',
    nullable: true,
    default: null,
  });
  const extra = 'DEFAULT_GENERATED on update CURRENT_TIMESTAMP';
  expect(toColumn({ ...plain, extra }, 'MySQL')).toMatchObject({
    extra: 'on update CURRENT_TIMESTAMP',
  });
  const generated = { ...plain, extra: 'STORED GENERATED', generated: '`a` + 1' };
  expect(toColumn(generated, 'MariaDB')).toMatchObject({
    generated: '`a` + 1',
    extra: 'STORED GENERATED',
  });
});
