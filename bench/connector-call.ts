import { createPool } from 'mysql2/promise';
import type { Services } from '../playground/services/start-services.ts';
import { openToolbox } from '../src/agent/mcp-toolbox.ts';
import { configuredConnectors, toChild } from '../src/connector-children.ts';
import { log } from '../src/log.ts';
import { type Figure, spread } from './figures.ts';

const calls = 500;
const query = 'SELECT 1 AS n';

/** What a tool call costs beyond the database's own time: the same query over MCP and on a bare connection, in turn. */
export async function measureCalls({ mysql }: Services): Promise<Figure[]> {
  log.level = 'error';
  const { host, port, user, password, database } = mysql;
  const env = {
    PATH: process.env.PATH,
    MYSQL_HOST: host,
    MYSQL_PORT: String(port),
    MYSQL_USER: user,
    MYSQL_PASSWORD: password,
    MYSQL_DATABASE: database,
  };
  const children = configuredConnectors(env).map((connector) => toChild(connector, env));
  const toolbox = await openToolbox({ connectors: children, log });
  const pool = createPool({ host, port, user, password, database });
  const { signal } = new AbortController();
  const extra: number[] = [];
  for (let i = 0; i < calls + 50; i += 1) {
    const start = performance.now();
    await pool.query(query);
    const bare = performance.now() - start;
    const outcome = await toolbox.call({ name: 'mysql__execute_query', args: { query }, signal });
    if (!outcome.ok) throw new Error(outcome.content);
    if (i >= 50) extra.push(performance.now() - start - 2 * bare);
  }
  await Promise.all([pool.end(), toolbox.close()]);
  return spread('execute_query over MCP, beyond bare mysql2', extra, 1, [0.95, 3]);
}
