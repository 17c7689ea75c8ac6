import { expect, it } from 'vitest';
import { readRights } from '../../../src/connectors/mysql/rights.ts';

it.each([
  [['GRANT USAGE ON *.* TO `a`@`%`', 'GRANT SELECT, SHOW VIEW ON `shop`.* TO `a`@`%`'], [], []],
  [['GRANT SELECT (`id`, `insert`) ON `shop`.`t` TO `a`@`%`'], [], []],
  [['GRANT `analyst`@`%` TO `a`@`%`'], [], []],
  [['GRANT SELECT, INSERT, EXECUTE ON `shop`.* TO `a`@`%`'], [], ['EXECUTE', 'INSERT']],
  [['GRANT SELECT, FILE, PROCESS ON *.* TO `a`@`%`'], ['FILE', 'PROCESS'], []],
  [
    ['GRANT ALL PRIVILEGES ON *.* TO `a`@`%` WITH GRANT OPTION'],
    ['ALL PRIVILEGES', 'GRANT OPTION'],
    [],
  ],
  [
    ['GRANT BINLOG_ADMIN,CONNECTION ADMIN ON *.* TO `a`@`%`'],
    ['BINLOG_ADMIN', 'CONNECTION ADMIN'],
    [],
  ],
  [['nonsense', ''], [], []],
])('reads %j', (grants, dangerous, writing) => {
  expect(readRights(grants)).toEqual({ dangerous, writing });
});
