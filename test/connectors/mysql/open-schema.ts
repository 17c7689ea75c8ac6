import { openClient, type ToolClient } from './open-client.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

/** A name with everything that has a meaning in SQL, in patterns or in paths. */
export const odd = 'a`b.c %_ü';

/** The sandbox with all that is odd about schemas, and a client of the account that may only read it. */
export interface SchemaSandbox extends Sandbox {
  client: ToolClient;
  /** A second database, whose tables refer to those of the first. */
  crm: string;
}

/** Adds to the sandbox an odd name, a history, a sequence, a table without a key, and a second database. */
export async function openSchema(): Promise<SchemaSandbox> {
  const sandbox = await openSandbox();
  const { admin, database, reader } = sandbox;
  const crm = `${database}_crm`;
  const name = `\`${odd.replaceAll('`', '``')}\``;
  await admin.query(`
    CREATE TABLE ${name} (\`i\`\`d\` INT PRIMARY KEY, \`e f\` INT DEFAULT 5,
      g INT AS (\`e f\` + 1) STORED, j JSON, hidden INT INVISIBLE DEFAULT 3, t VARCHAR(9) DEFAULT 'it''s',
      UNIQUE KEY \`u k\` (\`i\`\`d\`, t), CONSTRAINT \`over zero\` CHECK (\`e f\` > 0))
      COMMENT='odd on purpose' PARTITION BY HASH (\`i\`\`d\`) PARTITIONS 4;
    INSERT INTO ${name} (\`i\`\`d\`, j) VALUES (1, '{"a": 1}');
    CREATE TABLE history (id INT PRIMARY KEY, customer_id INT, at DATETIME) WITH SYSTEM VERSIONING;
    CREATE TABLE no_key (a VARCHAR(50), KEY head (a(5)), KEY a_desc (a)) COMMENT 'nobody knows';
    CREATE SEQUENCE counter;
    CREATE DATABASE ${crm};
    CREATE TABLE ${crm}.people (id INT PRIMARY KEY, customer_id INT NOT NULL UNIQUE, code VARCHAR(9) UNIQUE, boss INT,
      CONSTRAINT above FOREIGN KEY (boss) REFERENCES ${crm}.people (id),
      CONSTRAINT who FOREIGN KEY (customer_id) REFERENCES ${database}.customers (id) ON DELETE CASCADE);
    GRANT SELECT, SHOW VIEW ON ${crm}.* TO ${reader.user}@'%'`);
  const client = await openClient(reader);
  return {
    ...sandbox,
    client,
    crm,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await admin.query(`DROP DATABASE ${crm}`);
      await sandbox[Symbol.asyncDispose]();
    },
  };
}
