import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  brokenConnection,
  failing,
  halfJson,
  rateLimited,
  webPage,
} from '../../../playground/stand-in/fault.ts';
import { type OpenShop, openShop } from './open-shop.ts';

let open: OpenShop;
beforeAll(async () => {
  open = await openShop();
});
afterAll(() => open[Symbol.asyncDispose]());

const wrong: [query: string, error: object][] = [
  [
    'query q { shop { nmae } }',
    {
      message: "Field 'nmae' doesn't exist on type 'Shop'",
      locations: [{ line: 1, column: 18 }],
      path: ['query q', 'shop', 'nmae'],
      extensions: { code: 'undefinedField', typeName: 'Shop', fieldName: 'nmae' },
    },
  ],
  ['{ ordrs(first: 1) { id } }', { message: "Field 'ordrs' doesn't exist on type 'QueryRoot'" }],
  [
    '{ shop }',
    {
      message:
        "Field must have selections (field 'shop' returns Shop but has no selections. Did you mean 'shop { ... }'?)",
      extensions: { code: 'selectionMismatch', nodeName: "field 'shop'", typeName: 'Shop' },
    },
  ],
  ['{ shop { name { x } } }', { extensions: { code: 'selectionMismatch' } }],
  [
    '{ orders(frist: 1) { nodes { id } } }',
    {
      message: "Field 'orders' doesn't accept argument 'frist'",
      extensions: { code: 'argumentNotAccepted', argumentName: 'frist' },
    },
  ],
  [
    '{ order { id } }',
    {
      message: "Field 'order' is missing required arguments: id",
      path: ['query', 'order'],
      extensions: { code: 'missingRequiredArguments', name: 'order', arguments: 'id' },
    },
  ],
  [
    '{ order(id: "4711") { id } }',
    {
      message: "Invalid global id '4711'",
      path: ['query', 'order', 'id'],
      extensions: { code: 'argumentLiteralsIncompatible', typeName: 'CoercionError' },
    },
  ],
  [
    '{ orders(first: "x") { nodes { id } } }',
    { extensions: { code: 'argumentLiteralsIncompatible' } },
  ],
  [
    '{ orders(first: 1, sortKey: NEWEST) { nodes { id } } }',
    { extensions: { code: 'argumentLiteralsIncompatible' } },
  ],
  [
    'mutation { productUpdate(product: { nmae: "x" }) { userErrors { message } } }',
    {
      message: "InputObject 'ProductUpdateInput' doesn't accept argument 'nmae'",
      extensions: { code: 'argumentNotAccepted', name: 'ProductUpdateInput' },
    },
  ],
  [
    'query q($x: Int) { shop { id } }',
    {
      message: 'Variable $x is declared by q but not used',
      extensions: { code: 'variableNotUsed' },
    },
  ],
  [
    '{ orders(first: $n) { nodes { id } } }',
    {
      message: 'Variable $n is used by anonymous query but not declared',
      extensions: { code: 'variableNotDefined' },
    },
  ],
  [
    'query ($n: String) { orders(first: $n) { nodes { id } } }',
    { extensions: { code: 'variableMismatch' } },
  ],
  ['{ shop { ... on Nothing { id } } }', { extensions: { code: 'undefinedType' } }],
  ['{ shop { ...f } }', { extensions: { code: 'invalid' } }],
  ['{ shop {', { message: expect.stringMatching(/^syntax error, .* at \[1, 9\]$/) }],
  ['', { message: expect.stringMatching(/^syntax error/) }],
];

it.each(wrong)('does not run %j', async (query, error) => {
  const answer = await open.ask(query);
  expect(answer.status).toBe(200);
  expect(answer.errors[0]).toMatchObject(error);
  expect(answer.data).toBeUndefined();
});

const badVariables: [variables: object, message: string, problem: object][] = [
  [
    {},
    'Variable $id of type ID! was provided invalid value',
    { path: [], explanation: 'Expected value to not be null' },
  ],
  [
    { id: '4711' },
    'Variable $id of type ID! was provided invalid value',
    { path: [], explanation: "Invalid global id '4711'" },
  ],
];

it.each(badVariables)('does not run with the variables %j', async (variables, message, problem) => {
  const answer = await open.ask('query ($id: ID!) { order(id: $id) { id } }', variables);
  expect(answer.errors).toMatchObject([
    { message, extensions: { code: 'INVALID_VARIABLE', problems: [problem] } },
  ]);
});

it('names the part of an input that is wrong', async () => {
  const mutation =
    'mutation ($input: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $input) { userErrors { message } } }';
  const answer = await open.ask(mutation, {
    input: { name: 'available', reason: 'correction', changes: [{ delta: 1 }] },
  });
  expect(answer.errors[0].message).toMatch(
    /^Variable \$input of type InventoryAdjustQuantitiesInput! was provided invalid value for changes\.0/,
  );
});

it.each([
  ['2025-10', '2026-01'],
  ['2027-01', '2026-10'],
  ['unstable', '2026-10'],
])('answers %s with %s, and only a header tells', async (version, served) => {
  const answer = await open.ask('{ shop { name } }', {}, { version });
  expect(answer.headers.get('x-shopify-api-version')).toBe(served);
  expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  expect(answer.data.shop.name).toBe('Lindenwares');
});

it.each([
  ['POST', '/admin/api/latest/graphql.json', 404],
  ['GET', '/admin/api/2026-10/graphql.json', 404],
  ['POST', '/admin/api/2026-10/products.json', 404],
  ['POST', '/', 404],
])('has nothing at %s %s', async (method, path, status) => {
  const response = await fetch(`${open.shop.url}${path}`, { method });
  expect(response.status).toBe(status);
});

it.each(['', '[]', 'null', '{"query": 1}', '{"query": "{ sh', '\u0000'])(
  'takes the body %j for no request',
  async (body) => {
    const response = await fetch(`${open.shop.url}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'x-shopify-access-token': open.shop.env.SHOPIFY_ACCESS_TOKEN },
      body,
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      { errors: { query: 'Required parameter missing or invalid' } },
    ]);
  },
);

it('fails on request, then is well', async () => {
  const post = () =>
    fetch(`${open.shop.url}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'x-shopify-access-token': open.shop.env.SHOPIFY_ACCESS_TOKEN },
      body: JSON.stringify({ query: '{ shop { name } }' }),
    });
  for (const fault of [rateLimited(2), failing(502), webPage, halfJson, brokenConnection])
    open.shop.fail(fault);
  const limited = await post();
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
  expect((await post()).status).toBe(502);
  expect(await (await post()).text()).toContain('Sign in');
  await expect((await post()).json()).rejects.toThrow(SyntaxError);
  await expect(post()).rejects.toThrow();
  expect((await post()).status).toBe(200);
  expect(open.shop.requests.at(-1)).toMatchObject({ method: 'POST', status: 200 });
});
