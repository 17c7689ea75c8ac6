import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { expect } from 'vitest';
import { type JiraStandIn, startJira } from '../../../../playground/jira/start-jira.ts';
import { jiraData } from '../../../../playground/shop/jira/jira-data.ts';
import { shopRecords } from '../../../../playground/shop/shop-records.ts';
import { jira } from '../../../../src/connectors/jira/index.ts';
import { toMcpServer } from '../../../../src/connectors/mcp-server.ts';
import { Spool } from '../../../../src/connectors/spool.ts';
import { log } from '../../../../src/log.ts';

log.level = 'warn'; // the connector runs in this process

/** An MCP client of the connector in this process, and the Jira behind it. */
export interface JiraClient {
  site: JiraStandIn;
  client: Client;
  /** What the tool answers; the test fails when that is an error, too large, or its text says something else. */
  ask(name: string, args?: Record<string, unknown>): Promise<Answer>;
  /** The address of all rows, where the answer has one. */
  link(name: string, args?: Record<string, unknown>): Promise<string | undefined>;
  /** The sentence with which the tool refuses. */
  refusal(name: string, args?: Record<string, unknown>): Promise<string>;
  read(uri: string): Promise<string>;
  /** `GET /rest/api/3/field` and the like, since the last call of this. */
  sent(): string[];
  [Symbol.asyncDispose](): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look at what is deep inside, and fail when it is not there
export type Answer = Record<string, any>;

interface Reply {
  isError?: boolean;
  content: [{ type: 'text'; text: string }, ...{ type: string; uri?: string }[]];
  structuredContent?: Record<string, unknown>;
}

/** The day of all these tests. */
export const today = new Date('2026-11-22T12:00:00Z');

const shop = jiraData(shopRecords({ today }), { today });

/** The sample shop's tickets, to be changed at will. */
export const freshData = () => structuredClone(shop);

/** All that can be written. */
export const allWrites = 'create_issue,update_issue,add_comment,transition_issue';

/** Opens one on a fresh site, with these variables more. */
export async function openClient(
  variables: Record<string, string> = {},
  options: Parameters<typeof startJira>[0] = {},
): Promise<JiraClient> {
  const site = await startJira({ today, data: freshData(), ...options });
  const open = await jira.open(jira.env.parse({ ...site.env, ...variables }));
  const spool = new Spool('jira');
  const server = toMcpServer(jira, open, spool);
  const client = new Client({ name: 'test', version: '1' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  await client.listTools(); // from here on the client knows the schemas

  const call = async (name: string, args: Record<string, unknown> = {}) =>
    (await client.callTool({ name, arguments: args })) as unknown as Reply;
  let seen = 0;

  return {
    site,
    client,
    async ask(name, args) {
      const { content, structuredContent } = await call(name, args);
      const [{ text }] = content;
      expect(structuredContent, text).toBeDefined();
      expect(JSON.parse(text)).toEqual(structuredContent);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
      return structuredContent ?? {};
    },
    async link(name, args) {
      const { content } = await call(name, args);
      const [, link] = content;
      return link?.uri;
    },
    async refusal(name, args) {
      const { isError, content } = await call(name, args);
      const [{ text }] = content;
      expect(isError, text).toBe(true);
      for (const secret of [site.env.JIRA_API_TOKEN, '127.0.0.1', 'atlassian.net', 'node:'])
        expect(text).not.toContain(secret);
      return text;
    },
    async read(uri) {
      const content = (await client.readResource({ uri })).contents[0];
      return content && 'text' in content ? content.text : '';
    },
    sent() {
      const news = site.requests.slice(seen).map(({ method, path }) => `${method} ${path}`);
      seen = site.requests.length;
      return news;
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await open.close();
      await spool.close();
      await site[Symbol.asyncDispose]();
    },
  };
}
