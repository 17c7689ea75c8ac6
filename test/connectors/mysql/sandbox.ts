import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import { inject } from 'vitest';
import type { Account } from '../../../src/connectors/mysql/connection/sessions.ts';

/** A throw-away database with two accounts: one that may only read, one that may do everything. */
export interface Sandbox {
  database: string;
  reader: Account & { database: string };
  root: Account & { database: string };
  /** A connection of the all-powerful account, to look and to meddle. */
  admin: Connection;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Makes one with three customers, 1,000 orders and a view, on the server that all tests share or on another. */
export async function openSandbox(server = inject('mysqlRoot')): Promise<Sandbox> {
  const database = `sandbox_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(8).toString('hex');
  const admin = await createConnection({ ...server, multipleStatements: true });
  await admin.query(`
    CREATE DATABASE ${database} CHARACTER SET utf8mb4;
    USE ${database};
    CREATE TABLE customers (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(80) NOT NULL COMMENT 'as they wish it',
      email VARCHAR(190) UNIQUE, created_at DATETIME NOT NULL);
    CREATE TABLE orders (id BIGINT AUTO_INCREMENT PRIMARY KEY, customer_id INT NOT NULL,
      status ENUM('open', 'paid') NOT NULL, total DECIMAL(10, 2), note TEXT,
      KEY by_customer (customer_id), KEY by_customer_status (customer_id, status),
      CONSTRAINT of_customer FOREIGN KEY (customer_id) REFERENCES customers (id));
    CREATE VIEW paid_orders AS SELECT * FROM orders WHERE status = 'paid';
    INSERT INTO customers (name, email, created_at) VALUES ('Ada', 'ada@example.com', '2026-01-01 10:00:00'),
      ('Bo', 'bo@example.com', '2026-02-01 10:00:00'), ('Cy', NULL, '2026-03-01 10:00:00');
    INSERT INTO orders (customer_id, status, total, note)
      SELECT 1 + t.n % 3, IF(t.n % 2, 'open', 'paid'), t.n + 0.5, REPEAT('x', t.n)
      FROM (SELECT a.d + 10 * b.d + 100 * c.d AS n FROM ${digits} a, ${digits} b, ${digits} c) t ORDER BY t.n;
    ANALYZE TABLE customers, orders;
    CREATE USER ${database}@'%' IDENTIFIED BY '${password}';
    GRANT SELECT, SHOW VIEW ON ${database}.* TO ${database}@'%';`);
  return {
    database,
    reader: { host: server.host, port: server.port, user: database, password, database },
    root: { ...server, database, allowDangerousRights: true },
    admin,
    async [Symbol.asyncDispose]() {
      await admin.query(`DROP DATABASE ${database}; DROP USER ${database}@'%'`);
      await admin.end();
    },
  };
}

const digits = `(${Array.from({ length: 10 }, (_, d) => `SELECT ${d} AS d`).join(' UNION ')})`;
