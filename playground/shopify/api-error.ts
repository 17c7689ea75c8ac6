import { GraphQLError } from 'graphql';

/** An error of a field as Shopify gives it: a sentence and `extensions.code`. */
export const apiError = (
  message: string,
  code: string,
  extensions: Record<string, unknown> = {},
): GraphQLError => new GraphQLError(message, { extensions: { code, ...extensions } });
