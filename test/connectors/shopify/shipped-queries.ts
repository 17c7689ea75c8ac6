import { globSync } from 'node:fs';

/** A query or mutation that the connector ships. */
export interface ShippedQuery {
  /** Of the constant that holds it. */
  name: string;
  text: string;
}

const isDocument = (value: unknown): value is string =>
  typeof value === 'string' && /^(?:query|mutation)\b/.test(value);

/** All of them: every exported text that begins like one, by itself or in a record. */
export async function shippedQueries(): Promise<ShippedQuery[]> {
  const folder = new URL('../../../src/connectors/shopify/', import.meta.url);
  const files = globSync('{*,*/*}.ts', { cwd: folder }).filter(
    (file) => !/(?:^main|plan-process)\.ts$/.test(file),
  );
  const modules = await Promise.all(
    files.map(async (file) => (await import(new URL(file, folder).href)) as object),
  );
  const found = modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]: [string, unknown]) => {
      if (isDocument(value)) return [{ name, text: value }];
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value)
        .filter((entry): entry is [string, string] => isDocument(entry[1]))
        .map(([key, text]) => ({ name: `${name}.${key}`, text }));
    }),
  );
  return found.sort((a, b) => a.name.localeCompare(b.name));
}
