import type { GraphQLSchema } from 'graphql';
import { type ApiVersion, apiVersions } from '../../src/connectors/shopify/schema/api-versions.ts';
import { loadSchema } from '../../src/connectors/shopify/schema/load-schema.ts';

const loaded = new Map<ApiVersion, Promise<GraphQLSchema>>();

/** The Admin schema of a version, loaded once in a process: that takes about 0.3 s. */
export function adminSchema(version: ApiVersion): Promise<GraphQLSchema> {
  const known = loaded.get(version);
  if (known) return known;
  const loading = loadSchema(version);
  loaded.set(version, loading);
  return loading;
}

/**
 * The version that answers when this one is asked for, nothing where it is no version at all: one that is gone falls
 * forward to the oldest that is left, silently but for a header; one that is to come is taken for the newest.
 */
export function servedVersion(asked: string): ApiVersion | undefined {
  const known = apiVersions.find((version) => version === asked);
  if (known) return known;
  if (asked === 'unstable') return apiVersions[0];
  if (!/^\d{4}-\d\d$/.test(asked)) return undefined;
  return asked > apiVersions[0] ? apiVersions[0] : apiVersions.at(-1);
}
