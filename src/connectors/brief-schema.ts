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

/**
 * Takes out of a part of a JSON schema what lets everything through: `items: {}`, of a record that its names are texts
 * and its values anything, and of an integer that a double can hold it.
 */
export function dropVacuous(part: Schema): void {
  for (const rule of ['items', 'additionalProperties']) if (isEmpty(part[rule])) delete part[rule];
  if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum;
  if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
  const names = toSchema(part.propertyNames);
  if (names.type === 'string' && Object.keys(names).length === 1) delete part.propertyNames;
}

const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const toSchema = (value: unknown): Schema =>
  typeof value === 'object' && value !== null ? (value as Schema) : {};
