import { expect, it } from 'vitest';
import {
  grantFor,
  readRights,
  tooManyRights,
} from '../../../../src/connectors/mysql/connection/rights.ts';
import { rootGrants } from '../recorded/servers.ts';

const nothing = { dangerous: [], writing: [], reads: [], roles: [] };

it.each([
  [
    ['GRANT USAGE ON *.* TO `a`@`%`', 'GRANT SELECT, SHOW VIEW ON `shop`.* TO `a`@`%`'],
    { reads: ['shop.*'] },
  ],
  [['GRANT SELECT (`id`, `insert`) ON `shop`.`t` TO `a`@`%`'], { reads: ['shop.t'] }],
  [['GRANT SELECT ON `shop`.`t` TO PUBLIC'], { reads: ['shop.t'] }],
  [
    ['GRANT SELECT, INSERT, EXECUTE ON `shop`.* TO `a`@`%`'],
    { writing: ['EXECUTE', 'INSERT'], reads: ['shop.*'] },
  ],
  [
    ['GRANT EXECUTE ON FUNCTION `shop`.`f` TO `a`@`%`', 'GRANT LOCK TABLES ON `shop`.* TO `a`@`%`'],
    { writing: ['EXECUTE', 'LOCK TABLES'] },
  ],
  [
    ['GRANT SELECT, FILE, PROCESS ON *.* TO `a`@`%`'],
    { dangerous: ['FILE', 'PROCESS'], reads: ['*.*'] },
  ],
  [
    ['GRANT ALL PRIVILEGES ON *.* TO `a`@`%` WITH GRANT OPTION'],
    { dangerous: ['ALL PRIVILEGES', 'GRANT OPTION'], reads: ['*.*'] },
  ],
  [
    ['GRANT ALL PRIVILEGES ON `shop`.* TO `a`@`%`'],
    { dangerous: ['ALL PRIVILEGES'], reads: ['shop.*'] },
  ],
  [
    [
      "GRANT SELECT ON `s`.* TO `a`@`%` IDENTIFIED BY PASSWORD '*AB WITH GRANT OPTION' REQUIRE SSL WITH MAX_USER_CONNECTIONS 5 GRANT OPTION",
    ],
    { dangerous: ['GRANT OPTION'], reads: ['s.*'] },
  ],
  [
    ["GRANT SELECT ON `s`.* TO `a`@`%` IDENTIFIED BY PASSWORD 'WITH GRANT OPTION'"],
    { reads: ['s.*'] },
  ],
  [
    ['GRANT BINLOG_ADMIN,CONNECTION ADMIN ON *.* TO `a`@`%`'],
    { dangerous: ['BINLOG_ADMIN', 'CONNECTION ADMIN'] },
  ],
  [
    ['GRANT SELECT, RIGHT_OF_TOMORROW, INVOKE LAMBDA ON *.* TO `a`@`%`'],
    { dangerous: ['INVOKE LAMBDA', 'RIGHT_OF_TOMORROW'], reads: ['*.*'] },
  ],
  [
    ['GRANT SELECT (`a) ON *.* TO x`), REFERENCES (`b`) ON `sh``op`.`o.n` TO `FILE ON`@`%`'],
    { writing: ['REFERENCES'], reads: ['sh`op.o.n'] },
  ],
  [
    ['GRANT `r1`@`%`,`r``2`@`%` TO `a`@`%`', 'GRANT analyst TO `a`@`%`'],
    { roles: ['`analyst`', '`r1`@`%`', '`r``2`@`%`'] },
  ],
  [
    ['GRANT `analyst` TO `a`@`%` WITH ADMIN OPTION'],
    { dangerous: ['ADMIN OPTION'], roles: ['`analyst`'] },
  ],
  [['REVOKE INSERT ON `hr`.* FROM `a`@`%`', 'SET DEFAULT ROLE `x` FOR `a`@`%`'], {}],
  [['nonsense', ''], {}],
  [['GRANT'], { dangerous: ['A GRANT THAT NOBODY HERE CAN READ'] }],
  [
    ['GRANT ALL PRIVILEGES ON "shop\\".* TO "a"@"%"'], // as with ANSI_QUOTES and NO_BACKSLASH_ESCAPES
    { dangerous: ['A GRANT THAT NOBODY HERE CAN READ'] },
  ],
])('reads %j', (grants, rights) => {
  expect(readRights(grants)).toEqual({ ...nothing, ...rights });
});

it('finds every right that is not for reading dangerous or writing, of the root of MySQL 8.4', () => {
  const { dangerous, writing } = readRights(rootGrants);
  const some =
    'CREATE ROLE,CREATE TABLESPACE,CREATE USER,FILE,FLUSH_TABLES,GRANT OPTION,PROCESS,RELOAD,REPLICATION CLIENT,REPLICATION SLAVE,ROLE_ADMIN,SET_ANY_DEFINER,SHUTDOWN,SUPER,SYSTEM_USER';
  expect(dangerous).toEqual(expect.arrayContaining(some.split(',')));
  expect(writing).toEqual(expect.arrayContaining(['INSERT', 'DROP', 'EXECUTE', 'TRIGGER']));
  const harmless = ['PROXY', 'SELECT', 'SHOW DATABASES', 'SHOW VIEW', 'SHOW_ROUTINE'];
  expect([...dangerous, ...writing].filter((right) => harmless.includes(right))).toEqual([]);
});

it('says how to make an account that only reads, with names quoted and no password', () => {
  expect(grantFor('sh`op')).toBe(
    "CREATE USER 'reader'@'%' IDENTIFIED BY '…' WITH MAX_USER_CONNECTIONS 20; GRANT SELECT, SHOW VIEW ON `sh``op`.* TO 'reader'@'%';",
  );
  const many = 'ABCDEFGHIJ'.split('').map((letter) => `${letter}_ADMIN`);
  const { message } = tooManyRights({ ...nothing, dangerous: many }, 'shop');
  expect(message).toContain(
    '(A_ADMIN, B_ADMIN, C_ADMIN, D_ADMIN, E_ADMIN, F_ADMIN, G_ADMIN, H_ADMIN, …)',
  );
  expect(message).toContain(grantFor('shop'));
  expect(message).toContain('MYSQL_ALLOW_DANGEROUS_RIGHTS=true');
});
