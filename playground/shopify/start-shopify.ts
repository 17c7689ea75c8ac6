import { randomUUID } from 'node:crypto';
import { apiVersions } from '../../src/connectors/shopify/schema/api-versions.ts';
import { days } from '../shop/moment.ts';
import type { ShopifyData } from '../shop/shopify/shopify-data.ts';
import {
  type StandIn,
  type StandInAnswer,
  type StandInRequest,
  startStandIn,
} from '../stand-in/start-stand-in.ts';
import { type Access, allAccess } from './access.ts';
import { type ClientCredentials, openAccessTokens } from './access-tokens.ts';
import { adminSchema, servedVersion } from './admin-schema.ts';
import { answerGraphql, type GraphqlRequest } from './answer-graphql.ts';
import type { ApiContext } from './context.ts';
import { shopDomain } from './nodes/shop-nodes.ts';
import { openPointBucket, type PointLimits } from './point-bucket.ts';
import { sampleData } from './sample-data.ts';
import { searchTables } from './search/tables.ts';
import { openStore } from './store.ts';

export interface ShopifyOptions {
  port?: number;
  /** The sample shop's unless told; a function is called when it is needed first. */
  data?: ShopifyData | (() => ShopifyData);
  /** What the shop's clock says when it opens. */
  today?: Date;
  points?: Partial<PointLimits>;
}

/** A Shopify shop's Admin API. */
export interface ShopifyStandIn extends StandIn {
  /** What a connector needs to reach it. */
  env: { SHOPIFY_SHOP_URL: string; SHOPIFY_ACCESS_TOKEN: string; SHOPIFY_API_URL: string };
  /** For `SHOPIFY_CLIENT_ID` and `SHOPIFY_CLIENT_SECRET` in place of the token. */
  clientCredentials: ClientCredentials;
  /** What the shop holds now; mutations change it. */
  readonly data: ShopifyData;
  /** From now on the app lacks this scope, or this level of protected customer data. */
  deny(...access: Access[]): void;
  /** The app has everything again. */
  allow(): void;
  /** Tokens granted until now stop working, as if a day had gone by. */
  expireTokens(): void;
}

/** Orders older than this need `read_all_orders`. */
const visibleDays = 60;
/** The schema is loaded when nobody asks, so that neither start nor first question waits for it. Milliseconds. */
const warmUpAfter = 2_000;

/** Serves a shop on the loopback interface: real GraphQL against Shopify's Admin schema, with its prices and its limits. */
export async function startShopify({
  port = 0,
  data,
  today = new Date(),
  points: { maximum = 2_000, restoreRate = 100 } = {},
}: ShopifyOptions = {}): Promise<ShopifyStandIn> {
  const tokens = openAccessTokens();
  const points = openPointBucket({ maximum, restoreRate });
  const denied = new Set<string>();
  const answers: ApiContext['answers'] = new Map();
  const shop = once(() => {
    const read = typeof data === 'function' ? data() : data;
    const store = openStore(read ?? sampleData(today), today);
    return { store, tables: searchTables(store) };
  });
  const allows = (access: string) => !denied.has(access);
  const oldest = today.getTime() - days(visibleDays);

  const toContext = (version: string): ApiContext => ({
    ...shop(),
    version,
    allows,
    answers,
    searches: [],
    sees: ({ createdAt }) => allows('read_all_orders') || Date.parse(createdAt) >= oldest,
  });

  async function handle(request: StandInRequest): Promise<StandInAnswer> {
    if (request.method === 'POST' && request.path === '/admin/oauth/access_token')
      return tokens.grant(request, allAccess.filter(allows));
    const [, asked = ''] = /^\/admin\/api\/([^/]+)\/graphql\.json$/.exec(request.path) ?? [];
    const version = servedVersion(asked);
    if (!version || request.method !== 'POST') return json(404, { errors: 'Not Found' });
    if (!tokens.isValid(request.headers['x-shopify-access-token'])) return json(401, unauthorized);
    const question = readRequest(request.body);
    if (!question) return json(400, { errors: { query: 'Required parameter missing or invalid' } });
    const schema = await adminSchema(version);
    const answer = await answerGraphql(question, { schema, context: toContext(version), points });
    return json(200, answer, { 'x-shopify-api-version': version });
  }

  const server = await startStandIn(handle, { port });
  const warmUp = setTimeout(() => void adminSchema(apiVersions[0]), warmUpAfter).unref();
  return {
    ...server,
    env: {
      SHOPIFY_SHOP_URL: shopDomain,
      SHOPIFY_ACCESS_TOKEN: tokens.fixed,
      SHOPIFY_API_URL: server.url,
    },
    clientCredentials: tokens.credentials,
    get data() {
      return shop().store.data;
    },
    deny(...access) {
      for (const each of access) denied.add(each);
    },
    allow: () => denied.clear(),
    expireTokens: tokens.expire,
    async [Symbol.asyncDispose]() {
      clearTimeout(warmUp);
      await server[Symbol.asyncDispose]();
    },
  };
}

const unauthorized = {
  errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
};

const json = (
  status: number,
  body: object,
  headers: Record<string, string> = {},
): StandInAnswer => ({
  status,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'x-request-id': randomUUID(),
    ...headers,
  },
  body: JSON.stringify(body),
});

function readRequest(body: Buffer): GraphqlRequest | undefined {
  try {
    const read = JSON.parse(body.toString()) as Partial<
      Record<keyof GraphqlRequest, unknown>
    > | null;
    if (typeof read?.query !== 'string') return undefined;
    const { query, variables, operationName } = read;
    return {
      query,
      variables: (variables ?? {}) as Record<string, unknown>,
      operationName: typeof operationName === 'string' ? operationName : undefined,
    };
  } catch {
    return undefined;
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
