/** A Slack text object's words; anything else gives an empty string. */
export function plainText(object: unknown): string {
  if (typeof object === 'string') return object;
  const text = field(object, 'text');
  return typeof text === 'string' ? text : '';
}

/** One field of something that may be no object at all: blocks come from the app, whatever it sent. */
export function field(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  return (object as Record<string, unknown>)[name];
}

/** The field as a string, else undefined. */
export function stringField(object: unknown, name: string): string | undefined {
  const value = field(object, name);
  return typeof value === 'string' ? value : undefined;
}

/** The field as a list, else an empty one. */
export function listField(object: unknown, name: string): unknown[] {
  const value = field(object, name);
  return Array.isArray(value) ? value : [];
}
