import { capital } from '../../capital.ts';
import { Patience } from '../../patience.ts';
import type { CheckLine } from '../connector.ts';
import { ToolError, type ToolErrorCode } from '../tool-error.ts';
import { allows } from './api/scopes.ts';
import type { Caller, Shopify } from './api/shopify.ts';
import { readShop } from './get-shop.ts';

/** Longest look, in milliseconds. */
const longestLook = 4_000;
const tooLate = `Shopify did not answer within ${longestLook / 1000} seconds`;

/** Looks at reachability, identity, the version that answers, and what the token may do. */
export async function checkShopify(
  shopify: Shopify,
  writes: readonly string[],
  caller: Caller,
): Promise<CheckLine[]> {
  using patience = new Patience(caller.signal, longestLook);
  try {
    const shop = await readShop(shopify, { signal: patience.signal, impatient: true });
    return [
      { ok: true, what: `${shop.name} answers (plan ${shop.plan}, ${shop.currency})` },
      toVersionLine(shopify),
      ...toReadLines(shop.scopes),
      ...toWriteLines(writes, shop.scopes),
    ];
  } catch (error) {
    if (patience.isOver) return [{ ok: false, what: tooLate, fix: isItReachable }];
    if (!(error instanceof ToolError)) throw error;
    const fix = fixes[error.code];
    return [{ ok: false, what: capital(error.what), ...(fix && { fix }) }];
  }
}

const isItThere = 'Set SHOPIFY_SHOP_URL to the address of the shop, my-shop.myshopify.com';
const isItReachable = `Look whether Shopify can be reached from here. ${isItThere}`;
const credentials =
  'Set SHOPIFY_ACCESS_TOKEN to a token of the app, or SHOPIFY_CLIENT_ID and SHOPIFY_CLIENT_SECRET; the app must be installed in the shop of SHOPIFY_SHOP_URL';

const fixes: Partial<Record<ToolErrorCode, string>> = {
  AUTH_FAILED: credentials,
  MISSING_PERMISSION: credentials,
  NOT_FOUND: isItThere,
  UPSTREAM_ERROR: isItReachable,
  TIMEOUT: isItReachable,
};

/** A version that has ended is answered by another one, with other fields, and without a word. */
function toVersionLine({ version, servedVersion = version }: Shopify): CheckLine {
  if (servedVersion === version) return { ok: true, what: `The version of the API is ${version}` };
  return {
    ok: true,
    what: `Shopify answers with version ${servedVersion} of the API instead of ${version}`,
    fix: 'Set SHOPIFY_API_VERSION to a version that is still served',
  };
}

/** What our tools read, and the tools that need it. */
const reads: readonly (readonly [scope: string, tools: string])[] = [
  ['read_products', 'list_products, get_product, list_variants'],
  ['read_inventory', 'get_inventory'],
  ['read_locations', 'list_locations'],
  ['read_orders', 'list_orders, get_order'],
  ['read_customers', 'list_customers, get_customer'],
  ['read_draft_orders', 'list_draft_orders'],
  ['read_reports', 'run_shopifyql'],
];

const addScope = (scopes: readonly string[]) =>
  `Add ${scopes.join(', ')} to the scopes of the app and install it again`;

function toReadLines(scopes: readonly string[]): CheckLine[] {
  const granted = new Set(scopes);
  const lines = reads.map(([scope, tools]) => ({ scope, tools, has: allows(granted, scope) }));
  const missing = lines.filter(({ has }) => !has);
  if (missing.length === reads.length)
    return [
      {
        ok: false,
        what: 'The token may read nothing that the tools are about',
        fix: `${addScope(missing.map(({ scope }) => scope))} (SHOPIFY_ACCESS_TOKEN changes with it)`,
      },
    ];
  const has = lines.filter(({ has }) => has).map(({ scope }) => scope.replace('read_', ''));
  return [
    { ok: true, what: `The token may read ${has.join(', ')}` },
    ...missing.map(({ scope, tools }) => ({
      ok: true,
      what: `Without ${scope} there is no ${tools}`,
      fix: addScope([scope]),
    })),
    ...(granted.has('read_orders') && !granted.has('read_all_orders')
      ? [
          {
            ok: true,
            what: 'Of orders it sees the last 60 days',
            fix: addScope(['read_all_orders']),
          },
        ]
      : []),
  ];
}

/** Any of them lets the tool do something. */
const writeScopes: Record<string, readonly string[]> = {
  update_product: ['write_products'],
  adjust_inventory: ['write_inventory'],
  update_order: ['write_orders'],
  add_tags: ['write_products', 'write_orders', 'write_customers', 'write_draft_orders'],
  create_draft_order: ['write_draft_orders'],
};

/** A write that is switched on and can't work, and rights to write that nothing here uses. */
function toWriteLines(writes: readonly string[], scopes: readonly string[]): CheckLine[] {
  const missing = writes.flatMap((tool) => {
    const needed = writeScopes[tool] ?? [];
    return needed.some((scope) => scopes.includes(scope)) ? [] : [{ tool, needed }];
  });
  const unused = scopes.filter((scope) => scope.startsWith('write_'));
  return [
    ...missing.map(({ tool, needed }) => ({
      ok: true,
      what: `SHOPIFY_ALLOW_WRITES names ${tool}, and the token lacks ${needed.join(', ')}`,
      fix: addScope(needed),
    })),
    ...(writes.length === 0 && unused.length > 0
      ? [
          {
            ok: true,
            what: `The token may write (${unused.join(', ')}), and nothing here does`,
            fix: 'Give the app scopes that begin with read_ only',
          },
        ]
      : []),
  ];
}
