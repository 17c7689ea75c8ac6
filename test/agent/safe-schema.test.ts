import { describe, expect, it } from 'vitest';
import { safeSchema } from '../../src/agent/safe-schema.ts';

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

it('keeps what is harmless as it is', () => {
  const schema = object(
    {
      city: { type: 'string', description: 'A city', minLength: 1, maxLength: 80 },
      unit: { type: 'string', enum: ['C', 'F'], default: 'C' },
      days: { type: 'integer', minimum: 1, maximum: 14 },
      at: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
      tags: { type: 'array', items: { type: 'string' }, maxItems: 5 },
      maybe: { type: ['number', 'null'] },
      box: object({ x: { type: 'number' } }, { required: ['x'] }),
    },
    { required: ['city'], additionalProperties: false },
  );
  expect(safeSchema(schema)).toEqual(schema);
});

describe('what Claude’s API would refuse, or what could do harm, is left out', () => {
  const empty = object({});
  it.each<[string, unknown, object]>([
    ['no schema at all', undefined, empty],
    ['text', 'string', empty],
    ['true', true, empty],
    ['a list', [], empty],
    ['another type', { type: 'string' }, empty],
    ['choices at the top', { type: 'object', oneOf: [{}], anyOf: [{}], allOf: [{}] }, empty],
    [
      'unknown words',
      { $schema: 'x', $id: 'y', $comment: 'z', 'x-run': 'rm', title: 't', ...empty },
      empty,
    ],
    [
      'an optional argument with an impossible name',
      object({ 'a b': {}, ['x'.repeat(65)]: {}, ok: {} }),
      object({ ok: {} }),
    ],
    [
      'required arguments that are listed twice or are none',
      { ...object({ a: {} }), required: ['a', 'a', 5] },
      { ...object({ a: {} }), required: ['a'] },
    ],
    [
      'patterns',
      object({ a: { type: 'string', pattern: '(a+)+$' } }),
      object({ a: { type: 'string' } }),
    ],
    [
      'unknown types',
      object({ a: { type: 'date' }, b: { type: ['string', 'date'] } }),
      object({ a: {}, b: { type: 'string' } }),
    ],
    [
      'values of the wrong kind',
      object({
        a: { minimum: '1', maxLength: -1, minItems: 1.5, format: 5, enum: [], default: { x: 1 } },
      }),
      object({ a: {} }),
    ],
    ['doubles in a choice', object({ a: { enum: ['x', 'x'] } }), object({ a: {} })],
    [
      'hidden letters and halves of characters in values',
      object({ a: { enum: ['x\u202ey'], default: 'x\u0000', const: '\ud83d' } }),
      object({ a: {} }),
    ],
    ['a list of properties', { properties: [1] }, empty],
    [
      'a reference to elsewhere',
      object({ a: { $ref: 'https://x.example/s.json' } }),
      object({ a: {} }),
    ],
    [
      'a reference to nothing',
      object({ a: { $ref: '#/$defs/none' }, b: { $ref: 5 } }),
      object({ a: {}, b: {} }),
    ],
    ['a reference into Object', object({ a: { $ref: '#/constructor' } }), object({ a: {} })],
  ])('%s', (_, schema, safe) => {
    expect(safeSchema(schema)).toEqual(safe);
  });

  it('descriptions are cleaned and cut', () => {
    const { properties } = safeSchema(
      object({ a: { description: `x\u202e${'y'.repeat(500)}` } }),
    ) as {
      properties: { a: { description: string } };
    };
    expect(properties.a.description).toMatch(/^x y+…\(\+\d+ chars\)$/);
  });

  it('a key called __proto__ is a key like others', () => {
    const schema = JSON.parse('{"properties": {"__proto__": {"type": "string"}}}');
    expect(JSON.stringify(safeSchema(schema))).toContain('"__proto__":{"type":"string"}');
    expect(({} as { type?: string }).type).toBeUndefined();
  });
});

describe('references inside the schema', () => {
  it('are put in place', () => {
    const $defs = { City: { type: 'string', minLength: 2 }, 'a/b': { $ref: '#/$defs/City' } };
    expect(
      safeSchema({
        ...object({
          from: { $ref: '#/$defs/City', description: 'from' },
          to: { $ref: '#/$defs/a~1b' },
        }),
        $defs,
      }),
    ).toEqual(
      object({
        from: { type: 'string', minLength: 2, description: 'from' },
        to: { type: 'string', minLength: 2 },
      }),
    );
  });

  it('that go round in circles come to an end', () => {
    const node = object({ next: { $ref: '#/$defs/Node' } });
    const safe = safeSchema({
      ...object({ a: { $ref: '#/$defs/Node' }, b: { $ref: '#/$defs/B' } }),
      $defs: { Node: node, B: { $ref: '#/$defs/B' } },
    });
    expect(JSON.stringify(safe).length).toBeLessThan(1_000);
  });

  it('that multiply do not blow up', () => {
    const $defs: Record<string, object> = { l0: { type: 'string' } };
    for (let i = 1; i < 20; i++)
      $defs[`l${i}`] = object(
        Object.fromEntries([...'abcdefghij'].map((key) => [key, { $ref: `#/$defs/l${i - 1}` }])),
      );
    const safe = safeSchema({ ...object({ a: { $ref: '#/$defs/l19' } }), $defs });
    expect(safe).toBeUndefined();
  });
});

it('stops at a large part that is referred to again and again', () => {
  const large = { type: 'string', ...Object.fromEntries(range(2_000, (n) => [`x-${n}`, 1])) };
  const properties = Object.fromEntries(range(300, (n) => [`p${n}`, { $ref: '#/$defs/large' }]));
  const built = safeSchema(object(properties, { $defs: { large } }));
  expect(built?.properties).toMatchObject({ p0: { type: 'string' }, p299: {} });
  expect(built?.properties).not.toHaveProperty('p299.type');
});

it.each<[string, unknown]>([
  ['a required argument has an impossible name', { ...object({ 'a b': {} }), required: ['a b'] }],
  ['a required argument is described nowhere', { ...object({}), required: ['a'] }],
  [
    'it is too large',
    object(
      Object.fromEntries(
        Array.from({ length: 400 }, (_, i) => [`argument_${i}`, { type: 'string' }]),
      ),
    ),
  ],
])('is nothing when %s', (_, schema) => {
  expect(safeSchema(schema)).toBeUndefined();
});

it('gives up descriptions before arguments', () => {
  const properties = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [
      `argument_${i}`,
      { type: 'string', description: 'x'.repeat(200) },
    ]),
  );
  const safe = safeSchema(object(properties)) as { properties: object };
  expect(Object.keys(safe.properties)).toHaveLength(60);
  expect(JSON.stringify(safe)).not.toContain('xxx');
});

const range = <Item>(length: number, make: (n: number) => Item) =>
  Array.from({ length }, (_, n) => make(n));
