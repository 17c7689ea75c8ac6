import { expect, it } from 'vitest';
import { z } from 'zod';
import { briefSchema } from '../../src/connectors/brief-schema.ts';

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
