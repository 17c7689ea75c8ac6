import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  callPoints,
  connectionPoints,
  isFree,
  pageWeight,
} from '../../src/connectors/shopify/graphql/points.ts';

type Values = Readonly<Record<string, unknown>>;

/** An operation that is about to run, or has run. */
export interface PricedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** With the defaults of the operation filled in. */
  variables: Values;
}

interface Parts extends PricedOperation {
  fragments: Map<string, FragmentDefinitionNode>;
}

/**
 * The points that an operation may cost at most: `requestedQueryCost`.
 *
 * Scalars 0, objects 1, a mutation 10, a connection 2 and its nodes, of an interface or union the dearest.
 */
export const requestedCost = (priced: PricedOperation): number => costOfRoot(priced, undefined);

/** The points for what came back: `actualQueryCost`. */
export const actualCost = (priced: PricedOperation, data: unknown): number =>
  costOfRoot(priced, data ?? null);

function costOfRoot(priced: PricedOperation, data: unknown): number {
  const root = priced.schema.getRootType(priced.operation.operation);
  if (!root) return 0;
  const fragments = priced.document.definitions.filter(
    (node) => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  const parts = { ...priced, fragments: new Map(fragments.map((each) => [each.name.value, each])) };
  return costOn(priced.operation.selectionSet, root, data, parts);
}

/** `data` is undefined before the operation has run, null where nothing came. */
function costOf(
  set: SelectionSetNode,
  type: GraphQLOutputType,
  data: unknown,
  parts: Parts,
): number {
  if (data === null) return 0;
  if (Array.isArray(data))
    return Math.max(0, ...data.map((each) => costOf(set, type, each, parts)));
  const named = getNamedType(type);
  if (isObjectType(named)) return costOn(set, named, data, parts);
  if (!isAbstractType(named)) return 0;
  const possible = parts.schema.getPossibleTypes(named);
  return Math.max(0, ...possible.map((each) => costOn(set, each, data, parts)));
}

function costOn(
  set: SelectionSetNode,
  type: GraphQLObjectType,
  data: unknown,
  parts: Parts,
): number {
  let cost = 0;
  for (const [key, nodes] of fieldsOf(set, type, parts)) {
    const [first] = nodes;
    const field = first && type.getFields()[first.name.value];
    if (!first || !field || !isCompositeType(getNamedType(field.type))) continue;
    const selections = nodes.flatMap((node) => node.selectionSet?.selections ?? []);
    const below = { kind: Kind.SELECTION_SET, selections } as const;
    const value = data === undefined ? undefined : (toRecord(data)[key] ?? null);
    cost += costOfField(first, field.type, type, { below, value, parts });
  }
  return cost;
}

function costOfField(
  node: FieldNode,
  type: GraphQLOutputType,
  parent: GraphQLObjectType,
  { below, value, parts }: { below: SelectionSetNode; value: unknown; parts: Parts },
): number {
  const { name } = getNamedType(type);
  if (name === 'Count') return callPoints;
  if (parent === parts.schema.getMutationType())
    return callPoints + costOfPayload(below, type, value, parts);
  if (name.endsWith('Connection')) return costOfConnection(node, type, { below, value, parts });
  if (value === null) return 0;
  return (isFree(name) ? 0 : 1) + costOf(below, type, value, parts);
}

/** What a mutation gives back is part of its price; what hangs on that is not. */
function costOfPayload(
  below: SelectionSetNode,
  type: GraphQLOutputType,
  value: unknown,
  parts: Parts,
): number {
  const payload = getNamedType(type);
  if (!isObjectType(payload)) return 0;
  const objects = [...fieldsOf(below, payload, parts).values()].filter(([first]) => {
    const named = getNamedType(payload.getFields()[first?.name.value ?? '']?.type);
    return isCompositeType(named) && !isFree(named.name);
  });
  return Math.max(0, costOf(below, type, value, parts) - objects.length);
}

function costOfConnection(
  node: FieldNode,
  type: GraphQLOutputType,
  { below, value, parts }: { below: SelectionSetNode; value: unknown; parts: Parts },
): number {
  const connection = getNamedType(type);
  if (!isObjectType(connection)) return 0;
  let child = 0;
  let count: number | undefined;
  for (const [key, [each]] of fieldsOf(below, connection, parts)) {
    if (!each?.selectionSet || !['nodes', 'edges'].includes(each.name.value)) continue;
    const items = value === undefined ? undefined : (toRecord(value)[key] ?? null);
    if (Array.isArray(items)) count = items.length;
    const itemType = connection.getFields()[each.name.value]?.type;
    if (!itemType) continue;
    // An edge is no object of its own: its node is.
    const own = each.name.value === 'nodes' ? 1 : 0;
    child += own + costOf(each.selectionSet, itemType, items, parts);
  }
  if (value !== undefined && count === undefined) return connectionPoints;
  return connectionPoints + Math.floor(pageWeight(count ?? pageSize(node, parts)) * child);
}

function pageSize(node: FieldNode, { variables }: Parts): number {
  const size = node.arguments?.find(({ name }) => ['first', 'last'].includes(name.value))?.value;
  if (size?.kind === Kind.INT) return Number(size.value);
  if (size?.kind === Kind.VARIABLE) return Number(variables[size.name.value] ?? 0);
  return 0;
}

/** The fields that are asked of an object of this type, by the name under which they come back. */
function fieldsOf(set: SelectionSetNode, type: GraphQLObjectType, parts: Parts) {
  const fields = new Map<string, FieldNode[]>();
  const visit = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections.filter((each) => isAsked(each, parts.variables))) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? parts.fragments.get(selection.name.value)
          : selection;
      if (fragment && applies(fragment.typeCondition?.name.value, type, parts.schema))
        visit(fragment.selectionSet.selections);
    }
  };
  visit(set.selections);
  return fields;
}

function applies(condition: string | undefined, type: GraphQLObjectType, schema: GraphQLSchema) {
  if (!condition || condition === type.name) return true;
  const named = schema.getType(condition);
  return (isInterfaceType(named) || isAbstractType(named)) && schema.isSubType(named, type);
}

function isAsked(selection: SelectionNode, variables: Values): boolean {
  return (selection.directives ?? []).every(({ name, arguments: given }) => {
    const condition = given?.[0]?.value;
    const value =
      condition?.kind === Kind.VARIABLE
        ? variables[condition.name.value]
        : condition?.kind === Kind.BOOLEAN && condition.value;
    if (name.value === 'skip') return !value;
    return name.value !== 'include' || Boolean(value);
  });
}

const toRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
