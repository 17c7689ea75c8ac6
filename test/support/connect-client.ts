import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { expect } from 'vitest';
import type { Connector, OpenConnector } from '../../src/connectors/connector.ts';
import { toMcpServer } from '../../src/connectors/mcp-server.ts';
import type { Spool } from '../../src/connectors/spool.ts';

type Json = Record<string, unknown>;

/** A part of an answer. */
export interface Content {
  type: string;
  text?: string;
  data?: string;
  mimeType?: string;
  uri?: string;
}

/** All that comes with an answer. */
export interface Reply {
  isError?: boolean;
  content: [Content & { text: string }, ...Content[]];
  structuredContent?: Json;
}

/** What a tool answered, with its link if it has one. */
export interface Answer {
  answer: Json;
  link: { uri: string } | undefined;
}

/** An MCP client of a connector, in this process. It checks each answer against the tool's schema. */
export interface ConnectorClient extends AsyncDisposable {
  client: Client;
  call(name: string, args?: Json, signal?: AbortSignal): Promise<Reply>;
  /** What the tool answers; the test fails when that is an error, too large, or its text says something else. */
  ask(name: string, args?: Json): Promise<Json>;
  /** The same with the link to a resource that came with it. */
  answer(name: string, args?: Json): Promise<Answer>;
  /** The sentence with which the tool refuses. */
  refusal(name: string, args?: Json): Promise<string>;
  /** The text of a resource. */
  read(uri: string): Promise<string>;
}

interface ClientOptions {
  spool?: Spool;
  /** Of an answer, in bytes. */
  most?: number;
  /** What no refusal may say. */
  secrets?: readonly (string | RegExp)[];
}

/** Connects one. Disposing closes the connector and its spool as well. */
export async function connectClient(
  connector: Connector,
  open: OpenConnector,
  { spool, most = 20_000, secrets = [] }: ClientOptions = {},
): Promise<ConnectorClient> {
  const server = toMcpServer(connector, open, spool);
  const client = new Client({ name: 'test', version: '1' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  await client.listTools(); // from here on the client knows the schemas

  const call = async (name: string, args: Json = {}, signal?: AbortSignal) =>
    (await client.callTool(
      { name, arguments: args },
      undefined,
      signal ? { signal } : {},
    )) as unknown as Reply;

  async function answer(name: string, args?: Json): Promise<Answer> {
    const { content, structuredContent } = await call(name, args);
    const [{ text }] = content;
    expect(structuredContent, text).toBeDefined();
    expect(JSON.parse(text)).toEqual(structuredContent);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
    const link = content.find(({ type }) => type === 'resource_link');
    return { answer: structuredContent ?? {}, link: link?.uri ? { uri: link.uri } : undefined };
  }

  return {
    client,
    call,
    answer,
    ask: async (name, args) => (await answer(name, args)).answer,
    async refusal(name, args) {
      const { isError, content } = await call(name, args);
      const [{ text }] = content;
      expect(isError, text).toBe(true);
      for (const secret of secrets) expect(text).not.toMatch(secret);
      return text;
    },
    async read(uri) {
      const [content] = (await client.readResource({ uri })).contents;
      return content && 'text' in content ? content.text : '';
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await open.close();
      await spool?.close();
    },
  };
}
