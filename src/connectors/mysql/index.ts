import { defineConnector } from '../connector.ts';
import { mysqlEnv } from './env.ts';

/** MySQL and MariaDB, read-only. */
export const mysql = defineConnector({
  name: 'mysql',
  title: 'MySQL',
  env: mysqlEnv,
  open: async (env) => (await import('./server.ts')).open(env),
});
