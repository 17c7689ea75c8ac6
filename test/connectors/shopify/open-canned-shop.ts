import { openAccessTokens } from '../../../playground/shopify/access-tokens.ts';
import { type StandIn, startStandIn } from '../../../playground/stand-in/start-stand-in.ts';
import { callTool, type ToolReply } from '../../../src/connectors/call-tool.ts';
import type { OpenConnector } from '../../../src/connectors/connector.ts';
import { shopify } from '../../../src/connectors/shopify/index.ts';
import { log } from '../../../src/log.ts';
import { json } from './json-answer.ts';

log.level = 'silent'; // a line for each call

/** A shop that says the same to whatever is asked, to those whose token it knows. It needs no schema. */
export interface CannedShop extends AsyncDisposable {
  standIn: StandIn;
  tokens: ReturnType<typeof openAccessTokens>;
  /** A connector on it. Variables given here replace the shop's; an empty one takes it away. */
  open(variables?: Record<string, string>): Promise<OpenConnector>;
}

export async function openCannedShop(
  body: object,
  headers: Record<string, string> = {},
): Promise<CannedShop> {
  const tokens = openAccessTokens();
  const standIn = await startStandIn((request) => {
    if (request.path === '/admin/oauth/access_token') return tokens.grant(request, []);
    const isKnown = tokens.isValid(request.headers['x-shopify-access-token']);
    return isKnown ? { status: 200, ...json(body, headers) } : { status: 401, body: '{}' };
  });
  const env = {
    SHOPIFY_SHOP_URL: 'acme.myshopify.com',
    SHOPIFY_ACCESS_TOKEN: tokens.fixed,
    SHOPIFY_API_URL: standIn.url,
  };
  return {
    standIn,
    tokens,
    async open(variables = {}) {
      const all = Object.entries({ ...env, ...variables }).filter(([, value]) => value);
      return shopify.open(shopify.env.parse(Object.fromEntries(all)));
    },
    [Symbol.asyncDispose]: () => standIn[Symbol.asyncDispose](),
  };
}

/** Calls a tool of a connector without MCP. */
export const callOf = (
  { tools }: OpenConnector,
  name: string,
  args: object,
  signal = AbortSignal.timeout(10_000),
): Promise<ToolReply> => callTool(tools, name, args, { signal, progress: () => {}, log });
