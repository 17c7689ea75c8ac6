import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { expect } from 'vitest';
import { toMcpServer } from '../../../src/connectors/mcp-server.ts';
import type { Account } from '../../../src/connectors/mysql/connection/sessions.ts';
import { mysql } from '../../../src/connectors/mysql/index.ts';
import { log } from '../../../src/log.ts';

/** An MCP client of the connector, in this process. It checks each answer against the tool's schema. */
export interface ToolClient {
  /** What the tool answers; the test fails when that is an error, too large, or its text says something else. */
  ask(name: string, args?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The sentence with which the tool refuses. */
  refusal(name: string, args?: Record<string, unknown>): Promise<string>;
  digest(): Promise<string>;
  /** What the resource `mysql://health` says. */
  health(): Promise<unknown>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Reply {
  isError?: boolean;
  content: [{ type: 'text'; text: string }];
  structuredContent?: Record<string, unknown>;
}

/** Opens one for the account. */
export async function openClient(account: Account): Promise<ToolClient> {
  log.level = 'warn'; // the connector runs in this process
  const { host, port, user, password, database, ssl } = account;
  const open = await mysql.open(
    mysql.env.parse({
      MYSQL_HOST: host,
      MYSQL_PORT: String(port),
      MYSQL_USER: user,
      MYSQL_PASSWORD: password,
      ...(database && { MYSQL_DATABASE: database }),
      ...(ssl && { MYSQL_SSL: ssl }),
    }),
  );
  const server = toMcpServer(mysql, open);
  const client = new Client({ name: 'test', version: '1' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  await client.listTools(); // from here on the client knows the schemas

  const call = async (name: string, args: Record<string, unknown> = {}) =>
    (await client.callTool({ name, arguments: args })) as unknown as Reply;

  const read = async (uri: string) => {
    const [content] = (await client.readResource({ uri })).contents;
    return content && 'text' in content ? content.text : '';
  };

  return {
    async ask(name, args) {
      const { content, structuredContent } = await call(name, args);
      const [{ text }] = content;
      expect(structuredContent, text).toBeDefined();
      expect(JSON.parse(text)).toEqual(structuredContent);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
      return structuredContent ?? {};
    },
    async refusal(name, args) {
      const { isError, content } = await call(name, args);
      const [{ text }] = content;
      expect(isError, text).toBe(true);
      expect(text).not.toContain(password);
      return text;
    },
    digest: () => read('mysql://digest'),
    health: async () => JSON.parse(await read('mysql://health')),
    async [Symbol.asyncDispose]() {
      await client.close();
      await open.close();
    },
  };
}
