import { expect, it } from 'vitest';
import { openShop } from './open-shop.ts';

const shopName = '{ shop { name } }';

it.each(['wrong', 'shpat_', 'SHPAT_OF-THE-STAND-IN'])('turns the token %j away', async (token) => {
  await using open = await openShop();
  const answer = await open.ask(shopName, {}, { token });
  expect([answer.status, answer.errors]).toEqual([
    401,
    '[API] Invalid API key or access token (unrecognized login or wrong password)',
  ]);
});

const grant = (url: string, body: object) =>
  fetch(`${url}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

it('grants a token for a day, which ends', async () => {
  await using open = await openShop();
  const { id, secret } = open.shop.clientCredentials;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
  });
  const response = await fetch(`${open.shop.url}/admin/oauth/access_token`, {
    method: 'POST',
    body: form,
  });
  const {
    access_token: token,
    scope,
    expires_in,
  } = (await response.json()) as {
    access_token: string;
    scope: string;
    expires_in: number;
  };
  expect(expires_in).toBe(86_399);
  expect(scope.split(',')).toContain('read_orders');
  expect((await open.ask(shopName, {}, { token })).data.shop.name).toBe('Lindenwares');
  open.shop.expireTokens();
  expect((await open.ask(shopName, {}, { token })).status).toBe(401);
  expect((await open.ask(shopName)).status).toBe(200);
});

it.each([
  [{ grant_type: 'client_credentials', client_id: 'x', client_secret: 'y' }, 401, 'invalid_client'],
  [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  [['nonsense'], 400, 'unsupported_grant_type'],
])('grants nothing for %j', async (body, status, error) => {
  await using open = await openShop();
  const response = await grant(open.shop.url, body);
  expect([response.status, await response.json()]).toMatchObject([status, { error }]);
});

it('names the scope that is missing, and gives the rest', async () => {
  await using open = await openShop();
  open.shop.deny('read_orders');
  const denied = await open.ask('{ orders(first: 1) { nodes { id } } }');
  expect(denied).toMatchObject({
    status: 200,
    data: null,
    errors: [
      {
        message: 'Access denied for orders field. Required access: `read_orders` access scope.',
        path: ['orders'],
        extensions: { code: 'ACCESS_DENIED', requiredAccess: '`read_orders` access scope.' },
      },
    ],
  });
  const partly = await open.ask(
    '{ shop { name } order(id: "gid://shopify/Order/5000000000001") { id } }',
  );
  expect(partly.data).toEqual({ shop: { name: 'Lindenwares' }, order: null });
  open.shop.allow();
  expect((await open.ask('{ orders(first: 1) { nodes { id } } }')).errors).toBeUndefined();
});

it.each([
  ['read_products', '{ productVariants(first: 1) { nodes { id } } }', 'productVariants'],
  ['read_inventory', '{ inventoryItems(first: 1) { nodes { id } } }', 'inventoryItems'],
  ['read_locations', '{ locations(first: 1) { nodes { id } } }', 'locations'],
  ['read_customers', '{ customersCount { count } }', 'customersCount'],
  ['read_draft_orders', '{ draftOrders(first: 1) { nodes { id } } }', 'draftOrders'],
  ['read_reports', '{ shopifyqlQuery(query: "") { parseErrors } }', 'shopifyqlQuery'],
  [
    'write_orders',
    'mutation { orderUpdate(input: { id: "gid://shopify/Order/1" }) { order { id } } }',
    'orderUpdate',
  ],
] as const)('asks for %s', async (scope, query, field) => {
  await using open = await openShop();
  open.shop.deny(scope);
  const { errors } = await open.ask(query);
  expect(errors[0].message).toBe(
    `Access denied for ${field} field. Required access: \`${scope}\` access scope.`,
  );
});

it('says which scopes the app has', async () => {
  await using open = await openShop();
  open.shop.deny('read_reports');
  const { data } = await open.ask('{ currentAppInstallation { accessScopes { handle } } }');
  const handles = data.currentAppInstallation.accessScopes.map(
    ({ handle }: { handle: string }) => handle,
  );
  expect(handles).toContain('read_orders');
  expect(handles).not.toContain('read_reports');
  expect(handles.join()).not.toContain('protected');
});

it('keeps orders older than 60 days from who lacks read_all_orders', async () => {
  await using open = await openShop();
  const count = '{ ordersCount { count } order(id: "gid://shopify/Order/5000000000001") { name } }';
  expect((await open.ask(count)).data).toEqual({
    ordersCount: { count: 600 },
    order: { name: '#1' },
  });
  open.shop.deny('read_all_orders');
  const { data } = await open.ask(count);
  expect(data.order).toBeNull();
  expect(data.ordersCount.count).toBeLessThan(600);
  const oldest = await open.ask(
    '{ orders(first: 1) { nodes { createdAt } } customers(first: 1) { nodes { orders(first: 250) { nodes { createdAt } } } } }',
  );
  const nodes = [...oldest.data.orders.nodes, ...oldest.data.customers.nodes[0].orders.nodes] as {
    createdAt: string;
  }[];
  expect(nodes.every(({ createdAt }) => createdAt >= '2026-09-23')).toBe(true);
});

it('keeps personal fields back, each with an error of its own', async () => {
  await using open = await openShop();
  open.shop.deny('protected_customer_data_fields');
  const { data, errors } = await open.ask(
    '{ customers(first: 1) { nodes { id firstName defaultEmailAddress { emailAddress } } } }',
  );
  expect(data.customers.nodes).toMatchObject([{ firstName: null, defaultEmailAddress: null }]);
  expect(errors).toMatchObject([
    {
      message:
        'This app is not approved to use the firstName field. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.',
      path: ['customers', 'nodes', 0, 'firstName'],
      extensions: { code: 'ACCESS_DENIED' },
    },
    { path: ['customers', 'nodes', 0, 'defaultEmailAddress', 'emailAddress'] },
  ]);
});

it('keeps customers and orders back whole, and reports too', async () => {
  await using open = await openShop();
  open.shop.deny('protected_customer_data', 'protected_customer_data_fields');
  const answer = await open.ask('{ customers(first: 1) { nodes { id } } }');
  expect(answer.errors[0].message).toMatch(
    /^This app is not approved to access the Customer object\./,
  );
  const reports = await open.ask(
    '{ shopifyqlQuery(query: "FROM sales SHOW orders") { parseErrors } }',
  );
  expect(reports.errors[0].message).toMatch(/Also: Level 2 access to Customer data/);
});
