/** What `graphql_query` takes. */
export const queryLimits = {
  /** Of the text, in characters. */
  characters: 20_000,
  /** Of the text, as the GraphQL parser counts them. */
  tokens: 3_000,
  /** Fields inside fields. */
  depth: 8,
  aliases: 20,
  /** Items of one list: Shopify's own limit. */
  items: 250,
  /** Fields after fragments are put in: a few fragments in one another can stand for millions. */
  fields: 3_000,
} as const;
