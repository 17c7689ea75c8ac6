import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { inject } from 'vitest';
import { loadLibrary } from '../../../playground/shop/load-library.ts';
import type { MysqlAccess } from '../../support/services.ts';
import { type DemoConversation, openConversation } from './demo-conversation.ts';

export type Database = 'shop' | 'library';

/** The two sample databases, and a conversation about each. */
export interface DemoDatabases {
  talks: Record<Database, DemoConversation>;
  /** What independently written SQL says, as text. */
  rowsOf(database: Database, sql: string): Promise<string[][]>;
  /** What the server calls the library. */
  library: string;
  /** May read these two and no others: other tests make libraries of their own. */
  account: MysqlAccess;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Loads the library next to the shop, which is there already. */
export async function openDemoDatabases(): Promise<DemoDatabases> {
  const root = inject('mysqlRoot');
  const library = `library_${randomBytes(3).toString('hex')}`;
  const shop = { ...inject('mysql'), user: library, password: randomBytes(8).toString('hex') };
  const target = { ...shop, root, isPrivate: true };
  await loadLibrary(target, { today: new Date(), database: library });
  const connection = await createConnection({ ...root, rowsAsArray: true, dateStrings: true });
  await connection.query(`GRANT SELECT, SHOW VIEW ON ${shop.database}.* TO ${library}`);
  const talks = {
    shop: await openConversation(shop),
    library: await openConversation({ ...shop, database: library }),
  };
  return {
    talks,
    library,
    account: shop,
    async rowsOf(database, sql) {
      await connection.query(`USE ${database === 'shop' ? shop.database : library}`);
      const [rows] = await connection.query({ sql, rowsAsArray: true });
      return (rows as unknown[][]).map((row) =>
        row.map((cell) => (cell === null ? '–' : String(cell))),
      );
    },
    async [Symbol.asyncDispose]() {
      await talks.shop[Symbol.asyncDispose]();
      await talks.library[Symbol.asyncDispose]();
      await connection.query(`DROP DATABASE ${library}`);
      await connection.query(`DROP USER ${library}`);
      await connection.end();
    },
  };
}

/** The rows of the Markdown table in an answer, numbers without separators. */
export const tableOf = (answer: string): string[][] =>
  answer
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | ').map(plain));

const plain = (cell: string) => (/^-?[\d,]+(\.\d+)?$/.test(cell) ? cell.replaceAll(',', '') : cell);

/** The first figure that stands out in an answer. */
export const boldOf = (answer: string) => plain(/\*\*([^*]+)\*\*/.exec(answer)?.[1] ?? '');
