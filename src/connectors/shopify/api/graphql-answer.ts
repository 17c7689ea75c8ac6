import { z } from 'zod';

const throttleStatus = z.object({
  maximumAvailable: z.number(),
  currentlyAvailable: z.number(),
  restoreRate: z.number(),
});

const cost = z.object({
  requestedQueryCost: z.number().nullish(),
  actualQueryCost: z.number().nullish(),
  throttleStatus: throttleStatus.optional(),
});

const searchNote = z.object({
  path: z.array(z.union([z.string(), z.number()])).default([]),
  query: z.string().nullish(),
  warnings: z
    .array(
      z.object({ field: z.string().nullish(), message: z.string(), code: z.string().nullish() }),
    )
    .nullish(),
});

const graphqlError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
  extensions: z
    .object({
      code: z.string().nullish(),
      requiredAccess: z.string().nullish(),
      cost: z.number().nullish(),
      maxCost: z.number().nullish(),
    })
    .nullish(),
});

/** What Shopify answers with status 200. Some refusals have a string where the list of errors belongs. */
export const graphqlAnswer = z.object({
  data: z.unknown().optional(),
  errors: z
    .union([z.array(graphqlError), z.string().transform((message) => [{ message }])])
    .optional(),
  extensions: z.object({ cost: cost.optional(), search: z.array(searchNote).nullish() }).optional(),
});

export type GraphqlAnswer = z.output<typeof graphqlAnswer>;
export type GraphqlError = z.output<typeof graphqlError>;
/** Points that a query took, and how many there are. */
export type Cost = z.output<typeof cost>;
