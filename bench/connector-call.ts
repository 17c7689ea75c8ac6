import { createPool } from 'mysql2/promise';
import type { MysqlService } from '../playground/services/start-mysql.ts';
import type { Services } from '../playground/services/start-services.ts';
import { openToolbox } from '../src/agent/mcp-toolbox.ts';
import type { Source, StdioServer } from '../src/agent/source.ts';
import type { Toolbox } from '../src/agent/toolbox.ts';
import { toChild } from '../src/connector-children.ts';
import { mysql as connector } from '../src/connectors/mysql/index.ts';
import { log } from '../src/log.ts';
import { type Figure, spread } from './figures.ts';

const calls = 500;
const bursts = 10;
const atATime = 50;

/** What is asked, and what a call may cost beyond a bare connection, in milliseconds: p50, p95. */
export const queries = [
  { name: '1 row', query: 'SELECT 1 AS n', rows: 1, targets: [1, 3] },
  {
    name: '200 rows',
    query: 'SELECT seq AS id, seq * 1.25 AS total, MD5(seq) AS note FROM seq_1_to_200',
    rows: 200,
    targets: [2.5, 6],
  },
] as const;

/** The connector's process as the app starts it. */
export function toMysqlChild(mysql: MysqlService): Source & { server: StdioServer } {
  return toChild(connector, {
    MYSQL_HOST: mysql.host,
    MYSQL_PORT: String(mysql.port),
    MYSQL_USER: mysql.user,
    MYSQL_PASSWORD: mysql.password,
    MYSQL_DATABASE: mysql.database,
  });
}

/** What a tool call costs beyond the database's own time: the same query over MCP and on a bare connection, in turn. */
export async function measureCalls({ mysql }: Services): Promise<Figure[]> {
  log.level = 'error';
  const { host, port, user, password, database } = mysql;
  const toolbox = await openToolbox({ sources: [toMysqlChild(mysql)], log });
  const pool = createPool({ host, port, user, password, database });
  const figures: Figure[] = [];
  for (const { name, query, targets } of queries) {
    const extra: number[] = [];
    for (let i = 0; i < calls + 50; i += 1) {
      const start = performance.now();
      await pool.query(query);
      const bare = performance.now() - start;
      const called = await timeCall(toolbox, query);
      if (i >= 50) extra.push(called - bare);
    }
    const [p50, p95] = targets;
    figures.push(
      ...spread(`execute_query over MCP, ${name}, beyond bare mysql2`, extra, p50, [0.95, p95]),
    );
  }
  figures.push(...(await measureBursts(toolbox)));
  await Promise.all([pool.end(), toolbox.close()]);
  return figures;
}

/** More calls at once than the connector has connections: each is answered, after those before it. */
async function measureBursts(toolbox: Toolbox): Promise<Figure[]> {
  const [, { name, query }] = queries;
  const times: number[] = [];
  for (let i = 0; i < bursts; i += 1) {
    const burst = Array.from({ length: atATime }, () => timeCall(toolbox, query));
    times.push(...(await Promise.all(burst)));
  }
  return spread(`execute_query over MCP, ${name}, ${atATime} at a time`, times, 100, [0.95, 200]);
}

/** Milliseconds until the answer. */
async function timeCall(toolbox: Toolbox, query: string): Promise<number> {
  const { signal } = new AbortController();
  const start = performance.now();
  const outcome = await toolbox.call({ name: 'mysql__execute_query', args: { query }, signal });
  if (!outcome.ok) throw new Error(outcome.content);
  return performance.now() - start;
}
