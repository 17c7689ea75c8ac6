import { type GraphQLSchema, OperationTypeNode, parse, validate } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { planQuery } from '../../../src/connectors/shopify/graphql/plan-query.ts';
import { apiVersions } from '../../../src/connectors/shopify/schema/api-versions.ts';
import { loadSchema } from '../../../src/connectors/shopify/schema/load-schema.ts';
import { type ShippedQuery, shippedQueries } from './shipped-queries.ts';

const shipped = await shippedQueries();

it('finds what the connector ships', () => {
  const names = shipped.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['productsQuery', 'countQueries.orders']));
  expect(names.length).toBeGreaterThan(25);
});

describe.each(apiVersions)('in %s', (version) => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await loadSchema(version);
  });

  it.each(shipped)('$name fits the schema', ({ name, text }) => {
    const faults = validate(schema, parse(text)).map(({ message }) => message);
    // The connector asks for what came with a version of that version only.
    const [, year, month] = /Since(\d{4})(\d{2})$/.exec(name) ?? [];
    if (year && version < `${year}-${month}`) expect(faults).not.toEqual([]);
    else expect(faults).toEqual([]);
  });
});

/** Points of a list with as many items as its tool asks for unless told. */
const usual: Record<string, number> = { inventoryQuery: 10 };

const isRead = ({ name, text }: ShippedQuery) =>
  !name.startsWith('shopifyql') && // a table, whatever its size
  parse(text).definitions.some(
    (each) => 'operation' in each && each.operation === OperationTypeNode.QUERY,
  );

it('keeps the queries cheap, by the rule that counts most', async () => {
  const schema = await loadSchema(apiVersions[0]);
  const costs = shipped.filter(isRead).map(({ name, text }) => {
    const { cost } = planQuery(schema, text, { first: usual[name] ?? 25 });
    return [name, cost] as const;
  });
  const lists = costs.filter(([name]) => !['inventoryQuery', 'orderQuery'].includes(name));
  expect(lists.filter(([, cost]) => cost >= 200)).toEqual([]);
  expect(costs.filter(([, cost]) => cost >= 500)).toEqual([]);
});
