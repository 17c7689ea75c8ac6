import {
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { checkAccess } from './access.ts';
import { apiError } from './api-error.ts';
import { toConnection } from './connection.ts';
import type { ApiContext } from './context.ts';

/**
 * The value of a field: what its node says, once the app may have it. Of what this shop does not keep there is nothing:
 * null, an empty list, or the emptiest value of the field's type.
 */
export const resolveField: GraphQLFieldResolver<unknown, ApiContext> = (
  source,
  args,
  context,
  info,
) => {
  checkAccess(context, info);
  const value = (source as Record<string, unknown>)[info.fieldName];
  const result = typeof value === 'function' ? (value as Resolver)(args, context, info) : value;
  if (result !== undefined) return result;
  if (info.parentType === info.schema.getMutationType())
    throw apiError(`The stand-in has no ${info.fieldName}.`, 'INTERNAL_SERVER_ERROR');
  return toEmpty(info.returnType, args);
};

type Resolver = (args: unknown, context: ApiContext, info: unknown) => unknown;

const emptyScalars: Record<string, unknown> = {
  Boolean: false,
  Int: 0,
  Float: 0,
  Money: '0.00',
  Decimal: '0.0',
  UnsignedInt64: '0',
  BigInt: '0',
  Date: '1970-01-01',
  DateTime: '1970-01-01T00:00:00Z',
  JSON: {},
  ID: 'gid://shopify/Nothing/0',
};

function toEmpty(type: GraphQLOutputType, args: Record<string, unknown>): unknown {
  if (getNamedType(type).name.endsWith('Connection'))
    return toConnection([], args, { idOf: () => 0, toNode: () => null });
  if (!isNonNullType(type)) return null;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues()[0]?.value;
  if (isScalarType(inner)) return emptyScalars[inner.name] ?? '';
  return isObjectType(inner) ? {} : null;
}
