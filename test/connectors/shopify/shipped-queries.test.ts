import {
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { planQuery } from '../../../src/connectors/shopify/graphql/plan-query.ts';
import { apiVersions } from '../../../src/connectors/shopify/schema/api-versions.ts';
import { loadSchema } from '../../../src/connectors/shopify/schema/load-schema.ts';
import { type ShippedQuery, shippedQueries } from './shipped-queries.ts';

const shipped = await shippedQueries();
const newest = loadSchema(apiVersions[0]);

/** What is sent with the mutations. */
const sent: [mutation: string, variables: Record<string, unknown>][] = [
  [
    'productUpdateMutation',
    {
      product: { id: '1', title: 'a', vendor: 'b', productType: 'c', tags: ['d'], status: 'DRAFT' },
    },
  ],
  ['orderUpdateMutation', { input: { id: '1', note: 'a', tags: ['b'] } }],
  ['tagsAddMutation', { id: '1', tags: ['a'] }],
  [
    'draftOrderCreateMutation',
    {
      input: {
        lineItems: [{ variantId: '1', quantity: 1 }],
        purchasingEntity: { customerId: '1' },
        note: 'a',
        tags: ['b'],
      },
    },
  ],
  [
    'adjustMutation',
    {
      key: 'a',
      input: {
        reason: 'correction',
        name: 'available',
        changes: [{ inventoryItemId: '1', locationId: '1', delta: 1, changeFromQuantity: 1 }],
      },
    },
  ],
];

it('finds what the connector ships', () => {
  const names = shipped.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['productsQuery', 'countQueries.orders']));
  expect(names.length).toBeGreaterThan(25);
});

describe.each(apiVersions)('in %s', (version) => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await (version === apiVersions[0] ? newest : loadSchema(version));
  });

  it.each(shipped)('$name fits the schema', ({ name, text }) => {
    const faults = validate(schema, parse(text)).map(({ message }) => message);
    // The connector asks for what came with a version of that version only.
    const [, year, month] = /Since(\d{4})(\d{2})$/.exec(name) ?? [];
    if (year && version < `${year}-${month}`) expect(faults).not.toEqual([]);
    else expect(faults).toEqual([]);
  });

  it.each(sent)('%s takes what is sent with it', (name, variables) => {
    const text = shipped.find((each) => each.name === name)?.text ?? '';
    const [operation] = parse(text).definitions;
    const declared = (operation as OperationDefinitionNode).variableDefinitions ?? [];
    expect(getVariableValues(schema, declared, variables).errors).toBeUndefined();
  });
});

/** Points of a list with as many items as its tool asks for unless told. */
const usual: Record<string, number> = { inventoryQuery: 10 };

const isRead = ({ name, text }: ShippedQuery) =>
  !name.startsWith('shopifyql') && // a table, whatever its size
  parse(text).definitions.some(
    (each) => 'operation' in each && each.operation === OperationTypeNode.QUERY,
  );

it('keeps the queries cheap', async () => {
  const schema = await newest;
  const costs = shipped.filter(isRead).map(({ name, text }) => {
    const { cost } = planQuery(schema, text, { first: usual[name] ?? 25 });
    return [name, cost] as const;
  });
  expect(costs.filter(([, cost]) => cost >= 100)).toEqual([]);
});
