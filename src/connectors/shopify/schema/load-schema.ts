import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import type { ApiVersion } from './api-versions.ts';

/**
 * The Admin schema of a version, without its descriptions.
 *
 * It takes about 0.3 s and 60 MB, so the connector does it in a process that ends after a while.
 */
export async function loadSchema(version: ApiVersion): Promise<GraphQLSchema> {
  const packed = await readFile(new URL(`admin-${version}.graphql.br`, import.meta.url));
  const sdl = (await promisify(brotliDecompress)(packed)).toString();
  return buildASTSchema(parse(sdl, { noLocation: true }), { assumeValid: true });
}
