import { type FieldNode, type GraphQLArgument, Kind } from 'graphql';
import { ToolError } from '../../tool-error.ts';
import { queryLimits } from './query-limits.ts';

/**
 * How many items a list may bring, by its `first` or `last`; nothing for what takes neither.
 *
 * @throws ToolError `INVALID_ARGUMENT` when a connection has neither, or more than 250
 */
export function toListSize(
  field: FieldNode,
  args: readonly GraphQLArgument[],
  type: string,
  variables: Record<string, unknown>,
): number | undefined {
  const takes = args.some(({ name }) => name === 'first');
  if (!takes) return;
  const sizes = (field.arguments ?? []).flatMap(({ name, value }) => {
    if (name.value !== 'first' && name.value !== 'last') return [];
    if (value.kind === Kind.INT) return [Number(value.value)];
    const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
    return typeof given === 'number' ? [given] : [];
  });
  const { value: name } = field.name;
  const size = Math.max(...sizes);
  if (sizes.length === 0) {
    if (!type.endsWith('Connection')) return;
    throw new ToolError('INVALID_ARGUMENT', `${name} is a list and needs first`, {
      try: `${name}(first: 50) { nodes { … } pageInfo { hasNextPage endCursor } }`,
    });
  }
  if (size <= queryLimits.items && size >= 0) return size;
  throw new ToolError(
    'INVALID_ARGUMENT',
    `${name} asks for ${size} items, and Shopify gives ${queryLimits.items} at a time`,
    { try: `first: ${queryLimits.items}, and after with the endCursor of its pageInfo to go on` },
  );
}
