import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { expect, vi } from 'vitest';
import { shopRecords } from '../../../playground/shop/shop-records.ts';
import { type ShopifyData, shopifyData } from '../../../playground/shop/shopify/shopify-data.ts';
import {
  type ShopifyOptions,
  type ShopifyStandIn,
  startShopify,
} from '../../../playground/shopify/start-shopify.ts';
import type { OpenConnector } from '../../../src/connectors/connector.ts';
import { toMcpServer } from '../../../src/connectors/mcp-server.ts';
import { shopify } from '../../../src/connectors/shopify/index.ts';
import { Spool } from '../../../src/connectors/spool.ts';
import { log } from '../../../src/log.ts';

type Json = Record<string, unknown>;

log.level = 'silent'; // a line for each call
// The schema is loaded twice, by the shop and by the connector, on a machine that runs other tests beside.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const today = new Date('2026-11-22T12:00:00Z');
let made: ShopifyData | undefined;

/** A small shop, as if nobody had changed it yet: a test that opens one must not wait for 5,000 orders. */
function smallShop(): ShopifyData {
  made ??= shopifyData(shopRecords({ today, users: 60, orders: 400 }), { today });
  return structuredClone(made);
}

/** Of a list, with the names that most have. */
export interface Item extends Record<string, unknown> {
  id: string;
  short_id: string;
  name: string;
  handle: string;
}

/** What a tool answered, with its link if it has one. */
export interface Answer {
  answer: Json;
  link: { uri: string } | undefined;
}

/** A shop, the connector on it, and an MCP client in this process that checks answers against the tools' schemas. */
export interface Shop {
  standIn: ShopifyStandIn;
  open: OpenConnector;
  client: Client;
  /** The test fails when that is an error, larger than 20 kB, or its text says something else. */
  ask(name: string, args?: Json): Promise<Json>;
  answer(name: string, args?: Json): Promise<Answer>;
  /** The sentence with which the tool refuses. */
  refusal(name: string, args?: Json): Promise<string>;
  read(uri: string): Promise<string>;
  /** The GraphQL texts and variables that were sent since the last look. */
  sent(): { query: string; variables: Json }[];
  [Symbol.asyncDispose](): Promise<void>;
}

interface Reply {
  isError?: boolean;
  content: { type: string; text: string; uri: string }[];
  structuredContent?: Json;
}

/** Opens one. Variables given here replace the stand-in's; an empty one takes it away. */
export async function openShop(
  variables: Record<string, string> = {},
  options: ShopifyOptions = {},
): Promise<Shop> {
  const standIn = await startShopify({ today, data: smallShop, ...options });
  const env = Object.entries({ ...standIn.env, ...variables }).filter(([, value]) => value);
  const open = await shopify.open(shopify.env.parse(Object.fromEntries(env)));
  const spool = new Spool('shopify');
  const server = toMcpServer(shopify, open, spool);
  const client = new Client({ name: 'test', version: '1' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  await client.listTools(); // from here on the client knows the schemas
  let seen = 0;

  const call = async (name: string, args: Json = {}) =>
    (await client.callTool({ name, arguments: args })) as unknown as Reply;

  async function answer(name: string, args?: Json): Promise<Answer> {
    const { content, structuredContent } = await call(name, args);
    const text = content[0]?.text ?? '';
    expect(structuredContent, text).toBeDefined();
    expect(JSON.parse(text)).toEqual(structuredContent);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
    const link = content.find(({ type }) => type === 'resource_link');
    return { answer: structuredContent ?? {}, link };
  }

  return {
    standIn,
    open,
    client,
    answer,
    ask: async (name, args) => (await answer(name, args)).answer,
    async refusal(name, args) {
      const { isError, content } = await call(name, args);
      const text = content[0]?.text ?? '';
      expect(isError, text).toBe(true);
      expect(text).not.toMatch(/127\.0\.0\.1|shpat_|node_modules|\bat .*\.ts/);
      return text;
    },
    async read(uri) {
      const content = (await client.readResource({ uri })).contents[0];
      return content && 'text' in content ? content.text : '';
    },
    sent() {
      const fresh = standIn.requests
        .slice(seen)
        .filter(({ path }) => path.endsWith('graphql.json'));
      seen = standIn.requests.length;
      return fresh.map(({ body }) => JSON.parse(body.toString()));
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await open.close();
      await spool.close();
      await standIn[Symbol.asyncDispose]();
    },
  };
}
