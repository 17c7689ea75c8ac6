import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { expect } from 'vitest';
import { toMcpServer } from '../../../src/connectors/mcp-server.ts';
import { s3 } from '../../../src/connectors/s3/index.ts';
import { Spool } from '../../../src/connectors/spool.ts';
import { log } from '../../../src/log.ts';

log.level = 'warn'; // the connector runs in this process

export interface Content {
  type: string;
  text?: string;
  data?: string;
  mimeType?: string;
  uri?: string;
}

interface Reply {
  isError?: boolean;
  content: [Content & { text: string }, ...Content[]];
  structuredContent?: Record<string, unknown>;
}

/** An MCP client of the connector, in this process. It checks each answer against the tool's schema. */
export interface ToolClient {
  client: Client;
  /** What the tool answers; the test fails when that is an error, too large, or its text says something else. */
  ask(name: string, args?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** All that comes with an answer. */
  call(name: string, args?: Record<string, unknown>, signal?: AbortSignal): Promise<Reply>;
  /** The sentence with which the tool refuses. */
  refusal(name: string, args?: Record<string, unknown>): Promise<string>;
  read(uri: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Opens one with these variables. */
export async function openClient(env: Record<string, string>): Promise<ToolClient> {
  const open = await s3.open(s3.env.parse(env));
  const folder = await mkdtemp(join(tmpdir(), 's3-test-'));
  const spool = new Spool('s3', {}, folder);
  const server = toMcpServer(s3, open, spool);
  const client = new Client({ name: 'test', version: '1' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  await client.listTools(); // from here on the client knows the schemas

  const call = async (name: string, args: Record<string, unknown> = {}, signal?: AbortSignal) => {
    const options = signal ? { signal } : {};
    return (await client.callTool(
      { name, arguments: args },
      undefined,
      options,
    )) as unknown as Reply;
  };

  return {
    client,
    call,
    async ask(name, args) {
      const { content, structuredContent } = await call(name, args);
      const [{ text }] = content;
      expect(structuredContent, text).toBeDefined();
      expect(JSON.parse(text)).toEqual(structuredContent);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(48_000);
      return structuredContent ?? {};
    },
    async refusal(name, args) {
      const { isError, content } = await call(name, args);
      const [{ text }] = content;
      expect(isError, text).toBe(true);
      for (const secret of ['wJalrXUtnFEMI', 'AKIAIOSFODNN7', '127.0.0.1'])
        expect(text).not.toContain(secret);
      return text;
    },
    async read(uri) {
      const content = (await client.readResource({ uri })).contents[0];
      return content && 'text' in content ? content.text : '';
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await open.close();
      await spool.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
