import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Sources, startSources } from '../../playground/start-sources.ts';
import { connectors } from '../../src/connectors/index.ts';

const inspector = fileURLToPath(
  new URL(
    '../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
    import.meta.url,
  ),
);

let sources: Sources;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  sources = await startSources({}, { today: new Date('2026-11-22T12:00:00Z') });
  const { host, port, user, password } = inject('mysql');
  const mysql = { MYSQL_HOST: host, MYSQL_PORT: String(port), MYSQL_USER: user };
  env = { ...sources.env, ...mysql, MYSQL_PASSWORD: password };
});
afterAll(() => sources[Symbol.asyncDispose]());

/** A call of each, and what of its answer must be there. */
const calls: Record<string, [answer: object, tool: string, ...args: string[]]> = {
  mysql: [{ rows: [[1]] }, 'execute_query', 'query=SELECT 1 AS one'],
  s3: [{ truncated: false }, 'list_buckets'],
  jira: [{ count: 1 }, 'count_issues', 'jql=key = SHOP-1'],
  shopify: [{ truncated: true }, 'list_products', 'limit=1'],
};

describe.concurrent.each(connectors)('$name in the MCP Inspector', ({ name, env: { shape } }) => {
  const [answer, tool = '', ...args] = calls[name] ?? [];

  /** What `mcp-inspector --cli -e … node src/connectors/<name>/main.ts …` prints. */
  async function inspect(...options: string[]) {
    const variables = Object.keys(shape).flatMap((key) =>
      env[key] ? ['-e', `${key}=${env[key]}`] : [],
    );
    const server = [process.execPath, `src/connectors/${name}/main.ts`];
    const child = spawn(process.execPath, [
      inspector,
      '--cli',
      ...variables,
      ...server,
      ...options,
    ]);
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    expect(code, `${out}\n${err}`).toBe(0);
    return JSON.parse(out);
  }

  it('lists tools whose schemas hosts can use', async () => {
    // Strict: a schema that some host would not understand is an error.
    const { tools } = await inspect('--method', 'tools/list', '--strict');
    expect(tools.map((each: { name: string }) => each.name)).toContain(tool);
  });

  it('answers a call', async () => {
    const given = args.flatMap((arg) => ['--tool-arg', arg]);
    const reply = await inspect('--method', 'tools/call', '--tool-name', tool, ...given);
    expect(reply.structuredContent).toMatchObject(answer ?? {});
  });
});
