import { z } from 'zod';

const allowedValue = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  value: z.string().optional(),
  key: z.string().optional(),
  children: z
    .array(z.looseObject({ id: z.string().optional(), value: z.string() }))
    .optional()
    .catch(undefined),
});

const described = z.object({
  name: z.string(),
  required: z.boolean().catch(false),
  hasDefaultValue: z.boolean().catch(false),
  schema: z
    .object({
      type: z.string().catch('any'),
      items: z.string().optional(),
      custom: z.string().optional(),
      system: z.string().optional(),
    })
    .catch({ type: 'any' }),
  allowedValues: z.array(allowedValue).optional().catch(undefined),
});

/** One of the values that a field can have. */
export type AllowedValue = z.output<typeof allowedValue>;

/** A field of a screen: what it takes, and what it must have. */
export interface FieldMeta {
  id: string;
  name: string;
  required: boolean;
  hasDefault: boolean;
  type: string;
  /** Of each, when the type is `array`. */
  items: string;
  /** What kind of custom field, else the name of the system's own: `textarea`, `labels`. */
  kind: string;
  allowed: AllowedValue[] | undefined;
}

/** The fields of a screen, as `editmeta` and transitions give them: by id. */
export const fieldMetas = z
  .record(z.string(), described)
  .catch({})
  .transform((fields) => Object.entries(fields).map(([id, meta]) => toMeta(id, meta)));

/** The same as creating gives them: a list. */
export const fieldMetaList = z.array(
  described
    .extend({ fieldId: z.string() })
    .transform(({ fieldId, ...meta }) => toMeta(fieldId, meta)),
);

const toMeta = (id: string, meta: z.output<typeof described>): FieldMeta => ({
  id,
  name: meta.name,
  required: meta.required,
  hasDefault: meta.hasDefaultValue,
  type: meta.schema.type,
  items: meta.schema.items ?? '',
  kind: meta.schema.custom?.split(':').at(-1) ?? meta.schema.system ?? '',
  allowed: meta.allowedValues,
});
