import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import type { TestProject } from 'vitest/node';
import { namedServices, startServices } from '../../playground/services/start-services.ts';
import { loadShop } from '../../playground/shop/load-shop.ts';
import { shopNow } from '../../playground/shop/shop-now.ts';

/** A database and an account for it. */
export interface MysqlAccess {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string;
    /** The sample shop, through an account that may only SELECT. */
    mysql: MysqlAccess;
    /** May do everything: for throw-away databases of a test's own. */
    mysqlRoot: Omit<MysqlAccess, 'database'>;
  }
}

/** Starts Redis and MariaDB once for all tests that need them. Without one of them the run fails, saying how to get it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await startServices({
    ...namedServices(process.env),
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const { mysql } = services;
  const { host, port, root, isPrivate } = mysql;
  // On somebody's own server the shop gets a name of its own, and goes again.
  const database = isPrivate ? mysql.database : `connectormcp_${randomBytes(4).toString('hex')}`;
  const account = isPrivate
    ? mysql
    : { ...mysql, user: database, password: randomBytes(16).toString('hex') };
  await loadShop(account, { today: shopNow(), database });

  const { user, password } = account;
  project.provide('redisUrl', services.redis.url);
  project.provide('mysql', { host, port, user, password, database });
  project.provide('mysqlRoot', { host, port, ...root });

  return async () => {
    if (!isPrivate) {
      const connection = await createConnection({ host, port, ...root });
      await connection.query(`DROP DATABASE IF EXISTS ${database}`);
      await connection.query(`DROP USER IF EXISTS ${database}`);
      await connection.end();
    }
    await services.close();
  };
}
