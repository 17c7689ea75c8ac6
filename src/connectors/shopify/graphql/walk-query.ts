import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import { ToolError } from '../../tool-error.ts';
import type { Masks } from './apply-masks.ts';
import { toListSize } from './list-size.ts';
import type { QueryPlan } from './plan-query.ts';
import { callPoints, connectionPoints, isFree, pageWeight } from './points.ts';
import { queryLimits } from './query-limits.ts';
import { sensitivity } from './sensitivity.ts';

interface Walk {
  schema: GraphQLSchema;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  fields: number;
  aliases: number;
}

/** Goes through a query that fits the schema, counts, and notes what is sensitive. @throws ToolError past a limit */
export function walkQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): QueryPlan {
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const walk: Walk = {
    schema,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables: { ...toDefaults(operation), ...given },
    fields: 0,
    aliases: 0,
  };
  const masks: Masks = {};
  const root = schema.getQueryType();
  if (!root) throw new Error('a schema without queries');
  return { cost: walkSelections(walk, operation.selectionSet, root, masks, 1), masks };
}

const toDefaults = ({ variableDefinitions = [] }: OperationDefinitionNode) =>
  Object.fromEntries(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
    ]),
  );

/** Notes what is sensitive in `masks`, and gives the points of what is selected. */
function walkSelections(
  walk: Walk,
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType,
  masks: Masks,
  depth: number,
): number {
  let cost = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) cost += walkField(walk, selection, parent, masks, depth);
    else {
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : walk.fragments.get(selection.name.value);
      if (!fragment) continue;
      countField(walk);
      const { typeCondition, selectionSet } = fragment;
      const type = typeCondition && typeFromAST(walk.schema, typeCondition);
      cost += walkSelections(walk, selectionSet, type ?? parent, masks, depth);
    }
  }
  return cost;
}

function walkField(
  walk: Walk,
  field: FieldNode,
  parent: GraphQLNamedType,
  masks: Masks,
  depth: number,
): number {
  countField(walk);
  if (depth > queryLimits.depth)
    tooLarge(
      `the query goes deeper than ${queryLimits.depth} fields`,
      'a second query for what lies deeper',
    );
  if (field.alias) walk.aliases += 1;
  // GraphQL keeps these names for itself, and `__proto__` would hide what is noted under it.
  if (field.alias?.value.startsWith('__'))
    throw new ToolError('INVALID_ARGUMENT', 'an alias begins with two underscores');
  if (walk.aliases > queryLimits.aliases)
    tooLarge(`the query has more than ${queryLimits.aliases} aliases`, 'fewer of them, or a list');
  const { value: name } = field.name;
  refuseShopifyql(name, parent);
  const key = field.alias?.value ?? name;
  const kind = sensitivity(walk.schema, parent, name);
  if (kind) {
    // Different types may share a key, and a secret among them is shown to nobody.
    masks[key] = masks[key] === 'secret' ? 'secret' : kind;
    return 0;
  }
  const definition =
    isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  const type = definition && getNamedType(definition.type);
  if (!definition || !type || !isCompositeType(type) || !field.selectionSet) return 0;
  // The same key may come several times, by fragments.
  const before = masks[key];
  const inner: Masks = typeof before === 'object' ? before : {};
  const inside = walkSelections(walk, field.selectionSet, type, inner, depth + 1);
  if (Object.keys(inner).length > 0) masks[key] = inner;
  const size = toListSize(field, definition.args, type.name, walk.variables);
  return toPoints(name, type.name, size, inside);
}

/** What Shopify charges for a field: an object one point, a connection two and its items by the size of the page. */
function toPoints(name: string, type: string, size = 1, inside: number): number {
  if (type === 'Count') return callPoints;
  if (type.endsWith('Connection')) return connectionPoints + Math.floor(pageWeight(size) * inside);
  return name === 'edges' || isFree(type) ? inside : 1 + inside;
}

function countField(walk: Walk) {
  walk.fields += 1;
  if (walk.fields > queryLimits.fields)
    tooLarge(
      `the query selects more than ${queryLimits.fields} fields`,
      'fewer fragments and fields',
    );
}

/** Its rows can hold personal data under any name. */
function refuseShopifyql(name: string, { name: parent }: GraphQLNamedType) {
  if (name === 'shopifyqlQuery' && parent === 'QueryRoot')
    throw new ToolError('REFUSED', 'shopifyqlQuery is not for graphql_query', {
      try: 'run_shopifyql with the same ShopifyQL',
    });
}

function tooLarge(what: string, wayOut: string): never {
  throw new ToolError('TOO_LARGE', what, { try: wayOut });
}
