import { expect, it } from 'vitest';
import { z } from 'zod';
import { briefSchema, dropVacuous } from '../../src/connectors/brief-schema.ts';

const brief = (output: z.ZodObject) => briefSchema(z.toJSONSchema(output));

it('tells the items of a list by their names', () => {
  const item = z.object({
    name: z.string(),
    size: z.number().nullable(),
    note: z.string().optional(),
  });
  const output = z.object({ items: z.array(item).describe('the newest first'), count: z.number() });
  expect(brief(output)).toMatchObject({
    properties: {
      items: {
        type: 'array',
        items: { type: 'object' },
        description: 'the newest first; each: name, size, note?',
      },
      count: { type: 'number' },
    },
    required: ['items', 'count'],
  });
});

it.each([
  z.object({ names: z.array(z.string()) }),
  z.object({ rows: z.array(z.array(z.unknown())) }),
  z.object({ range: z.object({ start: z.number() }) }),
  z.object({}),
])('leaves everything else as it is', (output) => {
  expect(brief(output)).toEqual(z.toJSONSchema(output));
});

it('takes out rules that let everything through, and no others', () => {
  const input = z.object({
    values: z.record(z.string(), z.unknown()),
    sizes: z.record(z.string().min(2), z.number()),
    things: z.array(z.unknown()),
    names: z.array(z.string()),
    count: z.int(),
    page: z.int().min(1),
  });
  const schema = z.toJSONSchema(input.strict(), {
    io: 'input',
    override: ({ jsonSchema }) => dropVacuous(jsonSchema),
  });
  expect(schema).toMatchObject({ additionalProperties: false });
  expect(schema.properties).toEqual({
    values: { type: 'object' },
    sizes: {
      type: 'object',
      propertyNames: { type: 'string', minLength: 2 },
      additionalProperties: { type: 'number' },
    },
    things: { type: 'array' },
    names: { type: 'array', items: { type: 'string' } },
    count: { type: 'integer' },
    page: { type: 'integer', minimum: 1 },
  });
});
