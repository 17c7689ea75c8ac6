import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  Source,
  validate,
} from 'graphql';
import { ToolError } from '../../tool-error.ts';
import type { Masks } from './apply-masks.ts';
import { queryLimits } from './query-limits.ts';
import { walkQuery } from './walk-query.ts';

/** What a query is, before it is sent. */
export interface QueryPlan {
  /** Points that Shopify will ask for it, by what is known of its rule. */
  cost: number;
  /** Where personal data and secrets will stand in the answer. */
  masks: Masks;
}

/**
 * Reads a query, and refuses what is no query, does not fit the schema, or is too large.
 *
 * @throws ToolError `INVALID_ARGUMENT` with the place, `READ_ONLY` for a mutation, `TOO_LARGE`
 */
export function planQuery(
  schema: GraphQLSchema,
  text: string,
  variables: Record<string, unknown>,
): QueryPlan {
  try {
    const document = parseQuery(text);
    const operation = onlyQuery(document);
    const faults = validate(schema, document, undefined, { maxErrors: 5 });
    if (faults.length > 0) throw invalid(faults);
    return walkQuery(schema, document, operation, variables);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // of the stack: its depth is counted behind the parser
    throw new ToolError('TOO_LARGE', 'the query is nested too deep', { cause: error });
  }
}

function parseQuery(text: string): DocumentNode {
  if (text.length > queryLimits.characters)
    throw new ToolError(
      'TOO_LARGE',
      `the query is longer than ${queryLimits.characters} characters`,
    );
  try {
    return parse(new Source(text, 'query'), { maxTokens: queryLimits.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.includes('token limit') || error.message.includes('tokens'))
      throw new ToolError(
        'TOO_LARGE',
        `the query has more than ${queryLimits.tokens} words and signs`,
      );
    throw invalid([error]);
  }
}

/** @throws ToolError unless there is one operation, and it is a query */
function onlyQuery({ definitions }: DocumentNode): OperationDefinitionNode {
  const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const others = definitions.filter(
    ({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION,
  );
  const write = operations.find(({ operation }) => operation !== 'query');
  if (write)
    throw new ToolError('READ_ONLY', `this is a ${write.operation}, and graphql_query only reads`, {
      try: 'a query; writes are tools of their own, where the operator has switched them on',
    });
  if (others.length > 0)
    throw new ToolError('INVALID_ARGUMENT', 'the text defines types, which is no query');
  const [operation, second] = operations;
  if (!operation || second)
    throw new ToolError('INVALID_ARGUMENT', `the text has ${operations.length} operations`, {
      try: 'one query a call',
    });
  return operation;
}

const invalid = (faults: readonly GraphQLError[]) =>
  new ToolError(
    'INVALID_ARGUMENT',
    faults.map((fault) => `${plain(fault.message)}${toPlace(fault)}`).join('; '),
    { try: 'the fields of this version of the Admin API; a list needs first and nodes { … }' },
  );

const plain = (message: string) => message.replace(/\s+/g, ' ').replace(/\.$/, '').slice(0, 400);

function toPlace({ locations }: GraphQLError): string {
  const [place] = locations ?? [];
  return place ? ` (line ${place.line}, column ${place.column})` : '';
}
