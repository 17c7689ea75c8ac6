import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import type { ApiContext } from './context.ts';
import { mutations } from './mutations/mutations.ts';
import type { PointBucket } from './point-bucket.ts';
import { queries } from './queries.ts';
import { actualCost, type PricedOperation, requestedCost } from './query-cost.ts';
import { resolveField } from './resolve-field.ts';
import { validationErrors } from './validation-errors.ts';
import { variableErrors } from './variable-errors.ts';

/** A request's body. */
export interface GraphqlRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string | undefined;
}

/** An answer's body, always with HTTP 200. */
export interface GraphqlAnswer {
  errors?: readonly unknown[];
  data?: unknown;
  extensions?: Record<string, unknown>;
}

interface Parts {
  schema: GraphQLSchema;
  context: ApiContext;
  points: PointBucket;
}

const maxCost = 1_000;
const maxTokens = 20_000;
const rateDocs = 'https://shopify.dev/api/usage/rate-limits';

/** Answers as the Admin API does: refused before it runs for its form or its price, else run and paid for. */
export async function answerGraphql(request: GraphqlRequest, parts: Parts): Promise<GraphqlAnswer> {
  const document = toDocument(request.query);
  if (document instanceof GraphQLError) return { errors: [toSyntaxError(document)] };
  const invalid = validationErrors(parts.schema, document);
  if (invalid.length > 0) return { errors: invalid };
  const operation = pickOperation(document, request.operationName);
  if (!operation) return { errors: [{ message: 'An operation name is required' }] };
  const wrong = variableErrors(parts.schema, operation, request.variables);
  if (wrong.length > 0) return { errors: wrong };
  const variables = { ...defaultsOf(operation), ...request.variables };
  return runPriced({ schema: parts.schema, document, operation, variables }, parts);
}

function toDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function toSyntaxError({ message, locations }: GraphQLError): object {
  const [{ line, column } = { line: 1, column: 1 }] = locations ?? [];
  const what = message.replace(/^Syntax Error: /, '').replace(/\.$/, '');
  return { message: `syntax error, ${what} at [${line}, ${column}]`, locations };
}

function pickOperation(document: DocumentNode, name: string | undefined) {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!name) return operations.length === 1 ? operations[0] : undefined;
  return operations.find((operation) => operation.name?.value === name);
}

const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode) =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) => {
      const isScalar = defaultValue?.kind === Kind.INT || defaultValue?.kind === Kind.BOOLEAN;
      return isScalar ? [[variable.name.value, toValue(defaultValue)]] : [];
    }),
  );

const toValue = (node: { kind: string; value: string | boolean }): unknown =>
  node.kind === Kind.INT ? Number(node.value) : node.value;

async function runPriced(priced: PricedOperation, { schema, context, points }: Parts) {
  const requestedQueryCost = requestedCost(priced);
  if (requestedQueryCost > maxCost) return { errors: [tooExpensive(requestedQueryCost)] };
  if (!points.take(requestedQueryCost))
    return throttled({
      requestedQueryCost,
      actualQueryCost: null,
      throttleStatus: points.status(),
    });
  const { data, errors } = await execute({
    schema,
    document: priced.document,
    operationName: priced.operation.name?.value,
    variableValues: priced.variables,
    rootValue: priced.operation.operation === 'mutation' ? mutations : queries,
    contextValue: context,
    fieldResolver: resolveField,
  });
  const actualQueryCost = actualCost(priced, data);
  points.giveBack(Math.max(0, requestedQueryCost - actualQueryCost));
  const cost = { requestedQueryCost, actualQueryCost, throttleStatus: points.status() };
  const search = context.searches.length > 0 ? { search: context.searches } : {};
  return {
    ...(errors ? { errors: errors.map((error) => error.toJSON()) } : {}),
    data,
    extensions: { cost, ...search },
  };
}

const throttled = (cost: object): GraphqlAnswer => ({
  errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: rateDocs } }],
  extensions: { cost },
});

const tooExpensive = (cost: number): object => ({
  message: `Query cost is ${cost}, which exceeds the single query max cost limit (${maxCost}).\n\nSee https://shopify.dev/docs/api/usage/rate-limits for more information on how the\ncost of a query is calculated.\n\nTo query larger amounts of data with fewer limits, bulk operations should be used instead.\nSee https://shopify.dev/docs/api/usage/bulk-operations/queries for usage details.\n`,
  extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost, documentation: rateDocs },
});
