import { z } from 'zod';

/** What a list of ours selects around its nodes. Each has a cursor, so that a list can be cut anywhere. */
export const edgesOf = (fields: string) =>
  `{ edges { cursor node { ${fields} } } pageInfo { hasNextPage } }`;

/** The shape of `edgesOf`. */
export const connection = <Node extends z.ZodType>(node: Node) =>
  z.object({
    edges: z.array(z.object({ cursor: z.string(), node })),
    pageInfo: z.object({ hasNextPage: z.boolean() }),
  });

/** The first nodes of a list inside a record, and whether there are more. */
export const nodesOf = (fields: string) => `{ nodes { ${fields} } pageInfo { hasNextPage } }`;

/** The shape of `nodesOf`. */
export const firstNodes = <Node extends z.ZodType>(node: Node) =>
  z.object({ nodes: z.array(node), pageInfo: z.object({ hasNextPage: z.boolean() }) });
