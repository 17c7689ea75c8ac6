import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { type OwnMariadb, openMariadb } from '../own-mariadb.ts';
import { cell } from './ask.ts';

/** Secrets that no allowed statement may show. */
export const secrets = ['secret-of-a-file', 'secret-of-a-setting', 'query-of-somebody-else'];

/** A server where everything may be broken: the shop of the corpora, and an account with all rights. */
export interface Victim {
  server: OwnMariadb;
  /** Where the corpora's files would be written to and read from. */
  files: string;
  /** Where the server keeps all that it writes. */
  folder: string;
  /** A connection with all rights and the settings of production, save that nothing protects the data. */
  connect(): Promise<Connection>;
  /** The statement with the corpora's folders replaced by ones that are watched. */
  aim(sql: string): string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts one in about two seconds. */
export async function openVictim(): Promise<Victim> {
  const server = await openMariadb();
  const admin = await server.connect();
  const folder = dirname(await cell(admin, 'SELECT @@datadir'));
  const files = join(folder, 'files');
  await mkdir(files, { mode: 0o777 });
  await writeFile(join(files, 'passwd'), secrets[0] ?? '');
  await admin.query(shop);
  await admin.end();
  return {
    server,
    files,
    folder,
    async connect() {
      const { host, port, root } = server;
      const connection = await createConnection({
        host,
        port,
        ...root,
        database: 'shop',
        charset: 'utf8mb4',
        rowsAsArray: true,
        flags: ['-LOCAL_FILES', '-IGNORE_SPACE'],
        disableEval: true,
        jsonStrings: true,
      });
      await connection.query(settings);
      return connection;
    },
    aim: (sql) => sql.replaceAll(/\/(?:var\/spool|var\/www\/html|etc)(?=\/)/g, files),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The limits keep a run short; what stops writing and locking is left away. */
const settings = `SET sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', max_statement_time=9,
  lock_wait_timeout=1, innodb_lock_wait_timeout=1`;

const shop = `
SET GLOBAL innodb_stats_auto_recalc=OFF, GLOBAL init_connect='SET @x=''secret-of-a-setting''';
CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop;
CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(80), email VARCHAR(80), deleted INT DEFAULT 0,
  created_at DATETIME, updated_at DATETIME, FULLTEXT (name));
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, status VARCHAR(20), total DECIMAL(10, 2), attrs JSON,
  created_at DATETIME, insert_date DATE, \`update\` INT, note TEXT, KEY by_customer (customer_id));
CREATE TABLE \`drop\` (\`delete\` INT);
CREATE TABLE categories (id INT PRIMARY KEY, parent_id INT, name VARCHAR(80));
CREATE TABLE audit (id INT AUTO_INCREMENT PRIMARY KEY, note TEXT);
CREATE TABLE replace_log (note TEXT, \`into\` VARCHAR(20));
CREATE TABLE places (id INT PRIMARY KEY, spot POINT, area POLYGON);
CREATE TABLE prices (id INT PRIMARY KEY, amount INT) WITH SYSTEM VERSIONING;
CREATE TABLE sales (id INT, day DATE) PARTITION BY RANGE (YEAR(day)) (PARTITION p0 VALUES LESS THAN (2026),
  PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE TABLE myi (a INT, b INT, KEY (a)) ENGINE=MyISAM;
CREATE SEQUENCE seq1 NOCACHE; CREATE SEQUENCE s NOCACHE;
INSERT INTO customers (id, name, email) VALUES (1, 'Ada', 'ada@example.com'), (2, 'Bo', 'bo@example.com'), (3, 'Cy', NULL);
INSERT INTO orders (id, customer_id, status, total, attrs, created_at) VALUES
  (1, 1, 'paid', 9.50, '{"a": 1}', '2026-01-01 10:00:00'), (2, 1, 'open', 3, '{"a": [2]}', '2026-02-01 10:00:00'),
  (3, 2, 'paid', 7, NULL, NULL);
INSERT INTO categories VALUES (1, NULL, 'all'), (2, 1, 'some');
INSERT INTO audit (note) VALUES ('begin');
INSERT INTO myi VALUES (1, 2); INSERT INTO prices VALUES (1, 5); INSERT INTO sales VALUES (1, '2026-03-01');
INSERT INTO places VALUES (1, POINT(1, 2), ST_GeomFromText('POLYGON((0 0, 0 1, 1 1, 0 0))'));
CREATE VIEW v_orders AS SELECT id, total FROM orders;
CREATE FUNCTION f_write(n INT) RETURNS INT BEGIN INSERT INTO audit (note) VALUES ('ran'); RETURN n; END;
CREATE FUNCTION sys_exec(n TEXT) RETURNS INT BEGIN INSERT INTO audit (note) VALUES (n); RETURN 1; END;
CREATE FUNCTION any_value(n TEXT) RETURNS INT BEGIN INSERT INTO audit (note) VALUES (n); RETURN 1; END;
CREATE FUNCTION \`0X41\`() RETURNS INT BEGIN INSERT INTO audit (note) VALUES ('ran'); RETURN 1; END;
CREATE PROCEDURE p_write() INSERT INTO audit (note) VALUES ('ran');
CREATE PROCEDURE p_escape() BEGIN COMMIT; INSERT INTO audit (note) VALUES ('ran'); END;
CREATE USER reader@'%' IDENTIFIED BY 'reader'; GRANT SELECT, SHOW VIEW ON shop.* TO reader@'%'`;
