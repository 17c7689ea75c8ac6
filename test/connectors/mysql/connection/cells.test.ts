import { expect, it } from 'vitest';
import {
  toCell,
  toCellRules,
  toColumns,
} from '../../../../src/connectors/mysql/connection/cells.ts';

const field = (name: string, given: Record<string, unknown>) =>
  ({ name, characterSet: 45, flags: 0, ...given }) as unknown as Parameters<
    typeof toColumns
  >[0][number];

it.each([
  ['BIGINT', { columnType: 8 }],
  ['DECIMAL', { columnType: 246 }],
  ['VARCHAR', { columnType: 253 }],
  ['VARBINARY', { columnType: 253, characterSet: 63 }],
  ['TEXT', { columnType: 252 }],
  ['BLOB', { columnType: 252, characterSet: 63 }],
  ['ENUM', { columnType: 254, flags: 256 }],
  ['SET', { columnType: 254, flags: 2048 }],
  ['JSON', { columnType: 245, characterSet: 63 }],
  ['JSON', { columnType: 252, extendedFormat: 'json' }],
  ['UUID', { columnType: 254, extendedTypeName: 'uuid' }],
  ['UNKNOWN', { columnType: 77 }],
])('names the type %s', (type, given) => {
  expect(toColumns([field('a', given)])).toEqual([{ name: 'a', type }]);
});

it('numbers repeated names, also past a name that looks numbered already', () => {
  const names = ['id', 'id', 'id_2', 'id'].map((name) => field(name, { columnType: 3 }));
  expect(toColumns(names).map(({ name }) => name)).toEqual(['id', 'id_2', 'id_2_2', 'id_3']);
});

it.each([
  ['null', null, 'INT', null],
  ['a number', 1.5, 'DOUBLE', 1.5],
  ['a number past 2^53, text already', '9007199254740993', 'BIGINT', '9007199254740993'],
  ['a decimal', '19.90', 'DECIMAL', '19.90'],
  ['a date', '2026-11-22 10:00:00', 'DATETIME', '2026-11-22 10:00:00'],
  ['bytes', Buffer.from('00ff', 'hex'), 'BLOB', { bytes: 2, preview_hex: '00ff' }],
  ['bits', Buffer.from([1, 1]), 'BIT', 257],
  ['no bits', Buffer.alloc(0), 'BIT', 0],
  ['64 bits', Buffer.alloc(8, 255), 'BIT', '18446744073709551615'],
  ['JSON', '{"a":[1,null]}', 'JSON', { a: [1, null] }],
  ['JSON with a number past 2^53', '{"a":9007199254740993}', 'JSON', '{"a":9007199254740993}'],
  ['JSON with doubles', '{"1.10":[-0.5,1e100,12]}', 'JSON', { '1.10': [-0.5, 1e100, 12] }],
  ['JSON with \\" in a string', '{"a\\"1.10":1}', 'JSON', { 'a"1.10': 1 }],
  ['JSON with digits past a double', '[99999999999999.999999]', 'JSON', '[99999999999999.999999]'],
  ['JSON with 18 digits', '{"a":123456789.123456789}', 'JSON', '{"a":123456789.123456789}'],
  ['JSON with a last zero', '{"a":1.10}', 'JSON', '{"a":1.10}'],
  ['JSON with a number past all doubles', '1e400', 'JSON', '1e400'],
  ['broken JSON', '{"a":', 'JSON', '{"a":'],
  ['a point', { x: 1, y: 2 }, 'GEOMETRY', { x: 1, y: 2 }],
  ['long text', 'a'.repeat(2_010), 'TEXT', `${'a'.repeat(2_000)}…(+10 chars)`],
])('shows %s', (_what, value, type, cell) => {
  expect(toCell(value, { type, grants: false }, 2_000)).toEqual(cell);
});

it.each([
  ['INT(5)', { columnType: 3, columnLength: 5, decimals: 0 }, 42, '00042'],
  ['INT(3), wider than said', { columnType: 3, columnLength: 3, decimals: 0 }, 12345, '12345'],
  ['BIGINT(20)', { columnType: 8, columnLength: 20, decimals: 0 }, 42, '00000000000000000042'],
  ['DOUBLE(9,3)', { columnType: 5, columnLength: 9, decimals: 3 }, 1.5, '00001.500'],
  ['FLOAT', { columnType: 4, columnLength: 12, decimals: 31 }, 1.5, '0000000001.5'],
  ['YEAR', { columnType: 13, columnLength: 4, decimals: 0 }, 2026, 2026],
])('keeps the zeros of %s ZEROFILL, as far as it has some', (_type, given, value, cell) => {
  const fields = [field('a', { ...given, flags: 32 + 64 })];
  const [rule] = toCellRules(toColumns(fields), fields);
  expect(rule && toCell(value, rule, 2_000)).toBe(cell);
});

it('hides what SHOW GRANTS tells about passwords', () => {
  const grant = "GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*79D0' WITH GRANT OPTION";
  expect(toCell(grant, { type: 'VARCHAR', grants: true }, 2_000)).toBe(
    'GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED … WITH GRANT OPTION',
  );
});
