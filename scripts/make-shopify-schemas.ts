/**
 * `npm run shopify-schemas -- FOLDER`: makes src/connectors/shopify/schema/ of `dist/data` of npm's `@shopify/dev-mcp`.
 *
 * To be run again for a new version of the API: add it to `apiVersions` first.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';
import { buildClientSchema, type IntrospectionQuery, printSchema } from 'graphql';
import { apiVersions } from '../src/connectors/shopify/schema/api-versions.ts';

const [from] = process.argv.slice(2);
if (!from)
  throw new Error('Usage: npm run shopify-schemas -- FOLDER (dist/data of @shopify/dev-mcp)');
const to = new URL('../src/connectors/shopify/schema/', import.meta.url);

/** What Shopify adds to an introspection. */
interface Published {
  data: IntrospectionQuery & {
    __schema: {
      types: { name: string; fields?: { name: string; protectedContent?: string | null }[] }[];
    };
  };
  offline_scopes: { items: { typeName: string; fieldName?: string; offlineScopes: string[] }[] };
}

/** Types that no query reaches, and those that are as open as what they hold. */
const isLeftOut = /^Mutation$|(?:Payload|Connection|Edge)$/;

/** By type, or by type and field: any of these scopes opens it. */
const scopes: Record<string, string> = {};
/** What Shopify calls protected customer data: `email`, `phone`, `name` or `address`. */
const personal: Record<string, string> = {};
for (const version of apiVersions.toReversed()) {
  const packed = readFileSync(join(from, `admin_${version}.json.gz`));
  const published = JSON.parse(gunzipSync(packed).toString()) as Published;
  for (const { typeName, fieldName, offlineScopes } of published.offline_scopes.items)
    if (offlineScopes.length > 0 && !isLeftOut.test(typeName))
      scopes[toKey(typeName, fieldName)] = offlineScopes.join(' ');
  for (const { name, fields } of published.data.__schema.types)
    for (const { name: field, protectedContent } of fields ?? [])
      if (protectedContent) personal[toKey(name, field)] = protectedContent;
  const sdl = printSchema(buildClientSchema(withoutWords(published.data)));
  writeFileSync(new URL(`admin-${version}.graphql.br`, to), compress(sdl));
}
writeFileSync(new URL('access.json', to), toJson({ scopes, personal }));

function toKey(type: string, field?: string) {
  return field ? `${type}.${field}` : type;
}

/** The same without descriptions and reasons, which are four fifths of it. */
function withoutWords(data: IntrospectionQuery): IntrospectionQuery {
  return JSON.parse(JSON.stringify(data), (key, value: unknown) => {
    if (key === 'description') return undefined;
    return key === 'deprecationReason' && value ? 'No longer supported' : value;
  }) as IntrospectionQuery;
}

function compress(text: string) {
  return brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 11 },
  });
}

/** One line an entry, in order. */
function toJson(sections: Record<string, Record<string, unknown>>): string {
  const parts = Object.entries(sections).map(([name, entries]) => {
    const lines = Object.keys(entries)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${JSON.stringify(entries[key])}`);
    return `${JSON.stringify(name)}:{\n${lines.join(',\n')}\n}`;
  });
  return `{${parts.join(',\n')}}\n`;
}
