type Schema = Record<string, unknown>;

/**
 * A result's JSON schema, with the items of its lists told by their names alone: `each: name, type, comment?`.
 *
 * A host reads the definitions of all tools before the first question; what a cell of a list is, its answers show.
 */
export function briefSchema(schema: Schema): Schema {
  const properties = toSchema(schema.properties);
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, briefList(toSchema(property))]),
    ),
  };
}

function briefList(property: Schema): Schema {
  const { properties, required } = toSchema(property.items);
  if (property.type !== 'array' || !properties) return property;
  const needed = Array.isArray(required) ? required : [];
  const names = Object.keys(toSchema(properties));
  const each = names.map((name) => (needed.includes(name) ? name : `${name}?`)).join(', ');
  const about = typeof property.description === 'string' ? `${property.description}; ` : '';
  return { type: 'array', items: { type: 'object' }, description: `${about}each: ${each}` };
}

const toSchema = (value: unknown): Schema =>
  typeof value === 'object' && value !== null ? (value as Schema) : {};
