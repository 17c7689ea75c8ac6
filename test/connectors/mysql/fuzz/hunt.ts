import type { Connection } from 'mysql2/promise';
import { checkNative } from '../../../../src/connectors/mysql/guard/check-calls.ts';
import type { Product } from '../../../../src/connectors/mysql/guard/pure-functions.ts';
import { readOnlySql } from '../../../../src/connectors/mysql/guard/read-only-sql.ts';
import { lexSql } from '../../../../src/connectors/mysql/guard/sql-lexer.ts';
import { ToolError } from '../../../../src/connectors/tool-error.ts';
import { cell } from './ask.ts';
import { mutate } from './mutate.ts';
import { openOracle } from './oracle.ts';
import { seededRandom } from './random.ts';
import { openVictim } from './victim.ts';

/** What a hunt for statements that pass the guard and do more than read came to. */
export interface Hunt {
  /** Mutants made, let pass by the guard, and answered by the server without an error. */
  made: number;
  allowed: number;
  answered: number;
  /** The statements that did something, and what. */
  hits: { sql: string; effects: string[] }[];
}

export interface HuntOptions {
  corpus: readonly string[];
  seed: number;
  /** Mutants to make. */
  count: number;
  /** Told about each batch. */
  onBatch?(hunt: Hunt): void;
}

/** So many allowed statements run before the oracle looks. */
const batchSize = 400;

/** Mutates the corpus, and runs what the guard allows on a server where nothing else protects the data. */
export async function hunt({ corpus, seed, count, onBatch }: HuntOptions): Promise<Hunt> {
  let arena = await openArena(corpus);
  const random = seededRandom(seed);
  const result: Hunt = { made: 0, allowed: 0, answered: 0, hits: [] };
  while (result.made < count) {
    const batch: string[] = [];
    for (; result.made < count && batch.length < batchSize; result.made++) {
      const sql = mutate(corpus, random);
      const verdict = judge(sql, arena.product);
      if (verdict === 'allowed') batch.push(sql);
      else if (verdict !== 'refused') result.hits.push({ sql, effects: [verdict] });
    }
    const { effects, failed } = await arena.oracle.run(batch);
    result.allowed += batch.length;
    result.answered += batch.length - failed.length;
    if (effects.length > 0) {
      await arena.close();
      result.hits.push(...(await findCulprits(batch, corpus, effects)));
      arena = await openArena(corpus);
    }
    onBatch?.(result);
  }
  await arena.close();
  return result;
}

async function openArena(corpus: readonly string[]) {
  const victim = await openVictim();
  const oracle = await openOracle(victim, corpus);
  const connection = await victim.connect();
  const product = await askProduct(connection);
  await connection.end();
  return {
    oracle,
    product,
    async close() {
      oracle.close();
      await victim[Symbol.asyncDispose]();
    },
  };
}

/** What server this is. */
export async function askProduct(connection: Connection): Promise<Product> {
  const version = await cell(connection, 'SELECT VERSION()');
  const number = /^[\d.]+/.exec(version)?.[0] ?? '';
  return { product: /mariadb/i.test(version) ? 'MariaDB' : 'MySQL', version: number };
}

/** Whether the guard lets a statement pass, or what is wrong with the guard itself. */
export function judge(sql: string, server: Product): string {
  const tokens = lexSql(sql).map(({ text }) => text);
  if (tokens.join('') !== sql) return 'the tokens are not the statement';
  try {
    checkNative(readOnlySql(sql), server);
    return 'allowed';
  } catch (error) {
    return error instanceof ToolError ? 'refused' : `the guard threw ${error}`;
  }
}

/** Runs a batch again, one by one, beginning on a new server and going on with a new one after each hit. */
async function findCulprits(batch: string[], corpus: readonly string[], effects: string[]) {
  let arena = await openArena(corpus);
  const hits: Hunt['hits'] = [];
  for (const sql of batch) {
    const { effects } = await arena.oracle.run([sql]);
    if (effects.length === 0) continue;
    hits.push({ sql, effects });
    await arena.close();
    arena = await openArena(corpus);
  }
  await arena.close();
  // Nothing alone, but something together: all of them are worth a look.
  return hits.length > 0 ? hits : [{ sql: batch.join('\n'), effects }];
}
